/// Changes the case of letters.
enum LetterCase {
  /// Returns the text with each ASCII byte and each other code point changed.
  static func change(
    _ text: Text, _ c: Context, ascii: (UInt8) -> UInt8, other: (Unicode.Scalar) -> String
  ) throws -> Text {
    let source = text.bytes
    if text.isASCII {
      return try Text.make(count: source.count) { target in
        try c.forEachBatch(source.count) { batch in
          for i in batch { target[i] = ascii(source[i]) }
        }
      }
    }
    var result: [UInt8] = []
    result.reserveCapacity(source.count)
    var offset = 0
    while offset < source.count {
      try c.tick()
      // A run of ASCII, then one code point of another kind.
      while offset < source.count, source[offset] < 0x80 {
        result.append(ascii(source[offset]))
        offset += 1
        if offset & 0xFFFF == 0 { try c.tick(0x10000) }
      }
      if offset == source.count { break }
      let (scalar, length) = Text.scalar(source, offset)
      result.append(contentsOf: other(scalar).utf8)
      offset += length
    }
    return result.withUnsafeBufferPointer { Text.make($0) }
  }
}
