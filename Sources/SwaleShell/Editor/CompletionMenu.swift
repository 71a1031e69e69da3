import SwaleSyntax

/// The list of candidates under an entry.
enum CompletionMenu {
  /// Returns the rows of the list, cut to a width and a height; the last may say how many are missing.
  static func rows(_ candidates: [Completion.Candidate], columns: Int, height: Int) -> [String] {
    guard height > 0, !candidates.isEmpty else { return [] }
    if candidates.count <= min(height, 12), candidates.contains(where: { !$0.summary.isEmpty }) {
      return explained(candidates, columns: columns)
    }
    let widest = candidates.map { DisplayWidth.of($0.label) }.max() ?? 0
    let cell = min(widest + 2, columns)
    let across = max(1, columns / max(cell, 1))
    let needed = (candidates.count + across - 1) / across
    let rowCount = needed > height ? max(height - 1, 1) : needed
    let shown = min(candidates.count, rowCount * across)
    var rows = (0..<rowCount).map { row in
      // Read downwards, as `ls` lists names; a cut list is read across, so that it begins right.
      let places =
        needed > height
        ? Array((row * across)..<min((row + 1) * across, shown))
        : Array(stride(from: row, to: candidates.count, by: needed))
      return places.map { pad(DisplayWidth.clip(candidates[$0].label, to: cell - 1), to: cell) }
        .joined()
    }
    if shown < candidates.count, height > 1 { rows.append("… \(candidates.count - shown) more") }
    return rows
  }

  private static func explained(_ candidates: [Completion.Candidate], columns: Int) -> [String] {
    let widest = candidates.map { DisplayWidth.of($0.label) }.max() ?? 0
    return candidates.map {
      $0.summary.isEmpty ? $0.label : pad($0.label, to: widest + 2) + $0.summary
    }
  }

  private static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
  }

  /// Returns the longest text that all begin with.
  static func commonPrefix(_ texts: [String]) -> String {
    guard var prefix = texts.first?.unicodeScalars[...] else { return "" }
    for text in texts.dropFirst() {
      let count = zip(prefix, text.unicodeScalars).prefix { $0 == $1 }.count
      prefix = prefix.prefix(count)
    }
    return String(prefix)
  }
}
