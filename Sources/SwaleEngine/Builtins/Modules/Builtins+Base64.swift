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
    ) { call in
      try call.withBytes(0) { .string(try Base64.encode($0, isForURL: call.bool(1), call.context)) }
    },
    Builtin(
      "decode", module: "base64", [.init("text", .string)],
      """
      Returns the bytes that base64 text stands for; both alphabets are understood.
      White space is skipped and padding may be missing; anything else is a `parse` error.
      """,
      example: ("decode(base64.decode(\"U3dhbGUhPw==\"))", "\"Swale!?\"")
    ) { call in .bytes(try Base64.decode(call.text(0), call.context)) },
  ]
}

/// Base64 as RFC 4648 has it.
enum Base64 {
  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let url: [UInt8] = standard.dropLast(2) + [UInt8(ascii: "-"), UInt8(ascii: "_")]
  private static let padding = UInt8(ascii: "=")

  static func encode(_ bytes: UnsafeRawBufferPointer, isForURL: Bool, _ c: Context) throws -> Text {
    let alphabet = isForURL ? url : standard
    let groups = bytes.count / 3
    let rest = bytes.count % 3
    let count = groups * 4 + (rest == 0 ? 0 : isForURL ? rest + 1 : 4)
    try Operations.checkSize(count, 1)
    return try Text.make(count: count) { target in
      try alphabet.withUnsafeBufferPointer { digits in
        try c.forEachBatch(groups) { batch in
          for i in batch {
            let group = Int(bytes[3 * i]) << 16 | Int(bytes[3 * i + 1]) << 8 | Int(bytes[3 * i + 2])
            target[4 * i] = digits[group >> 18]
            target[4 * i + 1] = digits[group >> 12 & 63]
            target[4 * i + 2] = digits[group >> 6 & 63]
            target[4 * i + 3] = digits[group & 63]
          }
        }
        if rest == 0 { return }
        let group = Int(bytes[3 * groups]) << 16 | (rest == 2 ? Int(bytes[3 * groups + 1]) << 8 : 0)
        for i in 0..<count - 4 * groups {
          target[4 * groups + i] = i <= rest ? digits[group >> (18 - 6 * i) & 63] : padding
        }
      }
    }
  }

  static func decode(_ text: Text, _ c: Context) throws -> [UInt8] {
    let source = text.bytes
    var group: UInt32 = 0
    var digits = 0
    var paddings = 0
    let result = try [UInt8](unsafeUninitializedCapacity: source.count / 4 * 3 + 3) { target, count in
      func put(_ byte: UInt32) {
        target[count] = UInt8(truncatingIfNeeded: byte)
        count += 1
      }
      try c.forEachBatch(source.count) { batch in
        for offset in batch {
          let byte = source[offset]
          guard let digit = value(byte), paddings == 0 else {
            if byte == 0x20 || byte &- 9 < 5 { continue }
            if byte != padding {
              throw invalid(
                text, paddings > 0 ? "goes on after its padding" : "has a character that is not base64",
                at: offset)
            }
            paddings += 1
            continue
          }
          group = group << 6 | digit
          digits += 1
          if digits == 4 {
            put(group >> 16)
            put(group >> 8)
            put(group)
            (group, digits) = (0, 0)
          }
        }
      }
      if digits == 2 { put(group >> 4) }
      if digits == 3 {
        put(group >> 10)
        put(group >> 2)
      }
    }
    let isComplete = digits == 0 ? paddings == 0 : digits > 1 && (paddings == 0 || paddings == 4 - digits)
    guard isComplete else { throw invalid(text, "ends in the middle of a group of four", at: text.byteCount) }
    return result
  }

  @inline(__always) private static func value(_ byte: UInt8) -> UInt32? {
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
