import CLibraries

/// A compiled regular expression of PCRE2, which any number of threads may use.
///
/// Patterns and texts are UTF-8, `\w` and its like follow Unicode. Matching is limited, so that a pattern
/// that backtracks without end raises an error, and is polled for interrupts at each place where a match
/// may begin.
final class Regex {
  let code: OpaquePointer
  /// The number of capturing groups.
  let groupCount: Int
  /// The named groups in order of their numbers.
  let names: [(name: String, number: Int)]
  let pattern: Text

  /// Called in a match before each attempt; the number tells it apart from callouts that the pattern has.
  private static let poll = Array("(?C255)".utf8)

  /// Compiles a pattern; raises `parse` where it is none.
  init(_ pattern: Text) throws {
    self.pattern = pattern
    let verbs = Regex.leadingVerbs(pattern.bytes)
    let source = Array(pattern.bytes[..<verbs]) + Regex.poll + Array(pattern.bytes[verbs...])
    var errorCode: Int32 = 0
    var errorOffset = 0
    // \C would match part of a character, which is then no valid text.
    let options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | UInt32(PCRE2_NO_UTF_CHECK)
    guard let code = pcre2_compile_8(source, source.count, options, &errorCode, &errorOffset, nil) else {
      let offset = errorOffset > verbs ? max(verbs, errorOffset - Regex.poll.count) : errorOffset
      throw Regex.invalid(pattern, errorCode, offset)
    }
    self.code = code
    // Without the machine's support the library interprets, which is slower and gives the same.
    _ = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    var count: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    groupCount = Int(count)
    names = Regex.names(code)
  }

  deinit { pcre2_code_free_8(code) }

  /// The length of `(*UCP)` and its like, which must stand first in a pattern.
  private static func leadingVerbs(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var position = 0
    while position + 2 < bytes.count, bytes[position] == UInt8(ascii: "("),
      bytes[position + 1] == UInt8(ascii: "*"),
      bytes[position + 2] &- 0x41 < 26, let end = bytes[position...].firstIndex(of: UInt8(ascii: ")"))
    { position = end + 1 }
    return position
  }

  private static func names(_ code: OpaquePointer) -> [(name: String, number: Int)] {
    var count: UInt32 = 0
    var size: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [] }
    return (0..<Int(count)).map { i in
      let entry = table + i * Int(size)
      return (String(cString: entry + 2), Int(entry[0]) << 8 | Int(entry[1]))
    }.sorted { $0.number < $1.number }
  }

  private static func invalid(_ pattern: Text, _ code: Int32, _ offset: Int) -> SwaleError {
    let bytes = pattern.bytes
    var cut = min(offset, bytes.count)
    while cut > 0, cut < bytes.count, bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
    let place = pattern.characterIndex(ofByte: cut)
    return SwaleError(
      .parse, "the pattern \(pattern.excerpt) is not valid: \(message(code)), at character \(place)",
      hint: "a raw string '...' keeps backslashes; regex.escape(text) makes a pattern of any text")
  }

  /// The library's words for an error number.
  static func message(_ code: Int32) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let count = pcre2_get_error_message_8(code, buffer.baseAddress, buffer.count)
      return count < 0 ? "error \(code)" : String(decoding: buffer.prefix(Int(count)), as: UTF8.self)
    }
  }
}
