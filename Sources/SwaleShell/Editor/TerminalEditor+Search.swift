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
