@testable import SwaleEngine

/// A small random generator whose sequence depends on its seed alone (splitmix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// Random values of all types that have a literal.
struct RandomValues {
  var random: SeededRandom
  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func value(depth: Int) -> Value {
    switch Int.random(in: 0..<(depth > 0 ? 14 : 9), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .int(int())
    case 3: return .float(float())
    case 4, 5: return .text(string())
    // The least duration and what lies above its opposite have no literals.
    case 6: return .duration(max(int(), -Int.max))
    case 7: return .date(Int.random(in: Calendar.validDays, using: &random))
    case 8: return .dateTime(int())
    case 9, 10:
      let kind = Int.random(in: 0..<4, using: &random)
      return .list(
        ListStorage(
          (0..<Int.random(in: 0..<6, using: &random)).map { _ in
            switch kind {
            case 0: .int(int())
            case 1: .float(float())
            default: value(depth: depth - 1)
            }
          }))
    case 11, 12: return record(depth: depth)
    default:
      var items: [Value] = []
      for _ in 0..<Int.random(in: 0..<5, using: &random) { items.append(value(depth: depth - 1)) }
      // All that is made here is hashable.
      return .object((try? SetValue(items)) ?? SetValue())
    }
  }

  private mutating func record(depth: Int) -> Value {
    let record = RecordStorage()
    for _ in 0..<Int.random(in: 0..<6, using: &random) {
      let key = Int.random(in: 0..<5, using: &random) == 0 ? value(depth: depth - 1) : .text(string())
      try? record.set(key, value(depth: depth - 1))
    }
    return .record(record)
  }

  mutating func int() -> Int {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: Int.random(in: -10...10, using: &random)
    case 1: [Int.min, Int.max, -1, 0, 1 << 53, 1 << 62].randomElement(using: &random)!
    default: Int(truncatingIfNeeded: random.next()) >> Int.random(in: 0..<60, using: &random)
    }
  }

  mutating func float() -> Double {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: Double.random(in: -100...100, using: &random)
    case 1:
      [0, -0.0, .infinity, -.infinity, Double.leastNonzeroMagnitude, 1e22, .nan].randomElement(
        using: &random)!
    case 2: Double(Int.random(in: -1000...1000, using: &random))
    default:
      Double(bitPattern: random.next() & ~(0x7FF << 52) | UInt64.random(in: 0..<0x7FF, using: &random) << 52)
    }
  }

  mutating func string() -> String {
    let pieces = [
      "a", "key", "Zz", " ", "{", "}", "\"", "\\", "\n", "\r", "\t", "\0", "\u{1b}", "ñ", "e\u{301}", "😀",
      "\u{202e}", "1", "_",
    ]
    return (0..<Int.random(in: 0..<5, using: &random)).map { _ in pieces.randomElement(using: &random)! }
      .joined()
  }
}
