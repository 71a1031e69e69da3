import Glibc

/// Rounds numbers, to ints and to decimal digits.
enum Rounding {
  /// Returns a float rounded to an int; raises `value` for nan and `overflow` for what does not fit.
  static func int(_ number: Double, _ rule: FloatingPointRoundingRule) throws -> Int {
    if number.isNaN { throw SwaleError(.value, "nan is not a number that an int could hold") }
    let rounded = number.rounded(rule)
    if let result = Int(exactly: rounded) { return result }
    throw SwaleError(.overflow, "\(Value.float(number).displayString) does not fit into an int of 64 bits")
  }

  /// Returns a float rounded to decimal digits behind the point, or before it where `digits` is
  /// negative; halves go away from zero.
  static func decimal(_ number: Double, digits: Int) -> Double {
    if !number.isFinite || digits > 330 { return number }
    if digits < -330 { return number < 0 ? -0.0 : 0.0 }
    if digits < 0 {
      let unit = pow(10, Double(-digits))
      return (number / unit).rounded() * unit
    }
    let unit = pow(10, Double(digits))
    let scaled = number * unit
    // Beyond 2^53 a float has no such digits.
    if scaled.magnitude >= 0x1p53 { return number }
    // Exactly half way: the conversion below would go to the even digit.
    if digits <= 22, fma(number, unit, -scaled) == 0, (scaled - scaled.rounded(.towardZero)).magnitude == 0.5
    {
      return scaled.rounded(.toNearestOrAwayFromZero) / unit
    }
    // By its exact decimal expansion, so that round(2.675, 2) is 2.67: that float lies below 2.675.
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 800) { buffer in
      withVaList([Int32(digits), number]) { _ = vsnprintf(buffer.baseAddress!, 800, "%.*f", $0) }
      return strtod(buffer.baseAddress!, nil)
    }
  }

  /// Returns an int rounded to a negative number of digits; raises `overflow`.
  static func decimal(_ number: Int, digits: Int) throws -> Int {
    if digits >= 0 { return number }
    if digits < -19 { return 0 }
    var unit: UInt = 1
    for _ in 0..<(-digits) { unit *= 10 }
    let magnitude = number.magnitude
    let rest = magnitude % unit
    var rounded = magnitude - rest
    // Halves go away from zero; the comparison avoids doubling `rest`.
    if rest >= unit - rest {
      let (sum, overflowed) = rounded.addingReportingOverflow(unit)
      if overflowed { throw overflow(number, digits) }
      rounded = sum
    }
    if number < 0, rounded <= UInt(Int.max) + 1 { return 0 &- Int(truncatingIfNeeded: rounded) }
    guard number >= 0, let result = Int(exactly: rounded) else { throw overflow(number, digits) }
    return result
  }

  private static func overflow(_ number: Int, _ digits: Int) -> SwaleError {
    SwaleError(.overflow, "\(number) rounded to \(digits) digits does not fit into 64 bits")
  }
}
