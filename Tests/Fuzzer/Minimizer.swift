/// Makes a program smaller while it keeps a property: parts are deleted or replaced by something simple.
///
/// It works on lines, brackets and runs of characters and knows nothing of the language; what is no
/// program any more does not have the property.
struct Minimizer {
  /// True for programs that still show what is looked for.
  let holds: (String) -> Bool
  /// Programs that may still be tried.
  private var attempts: Int

  init(attempts: Int = 4000, holds: @escaping (String) -> Bool) {
    self.attempts = attempts
    self.holds = holds
  }

  mutating func minimize(_ text: String) -> String {
    var text = text
    while true {
      let before = text
      text = withoutRuns(text.lines, joined: { $0.joined(separator: "\n") })
      text = simplifyingBrackets(text)
      text = withoutRuns(Minimizer.words(text), joined: { $0.joined() })
      if text == before || attempts <= 0 { return text }
    }
  }

  private mutating func isKept(_ text: String, from old: String) -> Bool {
    if attempts <= 0 || text == old { return false }
    attempts -= 1
    return holds(text)
  }

  /// Deletes runs of parts, long ones first.
  private mutating func withoutRuns(_ all: [String], joined: ([String]) -> String) -> String {
    var parts = all
    var size = max(1, parts.count / 2)
    while size > 0 {
      var start = 0
      while start < parts.count {
        var fewer = parts
        fewer.removeSubrange(start..<min(start + size, parts.count))
        if isKept(joined(fewer), from: joined(parts)) { parts = fewer } else { start += 1 + size / 4 }
      }
      size /= 2
    }
    return joined(parts)
  }

  /// Replaces what stands in brackets by what is in it, or by a plain value.
  private mutating func simplifyingBrackets(_ text: String) -> String {
    var text = text
    var place = 0
    while true {
      let bytes = Array(text.utf8)
      guard let open = bytes[min(place, bytes.count)...].firstIndex(where: { "([{".utf8.contains($0) }) else {
        return text
      }
      place = open + 1
      guard let close = Minimizer.end(of: open, in: bytes) else { continue }
      let start = Minimizer.startOfCall(open, in: bytes)
      let inside = bytes[(open + 1)..<close]
      var candidates: [(start: Int, with: [UInt8])] = ["1", "null", "\"\"", "[]", "true"].map {
        (start, Array($0.utf8))
      }
      candidates += [(start, Array(inside)), (open, Array(inside)), (open, Array("()".utf8)), (open, [])]
      for candidate in candidates where candidate.with.count < close + 1 - candidate.start {
        let shorter = bytes[..<candidate.start] + candidate.with + bytes[(close + 1)...]
        let simpler = String(decoding: shorter, as: UTF8.self)
        if isKept(simpler, from: text) {
          text = simpler
          place = candidate.start
          break
        }
      }
    }
  }

  private static func end(of open: Int, in bytes: [UInt8]) -> Int? {
    var depth = 0
    for i in open..<bytes.count {
      if "([{".utf8.contains(bytes[i]) { depth += 1 }
      if ")]}".utf8.contains(bytes[i]) {
        depth -= 1
        if depth == 0 { return i }
      }
    }
    return nil
  }

  /// Returns where the name in front of a bracket begins.
  private static func startOfCall(_ open: Int, in bytes: [UInt8]) -> Int {
    var start = open
    while start > 0, isWordByte(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ".") { start -= 1 }
    return start
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }

  /// Returns the words and single characters of a text.
  private static func words(_ text: String) -> [String] {
    var words: [[UInt8]] = []
    for byte in text.utf8 {
      if isWordByte(byte), let last = words.last?.last, isWordByte(last) {
        words[words.count - 1].append(byte)
      } else {
        words.append([byte])
      }
    }
    return words.map { String(decoding: $0, as: UTF8.self) }
  }
}

extension String {
  fileprivate var lines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
