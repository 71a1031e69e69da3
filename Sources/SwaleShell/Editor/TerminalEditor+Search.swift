extension TerminalEditor {
  /// Searches the history while a text is typed, from the newest entry to older ones.
  func search(from original: EditBuffer) -> LibEdit.Outcome {
    var search = IncrementalSearch(entries: history.entries)
    let ownPrompt = prompt
    defer { prompt = ownPrompt }
    while true {
      prompt.first = search.prompt
      if !keys.isWaiting { drawSearch(search, original) }
      let key = keys.next()
      switch key {
      case .scalar("\u{12}"), .scalar(SpecialKey.up.scalar): search.older()
      case .scalar("\u{13}"), .scalar(SpecialKey.down.scalar): search.newer()
      case .scalar("\u{7f}"), .scalar("\u{8}"): search.shorten()
      case .scalar("\u{7}"), .scalar("\u{3}"), .end:
        return finishSearch(original, with: key == .end ? .end : nil, prompt: ownPrompt)
      case .scalar("\r"), .scalar("\n"):
        prompt = ownPrompt
        return enter(select(search, original))
      case .scalar(let scalar) where scalar.value >= 0x20 && !(0x7f..<0xa0).contains(scalar.value):
        search.extend(String(scalar))
      case .paste(let text): search.extend(text)
      case .wakeUp:
        write(painter.eraseAfterResize(columns: size.columns, height: size.rows))
      case .scalar:
        // Any other key takes what was found and then does what it always does.
        _ = select(search, original)
        if key != .scalar("\u{1b}") || engine?.isVi == true { keys.unread(key) }
        return .changed
      }
    }
  }

  private func finishSearch(
    _ original: EditBuffer, with key: KeyReader.Key?, prompt: PromptText
  ) -> LibEdit.Outcome {
    self.prompt = prompt
    if let key { keys.unread(key) }
    edit { $0 = original }
    return .changed
  }

  @discardableResult
  private func select(_ search: IncrementalSearch, _ original: EditBuffer) -> EditBuffer {
    let buffer = search.match.map { EditBuffer(scalars: Array($0.text.unicodeScalars), cursor: $0.end) }
    edit { $0 = buffer ?? original }
    return buffer ?? original
  }

  private func drawSearch(_ search: IncrementalSearch, _ original: EditBuffer) {
    var buffer = original
    var marked = 0..<0
    if let match = search.match {
      buffer = EditBuffer(scalars: Array(match.text.unicodeScalars), cursor: match.end)
      marked = match.start..<match.end
    }
    let styles = buffer.scalars.indices.map { marked.contains($0) ? Style.match : .plain }
    let layout = EntryLayout(
      prompt: prompt, buffer: buffer, styles: styles, columns: size.columns, colored: isColored)
    write(painter.paint(layout, height: size.rows))
  }
}

/// A search through the history that follows what is typed.
struct IncrementalSearch {
  private let entries: [String]
  private(set) var query = ""
  /// The entry found; nil before anything was.
  private var index: Int?
  private(set) var hasFailed = false

  init(entries: [String]) { self.entries = entries }

  var prompt: String { (hasFailed ? "(no match) " : "(search) ") + VisibleText.of(query) + ": " }

  /// The entry found and the place of the text in it, in scalars.
  var match: (text: String, start: Int, end: Int)? {
    guard let index, let place = place(in: entries[index]) else { return nil }
    return (entries[index], place, place + query.unicodeScalars.count)
  }

  mutating func extend(_ text: String) {
    query += text
    find(from: index ?? entries.count - 1, step: -1)
  }

  mutating func shorten() {
    guard !query.isEmpty else { return }
    query.removeLast()
    hasFailed = false
    index = nil
    if !query.isEmpty { find(from: entries.count - 1, step: -1) }
  }

  mutating func older() { find(from: (index ?? entries.count) - 1, step: -1) }
  mutating func newer() { find(from: (index ?? entries.count) + 1, step: 1) }

  private mutating func find(from start: Int, step: Int) {
    guard !query.isEmpty else { return }
    // The same entry twice in a row would look as if nothing had happened.
    let shown = index.map { entries[$0] }
    var place = start
    while entries.indices.contains(place) {
      let isRepeated = place != index && entries[place] == shown
      if !isRepeated, self.place(in: entries[place]) != nil {
        index = place
        hasFailed = false
        return
      }
      place += step
    }
    hasFailed = true
  }

  /// Returns the last place of the query; letters match either case unless one typed is upper.
  private func place(in entry: String) -> Int? {
    let exact = query.contains { $0.isUppercase }
    let entry = Array((exact ? entry : IncrementalSearch.folded(entry)).unicodeScalars)
    let query = Array((exact ? query : IncrementalSearch.folded(query)).unicodeScalars)
    guard !query.isEmpty, entry.count >= query.count else { return nil }
    return stride(from: entry.count - query.count, through: 0, by: -1).first {
      entry[$0] == query[0] && entry[$0..<($0 + query.count)].elementsEqual(query)
    }
  }

  /// Returns the text with ASCII letters in lower case, which keeps every place where it was.
  private static func folded(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isUpper = (0x41...0x5a).contains(scalar.value)
      view.append(isUpper ? Unicode.Scalar(UInt8(scalar.value + 0x20)) : scalar)
    }
    return String(view)
  }
}
