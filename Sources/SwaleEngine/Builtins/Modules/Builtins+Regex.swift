extension Builtins {
  /// The module `regex`: regular expressions with the syntax of PCRE2, which is that of Perl and nearly
  /// that of Python.
  nonisolated(unsafe) static let regex: [Builtin] = [
    Builtin(
      "matches", module: "regex", [.init("text", .string), .init("pattern", .string)],
      """
      True if the pattern matches anywhere in the text; `^` and `$` bind it to the ends.
      Patterns are best written as raw strings, '...'. They begin with (?i) to ignore case, (?m) for `^` \
      and `$` at each
      line, (?s) for a dot that matches line ends too, (?x) to allow spaces and comments.
      """,
      example: ("regex.matches(\"order 66\", '\\d+')", "true"), isElementwise: true
    ) { call in try RegexMatcher.with(call.text(1), call.text(0), call.context) { .bool(try $0.next()) } },
    Builtin(
      "find", module: "regex", [.init("text", .string), .init("pattern", .string)],
      "Returns the first part of the text that the pattern matches, null without one.",
      example: ("regex.find(\"order 66\", '\\d+')", "\"66\""), isElementwise: true
    ) { call in
      try RegexMatcher.with(call.text(1), call.text(0), call.context) {
        try $0.next() ? .string($0.matched) : .null
      }
    },
    Builtin(
      "find_all", module: "regex", [.init("text", .string), .init("pattern", .string)],
      "Returns a list of all parts of the text that the pattern matches.",
      example: ("regex.find_all(\"1, 22 and 333\", '\\d+')", "[\"1\", \"22\", \"333\"]"), isElementwise: true
    ) { call in
      try all(call) { .string($0.matched) }
    },
    Builtin(
      "groups", module: "regex", [.init("text", .string), .init("pattern", .string)],
      """
      Returns what the groups of the first match hold, null without a match.
      This is a record where the groups have names, (?<name>...), else a list.
      """,
      example: (
        "regex.groups(\"2026-05\", '(?<year>\\d+)-(?<month>\\d+)')", "{year: \"2026\", month: \"05\"}"
      ), isElementwise: true
    ) { call in
      try RegexMatcher.with(call.text(1), call.text(0), call.context) { try $0.next() ? $0.groups : .null }
    },
    Builtin(
      "groups_all", module: "regex", [.init("text", .string), .init("pattern", .string)],
      "Returns a list of what the groups of each match hold, as `regex.groups` gives it.",
      example: ("regex.groups_all(\"a=1 b=2\", '(\\w)=(\\d)')", "[[\"a\", \"1\"], [\"b\", \"2\"]]"),
      isElementwise: true
    ) { call in
      try all(call) { $0.groups }
    },
    Builtin(
      "position", module: "regex", [.init("text", .string), .init("pattern", .string)],
      """
      Returns the range of characters that the first match covers, null without a match; `text[range]` is \
      the match.
      """,
      example: ("regex.position(\"naïve 66\", '\\d+')", "6..<8")
    ) { call in
      try RegexMatcher.with(call.text(1), call.text(0), call.context) { matcher in
        guard try matcher.next() else { return .null }
        let text = call.text(0)
        // A match that begins or ends inside of a character covers it as a whole.
        let lower = text.characterIndex(ofByte: matcher.range.lowerBound)
        let before = text.slice(0, matcher.range.upperBound).characterCount
        return try Operations.range(.int(min(lower, before)), .int(before), isClosed: false)
      }
    },
    Builtin(
      "replace", module: "regex",
      [
        .init("text", .string), .init("pattern", .string), .init("replacement", [.string, .function]),
        .optional("count", .int),
      ],
      """
      Returns the text with all matches, or the first `count`, replaced.
      In a string `$1` and `$name` stand for groups, `$0` for the whole match, `$$` for a dollar sign. A \
      function is
      called with the matched text and, where it takes two arguments, with the groups.
      """,
      example: ("regex.replace(\"Ada Lovelace\", '(\\w+) (\\w+)', '$2, $1')", "\"Lovelace, Ada\""),
      isElementwise: true
    ) { call in try replace(call) },
    Builtin(
      "split", module: "regex",
      [.init("text", .string), .init("pattern", .string), .optional("limit", .int)],
      "Returns the parts of the text between the matches, at most `limit` of them.",
      example: ("regex.split(\"a, b;c\", '[,;]\\s*')", "[\"a\", \"b\", \"c\"]"), isElementwise: true
    ) { call in
      let limit = call.isNull(2) ? Int.max : try call.int(2, atLeast: 1, "regex.split: limit")
      let text = call.text(0)
      let result = ListStorage()
      var start = 0
      try RegexMatcher.with(call.text(1), text, call.context) { matcher in
        while result.count < limit - 1, try matcher.next() {
          let range = matcher.range
          // An empty match splits between characters, not at the ends.
          if range.isEmpty, range.lowerBound == 0 || range.lowerBound == text.byteCount { continue }
          result.append(.string(text.slice(start, range.lowerBound)))
          start = range.upperBound
        }
      }
      result.append(.string(text.slice(start, text.byteCount)))
      return .list(result)
    },
    Builtin(
      "escape", module: "regex", [.init("text", .string)],
      "Returns a pattern that matches exactly the text.",
      example: ("regex.matches(\"1+1\", regex.escape(\"1+1\"))", "true"), isElementwise: true
    ) { call in
      var result: [UInt8] = []
      var isSpecial = [Bool](repeating: false, count: 256)
      for byte in "\\^$.|?*+()[]{}#- \t\n\r".utf8 { isSpecial[Int(byte)] = true }
      let bytes = call.text(0).bytes
      result.reserveCapacity(bytes.count)
      try call.context.forEachBatch(bytes.count) { batch in
        for byte in bytes[batch] {
          if isSpecial[Int(byte)] { result.append(UInt8(ascii: "\\")) }
          result.append(byte)
        }
      }
      return result.withUnsafeBufferPointer { .string(Text.make($0)) }
    },
  ]

  /// Returns a list with what `value` makes of each match.
  private static func all(_ call: Call, _ value: (RegexMatcher) -> Value) throws -> Value {
    try RegexMatcher.with(call.text(1), call.text(0), call.context) { matcher in
      let result = ListStorage()
      while try matcher.next() { result.append(value(matcher)) }
      return .list(result)
    }
  }

  private static func replace(_ call: Call) throws -> Value {
    let text = call.text(0)
    let limit = call.isNull(3) ? Int.max : try call.int(3, atLeast: 0, "regex.replace: count")
    return try RegexMatcher.with(call.text(1), text, call.context) { matcher in
      var template: RegexReplacement?
      if case .string(let replacement) = call[2] {
        template = try RegexReplacement(replacement, for: matcher.regex)
      }
      var result: [UInt8] = []
      var start = 0
      var count = 0
      while count < limit, try matcher.next() {
        count += 1
        result.append(contentsOf: text.bytes[start..<matcher.range.lowerBound])
        start = matcher.range.upperBound
        if let template {
          template.append(to: &result, matcher)
        } else {
          result.append(contentsOf: try replacement(of: matcher, call.function(2), call.context).bytes)
        }
      }
      if count == 0 { return .string(text) }
      result.append(contentsOf: text.bytes[start...])
      return result.withUnsafeBufferPointer { .string(Text.make($0)) }
    }
  }

  /// Asks a function what the present match is replaced by.
  private static func replacement(
    of matcher: RegexMatcher, _ function: FunctionValue, _ context: Context
  ) throws -> Text {
    let takesGroups = function.arity.least >= 2
    let result =
      takesGroups
      ? try function(.string(matcher.matched), matcher.groups, context)
      : try function(.string(matcher.matched), context)
    guard case .string(let text) = result else {
      throw SwaleError(
        .type, "regex.replace: the function must return a string, not \(result.typeNameWithArticle)",
        hint: "str(x) makes a string of any value")
    }
    return text
  }
}
