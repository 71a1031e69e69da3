import SwaleEngine
import SwaleSyntax

/// What the prompt shows of a result: one line where it fits, else a table or an indented form,
/// cut to the screen.
struct ValueDisplay {
  var columns: Int
  /// The lines that it may take.
  var rows: Int
  var isColored: Bool

  /// How deep lists and records are spread over lines before they are cut.
  private static let depthLimit = 6

  func lines(_ value: Value, _ context: Context) throws -> [String] {
    if let view = try TableView.of(value, context) {
      var isTable = false
      if case .object = value { isTable = true }
      return TableRenderer(
        columns: columns, height: rows, isColored: isColored,
        wayToAll: isTable ? "print(_)" : "print(table(_))"
      ).lines(view)
    }
    if let line = BoundedText.whole(value, limit: columns - 1) { return [line] }
    switch value {
    case .string(let text): return string(value, text)
    case .list, .record, .object(is SetValue):
      var lines = spread(value, indent: 0, room: max(rows, 4))
      if lines.count > max(rows, 4) {
        lines = Array(lines.prefix(max(rows, 4) - 1)) + [dim("…")]
      }
      return lines
    default: return [BoundedText.cut(value, limit: columns - 1)]
    }
  }

  private func dim(_ text: String) -> String { Style.dim.paint(text, when: isColored) }

  /// A string is shown over several rows, as much as the screen holds.
  private func string(_ value: Value, _ text: Text) -> [String] {
    let room = max(rows - 1, 1) * (columns - 1)
    if let whole = BoundedText.whole(value, limit: room) { return [whole] }
    return [
      BoundedText.cut(value, limit: room - columns),
      dim("a string of \(TableRenderer.count(text.byteCount, "byte"))"),
    ]
  }

  // MARK: Lists and records over several lines

  private func spread(_ value: Value, indent: Int, room: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let width = max(columns - 1 - indent, 16)
    switch value {
    case .list(let list):
      return ["["] + items(list.count, indent: indent + 2, room: room - 2) { list[$0] } + [margin + "]"]
    case .object(let set as SetValue):
      let all = set.items
      return ["set(["] + items(all.count, indent: indent + 2, room: room - 2) { all[$0] } + [margin + "])"]
    case .record(let record): return fields(record, indent: indent, room: room, width: width)
    default: return [BoundedText.cut(value, limit: width)]
    }
  }

  private func fields(_ record: RecordStorage, indent: Int, room: Int, width: Int) -> [String] {
    struct Full: Error {}
    let margin = String(repeating: " ", count: indent)
    var lines = ["{"]
    var shown = 0
    try? record.forEach { key, value in
      // One line is kept for the note and one for the brace.
      guard lines.count < max(room - 2, 2) else { throw Full() }
      let name = BoundedText.key(key, limit: width / 2) + ": "
      let left = max(width - 3 - DisplayWidth.of(name), 8)
      let inner = nested(value, indent: indent + 2, width: left, room: room - lines.count - 2)
      lines.append(margin + "  " + name + inner[0])
      lines += inner.dropFirst()
      lines[lines.count - 1] += ","
      shown += 1
    }
    if shown < record.count {
      lines.append(margin + "  " + dim("… \(TableRenderer.count(record.count - shown, "more key"))"))
    }
    return lines + [margin + "}"]
  }

  private func nested(_ value: Value, indent: Int, width: Int, room: Int) -> [String] {
    if let line = BoundedText.whole(value, limit: width) { return [line] }
    guard indent / 2 < ValueDisplay.depthLimit, room > 4 else {
      return [BoundedText.cut(value, limit: width)]
    }
    return spread(value, indent: indent, room: room)
  }

  private func items(_ count: Int, indent: Int, room: Int, _ item: (Int) -> Value) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let width = max(columns - 1 - indent, 16)
    var lines: [String] = []
    var shown = 0
    var row = ""
    while shown < count, lines.count < max(room - 1, 1) {
      let value = item(shown)
      if let short = BoundedText.whole(value, limit: min(24, width - 1)) {
        // Short items share rows.
        if DisplayWidth.of(row) + DisplayWidth.of(short) + 2 > width {
          lines.append(margin + row)
          row = ""
          continue
        }
        row += (row.isEmpty ? "" : " ") + short + ","
        shown += 1
        continue
      }
      if !row.isEmpty {
        lines.append(margin + row)
        row = ""
        continue
      }
      let inner = nested(value, indent: indent, width: width - 1, room: room - lines.count - 1)
      lines.append(margin + inner[0])
      lines += inner.dropFirst()
      lines[lines.count - 1] += ","
      shown += 1
    }
    if !row.isEmpty { lines.append(margin + row) }
    if shown < count {
      lines.append(margin + dim("… \(TableRenderer.count(count - shown, "more item"))"))
    }
    return lines
  }
}
