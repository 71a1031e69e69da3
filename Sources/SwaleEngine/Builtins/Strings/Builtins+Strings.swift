extension Builtins {
  /// Functions that make a text of a text.
  nonisolated(unsafe) static let strings: [Builtin] = [
    Builtin(
      "upper", [.init("text", .string)], "Returns the text in upper case.",
      example: ("upper(\"straße\")", "\"STRASSE\""), isElementwise: true
    ) { call in
      .string(
        try LetterCase.change(
          call.text(0), call.context, ascii: { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 },
          other: \.properties.uppercaseMapping))
    },
    Builtin(
      "lower", [.init("text", .string)], "Returns the text in lower case.",
      example: ("lower(\"ÅNGSTRÖM\")", "\"ångström\""), isElementwise: true
    ) { call in
      .string(
        try LetterCase.change(
          call.text(0), call.context, ascii: { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 },
          other: \.properties.lowercaseMapping))
    },
    trimming(
      "trim", "Returns the text without white space at its ends, or without the given characters there.",
      ("[trim(\"  a b \"), trim(\"--x-\", \"-\")]", "[\"a b\", \"x\"]")),
    trimming(
      "trim_start",
      "Returns the text without white space at its beginning, or without the given characters there.",
      ("[trim_start(\"  a \"), trim_start(\"007\", \"0\")]", "[\"a \", \"7\"]"), atEnd: false),
    trimming(
      "trim_end", "Returns the text without white space at its end, or without the given characters there.",
      ("[trim_end(\" a  \"), trim_end(\"1.50\", \"0\")]", "[\" a\", \"1.5\"]"), atStart: false),
    Builtin(
      "replace",
      [
        .init("text", .string), .init("old", .string), .init("new", .string), .optional("limit", .int),
      ],
      "Returns the text with every occurrence of `old` replaced by `new`, or only the first `limit`.",
      example: ("replace(\"a-b-c\", \"-\", \"+\")", "\"a+b+c\""), isElementwise: true
    ) { call in
      if call.text(1).byteCount == 0 {
        throw SwaleError(
          .value, "the text to replace is empty", hint: "join(chars(text), x) puts x between characters")
      }
      let limit = call.isNull(3) ? Int.max : try call.int(3, atLeast: 0, "limit")
      return .string(
        try TextSearch.replace(call.text(1), by: call.text(2), in: call.text(0), limit: limit, call.context))
    },
    Builtin(
      "pad_left",
      [.init("text", .string), .init("width", .int), .init("fill", .string, default: .text(" "))],
      "Returns the text with fill characters before it, so that it has at least `width` characters.",
      example: ("pad_left(\"7\", 3, \"0\")", "\"007\""), isElementwise: true
    ) { call in
      guard let padding = try padding(call) else { return call[0] }
      return .string(Text.concatenate(padding, call.text(0)))
    },
    Builtin(
      "pad_right",
      [.init("text", .string), .init("width", .int), .init("fill", .string, default: .text(" "))],
      "Returns the text with fill characters behind it, so that it has at least `width` characters.",
      example: ("pad_right(\"ab\", 4, \".\")", "\"ab..\""), isElementwise: true
    ) { call in
      guard let padding = try padding(call) else { return call[0] }
      return .string(Text.concatenate(call.text(0), padding))
    },
    Builtin(
      "reverse", [.init("text", .string)], "Returns the text with its characters in opposite order.",
      example: ("reverse(\"añb\")", "\"bña\""), isElementwise: true
    ) { call in
      let bytes = call.text(0).bytes
      return .string(
        try Text.make(count: bytes.count) { target in
          var start = 0
          while start < bytes.count {
            let end = Text.characterEnd(bytes, start)
            if start & 0xFFF > end & 0xFFF { try call.context.tick(0x1000) }
            (target + bytes.count - end).update(from: bytes.baseAddress! + start, count: end - start)
            start = end
          }
        })
    },
    Builtin(
      "repeat", [.init("value", [.string, .list]), .init("times", .int)],
      "Returns the text or list joined to itself so many times.",
      example: ("[repeat(\"ab\", 3), repeat([0], 2)]", "[\"ababab\", [0, 0]]"), isElementwise: true
    ) { call in
      _ = try call.int(1, atLeast: 0, "times")
      return try Operations.multiply(call[0], call[1], call.context)
    },
    Builtin(
      "format", [.init("template", .string), .rest("values"), .named("named")],
      """
      Returns the template with its placeholders replaced by values.
      `{}` stands for the next value, `{0}` for the first, `{name}` for the value given by that name, or for
      that field of the first value. Behind a colon stands a format, as in `{:.2f}`. `{{` is a brace.
      """,
      example: ("format('{} has {n:>4}', \"Ada\", n: 3)", "\"Ada has    3\"")
    ) { call in
      .string(try FormatTemplate.render(call.text(0), call.list(1), call.record(2), call.context))
    },
    Builtin(
      "code", [.init("character", .string)], "Returns the code point of a text of one.",
      example: ("code(\"é\")", "233"), isElementwise: true
    ) { call in
      let scalars = call.string(0).unicodeScalars
      guard let first = scalars.first, scalars.count == 1 else {
        throw SwaleError(
          .value, "code takes a text of one code point, and \(call.text(0).excerpt) has \(scalars.count)",
          hint: scalars.isEmpty ? nil : "chars(text) takes a text apart, bytes(text) gives its bytes")
      }
      return .int(Int(first.value))
    },
    Builtin(
      "char", [.init("code", .int)], "Returns the text of a code point.",
      example: ("char(8364)", "\"€\""), isElementwise: true
    ) { call in
      guard let value = UInt32(exactly: call.int(0)), let scalar = Unicode.Scalar(value) else {
        throw SwaleError(
          .value, "\(call.int(0)) is not a code point",
          hint: "code points go from 0 to 0x10ffff, without 0xd800 to 0xdfff")
      }
      return .text(String(scalar))
    },
  ]

  private static func trimming(
    _ name: String, _ summary: String, _ example: (code: String, result: String), atStart: Bool = true,
    atEnd: Bool = true
  ) -> Builtin {
    Builtin(
      name, [.init("text", .string), .optional("characters", .string)], summary, example: example,
      isElementwise: true
    ) { call in
      let text = call.text(0)
      if call.isNull(1) { return .string(text.trimmedOfSpace(atStart: atStart, atEnd: atEnd)) }
      return .string(text.trimmed(atStart: atStart, atEnd: atEnd, Set(call.string(1)).contains))
    }
  }

  /// Returns what is missing up to the width; nil where nothing is.
  private static func padding(_ call: Call) throws -> Text? {
    let (text, fill) = (call.text(0), call.text(2))
    if fill.characterCount != 1 {
      throw SwaleError(.value, "fill must be one character, not \(fill.excerpt)")
    }
    let missing = call.int(1).subtractingReportingOverflow(text.characterCount).partialValue
    if call.int(1) <= 0 || missing <= 0 { return nil }
    return try Operations.repeated(fill, missing, call.context)
  }
}
