/// Takes texts apart by their bytes; separators of UTF-8 are found between whole code points only.
enum TextSearch {
  /// Calls `body` with the bounds of the pieces between the places where `separator` stands, at
  /// most `limit` of them.
  static func forEachPiece(
    of text: Text, separator: Text, limit: Int = .max, _ body: (Int, Int) throws -> Void
  ) rethrows {
    let bytes = text.bytes
    var start = 0
    var pieces = 1
    while pieces < limit, let found = Text.find(separator.bytes, in: bytes, from: start) {
      try body(start, found)
      start = found + separator.byteCount
      pieces += 1
    }
    try body(start, bytes.count)
  }

  /// Calls `body` with the bounds of the words between white space, at most `limit` of them.
  static func forEachWord(of text: Text, limit: Int = .max, _ body: (Int, Int) throws -> Void) rethrows {
    let bytes = text.bytes
    var words = 0
    var i = 0
    while i < bytes.count {
      if let space = spaceLength(bytes, i) {
        i += space
        continue
      }
      let start = i
      words += 1
      if words == limit {
        try body(
          start, start + Text.make(UnsafeBufferPointer(rebasing: bytes[start...])).trimmedOfSpace.byteCount)
        return
      }
      while i < bytes.count, spaceLength(bytes, i) == nil { i += 1 }
      try body(start, i)
    }
  }

  /// Returns the number of bytes of the white space at an offset; nil where there is something else.
  @inline(__always)
  private static func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int? {
    let byte = bytes[i]
    if byte < 0x80 { return Text.isSpace(byte) ? 1 : nil }
    // All other white space of Unicode begins with one of four bytes.
    if byte == 0xC2 || byte == 0xE1 || byte == 0xE2 || byte == 0xE3 { return wideSpaceLength(bytes, i) }
    return nil
  }

  private static func wideSpaceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int? {
    let length = bytes[i] == 0xC2 ? 2 : 3
    let code = String(
      decoding: UnsafeBufferPointer(rebasing: bytes[i..<min(i + length, bytes.count)]), as: UTF8.self)
    return code.unicodeScalars.first!.properties.isWhitespace ? length : nil
  }

  /// Returns the text with every `old`, which must not be empty, replaced, at most `limit` times.
  static func replace(_ old: Text, by new: Text, in text: Text, limit: Int, _ c: Context) throws
    -> Text
  {
    let bytes = text.bytes
    let (removed, added) = (old.bytes, new.bytes)
    var places: [Int] = []
    var start = 0
    while places.count < limit, let found = Text.find(removed, in: bytes, from: start) {
      try c.tick()
      places.append(found)
      start = found + removed.count
    }
    if places.isEmpty { return text }
    let (growth, overflow) = places.count.multipliedReportingOverflow(by: added.count - removed.count)
    if overflow { throw SwaleError(.value, "the text becomes too long") }
    try Operations.checkSize(bytes.count + growth, 1)
    return Text.make(count: bytes.count + growth) { target in
      var source = 0
      var position = target
      func copy(_ part: UnsafeBufferPointer<UInt8>) {
        guard part.count > 0 else { return }
        position.update(from: part.baseAddress!, count: part.count)
        position += part.count
      }
      for place in places {
        copy(UnsafeBufferPointer(rebasing: bytes[source..<place]))
        copy(added)
        source = place + removed.count
      }
      copy(UnsafeBufferPointer(rebasing: bytes[source...]))
    }
  }
}
