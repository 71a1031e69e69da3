/// Says what each piece of a text is, for colouring it while it is being typed.
public enum Highlighter {
  /// Returns the pieces of a text in order, without those that need no colour, such as spaces.
  ///
  /// The text need not be a program: what cannot be read is `invalid`, and what follows it is read
  /// as if it stood alone.
  public static func spans(in text: [UInt8]) -> [(Span, TokenClass)] {
    let checked = Lexer(Source(name: "", bytes: text))
    var result: [(Span, TokenClass)] = []
    var start = checked.offset
    while start < text.count {
      var lexer = checked
      lexer.offset = start
      lexer.run()
      result += classified(lexer.result)
      guard lexer.result.failure != nil else { break }
      let lower = max(start, result.last.map { Int($0.0.upper) } ?? start)
      let end: Int
      if let quote = openQuote(lexer.result.tokens) {
        end = endOfString(text, from: max(lower, lexer.offset), quote)
        if end > lower { result.append((Span(lower, end), .string)) }
      } else {
        let failure = lexer.result.failure?.location?.span ?? Span(lower, lower)
        end = min(text.count, max(lexer.offset, Int(failure.upper), lower + 1))
        let begin = max(lower, Int(failure.lower))
        if end > begin { result.append((Span(begin, end), .invalid)) }
      }
      start = max(end, start + 1)
    }
    return result
  }

  /// The quotes of the string whose text could not be read; nil for a mistake outside of strings.
  private static func openQuote(_ tokens: [Token]) -> Span? {
    guard let last = tokens.dropLast().last,
      last.kind == .stringStart || last.kind == .interpolationEnd
    else { return nil }
    var depth = 0
    for token in tokens.reversed() {
      if token.kind == .stringEnd { depth += 1 }
      guard token.kind == .stringStart else { continue }
      if depth == 0 { return token.span }
      depth -= 1
    }
    return nil
  }

  /// Returns the offset behind the string that is open, as far as it can be told.
  private static func endOfString(_ text: [UInt8], from start: Int, _ quote: Span) -> Int {
    let delimiter = text[Int(quote.lower)..<Int(quote.upper)]
    var offset = min(start, text.count)
    while offset < text.count {
      if text[offset...].starts(with: delimiter) { return offset + delimiter.count }
      if delimiter.count == 1, text[offset] == 0x0A { return offset }
      offset += text[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    return text.count
  }

  private static func classified(_ lexed: LexedText) -> [(Span, TokenClass)] {
    var result: [(Span, TokenClass)] = []
    var comments = lexed.comments[...]
    for (index, token) in lexed.tokens.enumerated() {
      while let comment = comments.first, comment.lower < token.span.lower || token.kind == .end {
        result.append((comment, .comment))
        comments.removeFirst()
      }
      guard let tokenClass = tokenClass(of: index, in: lexed.tokens) else { continue }
      var span = token.span
      // The name behind an item's dot belongs to it.
      if tokenClass == .itemDot, let name = itemName(index + 1, lexed.tokens) {
        span = span.joined(name)
      }
      if let last = result.last, last.0.upper > span.lower { continue }
      if span.upper > span.lower { result.append((span, tokenClass)) }
    }
    for comment in comments where !(result.last.map { $0.0.upper > comment.lower } ?? false) {
      result.append((comment, .comment))
    }
    return result
  }

  private static func itemName(_ index: Int, _ tokens: [Token]) -> Span? {
    guard index < tokens.count, !tokens[index].spaceBefore else { return nil }
    return tokens[index].kind.isNameLike || tokens[index].kind == .string ? tokens[index].span : nil
  }

  private static func tokenClass(of index: Int, in tokens: [Token]) -> TokenClass? {
    let token = tokens[index]
    switch token.kind {
    case .end, .failure: return nil
    case .int, .intMinimum, .float, .duration, .date, .dateTime: return .number
    case .string, .stringStart, .stringText, .stringEnd: return .string
    case .interpolationStart, .interpolationEnd, .formatSpecification: return .interpolation
    case .name: return isWord(index, tokens) ? .keyword : .name
    case .dot: return beginsItem(index, tokens) ? .itemDot : .operator
    default:
      guard token.kind.isKeyword else { return .operator }
      let next = index + 1 < tokens.count ? tokens[index + 1].kind : .end
      let previous = index > 0 ? tokens[index - 1].kind : .end
      return next == .colon || previous == .dot || previous == .optionalDot ? .name : .keyword
    }
  }

  /// True for a name that is a keyword at its place.
  private static func isWord(_ index: Int, _ tokens: [Token]) -> Bool {
    guard index + 1 < tokens.count else { return false }
    let next = tokens[index + 1]
    if next.newlineBefore { return false }
    let begins =
      tokens[index].newlineBefore || index == 0 || tokens[index - 1].kind == .semicolon
      || tokens[index - 1].kind == .openBrace
    switch tokens[index].text {
    case "use": return begins && (next.kind == .string || next.kind == .stringStart)
    case "transform": return begins && next.kind == .name
    case "assert": return begins && next.kind != .dot && next.kind != .assign
    case "scope": return next.kind == .openBrace
    case "timeout": return next.kind == .duration
    case "after": return next.kind == .duration || next.kind == .name
    case "as": return index > 1 && tokens[index - 1].kind == .string
    default: return false
    }
  }

  /// True for a dot that does not stand directly behind an expression.
  private static func beginsItem(_ index: Int, _ tokens: [Token]) -> Bool {
    guard index > 0 else { return false }
    let previous = tokens[index - 1]
    let endsOperand: Bool
    switch previous.kind {
    case .name, .int, .intMinimum, .float, .duration, .date, .dateTime, .string, .stringEnd,
      .closeParen, .closeBracket, .closeBrace, .true, .false, .null:
      endsOperand = true
    default: endsOperand = previous.kind.isKeyword && index > 1 && tokens[index - 2].kind == .dot
    }
    if !endsOperand { return true }
    return tokens[index].spaceBefore && !tokens[index].newlineBefore
  }
}
