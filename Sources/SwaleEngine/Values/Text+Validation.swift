extension Text {
  /// Returns the offset of the first byte that is not part of valid UTF-8; nil where all is valid.
  public static func firstInvalidByte(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    var i = 0
    while i < count {
      // Most text is ASCII: eight bytes at a time.
      while i &+ 8 <= count,
        raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        i &+= 8
      }
      if i >= count { return nil }
      let length = sequenceLength(base + i, count &- i)
      if length == 0 { return i }
      i &+= length
    }
    return nil
  }

  /// Returns how many bytes the character at `p` has, of `count` bytes that are there; 0 where it is not
  /// valid.
  @inline(__always) private static func sequenceLength(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let first = p[0]
    if first < 0x80 { return 1 }
    @inline(__always) func continues(_ i: Int) -> Bool { p[i] & 0xC0 == 0x80 }
    switch first {
    case 0xC2...0xDF: return count >= 2 && continues(1) ? 2 : 0
    case 0xE0...0xEF:
      guard count >= 3, continues(1), continues(2) else { return 0 }
      // Neither longer than needed nor a surrogate.
      if first == 0xE0 && p[1] < 0xA0 || first == 0xED && p[1] > 0x9F { return 0 }
      return 3
    case 0xF0...0xF4:
      guard count >= 4, continues(1), continues(2), continues(3) else { return 0 }
      // Neither longer than needed nor beyond U+10FFFF.
      if first == 0xF0 && p[1] < 0x90 || first == 0xF4 && p[1] > 0x8F { return 0 }
      return 4
    default: return 0
    }
  }

  /// Makes a text of bytes that may be anything; raises what `error` makes of the offset of the first
  /// invalid one.
  public static func validated(_ bytes: [UInt8], orThrow error: (Int) -> SwaleError) throws -> Text {
    try bytes.withUnsafeBufferPointer { bytes in
      if let offset = firstInvalidByte(bytes) { throw error(offset) }
      return Text.make(bytes)
    }
  }
}
