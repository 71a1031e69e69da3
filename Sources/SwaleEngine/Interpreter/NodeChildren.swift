/// Walks over the resolved tree: each node's parts and the variables that it touches itself.
enum NodeChildren {
  /// Calls `body` with the nodes directly inside a node; the bodies of functions are not among them.
  static func forEach(_ node: Node, _ body: (Node) -> Void) {
    func arguments(_ arguments: [ArgumentNode]) { for argument in arguments { body(argument.node) } }
    func place(_ place: Place) {
      for step in place.steps { if case .index(let index) = step.step { body(index) } }
    }
    switch node {
    case let node as InterpolationNode:
      for piece in node.pieces { if case .value(let value, _) = piece { body(value) } }
    case let node as ListNode: for element in node.elements { body(element.node) }
    case let node as RecordNode:
      for entry in node.entries {
        switch entry {
        case .field(_, let value), .spread(let value): body(value)
        case .computed(let key, let value):
          body(key)
          body(value)
        }
      }
    case let node as UnaryNode: body(node.operand)
    case let node as BinaryNode:
      body(node.left)
      body(node.right)
    case let node as LogicalNode:
      body(node.left)
      body(node.right)
    case let node as RangeNode:
      if let lower = node.lower { body(lower) }
      if let upper = node.upper { body(upper) }
    case let node as IndexNode:
      body(node.base)
      body(node.index)
    case let node as MemberNode: body(node.base)
    case let node as UserCallNode: arguments(node.arguments)
    case let node as BuiltinCallNode: arguments(node.arguments)
    case let node as DynamicCallNode:
      for callee in node.callees { body(callee) }
      arguments(node.arguments)
    case let node as MethodCallNode:
      body(node.receiver)
      for callee in node.callees { body(callee) }
      arguments(node.arguments)
    case let node as InPlaceCallNode:
      for callee in node.callees { body(callee) }
      arguments(node.arguments)
      for lent in node.places { place(lent) }
    case let node as ConditionalNode:
      body(node.condition)
      body(node.then)
      if let otherwise = node.otherwise { body(otherwise) }
    case let node as BlockNode: for statement in node.statements { body(statement) }
    case let node as MatchNode:
      body(node.subject)
      for arm in node.arms {
        if let condition = arm.guardCondition { body(condition) }
        body(arm.body)
      }
    case let node as TryCatchNode:
      body(node.body)
      body(node.handler)
    case let node as TryElseNode:
      body(node.body)
      body(node.fallback)
    case let node as FailNode: body(node.value)
    case let node as ReturnNode: if let value = node.value { body(value) }
    case let node as BindNode: body(node.value)
    case let node as PatternBindNode:
      body(node.value)
      if let otherwise = node.otherwise { body(otherwise) }
    case let node as AssignNode:
      body(node.value)
      place(node.place)
    case let node as WhileNode:
      body(node.condition)
      body(node.body)
    case let node as ForNode:
      body(node.sequence)
      body(node.body)
    case let node as ForInPlaceNode:
      place(node.place)
      body(node.body)
    case let node as DeferNode: body(node.body)
    case let node as SpawnNode: body(node.call)
    case let node as AwaitNode: body(node.operand)
    case let node as ReceiveNode: body(node.channel)
    case let node as SendNode:
      body(node.channel)
      body(node.value)
    case let node as SelectNode:
      forEachEvent(of: node, body)
      for arm in node.arms { body(arm.body) }
    case let node as ScopeNode: body(node.body)
    case let node as TimeoutNode:
      body(node.duration)
      body(node.body)
    case let node as AssertNode:
      body(node.condition)
      if let message = node.message { body(message) }
    default: break
    }
  }

  /// Calls `body` with what a `select` evaluates before it waits, in that order.
  static func forEachEvent(of node: SelectNode, _ body: (Node) -> Void) {
    for arm in node.arms {
      switch arm.event {
      case .receive(_, let channel): body(channel)
      case .send(let channel, let value):
        body(channel)
        body(value)
      case .after, .otherwise: break
      }
    }
    for arm in node.arms { if case .after(let duration) = arm.event { body(duration) } }
  }

  /// Calls `body` with the variables that a node itself reads, sets or binds.
  static func variables(of node: Node, _ body: (Variable) -> Void) {
    switch node {
    case let node as VariableNode: body(node.variable)
    case let node as LambdaNode: for capture in node.code.captures { body(capture.outer) }
    case let node as BlockNode:
      for variable in node.declared { body(variable) }
      for function in node.functions {
        body(function.variable)
        for capture in function.code.captures { body(capture.outer) }
      }
    case let node as UserCallNode: if let callee = node.callee { body(callee) }
    case let node as InPlaceCallNode: for place in node.places { body(place.root) }
    case let node as BindNode: body(node.variable)
    case let node as PatternBindNode: variables(of: node.pattern, body)
    case let node as AssignNode: body(node.place.root)
    case let node as ForInPlaceNode:
      body(node.variable)
      body(node.place.root)
    case let node as TryCatchNode: body(node.variable)
    case let node as MatchNode: for arm in node.arms { variables(of: arm.pattern, body) }
    case let node as SelectNode:
      for arm in node.arms { if case .receive(let pattern, _) = arm.event { variables(of: pattern, body) } }
    case let node as ForNode:
      switch node.head {
      case .one(let pattern): variables(of: pattern, body)
      case .two(let first, let second):
        variables(of: first, body)
        variables(of: second, body)
      }
    default: break
    }
  }

  /// Calls `body` with the variables that a pattern binds.
  static func variables(of pattern: PatternNode, _ body: (Variable) -> Void) {
    switch pattern.kind {
    case .ignored, .literal, .range: break
    case .binding(let variable): body(variable)
    case .either(let first, let second):
      variables(of: first, body)
      variables(of: second, body)
    case .list(let patterns, _, let rest):
      for inner in patterns { variables(of: inner, body) }
      if let rest { body(rest) }
    case .record(let fields): for field in fields { variables(of: field.pattern, body) }
    case .typed(_, let inner): variables(of: inner, body)
    }
  }

  /// Calls `body` with every variable that a tree touches.
  static func forEachVariable(in node: Node, _ body: (Variable) -> Void) {
    variables(of: node, body)
    forEach(node) { forEachVariable(in: $0, body) }
  }

  /// Calls `body` with every function that is made in a tree, not in the functions themselves.
  static func forEachFunction(in node: Node, _ body: (FunctionCode) -> Void) {
    if let node = node as? LambdaNode { body(node.code) }
    if let node = node as? BlockNode { for function in node.functions { body(function.code) } }
    forEach(node) { forEachFunction(in: $0, body) }
  }
}
