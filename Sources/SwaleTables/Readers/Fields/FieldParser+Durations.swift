extension FieldParser {
  private static let units: [(name: StaticString, nanoseconds: Int)] = [
    ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
    ("h", 3_600_000_000_000), ("d", 86_400_000_000_000), ("w", 604_800_000_000_000),
  ]

  /// Returns the nanoseconds of a duration such as `1h30m`, `1.5s` or `-250ms`.
  static func duration(_ p: Bytes, _ count: Int) -> Int? {
    var i = 0
    let isNegative = count > 0 && p[0] == 0x2D
    if isNegative { i = 1 }
    if i == count { return nil }
    var total = 0.0
    while i < count {
      let start = i
      while i < count, p[i] &- 0x30 <= 9 || p[i] == 0x2E { i += 1 }
      guard i > start, let number = float(p + start, i - start) else { return nil }
      let letters = i
      while i < count, p[i] >= 0x61, p[i] <= 0x7A { i += 1 }
      let name = String(decoding: UnsafeBufferPointer(start: p + letters, count: i - letters), as: UTF8.self)
      guard let unit = units.first(where: { $0.name.description == name }) else { return nil }
      total += number * Double(unit.nanoseconds)
    }
    return Int(exactly: (isNegative ? -total : total).rounded())
  }
}
