// Comparisons, by how both sides are held.

/// A comparison of two operands that are held the same way.
class Comparison: BoolCode {
  let a: Code
  let b: Code
  init(_ a: Code, _ b: Code) {
    self.a = a
    self.b = b
  }
  override var isPlain: Bool { a.isPlain && b.isPlain }
}

final class LessInt: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) < b.int(f, c) }
}

final class LessIntLocals: Comparison {
  let offset: Int
  let other: Int
  init(_ a: IntLocal, _ b: IntLocal) {
    offset = a.offset
    other = b.offset
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) < f.int(other) }
}

final class LessIntConstant: Comparison {
  let constant: Int
  init(_ a: Code, _ b: IntConstant) {
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) < constant }
}

final class LessIntLocalConstant: Comparison {
  let offset: Int
  let constant: Int
  init(_ a: IntLocal, _ b: IntConstant) {
    offset = a.offset
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) < constant }
}

final class LessFloat: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.float(f, c) < b.float(f, c) }
}

final class LessPureConstant: BoolCode {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { a.pure(f) < constant }
  override var isPlain: Bool { true }
}

final class LessEqualInt: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) <= b.int(f, c) }
}

final class LessEqualIntLocals: Comparison {
  let offset: Int
  let other: Int
  init(_ a: IntLocal, _ b: IntLocal) {
    offset = a.offset
    other = b.offset
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) <= f.int(other) }
}

final class LessEqualIntConstant: Comparison {
  let constant: Int
  init(_ a: Code, _ b: IntConstant) {
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) <= constant }
}

final class LessEqualIntLocalConstant: Comparison {
  let offset: Int
  let constant: Int
  init(_ a: IntLocal, _ b: IntConstant) {
    offset = a.offset
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) <= constant }
}

final class LessEqualFloat: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.float(f, c) <= b.float(f, c) }
}

final class LessEqualPureConstant: BoolCode {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { a.pure(f) <= constant }
  override var isPlain: Bool { true }
}

final class GreaterInt: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) > b.int(f, c) }
}

final class GreaterIntLocals: Comparison {
  let offset: Int
  let other: Int
  init(_ a: IntLocal, _ b: IntLocal) {
    offset = a.offset
    other = b.offset
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) > f.int(other) }
}

final class GreaterIntConstant: Comparison {
  let constant: Int
  init(_ a: Code, _ b: IntConstant) {
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) > constant }
}

final class GreaterIntLocalConstant: Comparison {
  let offset: Int
  let constant: Int
  init(_ a: IntLocal, _ b: IntConstant) {
    offset = a.offset
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) > constant }
}

final class GreaterFloat: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.float(f, c) > b.float(f, c) }
}

final class GreaterPureConstant: BoolCode {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { a.pure(f) > constant }
  override var isPlain: Bool { true }
}

final class GreaterEqualInt: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) >= b.int(f, c) }
}

final class GreaterEqualIntLocals: Comparison {
  let offset: Int
  let other: Int
  init(_ a: IntLocal, _ b: IntLocal) {
    offset = a.offset
    other = b.offset
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) >= f.int(other) }
}

final class GreaterEqualIntConstant: Comparison {
  let constant: Int
  init(_ a: Code, _ b: IntConstant) {
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) >= constant }
}

final class GreaterEqualIntLocalConstant: Comparison {
  let offset: Int
  let constant: Int
  init(_ a: IntLocal, _ b: IntConstant) {
    offset = a.offset
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) >= constant }
}

final class GreaterEqualFloat: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.float(f, c) >= b.float(f, c) }
}

final class GreaterEqualPureConstant: BoolCode {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { a.pure(f) >= constant }
  override var isPlain: Bool { true }
}

final class EqualInt: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) == b.int(f, c) }
}

final class EqualIntLocals: Comparison {
  let offset: Int
  let other: Int
  init(_ a: IntLocal, _ b: IntLocal) {
    offset = a.offset
    other = b.offset
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) == f.int(other) }
}

final class EqualIntConstant: Comparison {
  let constant: Int
  init(_ a: Code, _ b: IntConstant) {
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) == constant }
}

final class EqualIntLocalConstant: Comparison {
  let offset: Int
  let constant: Int
  init(_ a: IntLocal, _ b: IntConstant) {
    offset = a.offset
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) == constant }
}

final class EqualFloat: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.float(f, c) == b.float(f, c) }
}

final class EqualPureConstant: BoolCode {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { a.pure(f) == constant }
  override var isPlain: Bool { true }
}

final class NotEqualInt: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) != b.int(f, c) }
}

final class NotEqualIntLocals: Comparison {
  let offset: Int
  let other: Int
  init(_ a: IntLocal, _ b: IntLocal) {
    offset = a.offset
    other = b.offset
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) != f.int(other) }
}

final class NotEqualIntConstant: Comparison {
  let constant: Int
  init(_ a: Code, _ b: IntConstant) {
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.int(f, c) != constant }
}

final class NotEqualIntLocalConstant: Comparison {
  let offset: Int
  let constant: Int
  init(_ a: IntLocal, _ b: IntConstant) {
    offset = a.offset
    constant = b.constant
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.int(offset) != constant }
}

final class NotEqualFloat: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.float(f, c) != b.float(f, c) }
}

final class NotEqualPureConstant: BoolCode {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { a.pure(f) != constant }
  override var isPlain: Bool { true }
}

/// A comparison of boxed values: null where a side of `<` and its like is null.
class ValueComparison: ValueBinary {
  final override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    let y = try b.value(f, c)
    if let result = compared(x, y) { return .bool(result) }
    return try general(operation, x, y, c)
  }
  final override func test(_ f: Frame, _ c: Context) throws -> Bool {
    let x = try a.value(f, c)
    let y = try b.value(f, c)
    if let result = compared(x, y) { return result }
    let result = try general(operation, x, y, c)
    return try node.locating { try Operations.isTrue(result) }
  }
  var operation: Operation { unreachable() }
  /// Returns the result for the common types, nil for all others.
  func compared(_ x: Value, _ y: Value) -> Bool? { nil }
}

final class LessValues: ValueComparison {
  override var operation: Operation { .less }
  @inline(__always) override func compared(_ x: Value, _ y: Value) -> Bool? {
    switch (x, y) {
    case (.int(let x), .int(let y)): x < y
    case (.float(let x), .float(let y)): x < y
    default: nil
    }
  }
}

final class LessEqualValues: ValueComparison {
  override var operation: Operation { .lessEqual }
  @inline(__always) override func compared(_ x: Value, _ y: Value) -> Bool? {
    switch (x, y) {
    case (.int(let x), .int(let y)): x <= y
    case (.float(let x), .float(let y)): x <= y
    default: nil
    }
  }
}

final class GreaterValues: ValueComparison {
  override var operation: Operation { .greater }
  @inline(__always) override func compared(_ x: Value, _ y: Value) -> Bool? {
    switch (x, y) {
    case (.int(let x), .int(let y)): x > y
    case (.float(let x), .float(let y)): x > y
    default: nil
    }
  }
}

final class GreaterEqualValues: ValueComparison {
  override var operation: Operation { .greaterEqual }
  @inline(__always) override func compared(_ x: Value, _ y: Value) -> Bool? {
    switch (x, y) {
    case (.int(let x), .int(let y)): x >= y
    case (.float(let x), .float(let y)): x >= y
    default: nil
    }
  }
}

final class EqualValues: ValueComparison {
  override var operation: Operation { .equal }
  @inline(__always) override func compared(_ x: Value, _ y: Value) -> Bool? {
    switch (x, y) {
    case (.int(let x), .int(let y)): x == y
    case (.float(let x), .float(let y)): x == y
    case (.string(let x), .string(let y)): Text.equal(x, y)
    case (.bool(let x), .bool(let y)): x == y
    default: nil
    }
  }
}

final class NotEqualValues: ValueComparison {
  override var operation: Operation { .notEqual }
  @inline(__always) override func compared(_ x: Value, _ y: Value) -> Bool? {
    switch (x, y) {
    case (.int(let x), .int(let y)): x != y
    case (.float(let x), .float(let y)): x != y
    case (.string(let x), .string(let y)): !Text.equal(x, y)
    case (.bool(let x), .bool(let y)): x != y
    default: nil
    }
  }
}

/// A comparison of an int with a float, whose exactness the general operation knows.
final class MixedComparison: Comparison {
  let node: Node
  let operation: Operation
  init(_ node: Node, _ operation: Operation, _ a: Code, _ b: Code) {
    self.node = node
    self.operation = operation
    super.init(a, b)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    let x = try a.value(f, c)
    let result = try node.locating { try Operations.binary(operation, x, try b.value(f, c), c) }
    guard case .bool(let truth) = result else { unreachable("numbers compare to a bool") }
    return truth
  }
}

final class EqualBools: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    let x = try a.bool(f, c)
    return x == (try b.bool(f, c))
  }
}

final class NotEqualBools: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    let x = try a.bool(f, c)
    return x != (try b.bool(f, c))
  }
}

// MARK: Logic

final class AndBools: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.bool(f, c) ? try b.bool(f, c) : false }
}

final class OrBools: Comparison {
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try a.bool(f, c) ? true : try b.bool(f, c) }
}

final class NotBool: BoolCode {
  let a: Code
  init(_ a: Code) { self.a = a }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try !a.bool(f, c) }
  override var isPlain: Bool { a.isPlain }
}

/// `and`, `or` and `??` of boxed values.
final class LogicalCode: Code {
  let node: LogicalNode
  let a: Code
  let b: Code
  init(_ node: LogicalNode, _ a: Code, _ b: Code) {
    self.node = node
    self.a = a
    self.b = b
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    switch (node.operation, x) {
    case (.coalesce, .null): return try b.value(f, c)
    case (.coalesce, .object(let object)) where object.type == .column:
      let y = try b.value(f, c)
      return try node.locating { try Operations.coalesce(x, y, c) }
    case (.coalesce, _): return x
    case (.and, .bool(false)), (.or, .bool(true)): return x
    case (.and, .null): return .bool(false)
    default:
      try node.left.locating { try LogicalNode.check(x, node.operation) }
      let y = try b.value(f, c)
      return try node.right.locating { try LogicalNode.combine(node.operation, x, y, c) }
    }
  }
}

/// `in`, `not in`
final class ContainsCode: BoolCode {
  let node: Node
  let item: Code
  let container: Code
  let isNegated: Bool
  init(_ node: Node, _ item: Code, _ container: Code, isNegated: Bool) {
    self.node = node
    self.item = item
    self.container = container
    self.isNegated = isNegated
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    let x = try item.value(f, c)
    let y = try container.value(f, c)
    return try node.locating { try Operations.contains(x, in: y, c) } != isNegated
  }
}
