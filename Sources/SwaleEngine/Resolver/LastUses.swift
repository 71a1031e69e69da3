/// Finds the last use of each variable, where its value may be moved out instead of copied: what is
/// then built from it is built in place (`xs = xs + [x]`, `acc = step(acc)`).
///
/// A walk against the order of evaluation that carries the variables still needed. Where control may
/// go elsewhere it errs on the side of needing more: a loop needs all that it uses from outside, a
/// `try` body all that the handler and what follows need.
struct LastUses {
  private var live: Set<Int> = []
  /// Needed whatever happens: by handlers and deferred blocks.
  private var pinned: Set<Int> = []
  /// What is needed where `break` and `continue` go.
  private var loopLive: Set<Int> = []
  private let code: FunctionCode

  private init(_ code: FunctionCode) { self.code = code }

  /// Marks the last uses in a function's body.
  static func mark(_ code: FunctionCode) {
    var walk = LastUses(code)
    walk.pinDefers(code.body)
    // The caller takes these back.
    for parameter in code.parameters where parameter.passing == .inPlace {
      walk.pinned.insert(parameter.variable.slot)
    }
    walk.visit(code.body)
  }

  private mutating func pinDefers(_ node: Node) {
    if let node = node as? DeferNode { NodeChildren.forEachVariable(in: node.body) { use($0) } }
    pinned.formUnion(live)
    live = []
    NodeChildren.forEach(node) { pinDefers($0) }
  }

  private func isOwn(_ variable: Variable) -> Bool { variable.global == nil && !variable.isBoxed }

  private mutating func use(_ variable: Variable) {
    if isOwn(variable) { live.insert(variable.slot) }
  }

  /// Visits nodes in the order of evaluation, the last first.
  private mutating func visit(_ nodes: [Node]) {
    for node in nodes.reversed() { visit(node) }
  }

  private mutating func visit(_ node: Node) {
    switch node {
    case let node as VariableNode:
      let variable = node.variable
      guard isOwn(variable) else { return }
      node.isLastUse = !live.contains(variable.slot) && !pinned.contains(variable.slot)
      live.insert(variable.slot)
    case let node as MemberNode: visitBase(node.base)
    case let node as IndexNode:
      visit(node.index)
      visitBase(node.base)
    case let node as LogicalNode:
      let after = live
      visit(node.right)
      live.formUnion(after)
      visit(node.left)
    case let node as ConditionalNode:
      let after = live
      visit(node.then)
      let then = live
      live = after
      if let otherwise = node.otherwise { visit(otherwise) }
      live.formUnion(then)
      visit(node.condition)
    case let node as MatchNode:
      let after = live
      // An arm that does not fit passes on to the next, so a guard must leave everything in place.
      var all = after
      for arm in node.arms.reversed() {
        live = after
        visit(arm.body)
        all.formUnion(live)
        live = all
        if let condition = arm.guardCondition { withPinned(all) { $0.visit(condition) } }
        all.formUnion(live)
      }
      live = all
      visit(node.subject)
    case let node as SelectNode:
      let after = live
      var all = after
      for arm in node.arms {
        live = after
        visit(arm.body)
        all.formUnion(live)
      }
      live = all
      var events: [Node] = []
      NodeChildren.forEachEvent(of: node) { events.append($0) }
      visit(events)
    case let node as BlockNode:
      visit(node.statements)
      for function in node.functions { for capture in function.code.captures { use(capture.outer) } }
    case let node as LambdaNode: for capture in node.code.captures { use(capture.outer) }
    case let node as BindNode:
      kill(node.variable)
      visit(node.value)
    case let node as PatternBindNode:
      let after = live
      if let otherwise = node.otherwise { visit(otherwise) }
      live.formUnion(after)
      visit(node.value)
    case let node as AssignNode: visit(assign: node)
    case let node as InPlaceCallNode:
      for place in node.places { use(place.root) }
      for place in node.places { visit(keys(of: place)) }
      visit(node.arguments.map(\.node))
      visit(node.callees)
    case let node as ReturnNode:
      live = []
      if let value = node.value { visit(value) }
    case is BreakNode, is ContinueNode: live = loopLive
    case let node as WhileNode: visitLoop(node) { $0.visit([node.condition, node.body]) }
    case let node as ForNode:
      visitLoop(node.body) { $0.visit(node.body) }
      visit(node.sequence)
    case let node as ForInPlaceNode:
      // The item goes back to its place however the body ends.
      let item: Set<Int> = isOwn(node.variable) ? [node.variable.slot] : []
      visitLoop(node) { $0.withPinned(item) { $0.visit(node.body) } }
      use(node.place.root)
      visit(keys(of: node.place))
    case let node as TryCatchNode:
      let after = live
      visit(node.handler)
      let needed = live.union(after)
      live = after
      withPinned(needed) { $0.visit(node.body) }
      live.formUnion(needed)
    case let node as TryElseNode:
      let after = live
      visit(node.fallback)
      let needed = live.union(after)
      live = after
      withPinned(needed) { $0.visit(node.body) }
      live.formUnion(needed)
    case is DeferNode: break
    case let node as MethodCallNode:
      visit(node.arguments.map(\.node))
      visit(node.callees)
      visit(node.receiver)
    case let node as UserCallNode:
      visit(node.arguments.map(\.node))
      if let callee = node.callee { use(callee) }
    default:
      var children: [Node] = []
      NodeChildren.forEach(node) { children.append($0) }
      visit(children)
    }
  }

  /// A variable whose item or member is read stays: reading in place is cheaper than moving.
  private mutating func visitBase(_ node: Node) {
    if let node = node as? VariableNode { use(node.variable) } else { visit(node) }
  }

  private mutating func visit(assign node: AssignNode) {
    let place = node.place
    if place.steps.isEmpty, case .set = node.operation { kill(place.root) } else { use(place.root) }
    if case .coalesce = node.operation {
      let after = live
      visit(node.value)
      live.formUnion(after)
      visit(keys(of: place))
    } else {
      visit(keys(of: place))
      visit(node.value)
    }
  }

  private func keys(of place: Place) -> [Node] {
    place.steps.compactMap { if case .index(let node) = $0.step { node } else { nil } }
  }

  private mutating func kill(_ variable: Variable) {
    if isOwn(variable) { live.remove(variable.slot) }
  }

  private mutating func withPinned(_ needed: Set<Int>, _ body: (inout LastUses) -> Void) {
    let saved = pinned
    pinned.formUnion(needed)
    body(&self)
    pinned = saved
  }

  /// Visits a loop: at its end everything is needed that it uses and does not declare itself.
  private mutating func visitLoop(_ node: Node, _ body: (inout LastUses) -> Void) {
    var declared: Set<Int> = []
    func collect(_ node: Node) {
      switch node {
      case let node as BindNode: declared.insert(node.variable.slot)
      case let node as PatternBindNode: NodeChildren.variables(of: node) { declared.insert($0.slot) }
      case is MatchNode, is SelectNode: NodeChildren.variables(of: node) { declared.insert($0.slot) }
      case let node as ForNode: NodeChildren.variables(of: node) { declared.insert($0.slot) }
      case let node as ForInPlaceNode: declared.insert(node.variable.slot)
      case let node as TryCatchNode: declared.insert(node.variable.slot)
      default: break
      }
      NodeChildren.forEach(node, collect)
    }
    collect(node)
    let after = live
    NodeChildren.forEachVariable(in: node) { variable in
      if !declared.contains(variable.slot) { use(variable) }
    }
    let saved = loopLive
    loopLive = live
    body(&self)
    live.formUnion(loopLive)
    live.formUnion(after)
    loopLive = saved
  }
}
