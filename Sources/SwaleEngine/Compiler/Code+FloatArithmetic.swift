// Arithmetic on floats. It cannot fail, so whatever is made of variables, constants and such
// arithmetic has an entry point that does not throw: half the cost of one that may. Operands that are
// variables or constants are fused into the operation: a call less for each.

/// A float expression that cannot fail and runs no other code.
class PureFloat: FloatCode {
  func pure(_ f: Frame) -> Double { unreachable("\(type(of: self)).pure") }
  final override func float(_ f: Frame, _ c: Context) throws -> Double { pure(f) }
  final override func floatIfAny(_ f: Frame, _ c: Context) -> Double? { pure(f) }
  final override var mayBeFloat: Bool { true }
  final override var isPlain: Bool { true }
}

final class FloatConstant: PureFloat {
  let constant: Double
  init(_ constant: Double) { self.constant = constant }
  override func pure(_ f: Frame) -> Double { constant }
}

final class FloatLocal: PureFloat {
  let offset: Int
  init(_ slot: Int) { offset = slot * Frame.slotSize }
  override func pure(_ f: Frame) -> Double { f.float(offset) }
}

/// An int variable where a float is wanted.
final class FloatOfIntLocal: PureFloat {
  let offset: Int
  init(_ local: IntLocal) { offset = local.offset }
  override func pure(_ f: Frame) -> Double { Double(f.int(offset)) }
}

/// An operation on two floats of which one may fail or run other code.
class FloatBinary: FloatCode {
  let a: Code
  let b: Code
  init(_ a: Code, _ b: Code) {
    self.a = a
    self.b = b
  }
  override var isPlain: Bool { a.isPlain && b.isPlain }
}

/// An operation on two pure floats.
class PureBinary: PureFloat {
  let a: PureFloat
  let b: PureFloat
  init(_ a: PureFloat, _ b: PureFloat) {
    self.a = a
    self.b = b
  }
}

/// `/` of two ints: a float, but an error where the divisor is zero.
final class DivideInts: FloatBinary {
  let node: Node
  init(_ node: Node, _ a: Code, _ b: Code) {
    self.node = node
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    let x = try a.int(f, c)
    let y = try b.int(f, c)
    if y == 0 { _ = try node.locating { try Operations.divide(.int(x), .int(y), c) } }
    return Double(x) / Double(y)
  }
}

final class NegatePure: PureFloat {
  let a: PureFloat
  init(_ a: PureFloat) { self.a = a }
  override func pure(_ f: Frame) -> Double { -a.pure(f) }
}

final class NegateFloat: FloatCode {
  let a: Code
  init(_ a: Code) { self.a = a }
  override func float(_ f: Frame, _ c: Context) throws -> Double { -(try a.float(f, c)) }
  override var isPlain: Bool { a.isPlain }
}

/// `sqrt(x)`
final class SquareRootPure: PureFloat {
  let a: PureFloat
  init(_ a: PureFloat) { self.a = a }
  override func pure(_ f: Frame) -> Double { a.pure(f).squareRoot() }
}

/// `k * x * y`, as products with a factor in front are read.
final class MultiplyConstantLocals: PureFloat {
  let constant: Double
  let offset: Int
  let other: Int
  init(_ a: MultiplyConstantLocal, _ b: FloatLocal) {
    constant = a.constant
    offset = a.offset
    other = b.offset
  }
  override func pure(_ f: Frame) -> Double { constant * f.float(offset) * f.float(other) }
}

// MARK: Storing
