import SwaleSyntax
import Synchronization

/// Compiles functions to closures.
///
/// A function is compiled for a combination of argument representations when it is first called with
/// them. The representation of each variable starts unknown and widens as assignments are met; the
/// body is compiled again until nothing widens, so that what is met last holds everywhere.
final class Compiler {
  let code: FunctionCode
  let specialization: Specialization
  /// How each slot of the frame is held: variables, then temporaries.
  var slots: [Representation] = []
  private var hasWidened = false
  /// Where `return` from inside a loop leaves the result: the slot behind the variables.
  var resultSlot: Int { code.slotCount }
  /// Calls whose frame begins behind this one, whose size is known only at the end.
  var calls: [CallCode] = []
  /// True once a `break` or `continue` leaves from the middle of an expression.
  var hasSignal = false
  var hasReturnSignal = false
  /// True where a `return` leaves an expression, so that it must become a signal.
  var returnIsSignal = false
  /// The same for `break` and `continue`.
  var breakIsSignal = false
  /// How many `try` would catch an error raised here.
  var tryDepth = 0
  var remarks: [CompilerRemark] = []
  /// While a run of floats is compiled: where the variables taken for floats are, by their own slots.
  var floatSlots: [Int: Int] = [:]
  var isInFloatRun = false
  /// True once such a variable must be a boxed value after all.
  var needsBoxedFloat = false

  private init(_ specialization: Specialization) {
    self.specialization = specialization
    code = specialization.code
  }

  /// Counts redefinitions at the prompt: what was compiled before may call functions that are gone.
  private static let generation = Atomic(0)
  static var currentGeneration: Int { generation.load(ordering: .relaxed) }
  // One task compiles at a time, whatever it compiles; compiling never waits for another task.
  private static let lock = Lock(isRecursive: true)
  /// Specializations that are being compiled, outermost first, and those finished meanwhile, which
  /// rest on what is assumed of the unfinished ones.
  nonisolated(unsafe) private static var finishedMeanwhile: [Specialization] = []
  nonisolated(unsafe) private static var depth = 0

  /// Makes every function compile anew when it is called next.
  static func forgetEverything() { generation.add(1, ordering: .relaxed) }

  /// Returns the function compiled for the arguments of a call that is made now.
  @inline(__always)
  static func specialization(of code: FunctionCode, for signature: Signature) -> Unmanaged<Specialization> {
    code.compiled.published(signature) ?? publish(code, signature)
  }

  @inline(never)
  private static func publish(_ code: FunctionCode, _ signature: Signature) -> Unmanaged<Specialization> {
    // The tree of a long expression needs more stack than a task begins with.
    if let context = Context.current, !context.isOnDeepStack,
      let found = try? context.onDeepStack({ _ in publish(code, signature) })
    {
      return found
    }
    return lock.withLock {
      let specialization = specialize(code, code.parameters.indices.map { signature[$0] })
      code.compiled.publish(specialization, for: signature)
      return Unmanaged.passUnretained(specialization)
    }
  }

  /// Returns the function compiled for arguments that are held in these ways; under the lock.
  static func specialize(_ code: FunctionCode, _ given: [Representation]) -> Specialization {
    var parameters = given
    for (i, parameter) in code.parameters.enumerated() {
      parameters[i] = representation(of: parameter, given[i])
    }
    let known = code.compiled
    known.update(to: currentGeneration)
    if let found = known.find(parameters) { return found }
    if known.all.count >= Specializations.limit {
      for (i, parameter) in code.parameters.enumerated() {
        parameters[i] = representation(of: parameter, .value)
      }
      if let found = known.find(parameters) { return found }
    }
    let specialization = Specialization(code, parameters)
    known.add(specialization)
    compile(specialization)
    return specialization
  }

  /// How a parameter is held inside the function, for an argument held in a way.
  private static func representation(of parameter: FunctionCode.Parameter, _ given: Representation)
    -> Representation
  {
    // A rest list, a variable that changes or one in a box is boxed.
    if parameter.passing != .plain || parameter.variable.isBoxed || parameter.variable.mustBeValue
      || parameter.defaultValue != nil
    {
      return .value
    }
    guard let check = parameter.check else { return given == .never ? .value : given }
    switch check.types {
    case .int: return .int
    case .float: return .float
    case .bool: return .bool
    default: break
    }
    // What the type does not take stays boxed: then it is checked when it is passed.
    switch given {
    case .int where check.types.contains(.int), .float where check.types.contains(.float),
      .bool where check.types.contains(.bool):
      return given
    default: return .value
    }
  }

  private static func compile(_ specialization: Specialization) {
    let finishedBefore = finishedMeanwhile.count
    depth += 1
    defer {
      depth -= 1
      finishedMeanwhile.append(specialization)
      if depth == 0 { finishedMeanwhile.removeAll() }
    }
    if let result = specialization.code.result {
      switch result.types {
      case .int: specialization.result = .int
      case .float: specialization.result = .float
      case .bool: specialization.result = .bool
      default: specialization.result = .value
      }
    }
    var widest = specialization.result
    var slots: [Representation] = []
    while true {
      let compiler = Compiler(specialization)
      let result = compiler.compileBody(slots)
      slots = compiler.slots
      specialization.boxWidenedParameters(slots)
      let isDeclared = specialization.code.result != nil
      let joined = isDeclared ? widest : widest.joined(result)
      if !compiler.hasWidened && joined == widest && (widest != .never || depth > 1) { break }
      if joined == widest && widest == .never && !compiler.hasWidened {
        // It never returns by itself; callers get a boxed value that never comes.
        widest = .value
      } else {
        widest = joined
      }
      specialization.result = widest
      // What was compiled meanwhile took the narrower result for granted.
      for other in finishedMeanwhile[finishedBefore...] { other.code.compiled.remove(other) }
      finishedMeanwhile.removeSubrange(finishedBefore...)
    }
  }

  /// Compiles the body once, with what is known of the slots, and returns how its result is held.
  private func compileBody(_ known: [Representation]) -> Representation {
    slots = [Representation](repeating: .never, count: code.slotCount + 1)
    for (i, representation) in known.prefix(code.slotCount + 1).enumerated() { slots[i] = representation }
    for (i, parameter) in code.parameters.enumerated() {
      slots[parameter.variable.slot] = specialization.parameters[i]
    }
    for capture in code.captures { slots[capture.inner.slot] = .value }
    if let own = code.selfVariable { slots[own.slot] = .value }
    var body = compileTail(code.body)
    let result = body.representation.joined(slots[resultSlot])
    if hasReturnSignal { body = ReturnCatcher(body, resultSlot, slots[resultSlot]) }
    if let check = code.result { body = checked(body, check) }
    let final = code.result == nil ? specialization.result.joined(result) : specialization.result
    body = convert(body, to: final == .never ? .value : final)
    finish(body)
    return result
  }

  private func finish(_ body: Code) {
    let s = specialization
    s.frameSize = slots.count * Frame.slotSize
    let parameterSlots = Set(code.parameters.map(\.variable.slot))
    s.setSlots(
      values: slots.indices.filter { slots[$0] == .value && !parameterSlots.contains($0) },
      parameters: code.parameters.filter { slots[$0.variable.slot] == .value && $0.passing != .inPlace }
        .map(\.variable.slot))
    s.isManaged =
      !s.valueSlots.isEmpty || code.parameters.contains { slots[$0.variable.slot] == .value }
      || !code.captures.isEmpty || code.selfVariable != nil
    s.remarks = remarks
    for call in calls { call.base = s.frameSize }
    s.setBody(body)
  }

  // MARK: Slots

  /// Notes that a variable's slot must hold a representation, and returns how it is held.
  @discardableResult
  func widen(_ slot: Int, _ representation: Representation) -> Representation {
    if floatSlots[slot] != nil { needsBoxedFloat = true }
    let joined = slots[slot].joined(representation)
    if joined != slots[slot] {
      slots[slot] = joined
      hasWidened = true
    }
    return joined
  }

  func newTemporary(_ representation: Representation) -> Int {
    slots.append(representation)
    return slots.count - 1
  }

  /// True if the variable is held in this function's frame, in the way its slot says.
  func isLocal(_ variable: Variable) -> Bool { variable.global == nil && !variable.isBoxed }

  /// Notes that a variable of this function holds what code of the interpreter gives it: a boxed value,
  /// or the box that it lives in.
  func hold(_ variable: Variable) {
    if isLocal(variable) {
      widen(variable.slot, .value)
    } else if variable.isBoxed, variable.global == nil {
      slots[variable.slot] = .value
    }
  }

  /// Returns the code to return from the middle: stores into the result slot.
  func resultStore(_ value: Code) -> Code {
    // A function that returns what it must not fails as a whole: no `try` inside catches that.
    guard let check = code.result, tryDepth == 0 else { return store(value, resultSlot) }
    return store(checked(value, check), resultSlot)
  }

  /// Compiles what a `try` catches the errors of.
  func guarded(_ compile: () -> Code) -> Code {
    tryDepth += 1
    defer { tryDepth -= 1 }
    return compile()
  }

  func remark(_ node: Node, _ message: String) {
    remarks.append(CompilerRemark(function: code.name, line: node.at.position.line, message: message))
  }

  /// What stayed general in a program and in the functions that it declares and calls.
  static func remarks(for code: FunctionCode) -> [CompilerRemark] {
    lock.withLock { lockedRemarks(for: code) }
  }

  private static func lockedRemarks(for code: FunctionCode) -> [CompilerRemark] {
    var seen: Set<ObjectIdentifier> = []
    var result: [CompilerRemark] = []
    var unique: Set<CompilerRemark> = []
    func visit(_ code: FunctionCode) {
      guard seen.insert(ObjectIdentifier(code)).inserted else { return }
      for specialization in code.compiled.all {
        result += specialization.remarks.sorted { $0.line < $1.line }
      }
      NodeChildren.forEachFunction(in: code.body) { visit($0) }
      NodeChildren.forEachVariable(in: code.body) { if let called = $0.code { visit(called) } }
    }
    visit(code)
    return result.filter { unique.insert($0).inserted }
  }
}
