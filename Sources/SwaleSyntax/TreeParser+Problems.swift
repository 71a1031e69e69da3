extension TreeParser {
  /// Notes a problem and returns what unwinds the descent.
  func fail(
    _ message: String, at place: Span? = nil, hint: String? = nil,
    notes: [Diagnostic.Note] = [], kind errorKind: ErrorKind = .syntax, isIncomplete: Bool = false
  ) -> Stop {
    // Where the lexer stopped, its reason is the first one.
    if kind == .failure, let failure = lexed.failure {
      problem = failure
      return Stop()
    }
    problem = Diagnostic(
      errorKind, message, at: Location(source, place ?? here), hint: hint, notes: notes,
      isIncomplete: isIncomplete)
    return Stop()
  }

  /// The hint and notes of an error that a comma behind a pipe may have led to.
  var commaAdvice: (hint: String, notes: [Diagnostic.Note])? {
    guard let comma = context.commaBehindPipe else { return nil }
    return (
      "put a pipe whose arguments run over commas in parentheses",
      [Diagnostic.Note("this comma ends the pipe", Location(source, comma))]
    )
  }

  /// Where an error about the current token points: at it, or at the line's end before it.
  var here: Span {
    ended || kind == .end ? Span(previousEnd, previousEnd) : span
  }

  /// Returns the problem that something else stands where this was expected.
  func expected(_ what: String, hint: String? = nil, notes: [Diagnostic.Note] = []) -> Stop {
    var notes = notes
    if kind == .end, let opener = context.opener {
      notes.append(Diagnostic.Note("opened here and not closed", Location(source, opener)))
    } else if let opener = context.opener, closesOther(opener) {
      notes.append(Diagnostic.Note("the bracket to close first", Location(source, opener)))
    } else if let opener = context.opener, !context.newlinesEnd, tokens[position].newlineBefore {
      notes.append(Diagnostic.Note("the bracket that is open here", Location(source, opener)))
    }
    return fail(
      "expected \(what), found \(found)", hint: hint, notes: notes, isIncomplete: mayGoOn)
  }

  /// True at a closing bracket of another kind than the one that is open.
  private func closesOther(_ opener: Span) -> Bool {
    let byte = source.bytes[Int(opener.lower)]
    switch kind {
    case .closeParen: return byte != UInt8(ascii: "(")
    case .closeBracket: return byte != UInt8(ascii: "[")
    case .closeBrace: return byte != UInt8(ascii: "{")
    default: return false
    }
  }

  /// True at the end of a text that more text could make whole.
  var mayGoOn: Bool {
    guard kind == .end else { return false }
    return !context.newlinesEnd || (position > 0 && tokens[position - 1].kind.continuesOnNextLine)
  }

  /// What stands here, for a message.
  var found: String {
    if ended, kind != .end { return "the end of the line" }
    let token = tokens[position]
    switch token.kind {
    case .end: return "the end of the text"
    case .name: return "`\(token.text)`"
    case .string, .stringStart: return "a string"
    case .int, .intMinimum, .float, .duration, .date, .dateTime: return "`\(source.text(token.span))`"
    case .stringText, .stringEnd, .interpolationStart, .failure: return token.kind.rawValue
    case .interpolationEnd: return "the `}` that ends the interpolation"
    case .formatSpecification: return "a `:`, which begins a format"
    default: return token.kind.isKeyword ? "the keyword `\(token.text)`" : "`\(token.kind.rawValue)`"
    }
  }

  /// True where two tokens of these kinds stand here without a space.
  func atPair(_ first: Token.Kind, _ second: Token.Kind) -> Bool {
    kind == first && kind(ahead: 1) == second && !tokens[position + 1].spaceBefore
  }

  /// Returns the problem that an expression is over and something that cannot follow it stands here.
  func stray(expecting what: String, behind expression: Expression? = nil) -> Stop {
    if kind == .failure { return fail("") }
    if kind == .end || ended { return expected(what) }
    if let mistake = foreignOperator() { return fail(mistake) }
    if kind == .comma, openStageEnd == position {
      return fail(
        "a comma ends the pipe here", hint: "put the pipe in parentheses: (xs | sort .a, .b)")
    }
    let before = position > 0 ? tokens[position - 1] : tokens[position]
    if kind == .closeParen || kind == .closeBracket, context.newlinesEnd {
      return fail("`\(kind.rawValue)` closes nothing", hint: "remove it, or open it before")
    }
    if kind == .dot {
      return fail(
        "a dot behind a space speaks of the current item, and two expressions stand side by side",
        hint: openArgumentsEnd == position
          ? "put a comma between two arguments" : "for a member write the dot without a space")
    }
    if before.kind == .name, let hint = ForeignWords.hint(for: before.text),
      startsOperand || kind == .fn || kind == .let
    {
      return fail("`\(before.text)` means nothing here", at: before.span, hint: hint)
    }
    if kind == .name, let hint = ForeignWords.hint(for: tokens[position].text) {
      return expected(what, hint: hint)
    }
    if before.kind == .name, kind == .string || kind == .stringStart, !tokens[position].spaceBefore {
      return expected(
        what, hint: "strings have no prefix: \"...{x}\" interpolates, '...' is raw")
    }
    if kind == .string || kind == .stringStart, before.kind == .string || before.kind == .stringEnd {
      return expected(
        what, hint: "strings are joined by +; a string with ' in it stands between \" quotes")
    }
    if kind == .openBrace {
      return expected(
        what,
        hint: "a function value is written x => e or x => { ... }; a body belongs to if, for, fn, ...")
    }
    if case .name(let callee)? = expression?.kind, startsOperand, before.kind == .name,
      !tokens[position].newlineBefore
    {
      if TypeNames.all.contains(callee), kind == .name {
        return expected(what, hint: "variables have no written type: let \(tokens[position].text) = ...")
      }
      let meant = closestName(to: callee, among: Self.statementWords).map { $0 == "function" ? "fn" : $0 }
      return expected(
        what, hint: meant.map { "did you mean `\($0)`?" } ?? "to call a function write \(callee)(...)")
    }
    return expected(what, hint: sideBySide(before, expecting: what))
  }

  /// The words that begin a statement.
  private static let statementWords = [
    "return", "while", "for", "match", "if", "fail", "defer", "try", "let", "var", "use", "function",
  ]

  /// True where the current token could begin an expression.
  var startsOperand: Bool { kind.startsOperand }

  /// Returns what may be meant where two values stand side by side; nil where they do not.
  private func sideBySide(_ before: Token, expecting what: String) -> String? {
    let token = tokens[position]
    if source.bytes[Int(before.span.lower)] == UInt8(ascii: "'"), !token.spaceBefore,
      before.kind == .string
    {
      return "a text with ' in it stands between \" quotes"
    }
    guard kind != .openBrace, startsOperand || kind == .fn || kind == .let else { return nil }
    if isBehindComment { return "a comment begins with #" }
    switch kind {
    case .if: return "a choice is written if c { a } else { b }"
    case .let, .fn: return nil
    case .name where ["AND", "OR"].contains(token.text): return "write `\(token.text.lowercased())`"
    default: break
    }
    if before.kind == .name, before.span.upper > before.span.lower, what.contains(")`") || what.contains("]`")
    {
      return "put a comma between two values; a function is called \(before.text)(...)"
    }
    guard before.kind.endsOperand else { return nil }
    if what.contains("`,`") {
      return token.newlineBefore
        ? "is a comma or the closing bracket missing at the end of the line above?"
        : "put a comma between two values"
    }
    if kind == .name, kind(ahead: 1) == .openParen { return "statements are apart by a newline or `;`" }
    return before.kind == .name ? nil : "is an operator missing between the two values?"
  }

  /// True where `//` stands before this place on its line, as other languages begin a comment.
  private var isBehindComment: Bool {
    var index = position
    while index > 0, !tokens[index].newlineBefore {
      index -= 1
      if tokens[index].kind == .doubleSlash { return true }
    }
    return false
  }

  /// An operator that other languages have.
  struct ForeignOperator {
    let message: String
    let hint: String
    /// How many tokens it takes.
    var width = 1
  }

  func fail(_ mistake: ForeignOperator) -> Stop {
    let last = tokens[min(position + mistake.width - 1, tokens.count - 1)].span
    return fail(mistake.message, at: span.joined(last), hint: mistake.hint)
  }

  /// Returns what to say of an operator that other languages have at this place.
  func foreignOperator() -> ForeignOperator? {
    if let (text, hint) = foreignPair {
      return ForeignOperator(message: "there is no `\(text)`", hint: hint, width: 2)
    }
    switch kind {
    case .question:
      return ForeignOperator(
        message: "there is no `?` operator",
        hint: "write if cond { a } else { b }, or a ?? b for null")
    case .ampersand:
      return ForeignOperator(
        message: "there is no `&` operator", hint: "write `and`; for bits, bits.and(a, b)")
    case .assign:
      return ForeignOperator(
        message: "`=` assigns and has no value", hint: "to compare write `==`")
    case .rightArrow:
      return ForeignOperator(
        message: "`->` stands only before the type of a result",
        hint: "a function is written x => x + 1")
    default:
      guard kind.assignment != nil else { return nil }
      return ForeignOperator(
        message: "`\(kind.rawValue)` assigns and has no value",
        hint: "write the assignment as a statement")
    }
  }

  private var foreignPair: (text: String, hint: String)? {
    if atPair(.colon, .assign) {
      return (":=", "declare with `let x = 1` or `var x = 1`, assign with `=`")
    }
    if atPair(.colon, .colon) { return ("::", "write a point: module.name") }
    if atPair(.ampersand, .ampersand) { return ("&&", "write `and`") }
    if atPair(.question, .colon) { return ("?:", "write a ?? b") }
    if atPair(.dot, .dot) {
      return ("..", "a range is written 1...5 with its end, 0..<5 without")
    }
    return nil
  }
}
