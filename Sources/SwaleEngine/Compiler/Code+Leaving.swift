// `return`, `break` and `continue`, and what ends a function.

final class ReturnCode: StatementCode {
  let store: Code
  init(_ store: Code) { self.store = store }
  override var mayLeave: Bool { true }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try store.run(f, c)
    return .returning
  }
}

final class LeaveCode: StatementCode {
  let flow: Flow
  init(_ flow: Flow) { self.flow = flow }
  override var mayLeave: Bool { true }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow { flow }
}

/// Turns signals out of a loop's body into flows.
final class CatchSignal: StatementCode {
  let body: Code
  init(_ body: Code) { self.body = body }
  override var mayLeave: Bool { true }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    do { return try body.execute(f, c) } catch let signal as ControlSignal {
      switch signal {
      case .breaking: return .breaking
      case .continuing: return .continuing
      case .returning: throw signal
      }
    }
  }
}

final class AssertCode: StatementCode {
  let node: AssertNode
  let condition: Code
  let message: Code?
  init(_ node: AssertNode, _ condition: Code, _ message: Code?) {
    self.node = node
    self.condition = condition
    self.message = message
  }
  override func run(_ f: Frame, _ c: Context) throws {
    if try condition.bool(f, c) { return }
    throw node.error(try message?.value(f, c))
  }
}

/// Checks a declared result that is not known to fit.
enum CheckedResult {
  static func make(_ value: Code, _ code: FunctionCode) -> Code { ResultCheck(value, code) }
}

final class ResultCheck: Code {
  let operand: Code
  let code: FunctionCode
  private let result: Representation
  init(_ operand: Code, _ code: FunctionCode) {
    self.operand = operand
    self.code = code
    result =
      switch code.result!.types {
      case .int: .int
      case .float: .float
      case .bool: .bool
      default: .value
      }
  }
  override var representation: Representation { result }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let value = try operand.value(f, c)
    return try code.result!.checked(value) { code.resultFailure(value) }
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    guard case .int(let number) = try value(f, c) else { unreachable("a checked int") }
    return number
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    if result == .int { return Double(try int(f, c)) }
    guard case .float(let number) = try value(f, c) else { unreachable("a checked float") }
    return number
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    guard case .bool(let truth) = try value(f, c) else { unreachable("a checked bool") }
    return truth
  }
}

/// Catches a `return` that left from the middle of an expression; its value is in the result slot.
final class ReturnCatcher: Code {
  let body: Code
  let offset: Int
  private let held: Representation
  private let result: Representation
  init(_ body: Code, _ slot: Int, _ held: Representation) {
    self.body = body
    offset = slot * Frame.slotSize
    self.held = held
    let joined = body.representation.joined(held)
    result = joined == .never ? .value : joined
  }
  override var representation: Representation { result }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    do { return try body.value(f, c) } catch ControlSignal.returning { return f.boxed(offset, held) }
  }
  // Only where the slot holds the same.
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    do { return try body.int(f, c) } catch ControlSignal.returning { return f.int(offset) }
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    if result == .int { return Double(try int(f, c)) }
    do { return try body.float(f, c) } catch ControlSignal.returning { return f.float(offset) }
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    do { return try body.bool(f, c) } catch ControlSignal.returning { return f.bool(offset) }
  }
}
