// Arithmetic on ints, floats and boxed values. Operands that are variables or constants are fused into
// the operation: a virtual call less for each.

/// An operation on two ints; on overflow the general operation raises the error.
class IntBinary: IntCode {
  let node: Node
  let a: Code
  let b: Code
  init(_ node: Node, _ a: Code, _ b: Code) {
    self.node = node
    self.a = a
    self.b = b
  }
  override var isPlain: Bool { a.isPlain && b.isPlain }

  /// Raises the error of an operation on ints that has no int for a result.
  @inline(never) final func fail(_ operation: Operation, _ x: Int, _ y: Int, _ c: Context) throws -> Never {
    _ = try node.locating { try Operations.binary(operation, .int(x), .int(y), c) }
    unreachable("\(operation) of \(x) and \(y)")
  }
}

final class AddInt: IntBinary {
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = try a.int(f, c)
    let y = try b.int(f, c)
    let (result, overflow) = x.addingReportingOverflow(y)
    if overflow { try fail(.add, x, y, c) }
    return result
  }
}

/// Adds with a constant at the right.
final class AddIntConstant: IntBinary {
  let constant: Int
  init(_ node: Node, _ a: Code, _ b: IntConstant) {
    constant = b.constant
    super.init(node, a, b)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = try a.int(f, c)
    let (result, overflow) = x.addingReportingOverflow(constant)
    if overflow { try fail(.add, x, constant, c) }
    return result
  }
}

/// Adds a variable and a constant.
final class AddIntLocalConstant: IntBinary {
  let offset: Int
  let constant: Int
  init(_ node: Node, _ a: IntLocal, _ b: IntConstant) {
    offset = a.offset
    constant = b.constant
    super.init(node, a, b)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = f.int(offset)
    let (result, overflow) = x.addingReportingOverflow(constant)
    if overflow { try fail(.add, x, constant, c) }
    return result
  }
}

/// Adds two variables.
final class AddIntLocals: IntBinary {
  let offset: Int
  let other: Int
  init(_ node: Node, _ a: IntLocal, _ b: IntLocal) {
    offset = a.offset
    other = b.offset
    super.init(node, a, b)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = f.int(offset)
    let y = f.int(other)
    let (result, overflow) = x.addingReportingOverflow(y)
    if overflow { try fail(.add, x, y, c) }
    return result
  }
}

final class SubtractInt: IntBinary {
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = try a.int(f, c)
    let y = try b.int(f, c)
    let (result, overflow) = x.subtractingReportingOverflow(y)
    if overflow { try fail(.subtract, x, y, c) }
    return result
  }
}

/// Subtracts with a constant at the right.
final class SubtractIntConstant: IntBinary {
  let constant: Int
  init(_ node: Node, _ a: Code, _ b: IntConstant) {
    constant = b.constant
    super.init(node, a, b)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = try a.int(f, c)
    let (result, overflow) = x.subtractingReportingOverflow(constant)
    if overflow { try fail(.subtract, x, constant, c) }
    return result
  }
}

/// Subtracts a variable and a constant.
final class SubtractIntLocalConstant: IntBinary {
  let offset: Int
  let constant: Int
  init(_ node: Node, _ a: IntLocal, _ b: IntConstant) {
    offset = a.offset
    constant = b.constant
    super.init(node, a, b)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = f.int(offset)
    let (result, overflow) = x.subtractingReportingOverflow(constant)
    if overflow { try fail(.subtract, x, constant, c) }
    return result
  }
}

/// Subtracts two variables.
final class SubtractIntLocals: IntBinary {
  let offset: Int
  let other: Int
  init(_ node: Node, _ a: IntLocal, _ b: IntLocal) {
    offset = a.offset
    other = b.offset
    super.init(node, a, b)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = f.int(offset)
    let y = f.int(other)
    let (result, overflow) = x.subtractingReportingOverflow(y)
    if overflow { try fail(.subtract, x, y, c) }
    return result
  }
}

final class MultiplyInt: IntBinary {
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = try a.int(f, c)
    let y = try b.int(f, c)
    let (result, overflow) = x.multipliedReportingOverflow(by: y)
    if overflow { try fail(.multiply, x, y, c) }
    return result
  }
}

/// Multiplys with a constant at the right.
final class MultiplyIntConstant: IntBinary {
  let constant: Int
  init(_ node: Node, _ a: Code, _ b: IntConstant) {
    constant = b.constant
    super.init(node, a, b)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = try a.int(f, c)
    let (result, overflow) = x.multipliedReportingOverflow(by: constant)
    if overflow { try fail(.multiply, x, constant, c) }
    return result
  }
}

/// Multiplys a variable and a constant.
final class MultiplyIntLocalConstant: IntBinary {
  let offset: Int
  let constant: Int
  init(_ node: Node, _ a: IntLocal, _ b: IntConstant) {
    offset = a.offset
    constant = b.constant
    super.init(node, a, b)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = f.int(offset)
    let (result, overflow) = x.multipliedReportingOverflow(by: constant)
    if overflow { try fail(.multiply, x, constant, c) }
    return result
  }
}

/// Multiplys two variables.
final class MultiplyIntLocals: IntBinary {
  let offset: Int
  let other: Int
  init(_ node: Node, _ a: IntLocal, _ b: IntLocal) {
    offset = a.offset
    other = b.offset
    super.init(node, a, b)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = f.int(offset)
    let y = f.int(other)
    let (result, overflow) = x.multipliedReportingOverflow(by: y)
    if overflow { try fail(.multiply, x, y, c) }
    return result
  }
}

final class FloorDivideInt: IntBinary {
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = try a.int(f, c)
    let y = try b.int(f, c)
    // Zero divides nothing, and the least int divided by -1 overflows.
    if y == 0 || y == -1 { return try special(x, y, c) }
    let quotient = x / y
    return quotient &* y != x && (x < 0) != (y < 0) ? quotient - 1 : quotient
  }
  @inline(never) private func special(_ x: Int, _ y: Int, _ c: Context) throws -> Int {
    if y == 0 || x == Int.min { try fail(.floorDivide, x, y, c) }
    return -x
  }
}

final class RemainderInt: IntBinary {
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = try a.int(f, c)
    let y = try b.int(f, c)
    if y == 0 { try fail(.remainder, x, y, c) }
    if y == -1 { return 0 }
    let remainder = x % y
    return remainder != 0 && (remainder < 0) != (y < 0) ? remainder + y : remainder
  }
}

final class NegateInt: IntCode {
  let node: Node
  let a: Code
  init(_ node: Node, _ a: Code) {
    self.node = node
    self.a = a
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    let x = try a.int(f, c)
    if x == Int.min { _ = try node.locating { try Operations.negate(.int(x), c) } }
    return 0 &- x
  }
  override var isPlain: Bool { a.isPlain }
}
