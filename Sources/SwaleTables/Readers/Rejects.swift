import SwaleEngine

/// Collects the rows of a file that could not be read.
struct Rejects {
  struct Row {
    let line: Int
    let reason: String
    let text: Text
  }

  private(set) var rows: [Row] = []

  static let names = ["file", "line", "reason", "text"]

  static let none = Rejects(rows: []).batch(of: "")

  mutating func add(_ row: Row) { rows.append(row) }

  func batch(of file: String) -> Batch {
    Batch(
      Rejects.names,
      [
        .repeating(.text(file), count: rows.count),
        Column(ints: Buffer(rows.map(\.line))),
        strings(rows.map { .text($0.reason) }),
        strings(rows.map { .string($0.text) }),
      ], count: rows.count)
  }

  private func strings(_ values: [Value]) -> Column {
    values.isEmpty ? .nulls(0, as: .string) : Column(values)
  }

  /// Rows of two kinds were added one kind after the other.
  mutating func sortByLine() { rows.sort { $0.line < $1.line } }

  /// What a person is told: how many, and the first few.
  func warning(for name: String) -> String {
    let isOne = rows.count == 1
    var text =
      "\(name): \(rows.count) row\(isOne ? "" : "s") could not be read and \(isOne ? "was" : "were") left out (see .rejects)"
    for row in rows.prefix(3) {
      let line = row.text.string.prefix { $0 != "\n" && $0 != "\r\n" }
      let shown = line.count > 60 ? line.prefix(57) + "..." : line
      text += "\n  line \(row.line): \(row.reason): \(shown)"
    }
    if rows.count > 3 { text += "\n  ..." }
    return text
  }
}
