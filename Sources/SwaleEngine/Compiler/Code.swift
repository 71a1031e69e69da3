import SwaleSyntax

// The compiled form of a function: a tree of closures, each an object with an entry point for every
// machine representation its value may have. Objects rather than Swift closures because a virtual
// call that may throw costs half of what a call through a closure value costs (measured: fib(32) in
// 40 ms against 110 ms): there is no thunk, and children are reached without reference counting.
//
// A parent calls the entry point for the representation that was inferred. What may fail throws;
// nothing else costs anything on the way.

/// How a value is held: inferred for each variable and expression when a function is compiled.
enum Representation: UInt8 {
  /// Not known yet, or never there: recursion in progress, `fail`.
  case never
  case bool, int, float
  /// A boxed `Value` of any type.
  case value

  /// Returns what can hold both.
  func joined(_ other: Representation) -> Representation {
    if self == other || other == .never { return self }
    return self == .never ? other : .value
  }

  /// Returns how a value of the type is held unboxed, `.value` where it is not.
  @inline(__always) init(of value: Value) {
    switch value {
    case .int: self = .int
    case .float: self = .float
    case .bool: self = .bool
    default: self = .value
    }
  }
}

/// A compiled expression or statement.
class Code {
  /// How its value is held; the entry point of that name may be called, and `value` always.
  var representation: Representation { .value }

  func value(_ f: Frame, _ c: Context) throws -> Value { unreachable("\(type(of: self)).value") }
  func int(_ f: Frame, _ c: Context) throws -> Int { unreachable("\(type(of: self)).int") }
  /// Also of ints, which become floats.
  func float(_ f: Frame, _ c: Context) throws -> Double { unreachable("\(type(of: self)).float") }
  func bool(_ f: Frame, _ c: Context) throws -> Bool { unreachable("\(type(of: self)).bool") }

  /// Evaluates a condition: a bool, or null, which counts as false. Only where it is not a bool
  /// anyway, which `bool` gives at less cost.
  func test(_ f: Frame, _ c: Context) throws -> Bool { try Operations.isTrue(try value(f, c)) }

  /// Runs for the effect only; only where `mayLeave` is false.
  func run(_ f: Frame, _ c: Context) throws { _ = try value(f, c) }

  /// Runs as a statement that may leave the block.
  func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try run(f, c)
    return .next
  }

  /// True if `execute` may end in anything but `.next`.
  var mayLeave: Bool { false }

  /// True if evaluating it runs no code that could change a variable or use the frame beyond this
  /// function's: leaves and arithmetic on them.
  var isPlain: Bool { false }

  /// Returns where the value is stored, if that is found without running other code: valid until
  /// something changes. nil where it is not; then `value` must be called, which evaluates anew.
  func peek(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? { nil }
  var canPeek: Bool { false }

  /// Returns a boxed value that is a float, and of an int what float arithmetic makes of it, if it is
  /// found without running other code, changing or raising anything. nil says nothing: `value` must be
  /// called, which evaluates anew. Arithmetic on boxed floats costs so little more than on floats.
  func floatIfAny(_ f: Frame, _ c: Context) -> Double? { peek(f, c)?.floatIfAny }
  var mayBeFloat: Bool { canPeek }
}

typealias CodeList = Children<Code>

extension Children where Child == Code {
  @inline(__always) func value(_ i: Int, _ f: Frame, _ c: Context) throws -> Value {
    try with(i) { try $0.value(f, c) }
  }

  @inline(__always) func withValues<R>(
    first: Value? = nil, _ f: Frame, _ c: Context, _ body: (UnsafeMutableBufferPointer<Value>) throws -> R
  ) throws -> R {
    try withValues(first: first, { try $0.value(f, c) }, body)
  }
}

/// An expression held as an int.
class IntCode: Code {
  final override var representation: Representation { .int }
  final override func value(_ f: Frame, _ c: Context) throws -> Value { .int(try int(f, c)) }
  final override func float(_ f: Frame, _ c: Context) throws -> Double { Double(try int(f, c)) }
  final override func run(_ f: Frame, _ c: Context) throws { _ = try int(f, c) }
}

/// An expression held as a float.
class FloatCode: Code {
  final override var representation: Representation { .float }
  final override func value(_ f: Frame, _ c: Context) throws -> Value { .float(try float(f, c)) }
  final override func run(_ f: Frame, _ c: Context) throws { _ = try float(f, c) }
}

/// An expression held as a bool.
class BoolCode: Code {
  final override var representation: Representation { .bool }
  final override func value(_ f: Frame, _ c: Context) throws -> Value { .bool(try bool(f, c)) }
  final override func test(_ f: Frame, _ c: Context) throws -> Bool { try bool(f, c) }
  final override func run(_ f: Frame, _ c: Context) throws { _ = try bool(f, c) }
}

/// A statement without a value.
class StatementCode: Code {
  final override func value(_ f: Frame, _ c: Context) throws -> Value {
    if mayLeave { try BlockNode.signal(try execute(f, c)) } else { try run(f, c) }
    return .null
  }
}

// MARK: Constants and variables

final class IntConstant: IntCode {
  let constant: Int
  init(_ constant: Int) { self.constant = constant }
  override func int(_ f: Frame, _ c: Context) throws -> Int { constant }
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? { Double(constant) }
  override var mayBeFloat: Bool { true }
  override var isPlain: Bool { true }
}

final class BoolConstant: BoolCode {
  let constant: Bool
  init(_ constant: Bool) { self.constant = constant }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { constant }
  override var isPlain: Bool { true }
}

final class ValueConstant: Code {
  // A place of its own, so that it can be peeked at.
  private let place: UnsafeMutablePointer<Value>
  init(_ constant: Value) {
    place = .allocate(capacity: 1)
    place.initialize(to: constant)
  }
  deinit {
    place.deinitialize(count: 1)
    place.deallocate()
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value { place.pointee }
  override func peek(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? { place }
  override var canPeek: Bool { true }
  override var isPlain: Bool { true }
}

final class IntLocal: IntCode {
  let offset: Int
  init(_ slot: Int) { offset = slot * Frame.slotSize }
  override func int(_ f: Frame, _ c: Context) throws -> Int { f.int(offset) }
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? { Double(f.int(offset)) }
  override var mayBeFloat: Bool { true }
  override var isPlain: Bool { true }
}

final class BoolLocal: BoolCode {
  let offset: Int
  init(_ slot: Int) { offset = slot * Frame.slotSize }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { f.bool(offset) }
  override var isPlain: Bool { true }
}

final class ValueLocal: Code {
  let offset: Int
  let node: Node
  init(_ slot: Int, _ node: Node) {
    offset = slot * Frame.slotSize
    self.node = node
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value { f.value(offset).pointee }
  override func test(_ f: Frame, _ c: Context) throws -> Bool {
    if case .bool(let truth) = f.value(offset).pointee { return truth }
    return try node.locating { try Operations.isTrue(f.value(offset).pointee) }
  }
  override func run(_ f: Frame, _ c: Context) throws {}
  override func peek(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? { f.value(offset) }
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? { f.value(offset).floatIfAny }
  override var canPeek: Bool { true }
  override var isPlain: Bool { true }
}

/// The last use of a variable: moves its value out, so that whoever gets it may change it in place.
final class MovedLocal: Code {
  let offset: Int
  init(_ slot: Int) { offset = slot * Frame.slotSize }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let value = f.value(offset).move()
    f.value(offset).initialize(to: .null)
    return value
  }
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? { f.value(offset).floatIfAny }
  override var mayBeFloat: Bool { true }
}

/// A variable in a box: captured where it changes, or of the top level.
final class BoxedVariable: Code {
  let node: VariableNode
  init(_ node: VariableNode) { self.node = node }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    if let place = node.variable.boxedPlace(f) { return place.pointee }
    return try node.locating { try node.variable.read(f) }
  }
  override func peek(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    node.variable.boxedPlace(f)
  }
  override var canPeek: Bool { true }
  override var isPlain: Bool { true }
}

extension UnsafeMutableRawPointer {
  // Slots by byte offset, as compiled code addresses them.
  @inline(__always) func int(_ offset: Int) -> Int { load(fromByteOffset: offset, as: Int.self) }
  @inline(__always) func float(_ offset: Int) -> Double { load(fromByteOffset: offset, as: Double.self) }
  @inline(__always) func bool(_ offset: Int) -> Bool { load(fromByteOffset: offset, as: Bool.self) }
  @inline(__always) func value(_ offset: Int) -> UnsafeMutablePointer<Value> {
    (self + offset).assumingMemoryBound(to: Value.self)
  }
  @inline(__always) func set(_ offset: Int, _ value: Int) {
    storeBytes(of: value, toByteOffset: offset, as: Int.self)
  }
  @inline(__always) func set(_ offset: Int, _ value: Double) {
    storeBytes(of: value, toByteOffset: offset, as: Double.self)
  }
  @inline(__always) func set(_ offset: Int, _ value: Bool) {
    storeBytes(of: value, toByteOffset: offset, as: Bool.self)
  }
}

/// Does what the interpreter does: for forms that the compiler has no code of its own for.
final class GeneralCode: Code {
  let node: Node
  unowned(unsafe) let specialization: Specialization
  init(_ node: Node, _ specialization: Specialization) {
    self.node = node
    self.specialization = specialization
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    c.top = f + specialization.frameSize
    return try node.evaluate(f, c)
  }
}

/// An expression that never has a value: it fails, or leaves.
class NeverCode: Code {
  final override var representation: Representation { .never }
  func leave(_ f: Frame, _ c: Context) throws -> Never { unreachable() }
  final override func value(_ f: Frame, _ c: Context) throws -> Value { try leave(f, c) }
  final override func int(_ f: Frame, _ c: Context) throws -> Int { try leave(f, c) }
  final override func float(_ f: Frame, _ c: Context) throws -> Double { try leave(f, c) }
  final override func bool(_ f: Frame, _ c: Context) throws -> Bool { try leave(f, c) }
  final override func test(_ f: Frame, _ c: Context) throws -> Bool { try leave(f, c) }
}

final class FailCode: NeverCode {
  let node: FailNode
  let operand: Code
  init(_ node: FailNode, _ operand: Code) {
    self.node = node
    self.operand = operand
  }
  override func leave(_ f: Frame, _ c: Context) throws -> Never { throw node.error(try operand.value(f, c)) }
}

/// A condition that is a boxed value which tests itself.
final class TestCode: BoolCode {
  let operand: Code
  init(_ operand: Code) { self.operand = operand }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try operand.test(f, c) }
}

/// A condition whose error, where it is no bool, is reported at its place.
final class ConditionCode: BoolCode {
  let operand: Code
  let node: Node
  init(_ operand: Code, _ node: Node) {
    self.operand = operand
    self.node = node
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    let value = try operand.value(f, c)
    if case .bool(let truth) = value { return truth }
    return try node.locating { try Operations.isTrue(value) }
  }
}
