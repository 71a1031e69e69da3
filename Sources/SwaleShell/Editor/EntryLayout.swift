import SwaleSyntax

/// An entry broken into the rows of a terminal, with the cursor's place among them.
///
/// Every row is shorter than the terminal is wide, so the terminal itself never wraps one and the
/// painter always knows where it is.
struct EntryLayout: Equatable {
  struct Row: Equatable {
    /// What is written, with the codes of colours.
    var text = ""
    /// The columns it takes.
    var width = 0
  }

  private(set) var rows: [Row] = [Row()]
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0

  private let limit: Int
  private let colored: Bool
  private var current = Style.plain
  /// Where the text of the present row begins, from which tab stops count.
  private var textColumn = 0

  /// - Parameters:
  ///   - styles: one style for each scalar of the buffer; may be empty.
  ///   - suggestion: dim text behind the entry, which is not part of it.
  init(
    prompt: PromptText, buffer: EditBuffer, styles: [Style], suggestion: String = "",
    columns: Int, colored: Bool
  ) {
    limit = max(columns - 1, 1)
    self.colored = colored
    append(prompt.first, .prompt)
    textColumn = rows[rows.count - 1].width
    var index = 0
    for character in buffer.text {
      let count = character.unicodeScalars.count
      // A cursor inside a character, where libedit may leave it, is drawn at its beginning.
      if (index..<(index + count)).contains(buffer.cursor) { markCursor() }
      append(character, index < styles.count ? styles[index] : .plain, prompt)
      index += count
    }
    if buffer.cursor >= index { markCursor() }
    for character in suggestion { append(character, .dim, prompt) }
    endStyle()
  }

  /// Adds a row below the entry, cut to the width.
  mutating func appendBelow(_ text: String, _ style: Style) {
    newRow()
    append(DisplayWidth.clip(text, to: limit), style)
    endStyle()
  }

  /// Adds text behind what the last row holds.
  mutating func appendToLastRow(_ text: String, _ style: Style) {
    append(text, style)
    endStyle()
  }

  private mutating func markCursor() {
    // A cursor behind a full row belongs to the next one, where the next character will go.
    if rows[rows.count - 1].width >= limit { newRow() }
    cursorRow = rows.count - 1
    cursorColumn = rows[cursorRow].width
  }

  private mutating func append(_ text: String, _ style: Style) {
    for character in text { append(character, style) }
  }

  /// Adds a character of the entry; a newline begins a row with the prompt for further lines.
  private mutating func append(_ character: Character, _ style: Style, _ prompt: PromptText) {
    guard character == "\n" else { return append(character, style) }
    newRow()
    append(prompt.continuation, .dim)
    textColumn = rows[rows.count - 1].width
  }

  private mutating func append(_ character: Character, _ style: Style) {
    if character == "\t" {
      let columns = 4 - (rows[rows.count - 1].width - textColumn) % 4
      for _ in 0..<columns { append(" ", style) }
      return
    }
    if character.unicodeScalars.contains(where: { VisibleText.escape($0) != nil }) {
      for visible in VisibleText.of(String(character)) { append(visible, .error) }
      return
    }
    let width = DisplayWidth.of(character)
    if rows[rows.count - 1].width + width > limit { newRow() }
    if colored, style != current {
      endStyle()
      rows[rows.count - 1].text += style.code
      current = style
    }
    rows[rows.count - 1].text.append(character)
    rows[rows.count - 1].width += width
  }

  private mutating func newRow() {
    let style = current
    endStyle()
    rows.append(Row())
    textColumn = 0
    if colored, style != .plain {
      rows[rows.count - 1].text += style.code
      current = style
    }
  }

  private mutating func endStyle() {
    guard current != .plain else { return }
    rows[rows.count - 1].text += Style.reset
    current = .plain
  }
}
