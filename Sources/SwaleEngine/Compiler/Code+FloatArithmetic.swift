/// An operation on two floats.
class FloatBinary: FloatCode {
  let a: Code
  let b: Code
  init(_ a: Code, _ b: Code) {
    self.a = a
    self.b = b
  }
  override var isPlain: Bool { a.isPlain && b.isPlain }
  override var isSafe: Bool { a.isSafe && b.isSafe }
}

final class AddFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) + b.float(f, c) }
}

final class AddFloatLocals: FloatBinary {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { f.float(offset) + f.float(other) }
}

/// A variable at the right.
final class AddFloatLocal: FloatBinary {
  let offset: Int
  init(_ a: Code, _ b: FloatLocal) {
    offset = b.offset
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) + f.float(offset) }
}

/// A variable at the left.
final class AddLocalFloat: FloatBinary {
  let offset: Int
  init(_ a: FloatLocal, _ b: Code) {
    offset = a.offset
    super.init(a, b)
  }
  // Arithmetic does not change variables that come later, but its calls may: the left side is read first.
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    let x = f.float(offset)
    return x + (try b.float(f, c))
  }
}

/// A constant at the right.
final class AddFloatConstant: FloatBinary {
  let constant: Double
  init(_ a: Code, _ b: FloatConstant) {
    constant = b.constant
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) + constant }
}

/// A constant at the left.
final class AddConstantFloat: FloatBinary {
  let constant: Double
  init(_ a: FloatConstant, _ b: Code) {
    constant = a.constant
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { constant + (try b.float(f, c)) }
}

final class SubtractFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) - b.float(f, c) }
}

final class SubtractFloatLocals: FloatBinary {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { f.float(offset) - f.float(other) }
}

/// A variable at the right.
final class SubtractFloatLocal: FloatBinary {
  let offset: Int
  init(_ a: Code, _ b: FloatLocal) {
    offset = b.offset
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) - f.float(offset) }
}

/// A variable at the left.
final class SubtractLocalFloat: FloatBinary {
  let offset: Int
  init(_ a: FloatLocal, _ b: Code) {
    offset = a.offset
    super.init(a, b)
  }
  // Arithmetic does not change variables that come later, but its calls may: the left side is read first.
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    let x = f.float(offset)
    return x - (try b.float(f, c))
  }
}

/// A constant at the right.
final class SubtractFloatConstant: FloatBinary {
  let constant: Double
  init(_ a: Code, _ b: FloatConstant) {
    constant = b.constant
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) - constant }
}

/// A constant at the left.
final class SubtractConstantFloat: FloatBinary {
  let constant: Double
  init(_ a: FloatConstant, _ b: Code) {
    constant = a.constant
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { constant - (try b.float(f, c)) }
}

final class MultiplyFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) * b.float(f, c) }
}

final class MultiplyFloatLocals: FloatBinary {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { f.float(offset) * f.float(other) }
}

/// A variable at the right.
final class MultiplyFloatLocal: FloatBinary {
  let offset: Int
  init(_ a: Code, _ b: FloatLocal) {
    offset = b.offset
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) * f.float(offset) }
}

/// A variable at the left.
final class MultiplyLocalFloat: FloatBinary {
  let offset: Int
  init(_ a: FloatLocal, _ b: Code) {
    offset = a.offset
    super.init(a, b)
  }
  // Arithmetic does not change variables that come later, but its calls may: the left side is read first.
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    let x = f.float(offset)
    return x * (try b.float(f, c))
  }
}

/// A constant at the right.
final class MultiplyFloatConstant: FloatBinary {
  let constant: Double
  init(_ a: Code, _ b: FloatConstant) {
    constant = b.constant
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) * constant }
}

/// A constant at the left.
final class MultiplyConstantFloat: FloatBinary {
  let constant: Double
  init(_ a: FloatConstant, _ b: Code) {
    constant = a.constant
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { constant * (try b.float(f, c)) }
}

final class DivideFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) / b.float(f, c) }
}

final class DivideFloatLocals: FloatBinary {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { f.float(offset) / f.float(other) }
}

/// A variable at the right.
final class DivideFloatLocal: FloatBinary {
  let offset: Int
  init(_ a: Code, _ b: FloatLocal) {
    offset = b.offset
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) / f.float(offset) }
}

/// A variable at the left.
final class DivideLocalFloat: FloatBinary {
  let offset: Int
  init(_ a: FloatLocal, _ b: Code) {
    offset = a.offset
    super.init(a, b)
  }
  // Arithmetic does not change variables that come later, but its calls may: the left side is read first.
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    let x = f.float(offset)
    return x / (try b.float(f, c))
  }
}

/// A constant at the right.
final class DivideFloatConstant: FloatBinary {
  let constant: Double
  init(_ a: Code, _ b: FloatConstant) {
    constant = b.constant
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) / constant }
}

/// A constant at the left.
final class DivideConstantFloat: FloatBinary {
  let constant: Double
  init(_ a: FloatConstant, _ b: Code) {
    constant = a.constant
    super.init(a, b)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { constant / (try b.float(f, c)) }
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
  override var isSafe: Bool { false }
}

/// `/` of two ints: a float, but an error where the divisor is zero.
final class DivideInts: FloatCode {
  let node: Node
  let a: Code
  let b: Code
  init(_ node: Node, _ a: Code, _ b: Code) {
    self.node = node
    self.a = a
    self.b = b
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    let x = try a.int(f, c)
    let y = try b.int(f, c)
    if y == 0 { _ = try node.locating { try Operations.divide(.int(x), .int(y), c) } }
    return Double(x) / Double(y)
  }
  override var isPlain: Bool { a.isPlain && b.isPlain }
}

final class NegateFloat: FloatCode {
  let a: Code
  init(_ a: Code) { self.a = a }
  override func float(_ f: Frame, _ c: Context) throws -> Double { -(try a.float(f, c)) }
  override var isPlain: Bool { a.isPlain }
  override var isSafe: Bool { a.isSafe }
}
