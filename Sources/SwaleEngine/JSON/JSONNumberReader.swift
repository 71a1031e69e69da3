import Glibc

/// Reads one JSON number.
struct JSONNumberReader {
  let base: UnsafePointer<UInt8>
  var position: Int
  let end: Int

  /// Exactly representable powers of ten.
  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]

  mutating func read() throws(JSONError) -> Value {
    let start = position
    let isNegative = base[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    // All digits as one number, while they fit; the decimal exponent that goes with it.
    var digits: UInt64 = 0
    var isExact = true
    var exponent = 0

    let first = position
    isExact = readDigits(into: &digits)
    if position == first { throw invalid("a digit is missing", start) }
    if base[first] == UInt8(ascii: "0"), position > first + 1 {
      throw invalid("a number must not begin with 0 and further digits", start)
    }
    var isInt = true
    if position < end, base[position] == UInt8(ascii: ".") {
      isInt = false
      position += 1
      let fraction = position
      isExact = readDigits(into: &digits) && isExact
      if position == fraction { throw invalid("a digit is missing behind the point", start) }
      exponent = fraction - position
    }
    if position < end, base[position] | 0x20 == UInt8(ascii: "e") {
      isInt = false
      exponent += try readExponent(start)
    }
    if isInt, isExact {
      if !isNegative, digits <= UInt64(Int.max) { return .int(Int(digits)) }
      if isNegative, digits <= UInt64(Int.max) + 1 { return .int(Int(truncatingIfNeeded: 0 &- digits)) }
    }
    if isExact, digits <= 1 << 53, exponent.magnitude <= 22 {
      // Both are exact, so that one operation rounds correctly.
      let power = JSONNumberReader.powers[Int(exponent.magnitude)]
      let number = exponent < 0 ? Double(digits) / power : Double(digits) * power
      return .float(isNegative ? -number : number)
    }
    return .float(try converted(start))
  }

  /// Reads digits; false where the number has become too large to be exact.
  @inline(__always) private mutating func readDigits(into digits: inout UInt64) -> Bool {
    var isExact = true
    while position < end {
      let digit = base[position] &- 0x30
      if digit > 9 { break }
      let (scaled, overflow) = digits.multipliedReportingOverflow(by: 10)
      let (sum, carry) = scaled.addingReportingOverflow(UInt64(digit))
      if overflow || carry { isExact = false } else { digits = sum }
      position &+= 1
    }
    return isExact
  }

  private mutating func readExponent(_ start: Int) throws(JSONError) -> Int {
    position += 1
    var isNegative = false
    if position < end, base[position] == UInt8(ascii: "-") || base[position] == UInt8(ascii: "+") {
      isNegative = base[position] == UInt8(ascii: "-")
      position += 1
    }
    let first = position
    var exponent = 0
    while position < end, base[position] &- 0x30 < 10 {
      // Beyond that every number is infinite or zero.
      exponent = min(exponent * 10 + Int(base[position] - 0x30), 1_000_000)
      position += 1
    }
    if position == first { throw invalid("a digit is missing in the exponent", start) }
    return isNegative ? -exponent : exponent
  }

  /// Converts the general case, with the library's correct rounding.
  private func converted(_ start: Int) throws(JSONError) -> Double {
    let text = UnsafeRawBufferPointer(start: base + start, count: position - start)
    guard let number = Double(String(decoding: text, as: UTF8.self)) else {
      throw invalid("it cannot be read", start)
    }
    if number.isInfinite { throw invalid("it is too large for a float", start) }
    return number
  }

  private func invalid(_ why: String, _ start: Int) -> JSONError {
    var length = 0
    while start + length < end, length < 30, JSONNumberReader.isNumberByte(base[start + length]) {
      length += 1
    }
    let text = UnsafeRawBufferPointer(start: base + start, count: length)
    return JSONError(
      message: "\(String(decoding: text, as: UTF8.self)) is no number of JSON: \(why)", offset: start)
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || byte == 0x2B || byte == 0x2D || byte == 0x2E || byte | 0x20 == 0x65
  }
}
