import SwaleSyntax

extension Compiler {
  /// Compiles a statement, whose value nobody wants.
  func compile(statement node: Node) -> Code {
    switch node.kind {
    case .bind:
      let node = unsafeDowncast(node, to: BindNode.self)
      return store(compile(node.value), to: node.variable)
    case .patternBind: return compile(patternBind: unsafeDowncast(node, to: PatternBindNode.self))
    case .assign: return compile(assign: unsafeDowncast(node, to: AssignNode.self))
    case .whileLoop: return compile(whileLoop: unsafeDowncast(node, to: WhileNode.self))
    case .forLoop: return compile(forLoop: unsafeDowncast(node, to: ForNode.self))
    case .forInPlace: return compile(forInPlace: unsafeDowncast(node, to: ForInPlaceNode.self))
    case .conditional:
      let node = unsafeDowncast(node, to: ConditionalNode.self)
      return IfStatement(
        compile(condition: node.condition), compile(statement: node.then),
        node.otherwise.map { compile(statement: $0) })
    case .block: return compile(block: unsafeDowncast(node, to: BlockNode.self))
    case .match:
      return compile(match: unsafeDowncast(node, to: MatchNode.self)) { self.compile(statement: $0) }
    case .tryCatch:
      return compile(tryCatch: unsafeDowncast(node, to: TryCatchNode.self)) { self.compile(statement: $0) }
    case .returning:
      let node = unsafeDowncast(node, to: ReturnNode.self)
      if returnIsSignal { hasReturnSignal = true }
      return ReturnCode(resultStore(node.value.map { compile($0) } ?? constant(.null)))
    case .breaking, .continuing:
      if breakIsSignal { hasSignal = true }
      return LeaveCode(node.kind == .breaking ? .breaking : .continuing)
    case .deferred: unreachable("a block runs its defers")
    case .assertion:
      let node = unsafeDowncast(node, to: AssertNode.self)
      return AssertCode(node, compile(condition: node.condition), node.message.map { compile($0) })
    case .send: return compile(send: unsafeDowncast(node, to: SendNode.self))
    case .select:
      return compile(select: unsafeDowncast(node, to: SelectNode.self)) { self.compile(statement: $0) }
    case .scope:
      return compile(scope: unsafeDowncast(node, to: ScopeNode.self)) { self.compile(statement: $0) }
    case .timeout:
      return compile(timeout: unsafeDowncast(node, to: TimeoutNode.self)) { self.compile(statement: $0) }
    case .use: return GeneralCode(node, specialization)
    default: return compile(node)
    }
  }

  // MARK: Variables

  /// Returns code that gives a variable its value.
  func store(_ value: Code, to variable: Variable) -> Code {
    if !isLocal(variable) { return StoreBoxed(value, variable) }
    return store(value, variable.slot)
  }

  /// Returns code that stores into a slot, which widens to hold the value.
  func store(_ value: Code, _ slot: Int) -> Code {
    let representation = widen(slot, value.representation)
    switch representation {
    case .int: return value.representation == .never ? value : StoreInt(value, slot)
    case .float: return value.representation == .never ? value : storeFloat(value, slot)
    case .bool: return value.representation == .never ? value : StoreBool(value, slot)
    case .value, .never:
      return value is ValueArithmetic && value.mayBeFloat
        ? StoreArithmetic(value, slot) : StoreValue(value, slot)
    }
  }

  private func compile(assign node: AssignNode) -> Code {
    let variable = node.place.root
    if node.place.steps.isEmpty, case .coalesce = node.operation {
    } else if node.place.steps.isEmpty {
      switch node.operation {
      case .set:
        let value = compile(node.value)
        guard isLocal(variable) else {
          remarkBox(variable, node)
          return AssignBoxed(value, node)
        }
        let stored = store(value, variable.slot)
        if slots[variable.slot] == .value, value.representation != .value {
          remark(node, "\(variable.name) holds values of several types")
        }
        return stored
      case .operation(let operation):
        if isLocal(variable) {
          let operand = compile(node.value)
          let slot = variable.slot
          if slots[slot] != .value {
            // The operand is evaluated before the variable is read.
            let current: Code =
              switch slots[slot] {
              case .int: IntLocal(slot)
              case .float: FloatLocal(slot)
              case .bool: BoolLocal(slot)
              case .value, .never: ValueLocal(slot, node)
              }
            let isOrdered = operand.isPlain
            let right = isOrdered ? (first: nil, code: operand) : waiting(operand)
            let result = arithmetic(node, operation, current, right.code)
            let stored = store(result, slot)
            if let first = right.first { return Statements.make([first, stored]) }
            if slots[slot] == .int, operation == .add, let k = operand as? IntConstant {
              return AddToInt(node, slot, k.constant)
            }
            return stored
          }
          widen(slot, .value)
          remark(node, "\(operation.rawValue)= on a variable whose type is not known before it runs")
          return UpdateLocal(node, operation, slot, operand)
        }
        remarkBox(variable, node)
        return UpdateBoxed(node, operation, compile(node.value))
      case .coalesce: break
      }
    }
    let place = compile(place: node.place)
    let value = compile(node.value)
    switch node.operation {
    case .set:
      if let index = place.lastIndex { return AssignItemCode(node, place, index, value) }
      return AssignPlaceCode(node, place, value)
    case .operation(let operation): return UpdatePlaceCode(node, operation, place, value)
    case .coalesce: return CoalescePlaceCode(node, place, value)
    }
  }

  private func remarkBox(_ variable: Variable, _ node: Node) {
    remark(
      node,
      "\(variable.name) is changed where "
        + (variable.global == nil ? "closures hold it too" : "every function sees it: it is of the top level")
    )
  }

  /// Evaluates an operand into a temporary before what else an operation reads.
  private func waiting(_ operand: Code) -> (first: Code?, code: Code) {
    let slot = newTemporary(.never)
    slots[slot] = operand.representation == .never ? .value : operand.representation
    switch operand.representation {
    case .int: return (StoreInt(operand, slot), IntLocal(slot))
    case .float: return (StoreFloat(operand, slot), FloatLocal(slot))
    case .bool: return (StoreBool(operand, slot), BoolLocal(slot))
    case .value: return (StoreValue(operand, slot), ValueLocal(slot, ConstantNode(code.location, .null)))
    case .never: return (nil, operand)
    }
  }

  private func compile(patternBind node: PatternBindNode) -> Code {
    NodeChildren.variables(of: node.pattern) { hold($0) }
    return PatternBindCode(node, compile(node.value), node.otherwise.map { compile(block: $0) })
  }

  // MARK: Blocks

  func compile(block node: BlockNode) -> Code {
    enterBlock(node)
    if node.hasDefers { return DeferBlock(node, compileWithDefers(node), isValue: false, specialization) }
    let statements = compile(statements: node.statements)
    if node.functions.isEmpty && node.boxes.isEmpty { return Statements.make(statements) }
    return Statements.make([EnterBlock(node)] + statements)
  }

  /// Notes what a block declares before its statements run.
  func enterBlock(_ node: BlockNode) {
    for function in node.functions {
      box(captures: function.code)
      if isLocal(function.variable) { widen(function.variable.slot, .value) }
    }
    for variable in node.boxes { slots[variable.slot] = .value }
  }

  private func compileWithDefers(_ node: BlockNode) -> [(code: Code, isDefer: Bool)] {
    node.statements.map { statement in
      if let node = statement as? DeferNode { return (compile(block: node.body), true) }
      return (compile(statement: statement), false)
    }
  }

  func compile(blockValue node: BlockNode) -> Code {
    enterBlock(node)
    if node.hasDefers {
      var parts = node.statements.map { statement in
        if let node = statement as? DeferNode { return (code: compile(block: node.body), isDefer: true) }
        return (code: compile(statement: statement), isDefer: false)
      }
      if let last = node.statements.last, !(last is DeferNode) {
        parts[parts.count - 1] = (compile(last), false)
      }
      return DeferBlock(node, parts, isValue: true, specialization)
    }
    guard let last = node.statements.last else { return constant(.null) }
    var statements = node.statements.dropLast().map { compile(statement: $0) }
    if !node.functions.isEmpty || !node.boxes.isEmpty { statements.insert(EnterBlock(node), at: 0) }
    let value = compile(last)
    return statements.isEmpty ? value : Then.make(Statements.make(statements), value)
  }

  func compile(conditional node: ConditionalNode) -> Code {
    Choice.make(
      compile(condition: node.condition), compile(node.then),
      node.otherwise.map { compile($0) } ?? constant(.null))
  }

  func compile(match node: MatchNode, _ compileBody: (Node) -> Code) -> Code {
    let subject = compile(node.subject)
    var arms: [MatchCode.Arm] = []
    for arm in node.arms {
      NodeChildren.variables(of: arm.pattern) { hold($0) }
      arms.append(
        .init(
          pattern: arm.pattern, condition: arm.guardCondition.map { compile(condition: $0) },
          body: compileBody(arm.body)))
    }
    return MatchCode(node, subject, arms)
  }

  func compile(tryCatch node: TryCatchNode, _ compileBody: (Node) -> Code) -> Code {
    hold(node.variable)
    return TryCatchCode(node, guarded { compileBody(node.body) }, compileBody(node.handler))
  }

  // MARK: Loops

  /// Compiles a loop's body; true where a signal may come out of it.
  private func compile(body node: BlockNode) -> (Code, hasSignal: Bool) {
    let saved = (hasSignal, breakIsSignal)
    (hasSignal, breakIsSignal) = (false, false)
    defer { (hasSignal, breakIsSignal) = saved }
    let body = compile(block: node)
    return (body, hasSignal)
  }

  private func compile(whileLoop node: WhileNode) -> Code {
    let condition = compile(condition: node.condition)
    let (body, hasSignal) = compile(body: node.body)
    if !hasSignal, let body = body as? ExitingBody {
      if let condition = condition as? LessIntLocals { return ExitingCount(condition, body) }
      return ExitingWhile(condition, body)
    }
    return WhileCode(condition, hasSignal ? CatchSignal(body) : body)
  }

  private func compile(forLoop node: ForNode) -> Code {
    if case .one(let pattern) = node.head, let range = node.sequence as? RangeNode, let lower = range.lower,
      let upper = range.upper
    {
      let low = compile(lower)
      let high = compile(upper)
      if low.representation == .int && high.representation == .int,
        pattern.variable.map({ isLocal($0) }) ?? pattern.isIgnored
      {
        let slot = pattern.variable?.slot ?? newTemporary(.int)
        if widen(slot, .int) == .int {
          let (body, hasSignal) = compile(body: node.body)
          return RangeLoop(range, slot, low, high, hasSignal ? CatchSignal(body) : body)
        }
      }
    }
    let sequence = compile(node.sequence)
    switch node.head {
    case .one(let pattern): NodeChildren.variables(of: pattern) { hold($0) }
    case .two(let first, let second):
      NodeChildren.variables(of: first) { hold($0) }
      NodeChildren.variables(of: second) { hold($0) }
    }
    let (body, hasSignal) = compile(body: node.body)
    return ForCode(node, sequence, hasSignal ? CatchSignal(body) : body, specialization)
  }

  private func compile(forInPlace node: ForInPlaceNode) -> Code {
    NodeChildren.variables(of: node) { hold($0) }
    let place = compile(place: node.place)
    let (statements, hasSignal) = compile(body: node.body)
    let body = hasSignal ? CatchSignal(statements) : statements
    if place.isSimple, node.takesItems, isLocal(node.variable) {
      return ForItemsInPlaceCode(node, place, body)
    }
    return ForInPlaceCode(node, place, body)
  }

  // MARK: Function bodies

  /// Compiles what a function's body ends with: an expression whose value is the result.
  func compileTail(_ node: Node) -> Code {
    switch node {
    case let node as ReturnNode: return node.value.map { compile($0) } ?? constant(.null)
    case let node as ConditionalNode:
      return Choice.make(
        compile(condition: node.condition), compileTail(node.then),
        node.otherwise.map { compileTail($0) } ?? constant(.null))
    case let node as BlockNode:
      enterBlock(node)
      if node.hasDefers {
        let parts = compileWithDefers(node)
        return Then.make(
          DeferBlock(node, parts, isValue: false, specialization), constant(.null), leaving: self)
      }
      let body = compileTail(node.statements[...])
      return node.functions.isEmpty && node.boxes.isEmpty ? body : Then.make(EnterBlock(node), body)
    case let node as MatchNode: return compile(match: node) { self.compileTail($0) }
    default:
      let statement = compile(statement: node)
      return Then.make(statement, constant(.null), leaving: self)
    }
  }

  private func compileTail(_ statements: ArraySlice<Node>) -> Code {
    var running: [Code] = []
    for (index, node) in zip(statements.indices, statements) {
      let rest = statements[(index + 1)...]
      let tail: Code
      if rest.isEmpty || node is ReturnNode {
        tail = compileTail(node)
      } else if let node = node as? ConditionalNode, node.otherwise == nil, node.then.endsInReturn {
        // `if c { return x }` and what follows are the two sides of a choice.
        tail = Choice.make(compile(condition: node.condition), compileTail(node.then), compileTail(rest))
      } else {
        let statement = compile(statement: node)
        if !statement.mayLeave {
          running.append(statement)
          continue
        }
        tail = Then.make(statement, compileTail(rest), leaving: self)
      }
      return running.isEmpty ? tail : Then.make(Statements.make(running), tail)
    }
    return constant(.null)
  }

  /// Returns code that checks a declared result.
  func checked(_ value: Code, _ check: TypeCheck) -> Code {
    switch (value.representation, check.types) {
    case (.int, .int), (.float, .float), (.bool, .bool), (.never, _): return value
    default: break
    }
    if check.types == .any { return value }
    return CheckedResult.make(value, code)
  }
}

extension Node {
  /// True if every way through a statement ends in `return`.
  fileprivate var endsInReturn: Bool {
    switch self {
    case is ReturnNode: true
    case let block as BlockNode: !block.hasDefers && (block.statements.last?.endsInReturn ?? false)
    case let node as ConditionalNode: node.then.endsInReturn && node.otherwise?.endsInReturn ?? false
    default: false
    }
  }
}
