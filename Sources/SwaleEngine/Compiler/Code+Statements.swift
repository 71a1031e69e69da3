import SwaleSyntax

// Statements: variables, blocks and what leaves them.

final class StoreInt: StatementCode {
  let operand: Code
  let offset: Int
  init(_ operand: Code, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(offset, try operand.int(f, c)) }
}

final class StoreFloat: StatementCode {
  let operand: Code
  let offset: Int
  init(_ operand: Code, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(offset, try operand.float(f, c)) }
}

final class StoreBool: StatementCode {
  let operand: Code
  let offset: Int
  init(_ operand: Code, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(offset, try operand.bool(f, c)) }
}

final class StoreValue: StatementCode {
  let operand: Code
  let offset: Int
  init(_ operand: Code, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let value = try operand.value(f, c)
    f.value(offset).pointee = value
  }
}

/// A boxed variable given the value of arithmetic, which is on floats mostly.
final class StoreArithmetic: StatementCode {
  let operand: Code
  let offset: Int
  /// True once the value was something else: then asking for a float first does not pay.
  private var isGeneral = false
  init(_ operand: Code, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws {
    if !isGeneral {
      if let number = operand.floatIfAny(f, c) { return f.value(offset).setFloat(number) }
      isGeneral = true
    }
    let value = try operand.value(f, c)
    f.value(offset).pointee = value
  }
}

/// The first value of a variable in a box.
final class StoreBoxed: StatementCode {
  let operand: Code
  let variable: Variable
  init(_ operand: Code, _ variable: Variable) {
    self.operand = operand
    self.variable = variable
  }
  override func run(_ f: Frame, _ c: Context) throws { variable.initialize(try operand.value(f, c), f) }
}

/// A further value of a variable in a box.
final class AssignBoxed: StatementCode {
  let operand: Code
  let node: AssignNode
  init(_ operand: Code, _ node: AssignNode) {
    self.operand = operand
    self.node = node
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let value = try operand.value(f, c)
    try node.place.withRoot(f, lends: false) { $0.pointee = value }
  }
}

/// `x += k` on an int.
final class AddToInt: StatementCode {
  let node: AssignNode
  let offset: Int
  let constant: Int
  init(_ node: AssignNode, _ slot: Int, _ constant: Int) {
    self.node = node
    offset = slot * Frame.slotSize
    self.constant = constant
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let old = f.int(offset)
    let (sum, overflow) = old.addingReportingOverflow(constant)
    if overflow { _ = try node.locating { try Operations.binary(.add, .int(old), .int(constant), c) } }
    f.set(offset, sum)
  }
}

/// `x += e` on a boxed value, in place where that is possible.
final class UpdateLocal: StatementCode {
  let node: AssignNode
  let operation: Operation
  let offset: Int
  let operand: Code
  init(_ node: AssignNode, _ operation: Operation, _ slot: Int, _ operand: Code) {
    self.node = node
    self.operation = operation
    offset = slot * Frame.slotSize
    self.operand = operand
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let place = f.value(offset)
    if let old = place.floatIfAny, let new = operand.floatIfAny(f, c),
      let number = operation.ofFloats(old, new)
    {
      return place.setFloat(number)
    }
    let value = try operand.value(f, c)
    if operation == .add, case .int(let x) = place.pointee, case .int(let y) = value {
      let (sum, overflow) = x.addingReportingOverflow(y)
      if !overflow {
        place.pointee = .int(sum)
        return
      }
    }
    try node.locating { try Operations.update(&place.pointee, operation, value, c) }
  }
}

final class UpdateBoxed: StatementCode {
  let node: AssignNode
  let operation: Operation
  let operand: Code
  init(_ node: AssignNode, _ operation: Operation, _ operand: Code) {
    self.node = node
    self.operation = operation
    self.operand = operand
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let value = try operand.value(f, c)
    try node.place.withRoot(f, lends: false) { place in
      try node.locating { try Operations.update(&place.pointee, operation, value, c) }
    }
  }
}

// MARK: Sequences

/// Statements one after the other.
enum Statements {
  static func make(_ statements: [Code]) -> Code {
    guard let first = statements.first else { return NoStatement() }
    if statements.count == 1 { return first }
    guard let leaving = statements.firstIndex(where: { $0.mayLeave }) else { return run(statements[...]) }
    let rest = Array(statements[(leaving + 1)...])
    if let exit = statements[leaving] as? IfStatement, exit.isExit, !rest.contains(where: { $0.mayLeave }) {
      return ExitingBody(make(Array(statements[..<leaving])), exit.condition, make(rest))
    }
    let tail: Code =
      if rest.isEmpty {
        statements[leaving]
      } else if rest.contains(where: { $0.mayLeave }) {
        LeaveThenLeave(statements[leaving], make(rest))
      } else {
        LeaveThenRun(statements[leaving], make(rest))
      }
    return leaving == 0 ? tail : RunThenLeave(make(Array(statements[..<leaving])), tail)
  }

  /// Statements that never leave, as a shallow tree: children that are stored properties are reached
  /// without counting references, items of an array are not.
  private static func run(_ statements: ArraySlice<Code>) -> Code {
    let all = Array(statements)
    switch all.count {
    case 1: return all[0]
    case 2: return RunTwo(all[0], all[1])
    case 3: return RunThree(all[0], all[1], all[2])
    case 4: return RunFour(all[0], all[1], all[2], all[3])
    default: return RunFour(all[0], all[1], all[2], run(statements.dropFirst(3)))
    }
  }
}

final class NoStatement: StatementCode {
  override func run(_ f: Frame, _ c: Context) throws {}
}

final class RunTwo: StatementCode {
  let a: Code
  let b: Code
  init(_ a: Code, _ b: Code) {
    self.a = a
    self.b = b
  }
  override func run(_ f: Frame, _ c: Context) throws {
    try a.run(f, c)
    try b.run(f, c)
  }
}

final class RunThree: StatementCode {
  let a: Code
  let b: Code
  let third: Code
  init(_ a: Code, _ b: Code, _ third: Code) {
    self.a = a
    self.b = b
    self.third = third
  }
  override func run(_ f: Frame, _ c: Context) throws {
    try a.run(f, c)
    try b.run(f, c)
    try third.run(f, c)
  }
}

final class RunFour: StatementCode {
  let a: Code
  let b: Code
  let third: Code
  let fourth: Code
  init(_ a: Code, _ b: Code, _ third: Code, _ fourth: Code) {
    self.a = a
    self.b = b
    self.third = third
    self.fourth = fourth
  }
  override func run(_ f: Frame, _ c: Context) throws {
    try a.run(f, c)
    try b.run(f, c)
    try third.run(f, c)
    try fourth.run(f, c)
  }
}

final class RunThenLeave: StatementCode {
  let first: Code
  let second: Code
  init(_ first: Code, _ second: Code) {
    self.first = first
    self.second = second
  }
  override var mayLeave: Bool { true }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try first.run(f, c)
    return try second.execute(f, c)
  }
}

final class LeaveThenRun: StatementCode {
  let first: Code
  let second: Code
  init(_ first: Code, _ second: Code) {
    self.first = first
    self.second = second
  }
  override var mayLeave: Bool { true }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    let flow = try first.execute(f, c)
    if flow != .next { return flow }
    try second.run(f, c)
    return .next
  }
}

final class LeaveThenLeave: StatementCode {
  let first: Code
  let second: Code
  init(_ first: Code, _ second: Code) {
    self.first = first
    self.second = second
  }
  override var mayLeave: Bool { true }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    let flow = try first.execute(f, c)
    return flow != .next ? flow : try second.execute(f, c)
  }
}

/// Makes the boxes and functions that a block declares.
final class EnterBlock: StatementCode {
  let node: BlockNode
  init(_ node: BlockNode) { self.node = node }
  override func run(_ f: Frame, _ c: Context) throws { node.enter(f) }
}

/// A block with `defer`.
final class DeferBlock: Code {
  let node: BlockNode
  let parts: [(code: Code, isDefer: Bool)]
  let isValue: Bool
  private let leaves: Bool
  unowned(unsafe) let specialization: Specialization
  init(
    _ node: BlockNode, _ parts: [(code: Code, isDefer: Bool)], isValue: Bool, _ specialization: Specialization
  ) {
    self.node = node
    self.parts = parts
    self.isValue = isValue
    leaves = parts.contains { $0.code.mayLeave }
    self.specialization = specialization
  }

  override var mayLeave: Bool { !isValue && leaves }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    try withDefers(f, c) { defers in
      node.enter(f)
      for (i, part) in parts.enumerated() {
        if part.isDefer {
          defers.append(part.code)
        } else if i == parts.count - 1 && isValue {
          return try part.code.value(f, c)
        } else {
          try BlockNode.signal(try part.code.execute(f, c))
        }
      }
      return .null
    }
  }

  override func run(_ f: Frame, _ c: Context) throws { _ = try value(f, c) }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    if isValue {
      _ = try value(f, c)
      return .next
    }
    return try withDefers(f, c) { defers in
      node.enter(f)
      for part in parts {
        if part.isDefer {
          defers.append(part.code)
        } else {
          let flow = try part.code.execute(f, c)
          if flow != .next { return flow }
        }
      }
      return .next
    }
  }

  private func withDefers<R>(_ f: Frame, _ c: Context, _ body: (inout [Code]) throws -> R) throws -> R {
    var defers: [Code] = []
    let state = c.callState
    let result: R
    do { result = try body(&defers) } catch {
      c.restore(state)
      try run(defers, f, c)
      throw error
    }
    try run(defers, f, c)
    return result
  }

  private func run(_ defers: [Code], _ f: Frame, _ c: Context) throws {
    var failure: (any Error)?
    for code in defers.reversed() {
      let state = c.callState
      do { _ = try code.execute(f, c) } catch {
        c.restore(state)
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }
}

/// A statement, then a value. `leaving` a function from the statement finds the result in its slot.
enum Then {
  static func make(_ statement: Code, _ value: Code, leaving compiler: Compiler? = nil) -> Code {
    if let compiler, statement.mayLeave {
      let slot = compiler.resultSlot
      let held = compiler.slots[slot]
      switch value.representation.joined(held) {
      case .int: return ThenIntOrResult(statement, value, slot)
      case .float: return ThenFloatOrResult(statement, value, slot)
      case .bool: return ThenBoolOrResult(statement, value, slot)
      default: return ThenValueOrResult(statement, value, slot, held)
      }
    }
    switch value.representation {
    case .int: return ThenInt(statement, value)
    case .float: return ThenFloat(statement, value)
    case .bool: return ThenBool(statement, value)
    case .value, .never: return ThenValue(statement, value)
    }
  }
}

extension Code {
  /// Runs a statement in the middle of an expression: a flow becomes a signal.
  @inline(__always) final func runSignalling(_ f: Frame, _ c: Context) throws {
    if mayLeave { try BlockNode.signal(try execute(f, c)) } else { try run(f, c) }
  }
}

final class ThenInt: IntCode {
  let statement: Code
  let result: Code
  init(_ statement: Code, _ result: Code) {
    self.statement = statement
    self.result = result
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    try statement.runSignalling(f, c)
    return try result.int(f, c)
  }
}

final class ThenFloat: FloatCode {
  let statement: Code
  let result: Code
  init(_ statement: Code, _ result: Code) {
    self.statement = statement
    self.result = result
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    try statement.runSignalling(f, c)
    return try result.float(f, c)
  }
}

final class ThenBool: BoolCode {
  let statement: Code
  let result: Code
  init(_ statement: Code, _ result: Code) {
    self.statement = statement
    self.result = result
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    try statement.runSignalling(f, c)
    return try result.bool(f, c)
  }
}

final class ThenValue: Code {
  let statement: Code
  let result: Code
  init(_ statement: Code, _ result: Code) {
    self.statement = statement
    self.result = result
  }
  override var representation: Representation { result.representation }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    try statement.runSignalling(f, c)
    return try result.value(f, c)
  }
  // Only where the result never comes.
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    try statement.runSignalling(f, c)
    return try result.int(f, c)
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    try statement.runSignalling(f, c)
    return try result.float(f, c)
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    try statement.runSignalling(f, c)
    return try result.bool(f, c)
  }
}

/// A statement that may return from the function, then its last value.
final class ThenIntOrResult: IntCode {
  let statement: Code
  let result: Code
  let offset: Int
  init(_ statement: Code, _ result: Code, _ slot: Int) {
    self.statement = statement
    self.result = result
    offset = slot * Frame.slotSize
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    try statement.execute(f, c) == .returning ? f.int(offset) : try result.int(f, c)
  }
}

final class ThenFloatOrResult: FloatCode {
  let statement: Code
  let result: Code
  let offset: Int
  init(_ statement: Code, _ result: Code, _ slot: Int) {
    self.statement = statement
    self.result = result
    offset = slot * Frame.slotSize
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    try statement.execute(f, c) == .returning ? f.float(offset) : try result.float(f, c)
  }
}

final class ThenBoolOrResult: BoolCode {
  let statement: Code
  let result: Code
  let offset: Int
  init(_ statement: Code, _ result: Code, _ slot: Int) {
    self.statement = statement
    self.result = result
    offset = slot * Frame.slotSize
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    try statement.execute(f, c) == .returning ? f.bool(offset) : try result.bool(f, c)
  }
}

final class ThenValueOrResult: Code {
  let statement: Code
  let result: Code
  let offset: Int
  let held: Representation
  init(_ statement: Code, _ result: Code, _ slot: Int, _ held: Representation) {
    self.statement = statement
    self.result = result
    offset = slot * Frame.slotSize
    self.held = held
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    if try statement.execute(f, c) == .returning { return f.boxed(offset, held) }
    return try result.value(f, c)
  }
}

extension UnsafeMutableRawPointer {
  /// Returns what a slot holds, boxed.
  @inline(__always) func boxed(_ offset: Int, _ representation: Representation) -> Value {
    switch representation {
    case .int: .int(int(offset))
    case .float: .float(float(offset))
    case .bool: .bool(bool(offset))
    case .value, .never: value(offset).pointee
    }
  }
}

/// Catches a `return` that left from the middle of an expression; its value is in the result slot.
final class ReturnCatcher: Code {
  let body: Code
  let offset: Int
  private let held: Representation
  private let result: Representation
  init(_ body: Code, _ slot: Int, _ held: Representation, _ result: Representation) {
    self.body = body
    offset = slot * Frame.slotSize
    self.held = held
    self.result = result
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
    do { return try body.float(f, c) } catch ControlSignal.returning { return f.float(offset) }
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    do { return try body.bool(f, c) } catch ControlSignal.returning { return f.bool(offset) }
  }
}

// MARK: Leaving

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
    guard case .float(let number) = try value(f, c) else { unreachable("a checked float") }
    return number
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    guard case .bool(let truth) = try value(f, c) else { unreachable("a checked bool") }
    return truth
  }
}
