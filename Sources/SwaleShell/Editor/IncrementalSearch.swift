/// A search through the history that follows what is typed.
struct IncrementalSearch {
  private let entries: [String]
  private(set) var query = ""
  /// The entry found last and where in it; nil before anything was.
  private var found: (index: Int, start: Int, end: Int)?
  private(set) var hasFailed = false

  init(entries: [String]) { self.entries = entries }

  var prompt: String { (hasFailed ? "(no match) " : "(search) ") + VisibleText.of(query) + ": " }

  /// The entry found last and the place of the text in it, in scalars.
  var match: (text: String, start: Int, end: Int)? {
    found.map { (entries[$0.index], $0.start, $0.end) }
  }

  mutating func extend(_ text: String) {
    query += text
    find(from: found?.index ?? entries.count - 1, step: -1)
  }

  mutating func shorten() {
    guard !query.isEmpty else { return }
    query.removeLast()
    hasFailed = false
    found = nil
    if !query.isEmpty { find(from: entries.count - 1, step: -1) }
  }

  mutating func older() { find(from: (found?.index ?? entries.count) - 1, step: -1) }
  mutating func newer() { find(from: (found?.index ?? entries.count) + 1, step: 1) }

  private mutating func find(from start: Int, step: Int) {
    guard !query.isEmpty else { return }
    // The same entry twice in a row would look as if nothing had happened.
    let shown = found.map { entries[$0.index] }
    var index = start
    while entries.indices.contains(index) {
      let isRepeated = index != found?.index && entries[index] == shown
      if !isRepeated, let place = place(in: entries[index]) {
        found = (index, place, place + query.unicodeScalars.count)
        hasFailed = false
        return
      }
      index += step
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
