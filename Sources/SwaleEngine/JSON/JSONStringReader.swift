import Glibc

/// Reads one JSON string, from its opening to behind its closing quote.
struct JSONStringReader {
  let base: UnsafePointer<UInt8>
  var position: Int
  let end: Int
  let isKnownUTF8: Bool

  mutating func read() throws(JSONError) -> Text {
    let start = position + 1
    var i = start
    var bits: UInt8 = 0
    while i < end {
      let byte = base[i]
      if byte == 0x22 {
        position = i + 1
        return try text(UnsafeBufferPointer(start: base + start, count: i - start), isASCII: bits < 0x80)
      }
      if byte == 0x5C { return try readEscaped(start) }
      if byte < 0x20 { throw control(i) }
      bits |= byte
      i &+= 1
    }
    throw JSONError(message: "the string has no end", offset: start - 1)
  }

  private func control(_ offset: Int) -> JSONError {
    let name =
      base[offset] == 0x0A
      ? "a line end (write \\n)"
      : base[offset] == 0x09 ? "a tab (write \\t)" : "the control character \(base[offset])"
    return JSONError(message: "\(name) stands in a string", offset: offset)
  }

  private func text(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) throws(JSONError) -> Text {
    if bytes.count == 0 { return .empty }
    if !isASCII, !isKnownUTF8, let offset = Text.firstInvalidByte(bytes) {
      throw JSONError(
        message: "the string is not UTF-8", offset: base.distance(to: bytes.baseAddress!) + offset)
    }
    return Text.make(bytes)
  }

  /// Reads a string with escapes, from behind its opening quote.
  private mutating func readEscaped(_ start: Int) throws(JSONError) -> Text {
    // What an escape stands for is never longer than the escape.
    var length = 0
    while start + length < end, base[start + length] != 0x22 {
      length += base[start + length] == 0x5C ? 2 : 1
    }
    guard start + length < end else { throw JSONError(message: "the string has no end", offset: start - 1) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length)
    var i = start
    while true {
      let byte = base[i]
      if byte == 0x22 { break }
      if byte < 0x20 { throw control(i) }
      if byte != 0x5C {
        bytes.append(byte)
        i += 1
        continue
      }
      let letter = base[i + 1]
      switch letter {
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(letter)
      case UInt8(ascii: "u"):
        i = try readUnicode(i, into: &bytes)
        continue
      default:
        let shown = letter > 0x20 && letter < 0x7F ? "\\" + String(Unicode.Scalar(letter)) : "this"
        throw JSONError(message: "\(shown) is no escape of JSON", offset: i)
      }
      i += 2
    }
    position = i + 1
    // The array's storage is read here only.
    let isValid = isKnownUTF8 || bytes.withUnsafeBufferPointer { Text.firstInvalidByte($0) } == nil
    if !isValid { throw JSONError(message: "the string is not UTF-8", offset: start) }
    return bytes.withUnsafeBufferPointer { Text.make($0) }
  }

  /// Reads `\uXXXX`, or two of them that form a surrogate pair, and returns where it ends.
  private func readUnicode(_ start: Int, into bytes: inout [UInt8]) throws(JSONError) -> Int {
    let first = try unit(start)
    var scalar = first
    var i = start + 6
    if first & 0xFC00 == 0xD800, i + 1 < end, base[i] == 0x5C, base[i + 1] == UInt8(ascii: "u") {
      let second = try unit(i)
      if second & 0xFC00 == 0xDC00 {
        scalar = 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
        i += 6
      }
    }
    guard let character = Unicode.Scalar(scalar) else {
      throw JSONError(message: "the escape is one half of a surrogate pair, without the other", offset: start)
    }
    bytes.append(contentsOf: UTF8.encode(character)!)
    return i
  }

  /// The number of `\uXXXX`.
  private func unit(_ start: Int) throws(JSONError) -> UInt32 {
    var result: UInt32 = 0
    for i in start + 2..<start + 6 {
      guard i < end, let digit = Hexadecimal.value(base[i]) else {
        throw JSONError(message: "\\u must be followed by four hexadecimal digits", offset: start)
      }
      result = result << 4 | UInt32(digit)
    }
    return result
  }
}
