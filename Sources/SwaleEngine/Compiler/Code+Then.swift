// A statement, and then the value of an expression: what functions and blocks end with.

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
  private let held: Representation
  init(_ statement: Code, _ result: Code) {
    self.statement = statement
    self.result = result
    held = result.representation
  }
  override var representation: Representation { held }
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
