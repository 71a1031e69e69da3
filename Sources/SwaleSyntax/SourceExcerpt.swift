/// The part of a source line that surrounds a span, cut to a width.
struct SourceExcerpt {
  /// What is shown, with tabs as spaces and without control characters.
  let text: String
  /// The columns before the span.
  let indentation: Int
  /// The columns of the span, at least one.
  let markWidth: Int

  /// A piece of a line as it is shown.
  private struct Piece {
    var cells: [(text: String, width: Int)] = []
    var width = 0

    mutating func append(_ text: String, _ cellWidth: Int) {
      cells.append((text, cellWidth))
      width += cellWidth
    }

    /// Drops characters from the front until the rest fits.
    mutating func keepLast(_ most: Int) {
      var count = 0
      while width > most, count < cells.count {
        width -= cells[count].width
        count += 1
      }
      cells.removeFirst(count)
    }

    mutating func keepFirst(_ most: Int) {
      while width > most, let last = cells.popLast() { width -= last.width }
    }

    var text: String { cells.map(\.text).joined() }
  }

  /// The most bytes that are looked at on either side of the span's beginning.
  private static let reach = 2_000
  private static let tabWidth = 4

  init(_ location: Location, width: Int) {
    let bytes = location.source.bytes
    let lower = min(max(Int(location.span.lower), 0), bytes.count)
    var lineStart = lower
    while lineStart > 0, lower - lineStart < Self.reach, bytes[lineStart - 1] != 0x0A {
      lineStart -= 1
    }
    if lineStart == 0, lower >= 3, EncodingCheck.startsWithMark(bytes) { lineStart = 3 }
    // Not in the middle of a character.
    while lineStart < lower, lineStart > 0, bytes[lineStart] & 0xC0 == 0x80 { lineStart += 1 }
    var lineEnd = lower
    while lineEnd < bytes.count, lineEnd - lower < Self.reach, bytes[lineEnd] != 0x0A { lineEnd += 1 }
    while lineEnd < bytes.count, lineEnd > lower, bytes[lineEnd] & 0xC0 == 0x80 { lineEnd -= 1 }
    let upper = min(max(Int(location.span.upper), lower), lineEnd)

    var column = 0
    var before = Self.piece(bytes[lineStart..<lower], &column)
    var marked = Self.piece(bytes[lower..<upper], &column)
    var after = Self.piece(bytes[upper..<lineEnd], &column)
    if before.width + marked.width + after.width > width {
      Self.cut(&before, &marked, &after, to: width)
    }
    text = before.text + marked.text + after.text
    indentation = before.width
    markWidth = max(1, marked.width)
  }

  private static func cut(
    _ before: inout Piece, _ marked: inout Piece, _ after: inout Piece, to width: Int
  ) {
    let third = width / 3
    let left = max(third, width - marked.width - min(after.width, third) - 2)
    if before.width > left {
      before.keepLast(left - 1)
      before.cells.insert(("…", 1), at: 0)
      before.width += 1
    }
    let right = width - before.width
    if marked.width > right {
      marked.keepFirst(right - 1)
      marked.append("…", 1)
      after = Piece()
    } else if marked.width + after.width > right {
      after.keepFirst(max(0, right - marked.width - 1))
      after.append("…", 1)
    }
  }

  private static func piece(_ bytes: ArraySlice<UInt8>, _ column: inout Int) -> Piece {
    var piece = Piece()
    for character in String(decoding: bytes, as: UTF8.self) {
      if character == "\r" || character == "\r\n" { continue }
      if character == "\t" {
        let width = tabWidth - column % tabWidth
        piece.append(String(repeating: " ", count: width), width)
        column += width
        continue
      }
      let text = visible(character)
      let width = DisplayWidth.of(text)
      piece.append(text, width)
      column += width
    }
    return piece
  }

  /// Returns a character, or a mark in the place of one that would disturb the terminal.
  static func visible(_ character: Character) -> String {
    character.unicodeScalars.contains(where: isUnsafe) ? "\u{FFFD}" : String(character)
  }

  /// True for control characters and those that change the direction of the text around them.
  static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x2028, 0x2029,
      0xFEFF:
      true
    default: false
    }
  }
}
