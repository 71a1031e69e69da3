extension TerminalEditor {
  /// Completes the word before the cursor as far as it is certain, and lists what it may become.
  func complete(_ buffer: EditBuffer) {
    let cursor = buffer.cursorInBytes
    // At the beginning of a line Tab indents.
    let line = buffer.scalars[buffer.lineStart(at: buffer.cursor)..<buffer.cursor]
    if line.allSatisfy({ $0 == " " }), buffer.text.contains("\n") || !line.isEmpty {
      edit { $0.insert("  ") }
      return
    }
    guard let completion = assistant.complete(buffer.text, cursor), !completion.candidates.isEmpty
    else { return }
    let candidates = completion.candidates
    if candidates.count == 1 {
      edit {
        $0.replaceBeforeCursor(
          fromByte: completion.start, with: candidates[0].text + candidates[0].ending)
      }
      return
    }
    let common = CompletionMenu.commonPrefix(candidates.map(\.text))
    let typed = String(
      decoding: Array(buffer.text.utf8)[completion.start..<cursor], as: UTF8.self)
    if common.unicodeScalars.count > typed.unicodeScalars.count {
      edit { $0.replaceBeforeCursor(fromByte: completion.start, with: common) }
    }
    menu = candidates
  }
}
