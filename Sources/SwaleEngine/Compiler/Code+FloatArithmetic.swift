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

final class AddFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) + b.float(f, c) }
}

final class AddPure: PureBinary {
  override func pure(_ f: Frame) -> Double { a.pure(f) + b.pure(f) }
}

final class AddLocals: PureFloat {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) + f.float(other) }
}

final class AddPureLocal: PureFloat {
  let a: PureFloat
  let offset: Int
  init(_ a: PureFloat, _ b: FloatLocal) {
    self.a = a
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) + f.float(offset) }
}

final class AddLocalPure: PureFloat {
  let offset: Int
  let b: PureFloat
  init(_ a: FloatLocal, _ b: PureFloat) {
    offset = a.offset
    self.b = b
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) + b.pure(f) }
}

final class AddConstantLocal: PureFloat {
  let constant: Double
  let offset: Int
  init(_ a: FloatConstant, _ b: FloatLocal) {
    constant = a.constant
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { constant + f.float(offset) }
}

final class AddPureConstant: PureFloat {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) + constant }
}

final class SubtractFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) - b.float(f, c) }
}

final class SubtractPure: PureBinary {
  override func pure(_ f: Frame) -> Double { a.pure(f) - b.pure(f) }
}

final class SubtractLocals: PureFloat {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) - f.float(other) }
}

final class SubtractPureLocal: PureFloat {
  let a: PureFloat
  let offset: Int
  init(_ a: PureFloat, _ b: FloatLocal) {
    self.a = a
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) - f.float(offset) }
}

final class SubtractLocalPure: PureFloat {
  let offset: Int
  let b: PureFloat
  init(_ a: FloatLocal, _ b: PureFloat) {
    offset = a.offset
    self.b = b
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) - b.pure(f) }
}

final class SubtractConstantLocal: PureFloat {
  let constant: Double
  let offset: Int
  init(_ a: FloatConstant, _ b: FloatLocal) {
    constant = a.constant
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { constant - f.float(offset) }
}

final class SubtractPureConstant: PureFloat {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) - constant }
}

final class MultiplyFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) * b.float(f, c) }
}

final class MultiplyPure: PureBinary {
  override func pure(_ f: Frame) -> Double { a.pure(f) * b.pure(f) }
}

final class MultiplyLocals: PureFloat {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) * f.float(other) }
}

final class MultiplyPureLocal: PureFloat {
  let a: PureFloat
  let offset: Int
  init(_ a: PureFloat, _ b: FloatLocal) {
    self.a = a
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) * f.float(offset) }
}

final class MultiplyLocalPure: PureFloat {
  let offset: Int
  let b: PureFloat
  init(_ a: FloatLocal, _ b: PureFloat) {
    offset = a.offset
    self.b = b
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) * b.pure(f) }
}

final class MultiplyConstantLocal: PureFloat {
  let constant: Double
  let offset: Int
  init(_ a: FloatConstant, _ b: FloatLocal) {
    constant = a.constant
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { constant * f.float(offset) }
}

final class MultiplyPureConstant: PureFloat {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) * constant }
}

final class DivideFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) / b.float(f, c) }
}

final class DividePure: PureBinary {
  override func pure(_ f: Frame) -> Double { a.pure(f) / b.pure(f) }
}

final class DivideLocals: PureFloat {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) / f.float(other) }
}

final class DividePureLocal: PureFloat {
  let a: PureFloat
  let offset: Int
  init(_ a: PureFloat, _ b: FloatLocal) {
    self.a = a
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) / f.float(offset) }
}

final class DivideLocalPure: PureFloat {
  let offset: Int
  let b: PureFloat
  init(_ a: FloatLocal, _ b: PureFloat) {
    offset = a.offset
    self.b = b
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) / b.pure(f) }
}

final class DivideConstantLocal: PureFloat {
  let constant: Double
  let offset: Int
  init(_ a: FloatConstant, _ b: FloatLocal) {
    constant = a.constant
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { constant / f.float(offset) }
}

final class DividePureConstant: PureFloat {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) / constant }
}

/// `//`, `%` and `**` of floats, as the general operation defines them.
final class GeneralFloatBinary: FloatBinary {
  let node: Node
  let operation: Operation
  init(_ node: Node, _ operation: Operation, _ a: Code, _ b: Code) {
    self.node = node
    self.operation = operation
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    let x = try a.float(f, c)
    let y = try b.float(f, c)
    let result = try node.locating { try Operations.binary(operation, .float(x), .float(y), c) }
    guard case .float(let number) = result else { unreachable("\(operation) of floats is a float") }
    return number
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

final class StorePure: StatementCode {
  let offset: Int
  let operand: PureFloat
  init(_ operand: PureFloat, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(offset, operand.pure(f)) }
}

final class StoreAddLocals: StatementCode {
  let target: Int
  let offset: Int
  let other: Int
  init(_ operation: AddLocals, _ slot: Int) {
    target = slot * Frame.slotSize
    offset = operation.offset
    other = operation.other
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, f.float(offset) + f.float(other)) }
}

final class StoreAddPureLocal: StatementCode {
  let target: Int
  let a: PureFloat
  let offset: Int
  init(_ operation: AddPureLocal, _ slot: Int) {
    target = slot * Frame.slotSize
    a = operation.a
    offset = operation.offset
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, a.pure(f) + f.float(offset)) }
}

final class StoreSubtractLocals: StatementCode {
  let target: Int
  let offset: Int
  let other: Int
  init(_ operation: SubtractLocals, _ slot: Int) {
    target = slot * Frame.slotSize
    offset = operation.offset
    other = operation.other
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, f.float(offset) - f.float(other)) }
}

final class StoreSubtractPureLocal: StatementCode {
  let target: Int
  let a: PureFloat
  let offset: Int
  init(_ operation: SubtractPureLocal, _ slot: Int) {
    target = slot * Frame.slotSize
    a = operation.a
    offset = operation.offset
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, a.pure(f) - f.float(offset)) }
}

final class StoreMultiplyLocals: StatementCode {
  let target: Int
  let offset: Int
  let other: Int
  init(_ operation: MultiplyLocals, _ slot: Int) {
    target = slot * Frame.slotSize
    offset = operation.offset
    other = operation.other
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, f.float(offset) * f.float(other)) }
}

final class StoreMultiplyPureLocal: StatementCode {
  let target: Int
  let a: PureFloat
  let offset: Int
  init(_ operation: MultiplyPureLocal, _ slot: Int) {
    target = slot * Frame.slotSize
    a = operation.a
    offset = operation.offset
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, a.pure(f) * f.float(offset)) }
}

extension Compiler {
  /// Returns code for an operation on two floats, or ints that become floats.
  func floatArithmetic(_ node: Node, _ operation: Operation, _ a: Code, _ b: Code) -> Code {
    guard let x = pureFloat(a), let y = pureFloat(b) else {
      switch operation {
      case .add: return AddFloat(a, b)
      case .subtract: return SubtractFloat(a, b)
      case .multiply: return MultiplyFloat(a, b)
      case .divide: return DivideFloat(a, b)
      default: return GeneralBinary(node, operation, a, b)
      }
    }
    switch operation {
    case .add:
      if let k = y as? FloatConstant { return AddPureConstant(x, k) }
      if let y = y as? FloatLocal {
        if let x = x as? FloatLocal { return AddLocals(x, y) }
        if let k = x as? FloatConstant { return AddConstantLocal(k, y) }
        return AddPureLocal(x, y)
      }
      if let x = x as? FloatLocal { return AddLocalPure(x, y) }
      return AddPure(x, y)
    case .subtract:
      if let k = y as? FloatConstant { return SubtractPureConstant(x, k) }
      if let y = y as? FloatLocal {
        if let x = x as? FloatLocal { return SubtractLocals(x, y) }
        if let k = x as? FloatConstant { return SubtractConstantLocal(k, y) }
        return SubtractPureLocal(x, y)
      }
      if let x = x as? FloatLocal { return SubtractLocalPure(x, y) }
      return SubtractPure(x, y)
    case .multiply:
      if let k = y as? FloatConstant { return MultiplyPureConstant(x, k) }
      if let y = y as? FloatLocal {
        if let x = x as? FloatLocal { return MultiplyLocals(x, y) }
        if let k = x as? FloatConstant { return MultiplyConstantLocal(k, y) }
        if let product = x as? MultiplyConstantLocal { return MultiplyConstantLocals(product, y) }
        return MultiplyPureLocal(x, y)
      }
      if let x = x as? FloatLocal { return MultiplyLocalPure(x, y) }
      return MultiplyPure(x, y)
    case .divide:
      if let k = y as? FloatConstant { return DividePureConstant(x, k) }
      if let y = y as? FloatLocal {
        if let x = x as? FloatLocal { return DivideLocals(x, y) }
        if let k = x as? FloatConstant { return DivideConstantLocal(k, y) }
        return DividePureLocal(x, y)
      }
      if let x = x as? FloatLocal { return DivideLocalPure(x, y) }
      return DividePure(x, y)
    default: return GeneralBinary(node, operation, a, b)
    }
  }

  /// Returns the operand as a pure float, nil where it is none.
  func pureFloat(_ code: Code) -> PureFloat? {
    switch code {
    case let code as PureFloat: code
    case let code as IntLocal: FloatOfIntLocal(code)
    case let code as IntConstant: FloatConstant(Double(code.constant))
    default: nil
    }
  }

  /// Returns code that stores a float into a slot.
  func storeFloat(_ code: Code, _ slot: Int) -> Code {
    switch code {
    case let code as AddLocals: StoreAddLocals(code, slot)
    case let code as SubtractLocals: StoreSubtractLocals(code, slot)
    case let code as MultiplyLocals: StoreMultiplyLocals(code, slot)
    case let code as AddPureLocal: StoreAddPureLocal(code, slot)
    case let code as SubtractPureLocal: StoreSubtractPureLocal(code, slot)
    case let code as MultiplyPureLocal: StoreMultiplyPureLocal(code, slot)
    case let code as PureFloat: StorePure(code, slot)
    default: StoreFloat(code, slot)
    }
  }
}
