/// Turns a diagnostic into text for a terminal or a log.
///
///     error: expected `)`, found the end of the text (syntax)
///      --> prices.swale:12:21
///     12 | print(xs | take(3)
///        |                   ^
///     note: opened here and not closed --> prices.swale:12:6
///     hint: ...
public struct DiagnosticRenderer: Sendable {
  let colors: Bool
  let width: Int

  /// Makes a renderer; `width` is the most columns that an excerpt of the source takes.
  public init(colors: Bool = false, width: Int = 100) {
    self.colors = colors
    self.width = width
  }

  /// Returns the lines of a diagnostic, the last without a newline.
  public func render(_ diagnostic: Diagnostic) -> String {
    let isError = diagnostic.severity == .error
    let mark = isError ? Style.error : Style.warning
    var lines = [
      paint(diagnostic.severity.rawValue + ":", mark) + " "
        + paint(clean(diagnostic.message), .strong) + " (\(clean(diagnostic.kind.name)))"
    ]
    if let location = diagnostic.location { lines += excerpt(location, mark) }
    for note in diagnostic.notes {
      let place = note.location.map { paint(" --> ", .dim) + describe($0) } ?? ""
      lines.append(paint("note:", .strong) + " " + clean(note.message) + place)
    }
    if let hint = diagnostic.hint { lines.append(paint("hint:", .hint) + " " + clean(hint)) }
    return lines.joined(separator: "\n")
  }

  private func describe(_ location: Location) -> String {
    let position = location.position
    return "\(clean(location.source.name)):\(position.line):\(position.column)"
  }

  private func excerpt(_ location: Location, _ mark: Style) -> [String] {
    let number = "\(location.position.line)"
    let margin = String(repeating: " ", count: number.count)
    let line = SourceExcerpt(location, width: max(20, width - number.count - 3))
    return [
      margin + paint("--> ", .dim) + describe(location),
      paint(number + " |", .dim) + (line.text.isEmpty ? "" : " " + line.text),
      paint(margin + " |", .dim) + " " + String(repeating: " ", count: line.indentation)
        + paint(String(repeating: "^", count: line.markWidth), mark),
    ]
  }

  /// Control characters of a program's own strings must not reach the terminal.
  private func clean(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { SourceExcerpt.isUnsafe($0) }) else { return text }
    var result = ""
    for character in text {
      if character.isNewline {
        result += "\n  "
      } else {
        result += SourceExcerpt.visible(character)
      }
    }
    return result
  }

  // MARK: Colours

  enum Style: String {
    case error = "1;31", warning = "1;33", strong = "1", hint = "1;36", dim = "2"
  }

  private func paint(_ text: String, _ style: Style) -> String {
    colors && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
