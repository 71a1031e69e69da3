import SwaleSyntax
import Synchronization

/// A variable that outlives the block it was declared in, or is seen by several functions.
final class Box: ObjectValue {
  enum State: UInt8 {
    case unset, set
    /// Lent to a call that changes it in place; nobody else may look at it meanwhile.
    case lent
    /// Another box is the variable now, and this one stays as it is for tasks that look at it.
    case replaced
  }
  var value: Value
  var state: State
  private var successor: Box?

  override init() {
    value = .null
    state = .unset
  }

  init(_ value: Value) {
    self.value = value
    state = .set
  }

  /// Returns the value; raises an error where there is none to be seen.
  @inline(__always) func read(_ variable: Variable) throws -> Value {
    state == .set ? value : try readElsewhere(variable)
  }

  @inline(never) private func readElsewhere(_ variable: Variable) throws -> Value {
    if let place = current.place { return place.pointee }
    throw current.unreadable(variable)
  }

  /// Where the value is, if there is one to be seen.
  var place: UnsafeMutablePointer<Value>? {
    var box = self
    while true {
      // Looked at once, since it may become `replaced` at any time.
      switch box.state {
      case .set: return withUnsafeMutablePointer(to: &box.value) { $0 }
      case .replaced: box = box.followingBox
      case .unset, .lent: return nil
      }
    }
  }

  /// The box that is the variable now.
  var current: Box {
    var box = self
    while box.state == .replaced { box = box.followingBox }
    return box
  }

  private var followingBox: Box {
    atomicMemoryFence(ordering: .acquiring)
    return successor!
  }

  /// Gives a name of the top level a value. The one that it has stays for tasks that may be looking at
  /// it just now, since two words cannot be exchanged at once.
  func declare(_ value: Value, _ scheduler: Scheduler?) {
    if state == .set, let scheduler, scheduler.scopes.haveTasks {
      successor = Box(value)
      atomicMemoryFence(ordering: .releasing)
      state = .replaced
    } else {
      self.value = value
      state = .set
    }
  }

  @inline(never) func unreadable(_ variable: Variable) -> SwaleError {
    state == .unset
      ? SwaleError(.name, "\(variable.name) is used before it has a value", hint: "move its declaration up")
      : SwaleError(
        .value, "\(variable.name) is being changed by a call that has not returned",
        hint: "what that call runs must not use \(variable.name)")
  }
}

/// A declared name, as the resolver found it.
final class Variable {
  let name: String
  let isMutable: Bool
  let declaredAt: Location
  /// The function in whose frame it lives; nil for a global.
  unowned let function: FunctionCode?
  /// Its place in the frame.
  var slot: Int
  /// True where its slot holds a `Box`: it is captured and may change or be set later.
  var isBoxed = false
  /// Set for the names of a session's or module's top level: the box that is the variable.
  var global: Box? { firstGlobal?.current }
  private var firstGlobal: Box? {
    didSet { globalReference = firstGlobal.map { Unmanaged.passUnretained($0) } }
  }
  /// The box that it was at first, read without counting references.
  private var globalReference: Unmanaged<Box>?
  /// The function that it always is, for `fn` and `transform` declarations.
  var code: FunctionCode?
  /// True where a statement gives it its first value, so that functions made at the start of the
  /// block may see it before.
  var isSetLater = false
  /// True for a parameter that compiled code uses as a boxed value, whatever it is given.
  var mustBeValue = false
  /// True where a statement of its own declares it, not a parameter, pattern or loop.
  var isStatement = false
  /// True for a constant whose value is written as a literal.
  var isLiteral = false
  /// True for a constant that is known to be no record, so that its methods are functions.
  var isNoRecord = false
  var documentation: String?

  init(
    _ name: String, isMutable: Bool, at location: Location, function: FunctionCode?, slot: Int,
    global: Box? = nil
  ) {
    self.name = name
    self.isMutable = isMutable
    declaredAt = location
    self.function = function
    self.slot = slot
    firstGlobal = global
    globalReference = global.map { Unmanaged.passUnretained($0) }
  }

  /// Moves a name of the top level into the frame, where nothing else uses it.
  func becomeLocal() { firstGlobal = nil }

  // MARK: As the interpreter reads and writes it

  /// The box in the variable's slot.
  @inline(__always) func box(_ f: Frame) -> Box {
    guard case .object(let object) = f.slot(slot).pointee else {
      unreachable("no box in the slot of \(name)")
    }
    return unsafeDowncast(object, to: Box.self)
  }

  func read(_ f: Frame) throws -> Value {
    if let globalReference { return try globalReference._withUnsafeGuaranteedRef { try $0.read(self) } }
    return isBoxed ? try box(f).read(self) : f.slot(slot).pointee
  }

  /// Returns where the box of the variable keeps its value, nil where it has none to be seen. The box
  /// outlives the pointer: it is the variable.
  @inline(__always) func boxedPlace(_ f: Frame) -> UnsafeMutablePointer<Value>? {
    func place(_ box: Box) -> UnsafeMutablePointer<Value>? {
      box.state == .set ? withUnsafeMutablePointer(to: &box.value) { $0 } : box.place
    }
    if let globalReference { return globalReference._withUnsafeGuaranteedRef { place($0) } }
    return f.slot(slot).withObject(as: Box.self) { place($0) }
  }

  /// Gives the variable its first value.
  func initialize(_ value: Value, _ f: Frame) {
    if let global {
      global.declare(value, Context.current?.scheduler)
    } else if isBoxed {
      let box = box(f)
      box.value = value
      box.state = .set
    } else {
      f.slot(slot).pointee = value
    }
  }

  /// Calls `body` with the place that holds the value, which nobody else touches meanwhile.
  func withPlace<R>(_ f: Frame, _ body: (UnsafeMutablePointer<Value>) throws -> R) throws -> R {
    if globalReference == nil && !isBoxed { return try body(f.slot(slot)) }
    let box = global ?? box(f)
    if box.state != .set { throw box.unreadable(self) }
    return try withUnsafeMutablePointer(to: &box.value, body)
  }

  /// Like `withPlace`, for a body that runs other code: whoever looks at the variable meanwhile
  /// gets an error.
  func withLentPlace<R>(_ f: Frame, _ body: (UnsafeMutablePointer<Value>) throws -> R) throws -> R {
    guard let box = global ?? (isBoxed ? box(f) : nil) else { return try body(f.slot(slot)) }
    if box.state != .set { throw box.unreadable(self) }
    var value = box.value
    box.value = .null
    box.state = .lent
    defer {
      box.value = value
      box.state = .set
    }
    return try withUnsafeMutablePointer(to: &value, body)
  }
}

final class VariableNode: Node {
  let variable: Variable
  /// True where no later code reads the value, so that it may be moved out.
  var isLastUse = false
  init(_ at: Location, _ variable: Variable) {
    self.variable = variable
    super.init(at)
  }
  override var kind: NodeKind { .variable }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    if isLastUse {
      let slot = f.slot(variable.slot)
      let value = slot.move()
      slot.initialize(to: .null)
      return value
    }
    return try locating { try variable.read(f) }
  }
}

/// A function as a value: makes a closure.
final class LambdaNode: Node {
  let code: FunctionCode
  init(_ at: Location, _ code: FunctionCode) {
    self.code = code
    super.init(at)
  }
  override var kind: NodeKind { .lambda }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value { .function(code.makeFunction(f)) }
}
