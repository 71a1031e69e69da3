extension Value {
  /// Returns a hash that agrees with `isSameKey`; raises `type` for what cannot be a key.
  public func hash() throws -> Int { try hash(depth: 0) }

  /// Returns the hash of an int, and of the float of the same value.
  @inlinable public static func hash(ofInt number: Int) -> Int {
    let (high, low) = UInt64(bitPattern: Int64(number)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(bitPattern: UInt(high ^ low))
  }

  /// Returns the hash of a float; equal to that of the int of the same value.
  public static func hash(ofFloat number: Double) -> Int {
    if let int = Int(exactly: number) { return hash(ofInt: int) }
    let bits = number.isNaN ? Double.nan.bitPattern : number.bitPattern
    return Int(bitPattern: UInt(Text.mixed(bits ^ 0x2545_F491_4F6C_DD1D)))
  }

  /// Joins the hashes of parts whose order matters.
  static func hash(_ state: Int, with next: Int) -> Int {
    let word = UInt64(bitPattern: Int64(state)) &* 31 ^ UInt64(bitPattern: Int64(next))
    return Int(bitPattern: UInt(Text.mixed(word)))
  }

  /// Tags keep the kinds of values apart.
  private static func hash(_ number: Int, tag: UInt64) -> Int {
    Int(bitPattern: UInt(Text.mixed(UInt64(bitPattern: Int64(number)) ^ tag &* 0xC2B2_AE3D_27D4_EB4F)))
  }

  private func hash(depth: Int) throws -> Int {
    switch self {
    case .null: return 0x5A1E
    case .bool(let value): return value ? 0x7C3A_11D7 : 0x1B56_C4E9
    case .int(let value): return Value.hash(ofInt: value)
    case .float(let value): return Value.hash(ofFloat: value)
    case .string(let text): return text.hash
    case .duration(let value): return Value.hash(value, tag: 1)
    case .date(let value): return Value.hash(value, tag: 2)
    case .dateTime(let value): return Value.hash(value, tag: 3)
    case .function: throw SwaleError(.type, "a function cannot be a key")
    case .object(let object): return try object.hash()
    case .list(let list):
      var state = Value.hash(list.count, tag: 4)
      // What lies deeper does not count: a hash need not tell everything apart, and must not recurse
      // without bound.
      if depth >= 64 { return state }
      switch list.kind {
      case .ints: for i in 0..<list.count { state = Value.hash(state, with: Value.hash(ofInt: list.ints[i])) }
      case .floats:
        for i in 0..<list.count { state = Value.hash(state, with: Value.hash(ofFloat: list.floats[i])) }
      case .values, .bools:
        for i in 0..<list.count { state = Value.hash(state, with: try list[i].hash(depth: depth + 1)) }
      }
      return state
    case .record(let record):
      // Records are equal whatever the order of their keys.
      var state = Value.hash(record.count, tag: 5)
      if depth >= 64 { return state }
      for i in 0..<record.table.used where record.table.isLive(i) {
        state &+= Value.hash(record.table.hashes[i], with: try record.values[i].hash(depth: depth + 1))
      }
      return state
    }
  }
}
