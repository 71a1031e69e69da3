/// Takes texts apart by their bytes; separators of UTF-8 are found between whole code points only.
enum TextSearch {
  /// Calls `body` with the bounds of the pieces between the places where `separator` stands, at
  /// most `limit` of them.
  static func forEachPiece(
    of text: Text, separator: Text, limit: Int = .max, _ c: Context, _ body: (Int, Int) throws -> Void
  ) throws {
    let bytes = text.bytes
    var start = 0
    var pieces = 1
    while pieces < limit, let found = try Text.find(separator.bytes, in: bytes, from: start, c) {
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
      if let space = Text.spaceLength(bytes, i) {
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
      while i < bytes.count, Text.spaceLength(bytes, i) == nil { i += 1 }
      try body(start, i)
    }
  }

  /// Returns the text with every `old`, which must not be empty, replaced, at most `limit` times.
  static func replace(_ old: Text, by new: Text, in text: Text, limit: Int, _ c: Context) throws
    -> Text
  {
    let bytes = text.bytes
    let (removed, added) = (old.bytes, new.bytes)
    var places: [Int] = []
    var start = 0
    while places.count < limit, let found = try Text.find(removed, in: bytes, from: start, c) {
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
