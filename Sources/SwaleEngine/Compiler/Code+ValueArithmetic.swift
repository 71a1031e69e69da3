/// An operation on two values of which at least one is boxed.
class ValueBinary: Code {
  let node: Node
  let a: Code
  let b: Code
  init(_ node: Node, _ a: Code, _ b: Code) {
    self.node = node
    self.a = a
    self.b = b
  }
  override var isPlain: Bool { a.isPlain && b.isPlain }

  /// Does the general operation; its error is reported here.
  @inline(never) final func general(_ operation: Operation, _ x: Value, _ y: Value, _ c: Context) throws
    -> Value
  {
    try node.locating { try Operations.binary(operation, x, y, c) }
  }
}

/// Arithmetic on two values, which are floats mostly.
class ValueArithmetic: ValueBinary {
  final let x: FloatOperand
  final let y: FloatOperand
  override init(_ node: Node, _ a: Code, _ b: Code) {
    x = FloatOperand(a)
    y = FloatOperand(b)
    super.init(node, a, b)
  }
  override final var mayBeFloat: Bool { a.mayBeFloat && b.mayBeFloat }
}

final class AddValues: ValueArithmetic {
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? {
    guard let x = x(f, c), let y = y(f, c) else { return nil }
    return x + y
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    var x = try a.value(f, c)
    let y = try b.value(f, c)
    switch (x, y) {
    case (.float(let x), .float(let y)): return .float(x + y)
    case (.int(let i), .int(let j)):
      let (result, overflow) = i.addingReportingOverflow(j)
      return overflow ? try general(.add, x, y, c) : .int(result)
    default:
      // Text and lists that nobody else holds grow in place.
      try node.locating { try Operations.update(&x, .add, y, c) }
      return x
    }
  }
}

final class SubtractValues: ValueArithmetic {
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? {
    guard let x = x(f, c), let y = y(f, c) else { return nil }
    return x - y
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    let y = try b.value(f, c)
    switch (x, y) {
    case (.float(let x), .float(let y)): return .float(x - y)
    case (.int(let i), .int(let j)):
      let (result, overflow) = i.subtractingReportingOverflow(j)
      return overflow ? try general(.subtract, x, y, c) : .int(result)
    default: return try general(.subtract, x, y, c)
    }
  }
}

final class MultiplyValues: ValueArithmetic {
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? {
    guard let x = x(f, c), let y = y(f, c) else { return nil }
    return x * y
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    let y = try b.value(f, c)
    switch (x, y) {
    case (.float(let x), .float(let y)): return .float(x * y)
    case (.int(let i), .int(let j)):
      let (result, overflow) = i.multipliedReportingOverflow(by: j)
      return overflow ? try general(.multiply, x, y, c) : .int(result)
    default: return try general(.multiply, x, y, c)
    }
  }
}

final class DivideValues: ValueArithmetic {
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? {
    guard let x = x(f, c), let y = y(f, c) else { return nil }
    return x / y
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    let y = try b.value(f, c)
    if case .float(let x) = x, case .float(let y) = y { return .float(x / y) }
    return try general(.divide, x, y, c)
  }
}

/// A builtin of one value that is a function of the machine where that is a float.
final class FloatFunctionOfValue: Code {
  let operand: Code
  let function: @Sendable (Double) -> Double
  /// The call with all that the builtin may do.
  let general: Code
  init(_ operand: Code, _ function: @escaping @Sendable (Double) -> Double, _ general: Code) {
    self.operand = operand
    self.function = function
    self.general = general
  }
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? { operand.floatIfAny(f, c).map(function) }
  override var mayBeFloat: Bool { operand.mayBeFloat }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    if let x = operand.floatIfAny(f, c) { return .float(function(x)) }
    return try general.value(f, c)
  }
  override var isPlain: Bool { operand.isPlain }
}

/// Any operation, as the general one defines it.
final class GeneralBinary: ValueBinary {
  let operation: Operation
  init(_ node: Node, _ operation: Operation, _ a: Code, _ b: Code) {
    self.operation = operation
    super.init(node, a, b)
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    return try general(operation, x, try b.value(f, c), c)
  }
}

final class GeneralUnary: Code {
  let node: UnaryNode
  let a: Code
  init(_ node: UnaryNode, _ a: Code) {
    self.node = node
    self.a = a
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    if node.operation == .negate, case .float(let x) = x { return .float(-x) }
    return try node.locating {
      node.operation == .negate ? try Operations.negate(x, c) : try Operations.not(x, c)
    }
  }
}
