extension Lexer {
  /// The nanoseconds of a unit.
  private static let units: [String: Int] = [
    "ns": 1, "us": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
    "h": 3_600_000_000_000, "d": 86_400_000_000_000, "w": 604_800_000_000_000,
  ]

  /// Returns the length of the unit at an offset: what follows it is the end or another number.
  func unitLength(at start: Int) -> Int? {
    var end = start
    while end < limit, end - start < 3, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[end]) {
      end += 1
    }
    guard end > start, Self.units[text(from: start, to: end)] != nil else { return nil }
    return isDigit(byte(at: end)) || endOfName(end) == end ? end - start : nil
  }

  /// Reads a duration whose first number has been skipped.
  mutating func lexDuration(from start: Int) throws(Diagnostic) {
    var total = 0
    var numberStart = start
    while true {
      guard let length = unitLength(at: offset) else {
        let end = endOfName(offset)
        throw problem(
          "`\(text(from: numberStart, to: end))` in a duration has no unit", start, end,
          hint: "the units are ns us ms s m h d w, such as 1h30m")
      }
      let unit = Self.units[text(from: offset, to: offset + length)] ?? 1
      guard let part = nanoseconds(numberStart, offset, unit) else { throw tooLong(start) }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow { throw tooLong(start) }
      total = sum
      offset += length
      guard isDigit(current) else { break }
      numberStart = offset
      try skipDigits()
      if current == UInt8(ascii: "."), isDigit(byte(at: offset + 1)) {
        offset += 1
        try skipDigits()
      }
    }
    append(.duration, from: start, value: total)
  }

  private func tooLong(_ start: Int) -> Diagnostic {
    problem(
      "this duration is too long", start, endOfName(offset),
      hint: "durations count nanoseconds in 64 bits: up to about 292 years")
  }

  /// Returns a number with a possible fraction times a unit, rounded to whole nanoseconds.
  private func nanoseconds(_ lower: Int, _ upper: Int, _ unit: Int) -> Int? {
    var whole = 0
    var fraction = 0
    var scale = 1
    var isFraction = false
    for byte in bytes[lower..<upper] {
      if byte == UInt8(ascii: ".") {
        isFraction = true
      } else if byte != UInt8(ascii: "_") {
        let digit = Int(byte - UInt8(ascii: "0"))
        if !isFraction {
          let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
          let (sum, carry) = product.addingReportingOverflow(digit)
          if overflow || carry { return nil }
          whole = sum
        } else if scale < 1_000_000_000_000_000_000 {
          // Digits beyond the eighteenth are far below a nanosecond, even of a week.
          fraction = fraction * 10 + digit
          scale *= 10
        }
      }
    }
    let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
    if overflow { return nil }
    let wide = unit.multipliedFullWidth(by: fraction)
    let (quotient, remainder) = scale.dividingFullWidth(wide)
    let rounded = remainder >= scale - remainder ? quotient + 1 : quotient
    let (sum, carry) = product.addingReportingOverflow(rounded)
    return carry ? nil : sum
  }
}
