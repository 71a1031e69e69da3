/// What a match is replaced by: text, and parts of the match.
struct RegexReplacement {
  private enum Part {
    case text(Range<Int>)
    case group(Int)
    case named(String)
  }
  private let template: Text
  private var parts: [Part] = []

  /// Reads `$1`, `${12}`, `$name`, `${name}`, `$0` for the whole match and `$$` for a dollar sign; raises
  /// `value` for a group that the pattern does not have.
  init(_ template: Text, for regex: Regex) throws {
    self.template = template
    let bytes = template.bytes
    var start = 0
    var i = 0
    while i < bytes.count {
      guard bytes[i] == UInt8(ascii: "$"), i + 1 < bytes.count else {
        i += 1
        continue
      }
      if start < i { parts.append(.text(start..<i)) }
      if bytes[i + 1] == UInt8(ascii: "$") {
        parts.append(.text(i..<i + 1))
        i += 2
      } else {
        let hasBraces = bytes[i + 1] == UInt8(ascii: "{")
        let first = i + (hasBraces ? 2 : 1)
        var end = first
        let isNumber = first < bytes.count && bytes[first] &- 0x30 < 10
        while end < bytes.count, isNumber ? bytes[end] &- 0x30 < 10 : RegexReplacement.isNameByte(bytes[end])
        { end += 1 }
        if hasBraces, end == bytes.count || bytes[end] != UInt8(ascii: "}") {
          throw SwaleError(.value, "regex.replace: \"}\" is missing in the replacement \(template.excerpt)")
        }
        if end == first {
          // A dollar sign before anything else is itself.
          start = i
          i += 1
          continue
        }
        parts.append(
          try RegexReplacement.part(String(decoding: bytes[first..<end], as: UTF8.self), isNumber, regex))
        i = hasBraces ? end + 1 : end
      }
      start = i
    }
    if start < bytes.count { parts.append(.text(start..<bytes.count)) }
  }

  private static func part(_ name: String, _ isNumber: Bool, _ regex: Regex) throws -> Part {
    if isNumber {
      guard let number = Int(name), number <= regex.groupCount else {
        throw SwaleError(
          .value,
          "regex.replace: there is no group $\(name): \(regex.pattern.excerpt) has \(regex.groupCount)",
          hint: "$$ stands for a dollar sign")
      }
      return .group(number)
    }
    guard regex.names.contains(where: { $0.name == name }) else {
      throw SwaleError(
        .value, "regex.replace: \(regex.pattern.excerpt) has no group \(name)",
        hint: Operations.suggestion(for: name, among: regex.names.map(\.name))
          ?? "$$ stands for a dollar sign")
    }
    return .named(name)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_")
  }

  /// Appends what the present match is replaced by.
  func append(to result: inout [UInt8], _ matcher: RegexMatcher) {
    for part in parts {
      switch part {
      case .text(let range): result.append(contentsOf: template.bytes[range])
      case .group(let number): append(matcher.group(number), to: &result)
      case .named(let name):
        for (other, number) in matcher.regex.names where other == name {
          append(matcher.group(number), to: &result)
        }
      }
    }
  }

  private func append(_ group: Value, to result: inout [UInt8]) {
    if case .string(let text) = group { result.append(contentsOf: text.bytes) }
  }
}
