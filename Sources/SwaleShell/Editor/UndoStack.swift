/// Earlier states of the entry that is being edited.
struct UndoStack {
  private var states: [EditBuffer] = [EditBuffer()]
  private var isTypingWord = false

  /// Notes the present state; letters typed one after the other become one step.
  mutating func note(_ buffer: EditBuffer) {
    guard let last = states.last, buffer.scalars != last.scalars else {
      if states.last?.cursor != buffer.cursor { isTypingWord = false }
      states[states.count - 1] = buffer
      return
    }
    let typed = buffer.scalars.count == last.scalars.count + 1 && buffer.cursor == last.cursor + 1
    let letter = typed && !buffer.scalars[buffer.cursor - 1].properties.isWhitespace
    if letter, isTypingWord {
      states[states.count - 1] = buffer
    } else {
      states.append(buffer)
      if states.count > 1000 { states.removeFirst() }
    }
    isTypingWord = letter
  }

  /// Returns the state before the last change; nil where nothing was changed.
  mutating func undo() -> EditBuffer? {
    guard states.count > 1 else { return nil }
    states.removeLast()
    isTypingWord = false
    return states.last
  }
}
