extension Builtins {
  /// The module `json`.
  nonisolated(unsafe) static let json: [Builtin] = [
    Builtin(
      "parse", module: "json", [.init("text", .byteLike)],
      """
      Returns the value that a JSON text stands for: objects as records, arrays as lists.
      Numbers without point and exponent that fit 64 bits are ints, all others floats. Of a key that comes \
      twice the
      last value counts. A text that is no JSON is a `parse` error, with `.data.line` and `.data.column`.
      """,
      example: (
        "json.parse('{\"name\": \"Ada\", \"scores\": [1, 2.5, null]}')",
        "{name: \"Ada\", scores: [1, 2.5, null]}"
      )
    ) { call in
      let isText = call[0].type == .string
      return try call.withBytes(0) { bytes in
        var parser = JSONParser(bytes, isKnownUTF8: isText)
        let context = call.context
        parser.poll = { try context.tick(1000) }
        do { return try parser.document() } catch let error as JSONError { throw error.located(in: bytes) }
      }
    },
    Builtin(
      "parse_lines", module: "json", [.init("text", .byteLike)],
      """
      Returns a list of the values of a text that has one JSON value a line (NDJSON); empty lines are \
      skipped.
      """,
      example: ("json.parse_lines(\"[1]\\n[2]\")", "[[1], [2]]")
    ) { call in
      let isText = call[0].type == .string
      return try call.withBytes(0) { bytes in
        var parser = JSONParser(bytes, isKnownUTF8: isText)
        let context = call.context
        parser.poll = { try context.tick(1000) }
        let result = ListStorage()
        do {
          while let value = try parser.next() {
            try context.tick()
            result.append(value)
          }
        } catch let error as JSONError { throw error.located(in: bytes) }
        return .list(result)
      }
    },
    Builtin(
      "text", module: "json", [.init("value"), .optional("indent", .int)],
      """
      Returns the value as JSON, on one line, or with `indent` on several, so many spaces a level.
      Dates, datetimes and durations become strings, sets, ranges and columns arrays, tables arrays of \
      objects, and keys
      that are no strings what `str` makes of them. nan, infinities, bytes and functions are errors.
      """,
      example: (
        "json.text({name: \"Ada\", born: @1815-12-10})", #""\{\"name\":\"Ada\",\"born\":\"1815-12-10\"}""#
      )
    ) { call in
      let indent = call.isNull(1) ? nil : call.int(1)
      if let indent, !(0...100).contains(indent) {
        throw SwaleError(.value, "json.text: indent is from 0 to 100, not \(indent)")
      }
      var writer = JSONWriter(call.context, indent: indent)
      try writer.write(call[0])
      return writer.bytes.withUnsafeBufferPointer { .string(Text.make($0)) }
    },
  ]
}
