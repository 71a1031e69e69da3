extension Builtins {
  /// Output, input and what can be asked of any value.
  // Made once at start-up and never changed, as are all families of builtins.
  nonisolated(unsafe) static let core: [Builtin] = [
    Builtin(
      "print", [.rest("values"), .init("err", .bool, default: .bool(false))],
      "Writes the values, separated by spaces, and a line end; to standard error with `err: true`.",
      example: ("print(\"answer:\", 42)", "null")
    ) { call in
      var writer = ValueWriter(watching: call.context)
      var isFirst = true
      call.list(0).forEach { value in
        if !isFirst { writer.write(" ") }
        isFirst = false
        writer.write(value, isDisplay: false)
      }
      writer.write("\n")
      let runtime = call.context.runtime
      let output = call.bool(1) ? runtime.errorOutput : runtime.output
      // What was printed before stands before, also where both go to one terminal.
      if call.bool(1) { try runtime.output.flush() }
      let text = try writer.finish()
      try withExtendedLifetime(text) { try output.write(text.bytes) }
      if call.bool(1) { try output.flush() }
      return .null
    },
    Builtin(
      "input", [.init("prompt", .string, default: .text(""))],
      "Shows the prompt and returns the next line of standard input without its line end; null at the end.",
      example: ("type(input)", "\"function\"")
    ) { call in
      let output = call.context.output
      if call.text(0).byteCount > 0 { try output.write(call.text(0).bytes) }
      try output.flush()
      guard let line = try StandardInput.readLine() else { return .null }
      guard String(validating: line, as: UTF8.self) != nil else {
        throw SwaleError(.io, "standard input is not valid UTF-8")
      }
      return .string(line.withUnsafeBufferPointer { Text.make($0) })
    },
    Builtin(
      "len", [.init("value")],
      "Returns the number of items: of a string its characters, of a record its keys, of a table its rows.",
      example: ("len(\"naïve\") + len([1, 2])", "7")
    ) { call in .int(try Operations.length(call[0], call.context)) },
    Builtin(
      "type", [.init("value")], "Returns the name of the value's type.",
      example: ("[type(1), type(\"a\"), type(null)]", "[\"int\", \"string\", \"null\"]")
    ) { call in .text(call[0].typeName) },
    Builtin(
      "repr", [.init("value")],
      "Returns the value as the prompt shows it, which reads back as source where its type has a literal.",
      example: ("repr(\"a\\n\")", #""\"a\\n\"""#)
    ) { call in .string(try call[0].written(isDisplay: true, watching: call.context)) },
    Builtin(
      "exit", [.init("status", .int, default: .int(0))],
      "Ends the program with an exit status between 0 and 255.",
      example: ("try exit(1000) else \"no such status\"", "\"no such status\"")
    ) { call in
      let status = call.int(0)
      guard (0...255).contains(status) else {
        throw SwaleError(.value, "an exit status is between 0 and 255, not \(status)")
      }
      throw ProgramExit.exit(Int32(status))
    },
  ]
}
