import SwaleSyntax

/// Draws tables as aligned columns, cut to a width and a height.
struct TableRenderer {
  var columns: Int
  /// The lines that the table may take, with its head and the note of what is hidden.
  var height: Int
  var isColored: Bool
  /// How all rows can be seen; told where some are hidden.
  var wayToAll: String?

  /// The narrowest that a column is made before whole columns are left out.
  private static let leastWidth = 8
  private static let gap = "  "

  func lines(_ view: TableView) -> [String] {
    guard !view.columns.isEmpty else {
      return [note(dim: "a table of \(TableRenderer.count(view.rowCount, "row")) without columns")]
    }
    let rows = visibleRows(view.rowCount)
    let cells = rows.map { row in
      view.columns.indices.map { column in
        row.flatMap { view.cell($0, column) }.map(VisibleText.of)
      }
    }
    let (widths, shown) = fit(view, rows, cells)
    let isCut = shown < view.columns.count
    var lines = [
      line(view, shown, isCut, widths) {
        Style.bold.paint($0, when: isColored)
      } text: {
        VisibleText.of(view.columns[$0].name)
      },
      line(view, shown, isCut, widths) {
        Style.dim.paint($0, when: isColored)
      } text: {
        view.columns[$0].type
      },
    ]
    for (row, texts) in zip(rows, cells) {
      lines.append(self.row(view, shown, isCut, widths, row == nil ? nil : texts))
    }
    if let hidden = hidden(view, rows: rows.count { $0 != nil }, columns: shown) {
      lines.append(note(dim: hidden))
    }
    return lines
  }

  // MARK: What is shown

  /// Returns the rows to show; nil stands for those left out between the first and the last ones.
  private func visibleRows(_ count: Int) -> [Int?] {
    let room = max(height - 3, 1)
    guard count > max(height - 2, 1) else { return Array(0..<count) }
    // Enough room to show how the table ends too.
    guard room >= 10 else { return Array(0..<min(room, count)) }
    let tail = 3
    let head = room - tail - 1
    return Array(0..<head) + [nil] + Array((count - tail)..<count)
  }

  /// Returns the widths of columns and how many of them are shown.
  private func fit(_ view: TableView, _ rows: [Int?], _ cells: [[String?]]) -> (widths: [Int], shown: Int) {
    var widths = view.columns.indices.map { column in
      var width = max(
        DisplayWidth.of(VisibleText.of(view.columns[column].name)),
        view.columns[column].type.count)
      for (row, texts) in zip(rows, cells) where row != nil {
        width = max(width, DisplayWidth.of(texts[column] ?? "null"))
      }
      return width
    }
    // The widest columns give way first, numbers never: a cut number is a wrong one.
    func total(_ count: Int) -> Int { widths.prefix(count).reduce(0, +) + 2 * (count - 1) }
    while total(widths.count) > columns {
      let widest = widths.indices.filter {
        !view.columns[$0].isNumeric && widths[$0] > TableRenderer.leastWidth
      }
      guard let column = widest.max(by: { widths[$0] < widths[$1] }) else { break }
      let excess = total(widths.count) - columns
      let second = widest.filter { $0 != column }.map { widths[$0] }.max() ?? 0
      let step = max(1, min(excess, widths[column] - max(second, TableRenderer.leastWidth)))
      widths[column] -= step
    }
    if total(widths.count) <= columns { return (widths, widths.count) }
    // Columns are left out, so those that stay may be as wide as they were, room permitting.
    var shown = widths.count - 1
    while shown > 1, total(shown) + 3 > columns { shown -= 1 }
    if shown == 1, total(1) > columns { widths[0] = max(1, columns) }
    return (widths, shown)
  }

  private func hidden(_ view: TableView, rows: Int, columns shown: Int) -> String? {
    var parts: [String] = []
    var way = ""
    if rows < view.rowCount {
      parts.append("\(rows) of \(TableRenderer.count(view.rowCount, "row"))")
      way = wayToAll.map { " (\($0) shows all)" } ?? ""
    }
    if shown < view.columns.count {
      parts.append("\(shown) of \(TableRenderer.count(view.columns.count, "column"))")
    }
    if parts.isEmpty {
      return view.rowCount == 0 ? "no rows" : nil
    }
    var text = parts.joined(separator: ", ") + " shown" + way
    if shown < view.columns.count {
      text += "; not " + view.columns[shown...].map { VisibleText.of($0.name) }.joined(separator: ", ")
    }
    return text
  }

  /// Returns a number with its digits in groups, and a noun.
  static func count(_ number: Int, _ noun: String) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text + " " + noun + (number == 1 ? "" : "s")
  }

  // MARK: Lines

  private func line(
    _ view: TableView, _ shown: Int, _ isCut: Bool, _ widths: [Int], paint: (String) -> String,
    text: (Int) -> String
  ) -> String {
    let cells = (0..<shown).map { align(text($0), view.columns[$0], widths[$0], paint) }
    return finish(cells, isCut)
  }

  private func row(
    _ view: TableView, _ shown: Int, _ isCut: Bool, _ widths: [Int], _ texts: [String?]?
  ) -> String {
    let cells = (0..<shown).map { column in
      let dim = { (text: String) in Style.dim.paint(text, when: isColored) }
      guard let texts else { return align("⋮", view.columns[column], widths[column], dim) }
      guard let text = texts[column] else {
        return align("null", view.columns[column], widths[column], dim)
      }
      return align(text, view.columns[column], widths[column]) { $0 }
    }
    return finish(cells, isCut)
  }

  private func finish(_ cells: [String], _ isCut: Bool) -> String {
    var line = cells.joined(separator: TableRenderer.gap)
    if isCut { line += TableRenderer.gap + note(dim: "…") }
    while line.last == " " { line.removeLast() }
    return line
  }

  private func align(
    _ text: String, _ column: TableView.Column, _ width: Int, _ paint: (String) -> String
  ) -> String {
    let clipped = DisplayWidth.clip(text, to: width)
    let blanks = String(repeating: " ", count: max(0, width - DisplayWidth.of(clipped)))
    return column.isNumeric ? blanks + paint(clipped) : paint(clipped) + blanks
  }

  private func note(dim text: String) -> String {
    Style.dim.paint(DisplayWidth.clip(text, to: max(columns, 1)), when: isColored)
  }
}
