/// Reads numbers from text for `int` and `float`.
enum NumberParser {
  /// Returns the int that the text spells in a base from 2 to 36, with a sign and `_` between
  /// digits; raises `parse` or `overflow`.
  static func int(_ text: Text, base: Int) throws -> Int {
    var digits = text.trimmedOfASCIISpace
    var isNegative = false
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      digits = digits.dropFirst()
    }
    let prefix: UInt8? = base == 16 ? UInt8(ascii: "x") : base == 2 ? UInt8(ascii: "b") : nil
    if let prefix, digits.count > 2, digits[digits.startIndex] == UInt8(ascii: "0"),
      digits[digits.startIndex + 1] | 0x20 == prefix
    {
      digits = digits.dropFirst(2)
    }
    guard isSeparatedProperly(digits) else { throw noInt(text, base: base) }
    var value = 0
    for byte in digits where byte != UInt8(ascii: "_") {
      guard let digit = digitValue(byte), digit < base else { throw noInt(text, base: base) }
      let (scaled, overflowed) = value.multipliedReportingOverflow(by: base)
      // Counted downwards, so that the least int fits.
      let (next, overflowedToo) = scaled.subtractingReportingOverflow(digit)
      if overflowed || overflowedToo { throw tooLarge(text) }
      value = next
    }
    if isNegative { return value }
    if value == .min { throw tooLarge(text) }
    return -value
  }

  /// Returns the float that the text spells; raises `parse`.
  static func double(_ text: Text) throws -> Double {
    let bytes = text.trimmedOfASCIISpace
    if let number = plain(bytes) { return number }
    let isHexadecimal = bytes.contains { $0 | 0x20 == UInt8(ascii: "x") }
    let spelled = bytes.contains(UInt8(ascii: "_")) ? bytes.filter { $0 != UInt8(ascii: "_") } : Array(bytes)
    let hasStrayUnderscore =
      spelled.count != bytes.count
      && bytes.split(
        omittingEmptySubsequences: false, whereSeparator: { !isDigit($0) && $0 != UInt8(ascii: "_") }
      )
      .contains { !$0.isEmpty && !isSeparatedProperly($0) }
    guard !isHexadecimal, !hasStrayUnderscore, let value = Double(String(decoding: spelled, as: UTF8.self))
    else {
      throw SwaleError(
        .parse, "\(text.excerpt) is not a number",
        hint: bytes.contains(UInt8(ascii: ","))
          ? "take the commas out first: replace(text, \",\", \"\")" : nil)
    }
    return value
  }

  /// Reads what is written as JSON has it, which goes fast; nil for all else.
  private static func plain(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    guard let first = bytes.first, isDigit(first) || first == UInt8(ascii: "-") else { return nil }
    let text = UnsafeBufferPointer(rebasing: bytes)
    var reader = JSONNumberReader(base: text.baseAddress!, position: 0, end: text.count)
    guard let number = try? reader.read(), reader.position == text.count else { return nil }
    switch number {
    case .float(let value): return value
    case .int(0): return first == UInt8(ascii: "-") ? -0.0 : 0
    case .int(let value): return Double(value)
    default: return nil
    }
  }

  /// True if there is a digit, and each `_` stands between two.
  private static func isSeparatedProperly(_ digits: some BidirectionalCollection<UInt8>) -> Bool {
    guard let first = digits.first, let last = digits.last else { return false }
    let underscore = UInt8(ascii: "_")
    if first == underscore || last == underscore { return false }
    return !zip(digits, digits.dropFirst()).contains { $0 == underscore && $1 == underscore }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func digitValue(_ byte: UInt8) -> Int? {
    if isDigit(byte) { return Int(byte - 0x30) }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 26 ? Int(letter) + 10 : nil
  }

  private static func noInt(_ text: Text, base: Int) -> SwaleError {
    var hint: String?
    if base == 10 {
      if Double(text.string) != nil {
        hint = "int(float(text)) drops the fraction"
      } else if let first = text.string.dropFirst().first, first == "x" || first == "b" {
        hint = "int(text, base: \(first == "x" ? 16 : 2)) reads other bases"
      } else if text.string.contains(",") {
        hint = "take the commas out first: replace(text, \",\", \"\")"
      }
    }
    return SwaleError(
      .parse, "\(text.excerpt) is not \(base == 10 ? "a whole number" : "a whole number in base \(base)")",
      hint: hint)
  }

  private static func tooLarge(_ text: Text) -> SwaleError {
    SwaleError(.overflow, "\(text.excerpt) does not fit into 64 bits", hint: "float(text) holds it, rounded")
  }
}

extension Text {
  /// The bytes without ASCII white space at both ends.
  fileprivate var trimmedOfASCIISpace: Slice<UnsafeBufferPointer<UInt8>> {
    var bytes = Slice(base: bytes, bounds: 0..<byteCount)
    while let first = bytes.first, Text.isSpace(first) { bytes.removeFirst() }
    while let last = bytes.last, Text.isSpace(last) { bytes.removeLast() }
    return bytes
  }
}
