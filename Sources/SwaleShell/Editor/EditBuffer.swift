/// The text being edited and the cursor's place in it, counted in scalars as libedit does.
struct EditBuffer: Equatable, Sendable {
  private(set) var scalars: [Unicode.Scalar]
  /// From 0 to the number of scalars.
  private(set) var cursor: Int

  init(scalars: [Unicode.Scalar] = [], cursor: Int = 0) {
    self.scalars = scalars
    self.cursor = min(max(cursor, 0), scalars.count)
  }

  /// Creates a buffer with the cursor at its end.
  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    cursor = scalars.count
  }

  var text: String { EditBuffer.string(scalars[...]) }
  var isEmpty: Bool { scalars.isEmpty }

  /// The cursor's place in UTF-8 bytes.
  var cursorInBytes: Int { scalars[..<cursor].reduce(0) { $0 + UTF8.width($1) } }

  static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  // MARK: Changing

  mutating func replaceAll(with text: String) { self = EditBuffer(text) }

  mutating func insert(_ text: String) {
    let added = Array(text.unicodeScalars)
    scalars.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  /// Removes the scalars of a range, leaves the cursor where they were, and returns their text.
  @discardableResult
  mutating func remove(_ range: Range<Int>) -> String {
    let range = range.clamped(to: 0..<scalars.count)
    let removed = EditBuffer.string(scalars[range])
    scalars.removeSubrange(range)
    cursor = range.lowerBound
    return removed
  }

  /// Replaces what stands between a place in UTF-8 bytes and the cursor.
  mutating func replaceBeforeCursor(fromByte start: Int, with text: String) {
    var index = cursor
    var bytes = cursorInBytes
    while index > 0, bytes > start {
      index -= 1
      bytes -= UTF8.width(scalars[index])
    }
    remove(index..<cursor)
    insert(text)
  }

  mutating func move(to place: Int) { cursor = min(max(place, 0), scalars.count) }

  // MARK: Places

  /// The start of the line that holds a place.
  func lineStart(at place: Int) -> Int {
    var index = place
    while index > 0, scalars[index - 1] != "\n" { index -= 1 }
    return index
  }

  /// The end of the line that holds a place: its newline or the end of the text.
  func lineEnd(at place: Int) -> Int {
    var index = place
    while index < scalars.count, scalars[index] != "\n" { index += 1 }
    return index
  }

  var isOnFirstLine: Bool { lineStart(at: cursor) == 0 }
  var isOnLastLine: Bool { lineEnd(at: cursor) == scalars.count }

  /// The beginning of the user-perceived character before the cursor.
  var characterBefore: Int {
    guard cursor > 0 else { return 0 }
    // A newline never joins with what precedes it, so only this line needs to be looked at.
    if scalars[cursor - 1] == "\n" { return cursor - 1 }
    let line = EditBuffer.string(scalars[lineStart(at: cursor)..<cursor])
    return cursor - (line.last?.unicodeScalars.count ?? 1)
  }

  /// The end of the user-perceived character at the cursor.
  var characterAfter: Int {
    guard cursor < scalars.count else { return cursor }
    if scalars[cursor] == "\n" { return cursor + 1 }
    let line = EditBuffer.string(scalars[cursor..<lineEnd(at: cursor)])
    return cursor + (line.first?.unicodeScalars.count ?? 1)
  }

  /// The beginning of the word at or before the cursor.
  var wordBefore: Int {
    var index = cursor
    while index > 0, !EditBuffer.isWord(scalars[index - 1]) { index -= 1 }
    while index > 0, EditBuffer.isWord(scalars[index - 1]) { index -= 1 }
    return index
  }

  /// The end of the word at or behind the cursor.
  var wordAfter: Int {
    var index = cursor
    while index < scalars.count, !EditBuffer.isWord(scalars[index]) { index += 1 }
    while index < scalars.count, EditBuffer.isWord(scalars[index]) { index += 1 }
    return index
  }

  /// The beginning of the run of non-spaces at or before the cursor.
  var blankSeparatedWordBefore: Int {
    var index = cursor
    while index > 0, scalars[index - 1].properties.isWhitespace { index -= 1 }
    while index > 0, !scalars[index - 1].properties.isWhitespace { index -= 1 }
    return index
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.isGraphemeExtend
  }

  // MARK: Lines

  /// Moves the cursor to the line above, keeping a column; false on the first line.
  mutating func moveUp(column: Int) -> Bool {
    let start = lineStart(at: cursor)
    guard start > 0 else { return false }
    let above = lineStart(at: start - 1)
    cursor = min(above + column, start - 1)
    return true
  }

  /// Moves the cursor to the line below, keeping a column; false on the last line.
  mutating func moveDown(column: Int) -> Bool {
    let end = lineEnd(at: cursor)
    guard end < scalars.count else { return false }
    cursor = min(end + 1 + column, lineEnd(at: end + 1))
    return true
  }

  var column: Int { cursor - lineStart(at: cursor) }
}
