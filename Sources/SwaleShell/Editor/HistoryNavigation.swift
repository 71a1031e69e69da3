/// A walk through the history with the Up and Down keys, by entries that begin with what was typed.
struct HistoryNavigation {
  /// What was typed before the walk began; Down comes back to it behind the newest entry.
  private var draft = ""
  /// The entry shown; the number of entries while the draft is.
  private var index: Int?
  /// The text last shown, by which an edit in between is noticed.
  private var shown = ""

  /// Returns the next older entry with the typed beginning; nil where there is none.
  mutating func older(in entries: [String], than current: String) -> String? {
    begin(current, count: entries.count)
    return walk(in: entries, over: stride(from: (index ?? 0) - 1, through: 0, by: -1))
  }

  /// Returns the next newer entry, or what was typed behind the newest; nil where there is none.
  mutating func newer(in entries: [String], than current: String) -> String? {
    guard index != nil, current == shown, let index, index < entries.count else { return nil }
    if let text = walk(in: entries, over: stride(from: index + 1, to: entries.count, by: 1)) {
      return text
    }
    self.index = entries.count
    shown = draft
    return draft
  }

  private mutating func begin(_ current: String, count: Int) {
    guard index == nil || current != shown else { return }
    draft = current
    shown = current
    index = count
  }

  private mutating func walk(in entries: [String], over places: some Sequence<Int>) -> String? {
    for place in places where place < entries.count {
      let entry = entries[place]
      if entry.hasPrefix(draft), entry != shown {
        index = place
        shown = entry
        return entry
      }
    }
    return nil
  }
}
