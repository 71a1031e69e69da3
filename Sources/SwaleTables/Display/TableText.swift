import SwaleEngine

/// Writes tables as text: what `print` and `repr` give.
enum TableText {
  /// More rows than this are not all printed.
  private static let rowLimit = 1000
  /// The rows at the start and at the end that are printed of a longer table.
  private static let shownRows = (first: 20, last: 5)
  /// A display form of more items than this only tells of the table.
  private static let itemLimit = 100

  static func write(_ batch: Batch, to writer: inout ValueWriter, isDisplay: Bool) {
    if isDisplay { writeSource(batch, to: &writer) } else { writeRows(batch, to: &writer) }
  }

  /// Writes the call that makes the table, or for a larger one how large it is.
  private static func writeSource(_ batch: Batch, to writer: inout ValueWriter) {
    guard batch.count * batch.columns.count <= itemLimit, batch.columns.count > 0 || batch.count == 0 else {
      writer.write(
        "<table of \(batch.count) rows: \(batch.names.prefix(10).joined(separator: ", "))"
          + (batch.names.count > 10 ? ", ...>" : ">"))
      return
    }
    let record = RecordStorage(capacity: batch.columns.count)
    for (name, column) in zip(batch.names, batch.columns) { record[name] = .list(column.list()) }
    writer.write("table(")
    writer.write(.record(record), isDisplay: true)
    writer.write(")")
  }

  /// Writes the rows in aligned columns under their names, numbers to the right.
  private static func writeRows(_ batch: Batch, to writer: inout ValueWriter) {
    let isWhole = batch.count <= rowLimit
    let rows: [Int?] =
      isWhole
      ? Array(0..<batch.count)
      : Array(0..<shownRows.first) + [nil] + Array((batch.count - shownRows.last)..<batch.count)
    let cells = batch.columns.indices.map { column in
      rows.map { row in
        guard let row else { return "..." }
        return visible(batch.cellText(row, column) ?? "null")
      }
    }
    let names = batch.names.map(visible)
    let widths = names.indices.map { column in
      cells[column].reduce(TextWidth.of(names[column])) { max($0, TextWidth.of($1)) }
    }
    func writeLine(_ texts: [String]) {
      var line = ""
      for (column, text) in texts.enumerated() {
        if column > 0 { line += "  " }
        let padding = String(repeating: " ", count: widths[column] - TextWidth.of(text))
        line += isRight(batch.columns[column]) ? padding + text : text + padding
      }
      while line.last == " " { line.removeLast() }
      writer.write(line)
    }
    writeLine(names)
    for index in rows.indices {
      writer.write("\n")
      writeLine(cells.map { $0[index] })
    }
    if !isWhole { writer.write("\n(\(batch.count) rows)") }
    if batch.count == 0 { writer.write("\n(no rows)") }
  }

  private static func isRight(_ column: Column) -> Bool {
    column.type.isNumeric || column.type == .duration
  }

  /// A text without what would break a line or move the cursor.
  private static func visible(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) { return text }
    return text.unicodeScalars.map { scalar in
      switch scalar {
      case "\n": "\\n"
      case "\t": "\\t"
      case "\r": "\\r"
      default: scalar.value < 0x20 || scalar.value == 0x7F ? "?" : String(scalar)
      }
    }.joined()
  }
}
