extension Builtins {
  /// Functions of bytes, beside those that all sequences have.
  nonisolated(unsafe) static let bytesFunctions: [Builtin] = [
    Builtin(
      "decode", [.init("bytes", .bytes), .init("encoding", .string, default: .text("utf-8"))],
      "Returns the text that bytes spell in an encoding: \"utf-8\", \"latin-1\" or \"utf-16\".",
      example: ("decode(bytes([110, 195, 169]))", "\"né\"")
    ) { call in
      let bytes = call.object(0, as: BytesValue.self).bytes
      switch call.string(1).lowercased() {
      case "utf-8", "utf8":
        return .string(
          try Text.validated(bytes) { SwaleError(.parse, "byte \($0) of the bytes is not UTF-8") })
      case "latin-1", "latin1", "iso-8859-1":
        return .text(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })))
      case "utf-16", "utf16": return .string(try utf16(bytes))
      default:
        throw SwaleError(
          .value, "decode: the encoding \(call.text(1).excerpt) is not known",
          hint: "there are \"utf-8\", \"latin-1\" and \"utf-16\"")
      }
    },
    Builtin(
      "hex", [.init("data", .byteLike)],
      "Returns two hexadecimal digits for each byte of bytes, or of a string's UTF-8.",
      example: ("hex(\"né\")", "\"6ec3a9\"")
    ) { call in
      try call.withBytes(0) { bytes in
        try Operations.checkSize(bytes.count, 2)
        return .string(Hexadecimal.text(bytes))
      }
    },
    Builtin(
      "unhex", [.init("text", .string)], "Returns the bytes that pairs of hexadecimal digits spell.",
      example: ("list(unhex(\"6EC3a9\"))", "[110, 195, 169]")
    ) { call in
      let digits = call.text(0).bytes
      if digits.count % 2 != 0 {
        throw SwaleError(.parse, "unhex: \(call.text(0).excerpt) has an odd number of digits")
      }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(digits.count / 2)
      for i in stride(from: 0, to: digits.count, by: 2) {
        guard let high = Hexadecimal.value(digits[i]), let low = Hexadecimal.value(digits[i + 1]) else {
          throw SwaleError(
            .parse, "unhex: \(call.text(0).excerpt) has something else than hexadecimal digits")
        }
        bytes.append(high << 4 | low)
      }
      return .bytes(bytes)
    },
  ]

  /// Decodes UTF-16 by its byte order mark, little-endian without one.
  private static func utf16(_ bytes: [UInt8]) throws -> Text {
    if bytes.count % 2 != 0 {
      throw SwaleError(.parse, "UTF-16 has two bytes for each unit, but there are \(bytes.count)")
    }
    let isBig = bytes.starts(with: [0xFE, 0xFF])
    let start = isBig || bytes.starts(with: [0xFF, 0xFE]) ? 2 : 0
    let units = stride(from: start, to: bytes.count, by: 2).map { i -> UInt16 in
      let (first, second) = (UInt16(bytes[i]), UInt16(bytes[i + 1]))
      return isBig ? first << 8 | second : second << 8 | first
    }
    guard let string = String(validating: units, as: UTF16.self) else {
      throw SwaleError(.parse, "the bytes are not UTF-16")
    }
    return Text.of(string)
  }
}
