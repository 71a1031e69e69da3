extension Text {
  /// Returns the byte offset of the character at an index from 0 up to `characterCount`.
  func byteOffset(ofCharacter index: Int) -> Int {
    if isIndexedByByte { return index }
    let string = string
    return string.utf8.distance(from: string.startIndex, to: string.index(string.startIndex, offsetBy: index))
  }

  /// Returns the index of the character at a byte offset.
  func characterIndex(ofByte offset: Int) -> Int {
    isIndexedByByte ? offset : slice(0, offset).characterCount
  }

  /// Returns the text without what `isTrimmed` holds for at its ends.
  func trimmed(_ isTrimmed: (Character) -> Bool) -> Text {
    let string = string
    guard let first = string.firstIndex(where: { !isTrimmed($0) }),
      let last = string.lastIndex(where: { !isTrimmed($0) })
    else { return .empty }
    let lower = string.utf8.distance(from: string.startIndex, to: first)
    let upper = string.utf8.distance(from: string.startIndex, to: string.index(after: last))
    return slice(lower, upper)
  }

  /// Returns the text without white space at its ends.
  var trimmedOfSpace: Text {
    if !isASCII { return trimmed(\.isWhitespace) }
    let bytes = bytes
    var lower = 0
    var upper = bytes.count
    while lower < upper, Text.isSpace(bytes[lower]) { lower += 1 }
    while upper > lower, Text.isSpace(bytes[upper - 1]) { upper -= 1 }
    return slice(lower, upper)
  }

  /// True for ASCII white space.
  @inline(__always) static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

  /// Returns the text with each of its bytes changed; only for ASCII.
  func mapBytes(_ change: (UInt8) -> UInt8) -> Text {
    let source = bytes
    return Text.make(count: source.count) { target in
      for i in 0..<source.count { target[i] = change(source[i]) }
    }
  }
}
