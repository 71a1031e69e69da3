extension TerminalEditor {
  /// Carries out what a key is bound to.
  func perform(_ action: EditorAction) -> LibEdit.Outcome {
    guard let engine else { return .end }
    let buffer = engine.buffer
    let previous = lastAction
    lastAction = action
    switch action {
    case .enter: return enter(buffer)
    case .newline: edit { $0.insert("\n") }
    case .cancel: return cancel(buffer)
    case .endOrDelete:
      if buffer.isEmpty { return leave() }
      edit { $0.remove($0.cursor..<$0.characterAfter) }
    case .up, .down: moveVertically(action, after: previous)
    case .left: edit { $0.move(to: $0.characterBefore) }
    case .right:
      if !takeSuggestion(buffer) { edit { $0.move(to: $0.characterAfter) } }
    case .home: edit { $0.move(to: $0.lineStart(at: $0.cursor)) }
    case .end:
      if !takeSuggestion(buffer) { edit { $0.move(to: $0.lineEnd(at: $0.cursor)) } }
    case .wordLeft: edit { $0.move(to: $0.wordBefore) }
    case .wordRight: edit { $0.move(to: $0.wordAfter) }
    case .deleteBackward: edit { $0.remove($0.characterBefore..<$0.cursor) }
    case .deleteForward: edit { $0.remove($0.cursor..<$0.characterAfter) }
    case .killToLineEnd, .killToLineStart, .killWordBackward, .killPreviousWord, .killNextWord:
      cut(action, joining: previous?.cuts ?? false)
    case .yank: edit { $0.insert(killed) }
    case .undo:
      if let earlier = undo.undo() { edit { $0 = earlier } }
    case .complete: complete(buffer)
    case .search: return search(from: buffer)
    case .clear:
      painter.reset()
      write("\u{1b}[H\u{1b}[2J")
    case .suspend: suspend(buffer)
    case .nothing: return .unchanged
    }
    return .changed
  }

  // MARK: Ending

  func enter(_ buffer: EditBuffer) -> LibEdit.Outcome {
    let text = buffer.text
    // Enter in the middle of unfinished text breaks the line there, as in any editor.
    if assistant.isIncomplete(text) {
      edit { $0.insert("\n") }
      return .changed
    }
    return accept(buffer)
  }

  func accept(_ buffer: EditBuffer) -> LibEdit.Outcome {
    result = .entry(buffer.text)
    write(painter.finish(layout(buffer), height: size.rows))
    return .accepted
  }

  private func cancel(_ buffer: EditBuffer) -> LibEdit.Outcome {
    result = .cancelled
    var layout = layout(buffer)
    layout.appendToLastRow("^C", .dim)
    write(painter.finish(layout, height: size.rows))
    return .end
  }

  private func leave() -> LibEdit.Outcome {
    result = .end
    write(painter.finish(layout(EditBuffer()), height: size.rows))
    return .end
  }

  private func suspend(_ buffer: EditBuffer) {
    write(painter.finish(layout(buffer), height: size.rows) + "\u{1b}[?2004l")
    TerminalGuard.suspend()
    write("\r\u{1b}[J\u{1b}[?2004h")
  }

  // MARK: Moving and cutting

  private func moveVertically(_ action: EditorAction, after previous: EditorAction?) {
    guard let engine else { return }
    var buffer = engine.buffer
    if previous != .up, previous != .down { wantedColumn = buffer.column }
    let moved =
      action == .up
      ? buffer.moveUp(column: wantedColumn) : buffer.moveDown(column: wantedColumn)
    if moved {
      engine.buffer = buffer
      return
    }
    let text = buffer.text
    let found =
      action == .up
      ? navigation.older(in: history.entries, than: text)
      : navigation.newer(in: history.entries, than: text)
    guard let found else { return }
    engine.buffer = EditBuffer(found)
    wantedColumn = engine.buffer.column
  }

  private func takeSuggestion(_ buffer: EditBuffer) -> Bool {
    let rest = suggestion(for: buffer)
    guard !rest.isEmpty else { return false }
    edit { $0.insert(rest) }
    return true
  }

  private func cut(_ action: EditorAction, joining: Bool) {
    var taken = ""
    edit { buffer in
      let cursor = buffer.cursor
      let range: Range<Int>
      switch action {
      case .killToLineEnd:
        let end = buffer.lineEnd(at: cursor)
        // At the end of a line its newline goes, which joins it with the next.
        range = cursor..<(end == cursor ? min(end + 1, buffer.scalars.count) : end)
      case .killToLineStart: range = buffer.lineStart(at: cursor)..<cursor
      case .killWordBackward: range = buffer.blankSeparatedWordBefore..<cursor
      case .killPreviousWord: range = buffer.wordBefore..<cursor
      default: range = cursor..<buffer.wordAfter
      }
      taken = buffer.remove(range)
    }
    guard !taken.isEmpty else { return }
    let isForward = action == .killToLineEnd || action == .killNextWord
    killed = !joining ? taken : isForward ? killed + taken : taken + killed
  }
}
