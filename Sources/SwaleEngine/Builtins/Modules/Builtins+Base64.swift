extension Builtins {
  /// The module `base64`.
  nonisolated(unsafe) static let base64: [Builtin] = [
    Builtin(
      "encode", module: "base64", [.init("data", .byteLike), .init("url", .bool, default: .bool(false))],
      """
      Returns bytes, or the UTF-8 of a string, in base64; with `url: true` in the alphabet for addresses, \
      unpadded.
      """,
      example: ("base64.encode(\"Swale!?\")", "\"U3dhbGUhPw==\"")
    ) { call in call.withBytes(0) { .string(Base64.encode($0, isForURL: call.bool(1))) } },
    Builtin(
      "decode", module: "base64", [.init("text", .string)],
      """
      Returns the bytes that base64 text stands for; both alphabets are understood.
      White space is skipped and padding may be missing; anything else is a `parse` error.
      """,
      example: ("decode(base64.decode(\"U3dhbGUhPw==\"))", "\"Swale!?\"")
    ) { call in .bytes(try Base64.decode(call.text(0))) },
  ]
}

/// Base64 as RFC 4648 has it.
enum Base64 {
  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let url: [UInt8] = standard.dropLast(2) + [UInt8(ascii: "-"), UInt8(ascii: "_")]
  private static let padding = UInt8(ascii: "=")

  static func encode(_ bytes: UnsafeRawBufferPointer, isForURL: Bool) -> Text {
    let alphabet = isForURL ? url : standard
    let rest = bytes.count % 3
    let count = bytes.count / 3 * 4 + (rest == 0 ? 0 : isForURL ? rest + 1 : 4)
    return Text.make(count: count) { target in
      var position = 0
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let available = min(3, bytes.count - start)
        var group: UInt32 = 0
        for i in 0..<3 { group = group << 8 | (i < available ? UInt32(bytes[start + i]) : 0) }
        for i in 0..<4 where position < count {
          target[position] = i <= available ? alphabet[Int(group >> UInt32(18 - 6 * i) & 63)] : padding
          position += 1
        }
      }
    }
  }

  static func decode(_ text: Text) throws -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.byteCount / 4 * 3)
    var group: UInt32 = 0
    var digits = 0
    var paddings = 0
    for (offset, byte) in text.bytes.enumerated() {
      if byte == 0x20 || byte &- 9 < 5 { continue }
      if byte == padding {
        paddings += 1
        continue
      }
      guard let digit = value(byte) else {
        throw invalid(text, "has a character that is not base64", at: offset)
      }
      if paddings > 0 { throw invalid(text, "goes on after its padding", at: offset) }
      group = group << 6 | digit
      digits += 1
      if digits == 4 {
        result += [
          UInt8(truncatingIfNeeded: group >> 16), UInt8(truncatingIfNeeded: group >> 8),
          UInt8(truncatingIfNeeded: group),
        ]
        (group, digits) = (0, 0)
      }
    }
    let isComplete = digits == 0 ? paddings == 0 : digits > 1 && (paddings == 0 || paddings == 4 - digits)
    guard isComplete else { throw invalid(text, "ends in the middle of a group of four", at: text.byteCount) }
    switch digits {
    case 2: result.append(UInt8(truncatingIfNeeded: group >> 4))
    case 3: result += [UInt8(truncatingIfNeeded: group >> 10), UInt8(truncatingIfNeeded: group >> 2)]
    default: break
    }
    return result
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61 + 26)
    case 0x30...0x39: UInt32(byte - 0x30 + 52)
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }

  private static func invalid(_ text: Text, _ what: String, at offset: Int) -> SwaleError {
    SwaleError(.parse, "base64.decode: the text \(what), at character \(text.characterIndex(ofByte: offset))")
  }
}
