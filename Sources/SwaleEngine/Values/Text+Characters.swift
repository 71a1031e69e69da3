extension Text {
  /// Returns where the user-perceived character ends that begins at a byte offset, which must be the
  /// beginning of one.
  @inline(__always) func characterEnd(_ start: Int) -> Int {
    Text.characterEnd(bytes, start)
  }

  @inline(__always) static func characterEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    let next = start &+ 1
    // Two ASCII characters are never one, but for "\r\n".
    if next >= bytes.count { return bytes.count }
    if bytes[start] | bytes[next] < 0x80 {
      return bytes[start] == 0x0D && bytes[next] == 0x0A ? next &+ 1 : next
    }
    return clusterEnd(bytes, start)
  }

  /// Finds the end by Unicode's rules.
  @inline(never)
  private static func clusterEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var recognizer = Unicode._CharacterRecognizer()
    var offset = start
    while offset < bytes.count {
      let (scalar, length) = scalar(bytes, offset)
      if recognizer.hasBreak(before: scalar), offset > start { return offset }
      offset &+= length
    }
    return bytes.count
  }

  /// Decodes the code point at an offset of valid UTF-8.
  @inline(__always)
  static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> (Unicode.Scalar, length: Int) {
    let first = UInt32(bytes[offset])
    if first < 0x80 { return (Unicode.Scalar(UInt8(first)), 1) }
    func rest(_ i: Int) -> UInt32 { UInt32(bytes[offset &+ i]) & 0x3F }
    let value: UInt32
    let length: Int
    if first < 0xE0 {
      (value, length) = ((first & 0x1F) << 6 | rest(1), 2)
    } else if first < 0xF0 {
      (value, length) = ((first & 0x0F) << 12 | rest(1) << 6 | rest(2), 3)
    } else {
      (value, length) = ((first & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4)
    }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// True if one of eight ASCII bytes is "\r".
  @inline(__always) private static func hasReturn(_ word: UInt64) -> Bool {
    let zeroed = word ^ 0x0D0D_0D0D_0D0D_0D0D
    return (zeroed &- 0x0101_0101_0101_0101) & ~zeroed & highBits != 0
  }

  /// Counts the user-perceived characters.
  func countCharacters() -> Int {
    let bytes = bytes
    var count = 0
    var offset = 0
    let raw = UnsafeRawBufferPointer(bytes)
    while offset < bytes.count {
      // Of eight ASCII bytes in a row the first seven are characters, unless there is a "\r" that may belong to a "\n".
      if offset &+ 8 <= bytes.count {
        let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        if word & Text.highBits == 0, !Text.hasReturn(word) {
          offset &+= 7
          count &+= 7
          continue
        }
      }
      offset = Text.characterEnd(bytes, offset)
      count &+= 1
    }
    return count
  }

  /// Returns the byte offset of the character at an index from 0 up to `characterCount`.
  ///
  /// Where a character was found is remembered, some way before it: going through a text by its indexes,
  /// with a look back now and then, does not count from the beginning each time.
  func byteOffset(ofCharacter index: Int) -> Int {
    if isIndexedByByte { return index }
    let known = header.mark
    var position = Int(known >> 32)
    var offset = Int(known & 0xFFFF_FFFF)
    if position > index { (position, offset) = (0, 0) }
    let marked = max(0, index - 64) & ~63
    let bytes = bytes
    while position < index {
      if position == marked, bytes.count < 1 << 32 { header.mark = UInt64(position) << 32 | UInt64(offset) }
      offset = Text.characterEnd(bytes, offset)
      position &+= 1
    }
    return offset
  }

  /// Returns the characters of a range of positions, which must be in bounds.
  func characters(_ range: Range<Int>) -> Text {
    if isIndexedByByte { return slice(range.lowerBound, range.upperBound) }
    let lower = byteOffset(ofCharacter: range.lowerBound)
    var upper = lower
    for _ in 0..<range.count { upper = characterEnd(upper) }
    return slice(lower, upper)
  }

  /// Returns the index of the character at a byte offset.
  func characterIndex(ofByte offset: Int) -> Int {
    isIndexedByByte ? offset : slice(0, offset).characterCount
  }

  /// Returns the text without what `isTrimmed` holds for at its ends.
  func trimmed(atStart: Bool = true, atEnd: Bool = true, _ isTrimmed: (Character) -> Bool) -> Text {
    let string = string
    guard let first = atStart ? string.firstIndex(where: { !isTrimmed($0) }) : string.startIndex,
      let last = string.lastIndex(where: { !isTrimmed($0) })
    else { return .empty }
    let lower = string.utf8.distance(from: string.startIndex, to: first)
    let upper =
      atEnd ? string.utf8.distance(from: string.startIndex, to: string.index(after: last)) : byteCount
    return slice(lower, upper)
  }

  /// Returns the text without white space at its ends.
  var trimmedOfSpace: Text { trimmedOfSpace(atStart: true, atEnd: true) }

  func trimmedOfSpace(atStart: Bool, atEnd: Bool) -> Text {
    let bytes = bytes
    var lower = 0
    var upper = bytes.count
    while atStart, lower < upper, let length = Text.spaceLength(bytes, lower) { lower += length }
    while atEnd, upper > lower {
      // Back to the beginning of the last code point.
      var start = upper - 1
      while start > lower, bytes[start] & 0xC0 == 0x80 { start -= 1 }
      guard Text.spaceLength(bytes, start) != nil else { break }
      upper = start
    }
    return slice(lower, upper)
  }

  /// True for ASCII white space.
  @inline(__always) static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

  /// Returns the number of bytes of the white space at an offset; nil where there is something else.
  @inline(__always)
  static func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int? {
    let byte = bytes[i]
    if byte < 0x80 { return Text.isSpace(byte) ? 1 : nil }
    // All other white space of Unicode begins with one of four bytes.
    if byte == 0xC2 || byte == 0xE1 || byte == 0xE2 || byte == 0xE3 {
      let (scalar, length) = Text.scalar(bytes, i)
      return scalar.properties.isWhitespace ? length : nil
    }
    return nil
  }
}
