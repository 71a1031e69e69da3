import SwaleSyntax

/// Colours for entries while they are typed.
enum EntryHighlighter {
  static func spans(of text: String) -> [StyledSpan] {
    guard let first = text.unicodeScalars.first else { return [] }
    if first == "!" { return [StyledSpan(range: 0..<1, style: .command)] }
    var offset = 0
    var spans: [StyledSpan] = []
    if first == ":" {
      // The command, and code behind it where there is any.
      let (name, _) = PromptCommand.split(text)
      offset = name.utf8.count
      let isKnown = PromptCommand.named(name) != nil
      spans.append(StyledSpan(range: 0..<offset, style: isKnown ? .command : .plain))
      guard PromptCommand.named(name)?.argument == .expression else { return spans }
    }
    let code = Array(text.utf8.dropFirst(offset))
    for (span, tokenClass) in Highlighter.spans(in: code) {
      guard let style = style(of: tokenClass) else { continue }
      spans.append(StyledSpan(range: (Int(span.lower) + offset)..<(Int(span.upper) + offset), style: style))
    }
    return spans
  }

  private static func style(of tokenClass: TokenClass) -> Style? {
    switch tokenClass {
    case .keyword: .keyword
    case .number: .number
    case .string: .string
    case .comment: .comment
    case .itemDot: .type
    case .interpolation: .number
    case .invalid: .error
    case .name, .operator: nil
    }
  }
}
