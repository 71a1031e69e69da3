extension Builtins {
  /// Functions that take texts apart, put them together and look into them.
  nonisolated(unsafe) static let textParts: [Builtin] = [
    Builtin(
      "split", [.init("text", .string), .optional("separator", .string), .optional("limit", .int)],
      """
      Returns the pieces between the separators.
      Without a separator these are the words between white space, with "" the characters.
      With `limit` there are at most so many pieces, the last of which keeps its separators.
      """,
      example: (
        "[split(\"a,b,,c\", \",\"), split(\" two  words \")]",
        "[[\"a\", \"b\", \"\", \"c\"], [\"two\", \"words\"]]"
      ),
      isElementwise: true
    ) { call in
      let text = call.text(0)
      let limit = call.isNull(2) ? Int.max : try call.int(2, atLeast: 1, "limit")
      let result = ListStorage()
      let add = { (lower: Int, upper: Int) in
        try call.context.tick()
        result.append(.string(text.slice(lower, upper)))
      }
      if call.isNull(1) {
        try TextSearch.forEachWord(of: text, limit: limit, add)
      } else if call.text(1).byteCount > 0 {
        try TextSearch.forEachPiece(
          of: text, separator: call.text(1), limit: limit, call.context, add)
      } else if call.isNull(2) {
        return .list(try call.items(0))
      } else {
        var start = 0
        while start < text.byteCount, result.count < limit - 1 {
          let end = text.characterEnd(start)
          try add(start, end)
          start = end
        }
        if start < text.byteCount { try add(start, text.byteCount) }
      }
      return .list(result)
    },
    Builtin(
      "join", [.init("items", .items), .init("separator", .string, default: .text(""))],
      "Returns the items as `print` shows them, joined to one text with the separator between them.",
      example: ("join([\"a\", \"b\", 3], \", \")", "\"a, b, 3\"")
    ) { call in
      let separator = call.text(1)
      if let text = try joinedStrings(call[0], separator, call.context) { return .string(text) }
      var writer = ValueWriter(watching: call.context)
      var isFirst = true
      try call.forEach(0) { item in
        if !isFirst { writer.write(separator) }
        isFirst = false
        writer.write(item, isDisplay: false)
      }
      return .string(try writer.finish())
    },
    Builtin(
      "lines", [.init("text", .string)], "Returns the lines without their line ends.",
      example: (#"lines("a\nb\r\n")"#, "[\"a\", \"b\"]"),
      isElementwise: true
    ) { call in
      let text = call.text(0)
      let bytes = text.bytes
      let result = ListStorage()
      try TextSearch.forEachPiece(of: text, separator: Text.asciiCharacters[0x0A], call.context) {
        lower, upper in
        try call.context.tick()
        // What follows the last line end is no line.
        if lower == bytes.count { return }
        let isReturn = upper < bytes.count && upper > lower && bytes[upper - 1] == 0x0D
        result.append(.string(text.slice(lower, isReturn ? upper - 1 : upper)))
      }
      return .list(result)
    },
    Builtin(
      "words", [.init("text", .string)], "Returns the pieces between white space.",
      example: ("words(\"  to be  or\")", "[\"to\", \"be\", \"or\"]"),
      isElementwise: true
    ) { call in
      let text = call.text(0)
      let result = ListStorage()
      try TextSearch.forEachWord(of: text) { lower, upper in
        try call.context.tick()
        result.append(.string(text.slice(lower, upper)))
      }
      return .list(result)
    },
    Builtin(
      "chars", [.init("text", .string)], "Returns the characters as a person perceives them, each a text.",
      example: ("chars(\"né\")", "[\"n\", \"é\"]"),
      isElementwise: true
    ) { call in .list(try call.items(0)) },
    Builtin(
      "contains", [.init("text", .string), .init("part", .string)],
      "True if the part stands somewhere in the text.",
      example: ("contains(\"banana\", \"nan\")", "true"), isElementwise: true
    ) { call in
      .bool(try Text.find(call.text(1).bytes, in: call.text(0).bytes, call.context) != nil)
    },
    Builtin(
      "starts_with", [.init("text", .string), .init("part", .string)],
      "True if the text begins with the part.",
      example: ("starts_with(\"banana\", \"ba\")", "true"), isElementwise: true
    ) { call in
      let (text, part) = (call.text(0).bytes, call.text(1).bytes)
      return .bool(text.count >= part.count && text.prefix(part.count).elementsEqual(part))
    },
    Builtin(
      "ends_with", [.init("text", .string), .init("part", .string)], "True if the text ends with the part.",
      example: ("ends_with(\"banana\", \"na\")", "true"), isElementwise: true
    ) { call in
      let (text, part) = (call.text(0).bytes, call.text(1).bytes)
      return .bool(text.count >= part.count && text.suffix(part.count).elementsEqual(part))
    },
    Builtin(
      "find", [.init("text", .string), .init("part", .string), .init("start", .int, default: .int(0))],
      """
      Returns the index of the character where the part stands first; null where it does not.
      The search begins at index `start`.
      """,
      example: (
        "[find(\"banana\", \"an\"), find(\"banana\", \"an\", 2), find(\"banana\", \"x\")]", "[1, 3, null]"
      ),
      isElementwise: true
    ) { call in
      let text = call.text(0)
      let start = try call.int(2, atLeast: 0, "start")
      if start > text.characterCount { return .null }
      let offset = text.byteOffset(ofCharacter: start)
      guard let found = try Text.find(call.text(1).bytes, in: text.bytes, from: offset, call.context) else {
        return .null
      }
      return .int(text.characterIndex(ofByte: found))
    },
  ]
  /// Joins the items of a list of strings, whose length is counted first; nil where there is another item.
  private static func joinedStrings(_ items: Value, _ separator: Text, _ c: Context) throws -> Text? {
    guard case .list(let list) = items, list.kind == .values else { return nil }
    var count = 0
    for i in 0..<list.count {
      guard case .string(let text) = list.values[i] else { return nil }
      count += text.byteCount
    }
    try c.tick(list.count)
    count += max(0, list.count - 1) * separator.byteCount
    try Operations.checkSize(count, 1)
    return try Text.make(count: count) { target in
      var position = target
      func copy(_ text: Text) {
        position.update(from: text.bytes.baseAddress!, count: text.byteCount)
        position += text.byteCount
      }
      try c.forEachBatch(list.count, of: 1 << 14) { batch in
        for i in batch {
          if i > 0 { copy(separator) }
          if case .string(let text) = list.values[i] { copy(text) }
        }
      }
    }
  }
}
