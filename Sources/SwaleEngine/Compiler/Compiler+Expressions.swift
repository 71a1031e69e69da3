import SwaleSyntax

extension Compiler {
  /// Compiles an expression.
  func compile(_ node: Node) -> Code {
    let outer = (returnIsSignal, breakIsSignal)
    (returnIsSignal, breakIsSignal) = (true, true)
    defer { (returnIsSignal, breakIsSignal) = outer }
    return compile(expression: node)
  }

  private func compile(expression node: Node) -> Code {
    switch node.kind {
    case .constant: return constant(unsafeDowncast(node, to: ConstantNode.self).value)
    case .variable: return compile(variable: unsafeDowncast(node, to: VariableNode.self))
    case .interpolation:
      return InterpolationCode(unsafeDowncast(node, to: InterpolationNode.self)) { compile($0) }
    case .list:
      let node = unsafeDowncast(node, to: ListNode.self)
      return ListCode(node, node.elements.map { compile($0.node) })
    case .record: return compile(record: unsafeDowncast(node, to: RecordNode.self))
    case .unary: return compile(unary: unsafeDowncast(node, to: UnaryNode.self))
    case .binary: return compile(binary: unsafeDowncast(node, to: BinaryNode.self))
    case .logical: return compile(logical: unsafeDowncast(node, to: LogicalNode.self))
    case .range:
      let node = unsafeDowncast(node, to: RangeNode.self)
      return RangeCode(node, node.lower.map { compile($0) }, node.upper.map { compile($0) })
    case .index: return compile(index: unsafeDowncast(node, to: IndexNode.self))
    case .member:
      let node = unsafeDowncast(node, to: MemberNode.self)
      return MemberCode(node, compile(node.base))
    case .lambda:
      let lambda = unsafeDowncast(node, to: LambdaNode.self)
      box(captures: lambda.code)
      return LambdaCode(lambda)
    case .userCall: return compile(userCall: unsafeDowncast(node, to: UserCallNode.self))
    case .builtinCall: return compile(builtinCall: unsafeDowncast(node, to: BuiltinCallNode.self))
    case .dynamicCall: return compile(dynamicCall: unsafeDowncast(node, to: DynamicCallNode.self))
    case .methodCall: return compile(methodCall: unsafeDowncast(node, to: MethodCallNode.self))
    case .inPlaceCall: return compile(inPlaceCall: unsafeDowncast(node, to: InPlaceCallNode.self))
    case .conditional: return compile(conditional: unsafeDowncast(node, to: ConditionalNode.self))
    case .block: return compile(blockValue: unsafeDowncast(node, to: BlockNode.self))
    case .match: return compile(match: unsafeDowncast(node, to: MatchNode.self)) { self.compile($0) }
    case .tryCatch: return compile(tryCatch: unsafeDowncast(node, to: TryCatchNode.self)) { self.compile($0) }
    case .tryElse:
      let node = unsafeDowncast(node, to: TryElseNode.self)
      return TryElseCode(guarded { compile(node.body) }, compile(node.fallback))
    case .fail:
      let node = unsafeDowncast(node, to: FailNode.self)
      return FailCode(node, compile(node.value))
    case .returning:
      let node = unsafeDowncast(node, to: ReturnNode.self)
      hasReturnSignal = true
      return SignalCode(.returning, resultStore(node.value.map { compile($0) } ?? constant(.null)))
    case .breaking:
      hasSignal = true
      return SignalCode(.breaking, nil)
    case .continuing:
      hasSignal = true
      return SignalCode(.continuing, nil)
    case .spawn: return compile(spawn: unsafeDowncast(node, to: SpawnNode.self))
    case .await: return compile(await: unsafeDowncast(node, to: AwaitNode.self))
    case .receive: return compile(receive: unsafeDowncast(node, to: ReceiveNode.self))
    case .select: return compile(select: unsafeDowncast(node, to: SelectNode.self)) { self.compile($0) }
    case .scope: return compile(scope: unsafeDowncast(node, to: ScopeNode.self)) { self.compile($0) }
    case .timeout: return compile(timeout: unsafeDowncast(node, to: TimeoutNode.self)) { self.compile($0) }
    case .send: return StatementValue(compile(send: unsafeDowncast(node, to: SendNode.self)))
    case .bind, .patternBind, .assign, .whileLoop, .forLoop, .forInPlace, .deferred, .assertion, .use:
      return StatementValue(compile(statement: node))
    }
  }

  func constant(_ value: Value) -> Code {
    switch value {
    case .int(let number): IntConstant(number)
    case .float(let number): FloatConstant(number)
    case .bool(let truth): BoolConstant(truth)
    default: ValueConstant(value)
    }
  }

  private func compile(variable node: VariableNode) -> Code {
    let variable = node.variable
    if let global = variable.global {
      // A constant of the top level is as good as a literal once it has a value that no run of this
      // code can change: it was written as a literal, or set by an earlier entry.
      if !variable.isMutable, global.state == .set,
        variable.isLiteral || variable.declaredAt.source !== code.location.source
      {
        return constant(global.value)
      }
      return BoxedVariable(node)
    }
    if variable.isBoxed { return BoxedVariable(node) }
    if let slot = floatSlots[variable.slot] { return FloatLocal(slot) }
    if node.isLastUse, slots[variable.slot] == .value { return MovedLocal(variable.slot) }
    switch slots[variable.slot] {
    case .int: return IntLocal(variable.slot)
    case .float: return FloatLocal(variable.slot)
    case .bool: return BoolLocal(variable.slot)
    case .value, .never: return ValueLocal(variable.slot, node)
    }
  }

  /// The variables that a closure captures are boxed values in the frame.
  func box(captures code: FunctionCode) {
    for capture in code.captures where isLocal(capture.outer) { widen(capture.outer.slot, .value) }
  }

  /// Returns code that holds the value in a representation that is at least as wide.
  func convert(_ code: Code, to representation: Representation) -> Code {
    if code.representation == representation || code.representation == .never { return code }
    // Every code has a boxed value; nothing else is ever asked for.
    return representation == .value ? Boxed(code) : code
  }

  /// Compiles a condition, to code whose `bool` is called.
  func compile(condition node: Node) -> Code {
    let code = compile(node)
    switch code.representation {
    case .bool, .never: return code
    case .int, .float: return ConditionCode(code, node)
    case .value:
      return code is ValueComparison || code is ValueLocal || code is ItemCode
        ? TestCode(code) : ConditionCode(code, node)
    }
  }

  // MARK: Operators

  private func compile(unary node: UnaryNode) -> Code {
    let a = compile(node.operand)
    switch (node.operation, a.representation) {
    case (.negate, .int): return NegateInt(node, a)
    case (.negate, .float): return pureFloat(a).map { NegatePure($0) } ?? NegateFloat(a)
    case (.not, .bool): return NotBool(a)
    default:
      remark(node, "the operand's type is not known before it runs")
      return GeneralUnary(node, a)
    }
  }

  private func compile(logical node: LogicalNode) -> Code {
    let a = compile(node.left)
    let b = compile(node.right)
    if a.representation == .bool && b.representation == .bool {
      switch node.operation {
      case .and: return AndBools(a, b)
      case .or: return OrBools(a, b)
      case .coalesce: return a
      }
    }
    return LogicalCode(node, a, b)
  }

  private func compile(binary node: BinaryNode) -> Code {
    let a = compile(node.left)
    let b = compile(node.right)
    switch node.operation {
    case .contained: return ContainsCode(node, a, b, isNegated: false)
    case .notContained: return ContainsCode(node, a, b, isNegated: true)
    case .operation(let operation):
      switch operation {
      case .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .power:
        return arithmetic(node, operation, a, b)
      case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
        return comparison(node, operation, a, b)
      default: return GeneralBinary(node, operation, a, b)
      }
    }
  }

  /// Returns code for an operation on operands, wherever it stands.
  func arithmetic(_ node: Node, _ operation: Operation, _ a: Code, _ b: Code) -> Code {
    switch (a.representation, b.representation) {
    case (.int, .int): return intArithmetic(node, operation, a, b)
    case (.float, .float), (.int, .float), (.float, .int): return floatArithmetic(node, operation, a, b)
    case (.never, _), (_, .never):
      // While a recursion's result is unknown, so is what is computed from it.
      return UnknownCode(a, b)
    default: break
    }
    remark(node, "\(operation.rawValue) on operands whose types are not known before it runs")
    switch operation {
    case .add: return AddValues(node, a, b)
    case .subtract: return SubtractValues(node, a, b)
    case .multiply: return MultiplyValues(node, a, b)
    case .divide: return DivideValues(node, a, b)
    default: return GeneralBinary(node, operation, a, b)
    }
  }

  private func intArithmetic(_ node: Node, _ operation: Operation, _ a: Code, _ b: Code) -> Code {
    switch operation {
    case .add:
      if let x = a as? IntLocal, let y = b as? IntConstant { return AddIntLocalConstant(node, x, y) }
      if let x = a as? IntLocal, let y = b as? IntLocal { return AddIntLocals(node, x, y) }
      if let y = b as? IntConstant { return AddIntConstant(node, a, y) }
      return AddInt(node, a, b)
    case .subtract:
      if let x = a as? IntLocal, let y = b as? IntConstant { return SubtractIntLocalConstant(node, x, y) }
      if let x = a as? IntLocal, let y = b as? IntLocal { return SubtractIntLocals(node, x, y) }
      if let y = b as? IntConstant { return SubtractIntConstant(node, a, y) }
      return SubtractInt(node, a, b)
    case .multiply:
      if let x = a as? IntLocal, let y = b as? IntConstant { return MultiplyIntLocalConstant(node, x, y) }
      if let x = a as? IntLocal, let y = b as? IntLocal { return MultiplyIntLocals(node, x, y) }
      if let y = b as? IntConstant { return MultiplyIntConstant(node, a, y) }
      return MultiplyInt(node, a, b)
    case .divide: return DivideInts(node, a, b)
    case .floorDivide: return FloorDivideInt(node, a, b)
    case .remainder: return RemainderInt(node, a, b)
    default: return GeneralBinary(node, operation, a, b)
    }
  }

  private func comparison(_ node: Node, _ operation: Operation, _ a: Code, _ b: Code) -> Code {
    switch (a.representation, b.representation) {
    case (.int, .int): return intComparison(operation, a, b)
    case (.float, .float): return floatComparison(operation, a, b)
    case (.int, .float), (.float, .int): return MixedComparison(node, operation, a, b)
    case (.bool, .bool) where operation == .equal: return EqualBools(a, b)
    case (.bool, .bool) where operation == .notEqual: return NotEqualBools(a, b)
    default: break
    }
    switch operation {
    case .less: return LessValues(node, a, b)
    case .lessEqual: return LessEqualValues(node, a, b)
    case .greater: return GreaterValues(node, a, b)
    case .greaterEqual: return GreaterEqualValues(node, a, b)
    case .equal: return EqualValues(node, a, b)
    default: return NotEqualValues(node, a, b)
    }
  }

  private func intComparison(_ operation: Operation, _ a: Code, _ b: Code) -> Code {
    if let x = a as? IntLocal, let y = b as? IntConstant {
      switch operation {
      case .less: return LessIntLocalConstant(x, y)
      case .lessEqual: return LessEqualIntLocalConstant(x, y)
      case .greater: return GreaterIntLocalConstant(x, y)
      case .greaterEqual: return GreaterEqualIntLocalConstant(x, y)
      case .equal: return EqualIntLocalConstant(x, y)
      default: return NotEqualIntLocalConstant(x, y)
      }
    }
    if let x = a as? IntLocal, let y = b as? IntLocal {
      switch operation {
      case .less: return LessIntLocals(x, y)
      case .lessEqual: return LessEqualIntLocals(x, y)
      case .greater: return GreaterIntLocals(x, y)
      case .greaterEqual: return GreaterEqualIntLocals(x, y)
      case .equal: return EqualIntLocals(x, y)
      default: return NotEqualIntLocals(x, y)
      }
    }
    if let y = b as? IntConstant {
      switch operation {
      case .less: return LessIntConstant(a, y)
      case .lessEqual: return LessEqualIntConstant(a, y)
      case .greater: return GreaterIntConstant(a, y)
      case .greaterEqual: return GreaterEqualIntConstant(a, y)
      case .equal: return EqualIntConstant(a, y)
      default: return NotEqualIntConstant(a, y)
      }
    }
    switch operation {
    case .less: return LessInt(a, b)
    case .lessEqual: return LessEqualInt(a, b)
    case .greater: return GreaterInt(a, b)
    case .greaterEqual: return GreaterEqualInt(a, b)
    case .equal: return EqualInt(a, b)
    default: return NotEqualInt(a, b)
    }
  }

  private func floatComparison(_ operation: Operation, _ a: Code, _ b: Code) -> Code {
    if let a = a as? PureFloat, let y = b as? FloatConstant {
      switch operation {
      case .less: return LessPureConstant(a, y)
      case .lessEqual: return LessEqualPureConstant(a, y)
      case .greater: return GreaterPureConstant(a, y)
      case .greaterEqual: return GreaterEqualPureConstant(a, y)
      case .equal: return EqualPureConstant(a, y)
      default: return NotEqualPureConstant(a, y)
      }
    }
    switch operation {
    case .less: return LessFloat(a, b)
    case .lessEqual: return LessEqualFloat(a, b)
    case .greater: return GreaterFloat(a, b)
    case .greaterEqual: return GreaterEqualFloat(a, b)
    case .equal: return EqualFloat(a, b)
    default: return NotEqualFloat(a, b)
    }
  }

  // MARK: Members, items and literals

  private func compile(index node: IndexNode) -> Code {
    let base = compile(node.base)
    let index = compile(node.index)
    if index.representation == .int { return ItemCode(node, base, index) }
    return IndexCode(node, base, index)
  }

  private func compile(record node: RecordNode) -> Code {
    var names: [Text] = []
    for entry in node.entries {
      guard case .field(let name, _) = entry, !names.contains(where: { Text.equal($0, name) }),
        names.count < 32
      else {
        return RecordCode(
          node,
          node.entries.map { entry in
            switch entry {
            case .field(_, let value), .spread(let value): (nil, compile(value))
            case .computed(let key, let value): (compile(key), compile(value))
            }
          })
      }
      names.append(name)
    }
    var values: [Code] = []
    for case .field(_, let value) in node.entries { values.append(compile(value)) }
    return ShapedRecordCode(names, values)
  }
}

/// A value computed from one that is not known yet; only while types are being inferred.
final class UnknownCode: NeverCode {
  let a: Code
  let b: Code
  init(_ a: Code, _ b: Code) {
    self.a = a
    self.b = b
  }
  override func leave(_ f: Frame, _ c: Context) throws -> Never {
    _ = try a.value(f, c)
    _ = try b.value(f, c)
    unreachable("an operation on a value that never comes")
  }
}

/// Boxes what is held unboxed.
final class Boxed: Code {
  let code: Code
  init(_ code: Code) { self.code = code }
  override func value(_ f: Frame, _ c: Context) throws -> Value { try code.value(f, c) }
  override var isPlain: Bool { code.isPlain }
}

/// A statement where a value is wanted: null.
final class StatementValue: Code {
  let statement: Code
  init(_ statement: Code) { self.statement = statement }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    if statement.mayLeave {
      try BlockNode.signal(try statement.execute(f, c))
    } else {
      try statement.run(f, c)
    }
    return .null
  }
}

/// `return`, `break` and `continue` in the middle of an expression.
final class SignalCode: NeverCode {
  let signal: ControlSignal
  let store: Code?
  init(_ signal: ControlSignal, _ store: Code?) {
    self.signal = signal
    self.store = store
  }
  override func leave(_ f: Frame, _ c: Context) throws -> Never {
    try store?.run(f, c)
    throw signal
  }
}
