/// Finds bytes that no program text may have.
enum EncodingCheck {
  /// True for a text that begins with a byte order mark in UTF-8.
  static func startsWithMark(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xEF, 0xBB, 0xBF]) }

  /// Returns what is wrong with the first byte that is not UTF-8, is NUL or is a lone carriage
  /// return; nil for a clean text.
  static func firstProblem(in source: Source) -> Diagnostic? {
    let bytes = source.bytes
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte < 0x80 {
        if byte == 0 {
          return problem(source, offset, "a program text has no NUL bytes", "is this a text file?")
        }
        if byte == 0x0D, offset + 1 == bytes.count || bytes[offset + 1] != 0x0A {
          return problem(
            source, offset, "a carriage return without a newline after it",
            "end lines with a newline, or with a carriage return and a newline")
        }
        offset += 1
        continue
      }
      let count = sequenceLength(bytes, offset)
      if count == 0 { return malformed(source, offset) }
      offset += count
    }
    return nil
  }

  private static func malformed(_ source: Source, _ offset: Int) -> Diagnostic {
    let bytes = source.bytes
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let digits = String(bytes[offset], radix: 16, uppercase: true)
    return problem(
      source, offset, "this text is not UTF-8: byte 0x\(digits) cannot stand here",
      isUTF16 ? "it looks like UTF-16; save it as UTF-8" : "save the file as UTF-8")
  }

  private static func problem(
    _ source: Source, _ offset: Int, _ message: String, _ hint: String
  ) -> Diagnostic {
    Diagnostic(.syntax, message, at: Location(source, Span(offset, offset + 1)), hint: hint)
  }

  /// Returns the length of the well-formed sequence at an offset (not ASCII), else 0.
  private static func sequenceLength(_ bytes: [UInt8], _ offset: Int) -> Int {
    let first = bytes[offset]
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    let count: Int
    switch first {
    case 0xC2...0xDF: count = 2
    case 0xE0...0xEF:
      count = 3
      // Neither overlong forms nor surrogates.
      if first == 0xE0 { lowest = 0xA0 }
      if first == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      count = 4
      // Neither overlong forms nor anything above U+10FFFF.
      if first == 0xF0 { lowest = 0x90 }
      if first == 0xF4 { highest = 0x8F }
    default: return 0
    }
    guard offset + count <= bytes.count else { return 0 }
    guard bytes[offset + 1] >= lowest, bytes[offset + 1] <= highest else { return 0 }
    for index in 2..<max(count, 2) where bytes[offset + index] & 0xC0 != 0x80 { return 0 }
    return count
  }
}
