import SwaleSyntax

// The resolved tree. Names have become variables, pipes and methods have become calls, and all that
// can be known before running has been checked. The interpreter is the `evaluate` and `execute`
// of these classes: a plain walk that defines what a program means. The compiler reads the same
// tree and must give the same values, output, errors and positions.

/// How a statement ended.
public enum Flow: UInt8 {
  case next, breaking, continuing, returning
}

/// One node of the resolved tree.
class Node {
  /// Where an error of this node is reported.
  let at: Location
  /// True if a function has nothing left to do after it but to return.
  var isLastStep = false

  init(_ at: Location) { self.at = at }

  /// Returns the node's value.
  func evaluate(_ f: Frame, _ c: Context) throws -> Value { unreachable("\(type(of: self))") }

  /// Runs the node as a statement, whose value nobody wants.
  func execute(_ f: Frame, _ c: Context) throws -> Flow {
    _ = try evaluate(f, c)
    return .next
  }

  /// Runs the node as the end of a function's body, and returns what the function returns.
  func result(_ f: Frame, _ c: Context) throws -> Value {
    try execute(f, c) == .returning ? c.takeResult() : .null
  }

  /// Which class this is, so that the compiler can switch over it.
  var kind: NodeKind { unreachable("\(type(of: self))") }

  /// Adds this node's place to an error that has none, and returns the error for throwing.
  @inline(never) final func located(_ error: any Error) -> any Error {
    if let error = error as? SwaleError, error.location == nil { error.location = at }
    return error
  }

  /// Returns an error of this node.
  @inline(never) final func failure(_ kind: ErrorKind, _ message: String, hint: String? = nil) -> SwaleError {
    SwaleError(kind, message, hint: hint, at: at)
  }

  /// Calls `body`; an error without a place gets this node's.
  @inline(__always) final func locating<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch { throw located(error) }
  }
}

enum NodeKind: UInt8 {
  case constant, interpolation, variable, list, record, unary, binary, logical, range
  case userCall, builtinCall, dynamicCall, methodCall, inPlaceCall
  case index, member, lambda
  case conditional, block, match, tryCatch, tryElse, fail, returning, breaking, continuing
  case spawn, await, receive, send, select, scope, timeout
  case bind, patternBind, assign, whileLoop, forLoop, forInPlace, deferred, assertion, use
}

/// How `return`, `break` and `continue` leave from the middle of an expression, where no statement
/// around them can pass a `Flow` on.
enum ControlSignal: Error {
  case breaking, continuing
  /// The value is in `Context.result`.
  case returning
}

final class ConstantNode: Node {
  let value: Value
  init(_ at: Location, _ value: Value) {
    self.value = value
    super.init(at)
  }
  override var kind: NodeKind { .constant }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value { value }
}

final class InterpolationNode: Node {
  enum Piece {
    case text(Text)
    case value(Node, FormatSpecification?)
  }
  let pieces: [Piece]
  init(_ at: Location, _ pieces: [Piece]) {
    self.pieces = pieces
    super.init(at)
  }
  override var kind: NodeKind { .interpolation }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    var writer = ValueWriter(watching: c)
    for piece in pieces {
      switch piece {
      case .text(let text): writer.write(text)
      case .value(let node, nil): writer.write(try node.evaluate(f, c), isDisplay: false)
      case .value(let node, .some(let specification)):
        let value = try node.evaluate(f, c)
        writer.write(try node.locating { try Operations.format(value, specification, c) })
      }
    }
    return .string(try locating { try writer.finish() })
  }
}

final class ListNode: Node {
  let elements: [(node: Node, isSpread: Bool)]
  init(_ at: Location, _ elements: [(node: Node, isSpread: Bool)]) {
    self.elements = elements
    super.init(at)
  }
  override var kind: NodeKind { .list }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let list = ListStorage(uninitialized: .values, count: 0, capacity: elements.count)
    for (node, isSpread) in elements {
      let value = try node.evaluate(f, c)
      if isSpread {
        try node.locating { try Operations.forEach(value, c) { list.append($0) } }
      } else {
        list.append(value)
      }
    }
    return .list(list)
  }
}

final class RecordNode: Node {
  enum Entry {
    case field(Text, Node)
    case computed(Node, Node)
    case spread(Node)
  }
  let entries: [Entry]
  init(_ at: Location, _ entries: [Entry]) {
    self.entries = entries
    super.init(at)
  }
  override var kind: NodeKind { .record }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let record = RecordStorage(capacity: entries.count)
    for entry in entries {
      switch entry {
      case .field(let name, let node): record[name] = try node.evaluate(f, c)
      case .computed(let key, let node):
        let name = try key.evaluate(f, c)
        let value = try node.evaluate(f, c)
        try key.locating { try record.set(name, value) }
      case .spread(let node):
        let value = try node.evaluate(f, c)
        try node.locating { try RecordNode.spread(value, into: record) }
      }
    }
    return .record(record)
  }

  static func spread(_ value: Value, into record: RecordStorage) throws {
    switch value {
    case .record(let other): try other.forEach { try record.set($0, $1) }
    case .null: return
    default:
      throw SwaleError(.type, "only a record can be spread into a record, not \(value.typeNameWithArticle)")
    }
  }
}

final class UnaryNode: Node {
  let operation: Operation
  let operand: Node
  init(_ at: Location, _ operation: Operation, _ operand: Node) {
    self.operation = operation
    self.operand = operand
    super.init(at)
  }
  override var kind: NodeKind { .unary }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let value = try operand.evaluate(f, c)
    return try locating {
      operation == .negate ? try Operations.negate(value, c) : try Operations.not(value, c)
    }
  }
}

final class BinaryNode: Node {
  enum Operator {
    case operation(Operation)
    case contained, notContained
  }
  let operation: Operator
  let left: Node
  let right: Node
  init(_ at: Location, _ operation: Operator, _ left: Node, _ right: Node) {
    self.operation = operation
    self.left = left
    self.right = right
    super.init(at)
  }
  override var kind: NodeKind { .binary }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    var l = try left.evaluate(f, c)
    let r = try right.evaluate(f, c)
    if case .operation(let operation) = operation, let result = operation.ofNumbers(l, r) { return result }
    return try locating {
      switch operation {
      case .operation(.add):
        try Operations.update(&l, .add, r, c)
        return l
      case .operation(let operation): return try Operations.binary(operation, l, r, c)
      case .contained: return .bool(try Operations.contains(l, in: r, c))
      case .notContained: return .bool(try !Operations.contains(l, in: r, c))
      }
    }
  }
}

/// `and`, `or`, `??`: the right side is evaluated only where the left does not decide.
final class LogicalNode: Node {
  enum Operator { case and, or, coalesce }
  let operation: Operator
  let left: Node
  let right: Node
  init(_ at: Location, _ operation: Operator, _ left: Node, _ right: Node) {
    self.operation = operation
    self.left = left
    self.right = right
    super.init(at)
  }
  override var kind: NodeKind { .logical }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let l = try left.evaluate(f, c)
    switch (operation, l) {
    case (.coalesce, .null): return try right.evaluate(f, c)
    case (.coalesce, .object(let object)) where object.type == .column:
      let r = try right.evaluate(f, c)
      return try locating { try Operations.coalesce(l, r, c) }
    case (.coalesce, _): return l
    case (.and, .bool(false)), (.or, .bool(true)): return l
    case (.and, .null): return .bool(false)
    default:
      try left.locating { try LogicalNode.check(l, operation) }
      let r = try right.evaluate(f, c)
      return try right.locating { try LogicalNode.combine(operation, l, r, c) }
    }
  }

  /// Raises `type` where a side of `and` or `or` is neither bool, null nor a column.
  static func check(_ value: Value, _ operation: Operator) throws {
    switch value {
    case .bool, .null: return
    case .object(let object) where object.type == .column: return
    default:
      throw SwaleError(
        .type,
        "a side of `\(operation == .and ? "and" : "or")` must be a bool, not \(value.typeNameWithArticle)",
        hint: "compare it, as in `x != 0` or `x != null`")
    }
  }

  /// Returns the result where the left side alone does not decide; null counts as false.
  static func combine(_ operation: Operator, _ l: Value, _ r: Value, _ c: Context) throws -> Value {
    try check(r, operation)
    switch (l, r) {
    case (.object, _), (_, .object): return try Operations.binary(operation == .and ? .and : .or, l, r, c)
    case (_, .null): return .bool(false)
    default: return r
    }
  }
}

final class RangeNode: Node {
  let lower: Node?
  let upper: Node?
  let isClosed: Bool
  init(_ at: Location, _ lower: Node?, _ upper: Node?, isClosed: Bool) {
    self.lower = lower
    self.upper = upper
    self.isClosed = isClosed
    super.init(at)
  }
  override var kind: NodeKind { .range }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let l = try lower?.evaluate(f, c)
    let u = try upper?.evaluate(f, c)
    return try locating {
      if let l, let u { return try Operations.range(l, u, isClosed: isClosed) }
      return .object(RangeValue(lower: l, upper: u, isClosed: isClosed))
    }
  }
}

final class IndexNode: Node {
  let base: Node
  let index: Node
  init(_ at: Location, _ base: Node, _ index: Node) {
    self.base = base
    self.index = index
    super.init(at)
  }
  override var kind: NodeKind { .index }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let b = try base.evaluate(f, c)
    let i = try index.evaluate(f, c)
    return try locating { try Operations.index(b, i, c) }
  }
}

final class MemberNode: Node {
  let base: Node
  let name: Text
  let isOptional: Bool
  init(_ at: Location, _ base: Node, _ name: Text, isOptional: Bool) {
    self.base = base
    self.name = name
    self.isOptional = isOptional
    super.init(at)
  }
  override var kind: NodeKind { .member }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let b = try base.evaluate(f, c)
    return try locating {
      isOptional ? try Operations.optionalMember(b, name, c) : try Operations.member(b, name, c)
    }
  }
}
