import SwaleSyntax

extension DisplayWidth {
  /// Returns the text cut to a number of columns, with `…` in place of what does not fit.
  static func clip(_ text: String, to columns: Int) -> String {
    // A character takes a byte at least, so a short text needs no measuring.
    if text.utf8.count <= columns { return text }
    var kept = ""
    var width = 0
    for character in text {
      let next = of(character)
      if width + next > columns {
        // Room for the mark is made by taking back what fills the last column.
        while width > columns - 1, let last = kept.popLast() { width -= of(last) }
        return columns > 0 ? kept + "…" : ""
      }
      kept.append(character)
      width += next
    }
    return text
  }
}
