/// How a stretch of text looks, by its meaning.
enum Style: UInt8, Sendable, CaseIterable {
  case plain, keyword, string, number, comment, function, type, command, error
  case prompt, dim, bold, match, heading, good, hint, warning

  /// The terminal's code that switches the style on; empty for plain text.
  var code: String {
    switch self {
    case .plain: ""
    case .keyword: "\u{1b}[35m"
    case .string: "\u{1b}[32m"
    case .number: "\u{1b}[36m"
    case .comment: "\u{1b}[2m"
    case .function: "\u{1b}[34m"
    case .type: "\u{1b}[33m"
    case .command: "\u{1b}[1;34m"
    case .error: "\u{1b}[1;31m"
    case .prompt: "\u{1b}[1;32m"
    case .dim: "\u{1b}[2m"
    case .bold: "\u{1b}[1m"
    case .match: "\u{1b}[1;4m"
    case .heading: "\u{1b}[1m"
    case .hint: "\u{1b}[1;36m"
    case .warning: "\u{1b}[1;33m"
    case .good: "\u{1b}[32m"
    }
  }

  static let reset = "\u{1b}[0m"

  /// Returns the text in this style, or as it is where colours are off.
  func paint(_ text: String, when colored: Bool = true) -> String {
    colored && self != .plain && !text.isEmpty ? code + text + Style.reset : text
  }
}
