/// Where the prompt's entries come from: a person at a terminal, or plain lines.
protocol LineEditor: AnyObject {
  /// Reads one whole entry, which may have several lines.
  func read(_ prompt: PromptText) -> EditorResult
}

/// What stands before the first and before each further line of an entry.
struct PromptText: Equatable, Sendable {
  var first: String
  var continuation: String

  static let standard = PromptText(first: "swale> ", continuation: "   ... ")
}

/// How reading an entry ended.
enum EditorResult: Sendable {
  /// A whole entry, without the newline that ended it.
  case entry(String)
  /// Ctrl-C: what was typed is dropped.
  case cancelled
  /// Ctrl-D, or the end of the input.
  case end
  /// The input cannot be read.
  case failed(any Error)
}

/// What the editor asks about the text that is being typed.
struct EditorAssistant {
  /// True if more lines could make the text whole, so that Enter begins another line.
  var isIncomplete: (String) -> Bool = { _ in false }
  var highlight: (String) -> [StyledSpan] = { _ in [] }
  /// Completes the text before a place, given as an offset in UTF-8 bytes.
  var complete: (String, Int) -> Completion? = { _, _ in nil }
  /// Returns what tasks have printed since it was asked for last, which is shown above the entry.
  var takeOutput: () -> String = { "" }
}

/// A stretch of UTF-8 bytes and how it looks.
struct StyledSpan: Equatable, Sendable {
  var range: Range<Int>
  var style: Style
}

/// What Tab may put in the place of the text before the cursor.
struct Completion: Equatable, Sendable {
  /// The offset in UTF-8 bytes where the text to be replaced begins; it ends at the cursor.
  var start: Int
  var candidates: [Candidate]

  struct Candidate: Equatable, Sendable {
    /// What replaces the text.
    var text: String
    /// What the list shows; it may leave out a common beginning, such as a folder.
    var label: String
    /// A few words about it, shown when there is room.
    var summary: String = ""
    /// What follows when it is the only candidate: a space, a quote, a slash or nothing.
    var ending: String = ""
  }
}
