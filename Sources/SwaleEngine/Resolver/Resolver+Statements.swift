import SwaleSyntax

extension Resolver {
  /// Declares the functions of a block before its statements, so that they can be used above.
  func declareFunctions(_ statements: [Statement], in block: BlockNode) {
    for statement in statements {
      switch statement.kind {
      case .function(let declaration):
        declareFunction(declaration.name, statement, in: block) { self.resolveBody(of: declaration, $0) }
      case .transform(let declaration):
        if isTopLevelScope { newTransforms.insert(declaration.name.text) }
        declareFunction(declaration.name, statement, in: block) { self.resolveBody(of: declaration, $0) }
      case .binding(_, let pattern, _, _):
        for name in names(of: pattern) { scope.declaredLater[name.text] = name.span }
      case .use(let use):
        let names =
          use.names ?? [use.alias ?? Name(ModuleLoader.moduleName(of: use.path.text), use.path.span)]
        for name in names { scope.declaredLater[name.text] = name.span }
      default: break
      }
    }
  }

  private func declareFunction(
    _ name: Name, _ statement: Statement, in block: BlockNode, resolveBody: @escaping (FunctionCode) -> Void
  ) {
    let variable = declare(name.text, isMutable: false, name.span)
    let code = FunctionCode(name.text, at: at(name.span), parent: function)
    code.documentation = statement.documentation
    variable.documentation = statement.documentation
    variable.code = code
    hoisted.insert(ObjectIdentifier(code))
    codes.append(code)
    block.functions.append((variable, code))
    switch statement.kind {
    case .function(let declaration):
      declareSignature(declaration.parameters, declaration.result, of: code, input: false)
    case .transform(let declaration): declareSignature(declaration.parameters, nil, of: code, input: true)
    default: unreachable("no function")
    }
    let home = scope
    let outer = functions
    scope.deferred.append { [self] in
      let (savedScope, savedFunctions, savedDepth, savedDefer, savedItems) = (
        scope, functions, loopDepth, isInDefer, items
      )
      scope = home
      functions = outer
      (loopDepth, isInDefer, items) = (0, false, [])
      resolveBody(code)
      (scope, functions, loopDepth, isInDefer, items) = (
        savedScope, savedFunctions, savedDepth, savedDefer, savedItems
      )
    }
  }

  /// Resolves a block in a scope of its own.
  func resolve(_ block: Block) -> BlockNode {
    let node = newBlock(at(block.span))
    withScope(block: node) { resolve(block.statements, into: node) }
    return node
  }

  /// Resolves statements into a block whose scope is the present one.
  func resolve(_ statements: [Statement], into node: BlockNode) {
    declareFunctions(statements, in: node)
    node.statements = statements.compactMap { resolve($0) }
    node.hasDefers = node.statements.contains { $0.kind == .deferred }
  }

  /// Resolves a statement; nil where nothing is left to run.
  func resolve(_ statement: Statement) -> Node? {
    let location = at(statement.span)
    switch statement.kind {
    case .expression(let expression): return resolve(expression)
    case .binding(let isMutable, let pattern, let value, let otherwise):
      return resolveBinding(location, isMutable, pattern, value, otherwise, statement.documentation)
    case .assignment(let target, let operation, let value):
      return resolveAssignment(location, target, operation, value)
    case .function, .transform: return nil
    case .use(let use): return resolveUse(use, location)
    case .whileLoop(let condition, let body):
      let condition = resolve(condition)
      return WhileNode(location, condition, inLoop { resolve(body) })
    case .forLoop(let head, let sequence, let body): return resolveFor(location, head, sequence, body)
    case .deferred(let body):
      let saved = (loopDepth, isInDefer)
      isInDefer = true
      loopDepth = 0
      defer { (loopDepth, isInDefer) = saved }
      return DeferNode(location, resolve(body))
    case .assertion(let condition, let message):
      return AssertNode(location, resolve(condition), message.map { resolve($0) })
    case .send(let channel, let value):
      return SendNode(location, resolve(channel), resolve(value))
    }
  }

  private func inLoop<R>(_ body: () -> R) -> R {
    let saved = isInDefer
    isInDefer = false
    loopDepth += 1
    defer {
      loopDepth -= 1
      isInDefer = saved
    }
    return body()
  }

  private func resolveBinding(
    _ location: Location, _ isMutable: Bool, _ pattern: Pattern, _ value: Expression, _ otherwise: Block?,
    _ documentation: String?
  ) -> Node {
    let value = resolveBound(value, hasElse: otherwise != nil)
    let otherwise = otherwise.map { block in
      let node = resolve(block)
      if !node.leaves {
        report(
          .syntax, "the else of a let must leave the block", block.span,
          hint: "end it with return, break, continue or fail")
      }
      return node
    }
    if otherwise == nil, case .binding(let name) = pattern.kind {
      let variable = declare(name, isMutable: isMutable, pattern.span)
      variable.documentation = documentation
      variable.isLiteral = !isMutable && value is ConstantNode
      variable.isNoRecord = !isMutable && !isRecordLike(value)
      scope.declaredLater[name] = nil
      return BindNode(location, variable, value)
    }
    let resolved = resolvePattern(pattern, isMutable: isMutable, isStatement: true)
    for name in names(of: pattern) { scope.declaredLater[name.text] = nil }
    return PatternBindNode(location, resolved, value, otherwise: otherwise)
  }

  private func resolveAssignment(
    _ location: Location, _ target: Expression, _ operation: AssignmentOperator?, _ value: Expression
  ) -> Node {
    let value = resolve(value)
    guard let place = resolvePlace(target, purpose: "assigned to") else { return placeholder(location.span) }
    let resolved: AssignNode.Operator =
      switch operation {
      case nil: .set
      case .coalesce: .coalesce
      case .add: .operation(.add)
      case .subtract: .operation(.subtract)
      case .multiply: .operation(.multiply)
      case .divide: .operation(.divide)
      case .floorDivide: .operation(.floorDivide)
      case .remainder: .operation(.remainder)
      case .power: .operation(.power)
      }
    return AssignNode(location, place, resolved, value)
  }

  /// Resolves a path that is to be changed; nil where it is none, which is then reported.
  func resolvePlace(_ expression: Expression, purpose: String) -> Place? {
    var steps: [(step: Place.Step, at: Location)] = []
    var current = expression
    while true {
      switch current.kind {
      case .member(let base, let name, let isOptional):
        if isOptional {
          report(
            .syntax, "a path with ?. cannot be \(purpose)", current.span,
            hint: "write . where the value must be there")
          return nil
        }
        steps.append((.member(Text.of(name.text)), at(current.span)))
        current = base
      case .index(let base, let index):
        steps.append((.index(resolve(index)), at(current.span)))
        current = base
      case .parenthesized(let inner): current = inner
      case .name(let name):
        guard let variable = mutableVariable(name, current.span, purpose: purpose) else { return nil }
        return Place(variable, at: at(current.span), steps.reversed())
      default:
        report(
          .syntax, "this cannot be \(purpose)", expression.span,
          hint: "only a variable, or a member or item of one, can change")
        return nil
      }
    }
  }

  /// Returns why a variable cannot change, and what to do.
  private func constancy(of variable: Variable) -> (what: String, hint: String?) {
    let name = variable.name
    if variable.code != nil { return ("a function", nil) }
    if variable.isStatement { return ("declared with let", "declare it with var where it should change") }
    if functions.contains(where: { $0.parameters.contains { $0.variable === variable } }) {
      return (
        "a parameter",
        "take a copy, var changed = \(name), or declare it as var \(name) to change the caller's variable"
      )
    }
    return ("bound anew each time", "take a copy: var changed = \(name)")
  }

  /// Returns the variable of a name; reports one that cannot change.
  private func mutableVariable(_ name: String, _ span: Span, purpose: String) -> Variable? {
    switch bindings(of: name).first {
    case .variable(let variable)?:
      if !variable.isMutable {
        let (what, hint) = constancy(of: variable)
        report(
          .name, "\(name) cannot be \(purpose): it is \(what)", span, hint: hint,
          notes: [.init("declared here", variable.declaredAt)])
        return nil
      }
      return localized(variable, span)
    case .module?:
      report(.name, "\(name) is a module and cannot be \(purpose)", span)
    case nil:
      if Builtins.prelude[name] != nil || Builtins.modules[name] != nil {
        report(
          .name, "\(name) is a builtin and cannot be \(purpose)", span,
          hint: "declare a variable: var \(name) = ...")
      } else {
        report(
          .name, "unknown name \(name)", span,
          hint: suggestion(for: name) ?? "declare it first: var \(name) = ...")
      }
    case .missing?: break
    }
    return nil
  }

  private func resolveFor(
    _ location: Location, _ head: Statement.ForHead, _ sequence: Expression, _ body: Block
  ) -> Node {
    if case .inPlace(let name) = head {
      guard let place = resolvePlace(sequence, purpose: "changed by `for var`") else {
        return placeholder(location.span)
      }
      return withScope(block: nil) {
        let variable = declare(name.text, isMutable: true, name.span, isStatement: false)
        return ForInPlaceNode(location, variable, place, inLoop { resolve(body) })
      }
    }
    let sequence = resolve(sequence)
    return withScope(block: nil) {
      let resolved: ForNode.Head
      switch head {
      case .one(let pattern): resolved = .one(resolvePattern(pattern, isMutable: false, isStatement: false))
      case .two(let first, let second):
        resolved = .two(
          resolvePattern(first, isMutable: false, isStatement: false),
          resolvePattern(second, isMutable: false, isStatement: false))
      case .inPlace: unreachable("handled above")
      }
      return ForNode(location, resolved, sequence, inLoop { resolve(body) })
    }
  }

  private func resolveUse(_ use: Use, _ location: Location) -> Node {
    guard isTopLevelScope else {
      report(
        .syntax, "`use` stands at the top level of a file", location.span,
        hint: "move it to the beginning of the file")
      return placeholder(location.span)
    }
    let module: Module
    do { module = try modules.load(use.path.text, from: at(use.path.span)) } catch {
      diagnostics += error.diagnostics.prefix(max(0, Limits.problems - diagnostics.count))
      if let names = use.names {
        for name in names { scope.bindings[name.text] = .missing }
      } else {
        scope.bindings[use.alias?.text ?? ModuleLoader.moduleName(of: use.path.text)] = .missing
      }
      return placeholder(location.span)
    }
    if let names = use.names {
      for name in names {
        guard let variable = module.exports[name.text] else {
          report(
            .name, "\(module.name) has no \(name.text)", name.span,
            hint: hint(forMissing: name.text, in: module))
          scope.bindings[name.text] = .missing
          continue
        }
        bring(name, .variable(variable))
        if module.transforms.contains(name.text) { newTransforms.insert(name.text) }
      }
    } else {
      bring(use.alias ?? Name(module.name, use.path.span), .module(module))
    }
    return UseNode(location, module)
  }

  /// Binds a name that `use` brings in.
  private func bring(_ name: Name, _ binding: Binding) {
    scope.declaredLater[name.text] = nil
    switch (scope.bindings[name.text], binding) {
    case (nil, _), (.missing?, _): scope.bindings[name.text] = binding
    // Bringing the same in twice is harmless.
    case (.module(let earlier)?, .module(let module)) where earlier === module: break
    case (.variable(let earlier)?, .variable(let variable)) where earlier === variable: break
    case (let earlier?, _): reportDeclaredTwice(name.text, name.span, earlier)
    }
  }

  /// Returns why a module does not show a name.
  func hint(forMissing name: String, in module: Module) -> String? {
    if name.hasPrefix("_") { return "names that begin with _ stay inside their file" }
    return Operations.suggestion(for: name, among: module.exports.keys)
      ?? (module.exports.isEmpty
        ? "it shows no names: a file shows its let, fn and transform"
        : "it shows \(module.exports.keys.sorted().prefix(12).joined(separator: ", ")); a var is not shown")
  }
}

extension Node {
  /// True if control never gets past the node: it always returns, breaks, continues or fails.
  var leaves: Bool {
    switch self {
    case is ReturnNode, is BreakNode, is ContinueNode, is FailNode: true
    case let block as BlockNode: block.statements.contains { $0.leaves }
    case let node as ConditionalNode: node.then.leaves && node.otherwise?.leaves ?? false
    case let node as MatchNode: node.arms.allSatisfy { $0.body.leaves }
    case let node as TryCatchNode: node.body.leaves && node.handler.leaves
    case let call as BuiltinCallNode: call.function.name == "exit"
    default: false
    }
  }
}
