import SwaleSyntax

extension Resolver {
  /// Declares a function's parameters and result, which calls are checked against.
  func declareSignature(
    _ parameters: [SwaleSyntax.Parameter], _ result: TypeName?, of code: FunctionCode, input: Bool
  ) {
    if input {
      let variable = Variable(
        " input", isMutable: false, at: code.location, function: code, slot: code.newSlot())
      code.parameters.append(.init(variable: variable, passing: .plain, check: nil, defaultValue: nil))
    }
    if parameters.count > 60 {
      report(
        .syntax, "a function takes at most 60 parameters", parameters[60].name.span, hint: "pass a record")
      return
    }
    for parameter in parameters {
      let variable = Variable(
        parameter.name.text, isMutable: parameter.passing == .inPlace, at: at(parameter.name.span),
        function: code,
        slot: code.newSlot())
      // The default is resolved with the body; until then anything that is not nil marks it.
      let value = parameter.defaultValue.map { placeholder($0.span) }
      code.parameters.append(
        .init(
          variable: variable, passing: parameter.passing, check: parameter.type.flatMap(typeCheck),
          defaultValue: value))
    }
    code.result = result.flatMap(typeCheck)
  }

  func typeCheck(_ type: TypeName) -> TypeCheck? {
    guard var types = typeSet(type.name) else { return nil }
    if type.isOptional { types.insert(.null) }
    return TypeCheck(types: types, name: type.name.text + (type.isOptional ? "?" : ""))
  }

  func typeSet(_ name: Name) -> TypeSet? {
    if let types = TypeSet.named(name.text) { return types }
    let common = [
      "str": "string", "String": "string", "integer": "int", "double": "float", "boolean": "bool",
      "dict": "record", "map": "record", "array": "list", "object": "record", "fn": "function",
      "None": "null",
    ]
    let known = TypeSet.names.map(\.1) + ["any", "number"]
    report(
      .name, "unknown type \(name.text)", name.span,
      hint: common[name.text].map { "did you mean \($0)?" } ?? Operations.suggestion(
        for: name.text, among: known)
        ?? "the types are " + known.filter { $0 != "sort key" }.joined(separator: ", "))
    return nil
  }

  func resolveBody(of declaration: FunctionDeclaration, _ code: FunctionCode) {
    withFunction(code) {
      bindParameters(declaration.parameters, of: code, from: 0)
      let block = newBlock(at(declaration.body.span))
      withScope(block: block) { resolve(declaration.body.statements, into: block) }
      code.body = tail(block)
      if code.result == nil { markLastSteps(code.body) }
    }
  }

  func resolveBody(of declaration: TransformDeclaration, _ code: FunctionCode) {
    withFunction(code) {
      bindParameters(declaration.parameters, of: code, from: 1)
      var value: Node = VariableNode(at(declaration.name.span), code.parameters[0].variable)
      for stage in declaration.stages { value = resolve(stage, input: value) }
      code.body = ReturnNode(value.at, value)
    }
  }

  private func bindParameters(_ parameters: [SwaleSyntax.Parameter], of code: FunctionCode, from offset: Int)
  {
    for (i, parameter) in parameters.enumerated() where i + offset < code.parameters.count {
      let variable = code.parameters[i + offset].variable
      if case .variable(let earlier)? = scope.bindings[variable.name] {
        report(
          .name, "the parameter \(variable.name) is declared twice", parameter.name.span,
          notes: [.init("first declared here", earlier.declaredAt)])
      }
      // A default sees the parameters before it.
      if let value = parameter.defaultValue { code.parameters[i + offset].defaultValue = resolve(value) }
      scope.bindings[variable.name] = .variable(variable)
    }
  }

  /// Runs `body` with the function as the innermost one and a scope for its parameters.
  func withFunction<R>(_ code: FunctionCode, _ body: () -> R) -> R {
    let saved = (loopDepth, isInDefer)
    (loopDepth, isInDefer) = (0, false)
    functions.append(code)
    defer {
      functions.removeLast()
      (loopDepth, isInDefer) = saved
    }
    return withScope(block: nil, body)
  }

  func resolve(_ lambda: Lambda, _ span: Span) -> Node {
    let code = FunctionCode("lambda", at: at(span), parent: function)
    codes.append(code)
    if lambda.parameters.count > 60 {
      report(.syntax, "a function takes at most 60 parameters", span)
      return placeholder(span)
    }
    withFunction(code) {
      for parameter in lambda.parameters {
        let variable = Variable(
          parameter?.text ?? "_", isMutable: false, at: at(parameter?.span ?? span), function: code,
          slot: code.newSlot())
        code.parameters.append(.init(variable: variable, passing: .plain, check: nil, defaultValue: nil))
        guard let parameter else { continue }
        if case .variable(let earlier)? = scope.bindings[parameter.text] {
          report(
            .name, "the parameter \(parameter.text) is declared twice", parameter.span,
            notes: [.init("first declared here", earlier.declaredAt)])
        }
        scope.bindings[parameter.text] = .variable(variable)
      }
      code.body = tail(resolve(lambda.body))
      markLastSteps(code.body)
    }
    return LambdaNode(at(span), code)
  }

  /// Resolves an argument that speaks of the current item to a function of it.
  func resolveItemFunction(_ expression: Expression) -> Node {
    let code = FunctionCode("row expression", at: at(expression.span), parent: function)
    code.isItemFunction = true
    codes.append(code)
    withFunction(code) {
      let item = Variable(
        ".", isMutable: false, at: at(expression.span), function: code, slot: code.newSlot())
      code.parameters.append(.init(variable: item, passing: .plain, check: nil, defaultValue: nil))
      let use = ItemUse()
      itemUses[ObjectIdentifier(item)] = use
      items.append(item)
      let body = resolve(expression)
      items.removeLast()
      code.body = tail(body)
      code.itemFields = use.isGeneral ? nil : use.fields
      code.shape = RowTemplate(body, of: code, item: item)
    }
    return LambdaNode(at(expression.span), code)
  }

  /// Marks the waits after which a function with this body has nothing left to do.
  func markLastSteps(_ body: Node) {
    switch body {
    case let block as BlockNode:
      if !block.hasDefers, let last = block.statements.last { markLastSteps(last) }
    case let node as ConditionalNode:
      markLastSteps(node.then)
      if let otherwise = node.otherwise { markLastSteps(otherwise) }
    case let node as MatchNode: for arm in node.arms { markLastSteps(arm.body) }
    case let node as ReturnNode: if let value = node.value { markLastSteps(value) }
    case is SendNode, is BuiltinCallNode: body.isLastStep = true
    default: break
    }
  }

  /// Makes the value of the last expression of a body what the body returns.
  func tail(_ node: Node) -> Node {
    switch node {
    case let block as BlockNode:
      if let last = block.statements.last { block.statements[block.statements.count - 1] = tail(last) }
      return block
    case let node as ConditionalNode:
      return ConditionalNode(node.at, node.condition, tail(node.then), node.otherwise.map { tail($0) })
    case let node as MatchNode:
      return MatchNode(
        node.at, node.subject,
        node.arms.map { .init(pattern: $0.pattern, guardCondition: $0.guardCondition, body: tail($0.body)) })
    case let node as TryCatchNode:
      _ = (tail(node.body), tail(node.handler))
      return node
    case is BindNode, is PatternBindNode, is AssignNode, is WhileNode, is ForNode, is ForInPlaceNode,
      is DeferNode,
      is SendNode,
      is AssertNode, is UseNode, is ReturnNode, is BreakNode, is ContinueNode:
      return node
    default: return ReturnNode(node.at, node)
    }
  }
}
