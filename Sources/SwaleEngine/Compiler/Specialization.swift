import SwaleSyntax

/// A function compiled for one combination of argument representations.
final class Specialization {
  // The function holds what was compiled of it.
  unowned(unsafe) let code: FunctionCode
  /// How each parameter is held.
  private(set) var parameters: [Representation]
  /// How the result is held; `.never` while that is being found out.
  var result: Representation = .never
  /// Bytes of a frame: variables, then temporaries.
  var frameSize = 0
  /// Slots that hold boxed values, parameters not included: null at entry, released at the end.
  private(set) var valueSlots = SlotList()
  /// Parameters that hold boxed values and belong to the call.
  private(set) var valueParameters = SlotList()
  /// The body, reached without reference counting. Replaced while the compiler looks for types.
  let body: UnsafeMutablePointer<Unmanaged<Code>>
  private var owned: Code?
  var remarks: [CompilerRemark] = []
  /// True where entering and leaving takes more than running the body.
  var isManaged = true

  init(_ code: FunctionCode, _ parameters: [Representation]) {
    self.code = code
    self.parameters = parameters
    body = .allocate(capacity: 1)
    let none = Code()
    owned = none
    body.initialize(to: Unmanaged.passUnretained(none))
  }

  deinit { body.deallocate() }

  /// Boxes parameters that turned out to be used as values, by a closure for one, from now on.
  func boxWidenedParameters(_ slots: [Representation]) {
    for (i, parameter) in code.parameters.enumerated() where slots[parameter.variable.slot] == .value {
      parameter.variable.mustBeValue = parameters[i] != .value || parameter.variable.mustBeValue
      parameters[i] = .value
    }
  }

  /// Notes which slots hold boxed values.
  func setSlots(values: [Int], parameters: [Int]) {
    valueSlots = SlotList(values)
    valueParameters = SlotList(parameters)
  }

  func setBody(_ code: Code) {
    owned = code
    body.pointee = Unmanaged.passUnretained(code)
  }

  // MARK: Running; the parameters are set in the frame, the call has been counted

  @inline(__always) func withBody<R>(_ run: (Code) throws -> R) rethrows -> R {
    try body.pointee._withUnsafeGuaranteedRef(run)
  }

  /// Runs a frame with boxed values in it: sets it up and releases it, however the body ends.
  @inline(__always) func managed<R>(_ f: Frame, _ function: UserFunction?, _ run: (Code) throws -> R) throws
    -> R
  {
    enter(f, function)
    let result: R
    do { result = try withBody(run) } catch {
      leave(f)
      throw error
    }
    leave(f)
    return result
  }

  private func enter(_ f: Frame, _ function: UserFunction?) {
    valueSlots.forEach { f.slot($0).initialize(to: .null) }
    if function != nil || !code.boxedParameters.isEmpty { code.enter(function, f) }
  }

  private func leave(_ f: Frame) {
    if !code.boxedParameters.isEmpty { code.leave(f) }
    valueSlots.forEach { f.slot($0).deinitialize(count: 1) }
    // `var` parameters stay, for the caller to take back.
    releaseParameters(f)
  }

  /// Releases the parameters of a call that does not come about, or is over.
  func releaseParameters(_ f: Frame) { valueParameters.forEach { f.slot($0).deinitialize(count: 1) } }

  /// Calls with parameters set and returns the boxed result.
  func call(_ f: Frame, _ function: UserFunction?, _ c: Context) throws -> Value {
    try isManaged ? managed(f, function) { try $0.value(f, c) } : withBody { try $0.value(f, c) }
  }
}

/// What the compiler left to the general way, and why; shown by `:bench`.
public struct CompilerRemark: Hashable, Sendable {
  /// The function that it is about.
  public let function: String
  public let line: Int
  public let message: String
}
