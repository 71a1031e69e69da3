import SwaleSyntax

extension Resolver {
  /// What a name in call position means: the innermost function, behind variables that may turn out
  /// to hold none.
  enum Callee {
    /// A declared function; the variable holds its closure.
    case user(FunctionCode, Variable)
    case builtin(BuiltinFunction)
    case values([Node])
  }

  /// Returns what a name means in call position; nil where it means nothing.
  func callee(_ name: String, _ span: Span) -> Callee? {
    var nodes: [Node] = []
    for binding in bindings(of: name) {
      if case .missing = binding { return .values([placeholder(span)]) }
      guard case .variable(let variable) = binding else { continue }
      if let code = variable.code {
        let local = localized(variable, span)
        if nodes.isEmpty { return .user(code, local) }
        nodes.append(VariableNode(at(span), local))
        return .values(nodes)
      }
      nodes.append(VariableNode(at(span), localized(variable, span)))
    }
    guard let function = Builtins.prelude[name] else { return nodes.isEmpty ? nil : .values(nodes) }
    return nodes.isEmpty ? .builtin(function) : .values(nodes + [ConstantNode(at(span), .function(function))])
  }

  /// The nodes that give a callee's function, tried in order.
  private func nodes(_ callee: Callee?, _ span: Span) -> [Node] {
    switch callee {
    case nil: []
    case .user(_, let variable): [VariableNode(at(span), variable)]
    case .builtin(let function): [ConstantNode(at(span), .function(function))]
    case .values(let nodes): nodes
    }
  }

  // MARK: Calls as written

  func resolveCall(_ callee: Expression, _ arguments: [Argument], _ location: Location) -> Node {
    if arguments.contains(where: { $0.passing == .inPlace }) {
      return resolveLendingCall(callee, arguments, location)
    }
    guard case .name(let name) = callee.kind else {
      let callees = [resolve(callee)]
      return DynamicCallNode(location, callees, resolve(arguments))
    }
    return resolveNamedCall(name, callee.span, first: nil, arguments, location)
  }

  /// Resolves a call by name; `first` is what a pipe or method passes as first argument.
  private func resolveNamedCall(
    _ name: String, _ span: Span, first: Node?, _ arguments: [Argument], _ location: Location
  ) -> Node {
    guard let callee = callee(name, span) else {
      // The arguments may hold problems of their own.
      _ = resolve(arguments)
      if case .module? = bindings(of: name).first {
        report(.type, "\(name) is a module and cannot be called", span)
      } else if Builtins.modules[name] != nil {
        report(
          .type, "\(name) is a module and cannot be called", span,
          hint: "call one of its functions: \(name).name(...)")
      } else {
        reportUnknown(name, span, isCall: true)
      }
      return placeholder(location.span)
    }
    let nodes =
      (first.map { [ArgumentNode(label: nil, node: $0, isSpread: false)] } ?? []) + resolve(arguments)
    return call(callee, nodes, location)
  }

  func call(_ callee: Callee, _ arguments: [ArgumentNode], _ location: Location) -> Node {
    switch callee {
    case .values(let nodes): return DynamicCallNode(location, nodes, arguments)
    case .builtin(let function):
      if function.overloads.allSatisfy({ $0.inPlaceBody != nil }) {
        report(
          .type, "\(function.name) changes a variable in place, which must be lent to it", location.span,
          hint: "write xs.\(function.name)(...), or lend the variable with &: \(function.name)(&xs, ...)")
      } else {
        check(function, arguments, location)
        noteWorkers(function, arguments.dropFirst())
      }
      return BuiltinCallNode(location, function, arguments)
    case .user(let code, let variable):
      let targets = targets(of: code, arguments, location)
      if code.hasInPlaceParameters {
        report(
          .type, "\(code.name) changes its argument in place, which must be a variable", location.span,
          hint: "pass a var: \(code.name)(&x), or x.\(code.name)()")
      }
      return UserCallNode(location, code, callee: variable, arguments, targets: targets)
    }
  }

  func resolve(_ arguments: [Argument]) -> [ArgumentNode] {
    arguments.map { argument in
      if argument.passing == .inPlace {
        report(.syntax, "`&` lends a variable only to a function called by its name", argument.value.span)
      }
      let node = argument.isItemFunction ? resolveItemFunction(argument.value) : resolve(argument.value)
      return ArgumentNode(label: argument.label?.text, node: node, isSpread: argument.passing == .spread)
    }
  }

  /// Returns the parameter of each argument; nil where that is known only when the call is made.
  /// Reports what cannot fit.
  private func targets(of code: FunctionCode, _ arguments: [ArgumentNode], _ location: Location) -> [Int]? {
    if arguments.contains(where: \.isSpread) { return nil }
    var targets: [Int] = []
    var given: Set<Int> = []
    var position = 0
    var hasRest = false
    for argument in arguments {
      if let label = argument.label {
        guard let k = code.parameters.firstIndex(where: { $0.variable.name == label && $0.passing != .rest })
        else {
          let names = code.parameters.map(\.variable.name)
          report(
            .type, "\(code.name) has no parameter \(label)", argument.node.at.span,
            hint: Operations.suggestion(for: label, among: names) ?? "it is called \(code.signature)")
          return nil
        }
        if !given.insert(k).inserted {
          report(.type, "\(code.name): \(label) is given twice", argument.node.at.span)
          return nil
        }
        targets.append(k)
        continue
      }
      while position < code.parameters.count, code.parameters[position].passing != .rest,
        given.contains(position)
      {
        position += 1
      }
      guard position < code.parameters.count else {
        reportCount(code.name, code.arity, arguments.count, code.signature, location)
        return nil
      }
      targets.append(position)
      if code.parameters[position].passing == .rest {
        hasRest = true
      } else {
        given.insert(position)
        position += 1
      }
    }
    for (k, parameter) in code.parameters.enumerated() where parameter.isRequired && !given.contains(k) {
      reportCount(code.name, code.arity, arguments.count, code.signature, location)
      return nil
    }
    return hasRest ? nil : targets
  }

  private func reportCount(
    _ name: String, _ arity: (least: Int, most: Int?), _ given: Int, _ signature: String, _ location: Location
  ) {
    report(
      .type, "\(name) takes \(FunctionCode.describe(arity)), not \(given)", location.span,
      hint: "it is called \(signature)")
  }

  /// Reports arguments that fit no declaration of a builtin.
  private func check(_ function: BuiltinFunction, _ arguments: [ArgumentNode], _ location: Location) {
    if arguments.contains(where: \.isSpread) { return }
    if function.overloads.contains(where: { $0.accepts(arguments) }) { return }
    if function.isInPlace {
      let error = function.notInPlace()
      report(error.kind, error.message, location.span, hint: error.hint)
      return
    }
    let positional = arguments.filter { $0.label == nil }.count
    var given: Set<String> = []
    for argument in arguments {
      guard let label = argument.label else { continue }
      if !given.insert(label).inserted {
        report(.type, "\(function.name): \(label) is given twice", argument.node.at.span)
        return
      }
      if !function.overloads.contains(where: { $0.accepts(label: label) }) {
        let names = function.overloads.flatMap { $0.parameters.filter { $0.kind == .plain }.map(\.name) }
        report(
          .type, "\(function.name) has no parameter \(label)", argument.node.at.span,
          hint: Operations.suggestion(for: label, among: names) ?? "it is called \(function.signature)")
        return
      }
    }
    reportCount(
      function.name, function.arity, positional,
      function.signatures.joined(separator: " or "), location)
  }

  // MARK: Methods and stages

  func resolveMethod(
    _ receiver: Expression, _ name: Name, _ arguments: [Argument], isOptional: Bool, _ location: Location
  ) -> Node {
    if let (moduleName, user) = moduleNamed(receiver) {
      return callModule(moduleName, user, name, first: nil, arguments, location)
    }
    let meaning = callee(name.text, name.span)
    if changesInPlace(meaning), !isOptional, let place = placeIfMutable(receiver) {
      return InPlaceCallNode(
        location, name.text, nodes(meaning, name.span), [place], receiverIsFirst: true, resolve(arguments))
    }
    let receiverNode: Node
    if case .item = receiver.kind {
      receiverNode = resolveItem(receiver.span, field: nil)
    } else {
      receiverNode = resolve(receiver)
    }
    let arguments = resolve(arguments)
    if case .builtin(let function)? = meaning { noteWorkers(function, arguments) }
    if !isRecordLike(receiverNode) {
      check(method: name, meaning, receiver, receiverNode, arguments, location)
    }
    return MethodCallNode(
      location, receiverNode, Text.of(name.text), isOptional: isOptional, nodes(meaning, name.span), arguments
    )
  }

  /// Reports what is wrong with a method call on a value that is known to be no record, which could
  /// have a function of its own under the name.
  private func check(
    method name: Name, _ meaning: Callee?, _ receiver: Expression, _ node: Node, _ arguments: [ArgumentNode],
    _ location: Location
  ) {
    let all = [ArgumentNode(label: nil, node: node, isSpread: false)] + arguments
    switch meaning {
    case nil:
      let hint = ForeignWords.functionHint(for: name.text) ?? suggestion(for: name.text)
      report(
        .name, "unknown function \(name.text)", name.span,
        hint: hint ?? (arguments.isEmpty ? "without parentheses it is a member: .\(name.text)" : nil))
    case .values: break
    case .builtin(let function) where function.overloads.allSatisfy({ $0.inPlaceBody != nil }):
      reportUnchangeable(receiver, by: name)
    case .builtin(let function): check(function, all, location)
    case .user(let code, _):
      if code.parameters.first?.passing == .inPlace {
        reportUnchangeable(receiver, by: name)
      } else {
        _ = targets(of: code, all, location)
      }
    }
  }

  /// Reports a method that changes its receiver where that is no variable.
  private func reportUnchangeable(_ receiver: Expression, by method: Name) {
    if case .name(let name) = receiver.kind, case .variable(let variable)? = bindings(of: name).first {
      report(
        .name, "\(name) cannot be changed by \(method.text): it is declared with let", receiver.span,
        hint: "declare it with var where it should change",
        notes: [.init("declared here", variable.declaredAt)])
    } else {
      report(
        .type, "\(method.text) changes a variable in place, and this is a value", receiver.span,
        hint: "keep it in a variable: var xs = ...; xs.\(method.text)(...)")
    }
  }

  /// True where the value may be a record that has a function under a name unknown elsewhere.
  func isRecordLike(_ node: Node) -> Bool {
    switch node {
    case is ConstantNode, is InterpolationNode, is ListNode, is RangeNode, is LambdaNode: false
    case let node as VariableNode: !node.variable.isNoRecord
    default: true
    }
  }

  private func changesInPlace(_ callee: Callee?) -> Bool {
    switch callee {
    case .builtin(let function): function.isInPlace
    case .user(let code, _): code.parameters.first?.passing == .inPlace
    case .values(let nodes):
      nodes.contains { node in
        if let variable = (node as? VariableNode)?.variable {
          return variable.code?.parameters.first?.passing == .inPlace
        }
        if case .function(let function) = (node as? ConstantNode)?.value {
          return (function as? BuiltinFunction)?.isInPlace ?? false
        }
        return false
      }
    case nil: false
    }
  }

  /// Returns the place of a path whose root is a `var`; nil, without a report, for anything else.
  private func placeIfMutable(_ expression: Expression) -> Place? {
    var current = expression
    while true {
      switch current.kind {
      case .member(let base, _, false): current = base
      case .index(let base, _): current = base
      case .parenthesized(let inner): current = inner
      case .name(let name):
        guard case .variable(let variable)? = bindings(of: name).first, variable.isMutable else { return nil }
        return resolvePlace(expression, purpose: "changed")
      default: return nil
      }
    }
  }

  /// `f(&a, x)`
  private func resolveLendingCall(_ callee: Expression, _ arguments: [Argument], _ location: Location) -> Node
  {
    var places: [Place] = []
    var rest: [Argument] = []
    var isInOrder = true
    for argument in arguments {
      if argument.passing == .inPlace {
        if !rest.isEmpty || argument.label != nil { isInOrder = false }
        if let place = resolvePlace(argument.value, purpose: "lent") { places.append(place) }
      } else {
        rest.append(argument)
      }
    }
    for (i, place) in places.enumerated() where places[..<i].contains(where: { $0.root === place.root }) {
      report(
        .value, "\(place.root.name) is lent twice in one call", location.span,
        hint: "the call could not tell which change is last")
    }
    if !isInOrder { report(.syntax, "arguments with & come first", location.span) }
    let callees: [Node]
    let name: String
    if case .name(let text) = callee.kind {
      let meaning = self.callee(text, callee.span)
      if meaning == nil { reportUnknown(text, callee.span, isCall: true) }
      if case .user(let code, _)? = meaning {
        let count = code.parameters.prefix { $0.passing == .inPlace }.count
        let lent = arguments.count - rest.count
        if count != lent {
          report(
            .type, "\(code.name) changes \(count) of its arguments in place, not \(lent)",
            location.span,
            hint: "it is called \(code.signature)")
        }
        if !rest.contains(where: { $0.passing == .spread }) { checkLent(code, arguments.count, location) }
      }
      callees = nodes(meaning, callee.span)
      name = text
    } else {
      callees = [resolve(callee)]
      name = "this"
    }
    return InPlaceCallNode(location, name, callees, places, receiverIsFirst: false, resolve(rest))
  }

  private func checkLent(_ code: FunctionCode, _ count: Int, _ location: Location) {
    let (least, most) = code.arity
    if count < least || most.map({ count > $0 }) ?? false {
      reportCount(code.name, code.arity, count, code.signature, location)
    }
  }

  private func callModule(
    _ moduleName: String, _ user: Module?, _ name: Name, first: Node?, _ arguments: [Argument],
    _ location: Location
  ) -> Node {
    let nodes =
      (first.map { [ArgumentNode(label: nil, node: $0, isSpread: false)] } ?? []) + resolve(arguments)
    if let variable = user?.exports[name.text], let code = variable.code {
      return call(.user(code, localized(variable, name.span)), nodes, location)
    }
    if user == nil, let function = Builtins.modules[moduleName]?[name.text] {
      return call(.builtin(function), nodes, location)
    }
    guard let member = memberOfModule(moduleName, user, name, location) else {
      return placeholder(location.span)
    }
    return DynamicCallNode(location, [member], nodes)
  }

  /// Resolves one step of a pipe.
  func resolve(_ stage: Stage, input: Node) -> Node {
    let outer = inStageArguments
    inStageArguments = true
    defer { inStageArguments = outer }
    let location = at(input.at.span.joined(stage.span))
    // The input stands on lines above; an error of the stage points at the stage.
    let stageLocation = at(stage.span)
    switch stage.kind {
    case .function(let expression):
      return DynamicCallNode(
        stageLocation, [resolve(expression)], [ArgumentNode(label: nil, node: input, isSpread: false)])
    case .named(let path, let arguments):
      if path.count == 1 {
        return resolveNamedCall(path[0].text, path[0].span, first: input, arguments, stageLocation)
      }
      let base = Expression(span: path[0].span, kind: .name(path[0].text))
      if path.count == 2, let (moduleName, user) = moduleNamed(base) {
        return callModule(moduleName, user, path[1], first: input, arguments, stageLocation)
      }
      var callee = resolve(base)
      for name in path.dropFirst() {
        callee = MemberNode(location, callee, Text.of(name.text), isOptional: false)
      }
      return DynamicCallNode(
        stageLocation, [callee], [ArgumentNode(label: nil, node: input, isSpread: false)] + resolve(arguments)
      )
    }
  }
}

extension Builtin {
  /// True if a call with arguments of these labels and number can be bound; types are not looked at.
  func accepts(_ arguments: [ArgumentNode]) -> Bool {
    var filled: Set<String> = []
    var positional = 0
    for argument in arguments {
      guard let label = argument.label else {
        positional += 1
        continue
      }
      if !accepts(label: label) || !filled.insert(label).inserted { return false }
    }
    for parameter in parameters where parameter.kind == .plain || parameter.kind == .inPlace {
      if filled.contains(parameter.name), place(labelled: parameter.name) != nil { continue }
      if positional > 0 {
        positional -= 1
      } else if parameter.defaultValue == nil {
        return false
      }
    }
    return positional == 0 || parameters.contains { $0.kind == .rest }
  }

  func accepts(label: String) -> Bool {
    place(labelled: label) != nil || takesAnyName
  }
}
