/// Draws layouts on a terminal, writing only the rows that changed.
///
/// It never asks the terminal anything: it remembers which rows it wrote and where it left the
/// cursor, and moves relative to that.
struct Painter {
  private var shown: [EntryLayout.Row] = []
  /// Where the terminal's cursor is, counted from the first shown row.
  private var cursorRow = 0
  private var cursorColumn = 0
  /// The first row of the layout that is shown, where the layout is taller than the screen.
  private var top = 0

  /// Returns what to write so that the terminal shows a layout.
  mutating func paint(_ layout: EntryLayout, height: Int) -> String {
    let height = max(height, 1)
    if layout.cursorRow < top { top = layout.cursorRow }
    if layout.cursorRow >= top + height { top = layout.cursorRow - height + 1 }
    top = max(0, min(top, layout.rows.count - height))
    let rows = Array(layout.rows[top..<min(top + height, layout.rows.count)])

    var output = ""
    for (index, row) in rows.enumerated() where index >= shown.count || shown[index] != row {
      if index < shown.count {
        output += move(toRow: index)
      } else {
        // The row below does not exist yet: a line feed on the last one makes it.
        if index > 0 {
          output += move(toRow: index - 1) + "\r\n"
          cursorRow = index
        } else {
          output += "\r"
        }
      }
      output += row.text + "\u{1b}[K"
      cursorColumn = row.width
    }
    if rows.count < shown.count {
      output += move(toRow: rows.count) + "\u{1b}[J"
    }
    shown = rows
    if layout.cursorRow - top != cursorRow { output += move(toRow: layout.cursorRow - top) }
    output += move(toColumn: layout.cursorColumn)
    return output.isEmpty ? "" : "\u{1b}[?25l" + output + "\u{1b}[?25h"
  }

  /// Returns what to write so that the layout stands there in full and what follows is written
  /// below it; the painter begins anew after that.
  mutating func finish(_ layout: EntryLayout, height: Int) -> String {
    var output = ""
    if layout.rows.count > height {
      // Only a part of it was visible; the whole entry goes into the terminal's own history.
      output = erase() + layout.rows.map(\.text).joined(separator: "\r\n")
    } else {
      output = paint(layout, height: height) + move(toRow: shown.count - 1)
    }
    self = Painter()
    return output + "\r\n"
  }

  /// Returns what removes everything painted and leaves the cursor where the first row was.
  mutating func erase() -> String {
    let output = move(toRow: 0) + "\r\u{1b}[J"
    self = Painter()
    return output
  }

  /// Returns what removes everything painted after the terminal's width changed, by which it may
  /// have broken rows anew.
  mutating func eraseAfterResize(columns: Int, height: Int) -> String {
    let columns = max(columns, 1)
    var above = cursorColumn / columns
    for row in shown.prefix(cursorRow) { above += max(1, (row.width + columns - 1) / columns) }
    above = min(above, height - 1)
    self = Painter()
    return (above > 0 ? "\u{1b}[\(above)A" : "") + "\r\u{1b}[J"
  }

  /// Forgets what was painted, for a screen that was cleared.
  mutating func reset() { self = Painter() }

  /// Moves to the start of a row.
  private mutating func move(toRow row: Int) -> String {
    guard row != cursorRow || cursorColumn != 0 else { return "" }
    let distance = row - cursorRow
    cursorRow = row
    cursorColumn = 0
    if distance == 0 { return "\r" }
    return distance < 0 ? "\r\u{1b}[\(-distance)A" : "\r\u{1b}[\(distance)B"
  }

  private mutating func move(toColumn column: Int) -> String {
    guard column != cursorColumn else { return "" }
    cursorColumn = column
    return column == 0 ? "\r" : "\r\u{1b}[\(column)C"
  }
}
