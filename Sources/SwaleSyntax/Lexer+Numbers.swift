extension Lexer {
  private static let intMinimumMagnitude = UInt64(1) << 63

  mutating func lexNumber() throws(Diagnostic) {
    let start = offset
    if current == UInt8(ascii: "0") {
      switch byte(at: offset + 1) {
      case UInt8(ascii: "x"): return try lexRadix(16, "hexadecimal")
      case UInt8(ascii: "b"): return try lexRadix(2, "binary")
      case UInt8(ascii: "X"), UInt8(ascii: "B"):
        throw problem(
          "a number's prefix is written in lower case", start, start + 2, hint: "write 0x or 0b")
      case UInt8(ascii: "o"), UInt8(ascii: "O"):
        throw problem(
          "there are no octal numbers", start, start + 2, hint: "write it as 0x..., 0b... or decimal")
      default: break
      }
    }
    try skipDigits()
    let wholeEnd = offset
    var isFloat = false
    if current == UInt8(ascii: "."), isDigit(byte(at: offset + 1)) {
      isFloat = true
      offset += 1
      try skipDigits()
    }
    if unitLength(at: offset) != nil { return try lexDuration(from: start) }
    if current | 0x20 == UInt8(ascii: "e") {
      let next = byte(at: offset + 1)
      let signed = next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
      if isDigit(signed ? byte(at: offset + 2) : next) {
        isFloat = true
        offset += signed ? 2 : 1
        try skipDigits()
      }
    }
    try checkNumberEnd(start)
    if wholeEnd - start > 1, bytes[start] == UInt8(ascii: "0") { throw leadingZero(start, wholeEnd) }
    if isFloat { try appendFloat(start) } else { try appendInt(start, digits: start, radix: 10) }
  }

  private mutating func lexRadix(_ radix: UInt64, _ name: String) throws(Diagnostic) {
    let start = offset
    offset += 2
    let digits = offset
    while let digit = digitValue(current), digit < radix { try advanceDigit() }
    if offset == digits {
      throw problem(
        "a \(name) number has at least one digit", start, endOfName(start),
        hint: radix == 16 ? "such as 0xff" : "such as 0b101")
    }
    try checkNumberEnd(start)
    try appendInt(start, digits: digits, radix: radix)
  }

  func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private func digitValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  mutating func skipDigits() throws(Diagnostic) {
    while isDigit(current) { try advanceDigit() }
  }

  /// Steps over a digit and the underscore behind it, behind which another digit must stand.
  private mutating func advanceDigit() throws(Diagnostic) {
    offset += 1
    guard current == UInt8(ascii: "_") else { return }
    guard digitValue(byte(at: offset + 1)) != nil else {
      throw problem(
        "an underscore in a number stands between two digits", offset, offset + 1,
        hint: "such as 1_000")
    }
    offset += 1
  }

  /// A number may not run into a name: neither `5in` nor `10px`.
  func checkNumberEnd(_ start: Int) throws(Diagnostic) {
    let end = endOfName(offset)
    guard end > offset else { return }
    let tail = text(from: offset, to: end)
    let number = text(from: start, to: offset)
    var hint = "put a space between the number and the name"
    if let unit = Self.spelledUnits[tail.lowercased()] {
      hint = "write \(number)\(unit): the units are ns us ms s m h d w"
    } else if tail == "L" || tail == "f" || tail == "u" || tail == "n" {
      hint = "numbers have no type suffix: write \(number)"
    } else if tail == "j" || tail == "J" {
      hint = "there are no complex numbers"
    }
    throw problem("the number \(number) runs into `\(tail)`", start, end, hint: hint)
  }

  private static let spelledUnits: [String: String] = [
    "nsec": "ns", "usec": "us", "µs": "us", "μs": "us", "msec": "ms", "millis": "ms", "sec": "s",
    "secs": "s", "second": "s", "seconds": "s", "min": "m", "mins": "m", "minute": "m",
    "minutes": "m", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d",
    "wk": "w", "week": "w", "weeks": "w",
  ]

  private func leadingZero(_ start: Int, _ end: Int) -> Diagnostic {
    let digits = text(from: start, to: end)
    let stripped = String(digits.drop { $0 == "0" || $0 == "_" })
    // 2026-05-01 without its @ reads as a subtraction and arrives here.
    let followsMinus = start > 0 && bytes[start - 1] == UInt8(ascii: "-")
    return problem(
      "a number does not begin with 0", start, end,
      hint: followsMinus
        ? "a date is written @2026-05-01" : "write \(stripped.isEmpty ? "0" : stripped)")
  }

  private mutating func appendInt(
    _ start: Int, digits: Int, radix: UInt64
  ) throws(Diagnostic) {
    var value: UInt64 = 0
    for byte in bytes[digits..<offset] where byte != UInt8(ascii: "_") {
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(digitValue(byte) ?? 0)
      if overflow || carry { throw tooLarge(start) }
      value = sum
    }
    if value > Self.intMinimumMagnitude { throw tooLarge(start) }
    if value == Self.intMinimumMagnitude {
      append(.intMinimum, from: start)
    } else {
      append(.int, from: start, value: Int(value))
    }
  }

  private func tooLarge(_ start: Int) -> Diagnostic {
    problem(
      "this number does not fit an int, which goes up to 9223372036854775807", start, offset,
      hint: "as a float it is written with a point or an exponent, such as 1e19")
  }

  private mutating func appendFloat(_ start: Int) throws(Diagnostic) {
    let digits = String(
      decoding: bytes[start..<offset].lazy.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    guard let value = Double(digits), value.isFinite else {
      throw problem(
        "this number does not fit a float, which goes up to about 1.8e308", start, offset,
        hint: "infinity is math.inf")
    }
    append(.float, from: start, value: Int(bitPattern: UInt(value.bitPattern)))
  }
}
