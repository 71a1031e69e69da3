extension TreeParser {
  /// An operand without operators.
  func primary() throws(Stop) -> Expression {
    try checkOperand()
    switch kind {
    case .name: return try nameOrWord()
    case .openParen: return try parenthesized()
    case .openBracket: return try list()
    case .openBrace: return try brace()
    case .dot: return try item()
    case .stringStart: return try interpolation()
    case .if: return try conditional()
    case .match: return try match()
    case .try: return try trying()
    case .select: return try select()
    case .return: return try returning(level: .coalesce)
    case .fail: return try failing(level: .coalesce)
    default: return try literal()
    }
  }

  private func literal() throws(Stop) -> Expression {
    let token = tokens[position]
    let kind: Expression.Kind
    switch token.kind {
    case .int: kind = .int(token.value)
    case .float: kind = .float(Double(bitPattern: UInt64(UInt(bitPattern: token.value))))
    case .duration: kind = .duration(token.value)
    case .date: kind = .date(token.value)
    case .dateTime: kind = .dateTime(token.value)
    case .string: kind = .string(token.text)
    case .true: kind = .bool(true)
    case .false: kind = .bool(false)
    case .null: kind = .null
    case .break: kind = .breaking
    case .continue: kind = .continuing
    case .intMinimum: throw lowestIntAlone()
    default: throw missingOperand()
    }
    advance()
    return leaf(kind, token.span)
  }

  private func lowestIntAlone() -> Stop {
    fail(
      "this number does not fit an int, which goes up to 9223372036854775807",
      hint: "only directly behind a minus does 9223372036854775808 stand for an int")
  }

  private func parenthesized() throws(Stop) -> Expression {
    let start = position
    let outer = enterBrackets()
    if kind == .closeParen { throw emptyParentheses() }
    let inner = try pipe(commas: true)
    guard kind == .closeParen else { throw unclosedParentheses(inner) }
    advance()
    context = outer
    return try node(.parenthesized(inner), span(from: start), over: height)
  }

  private func emptyParentheses() -> Stop {
    fail(
      "there is nothing between the parentheses",
      hint: "a function without parameters is written () => e; nothing is null")
  }

  private func unclosedParentheses(_ inner: Expression) -> Stop {
    if kind == .comma {
      return fail("a comma cannot stand here", hint: "there are no tuples: write a list, [a, b]")
    }
    return stray(expecting: "`)`", behind: inner)
  }

  /// A record, or a block where a statement begins.
  private func brace() throws(Stop) -> Expression {
    if position == statementStart {
      if recordBegins(isBehindArrow: false) { return try record() }
      return try checkedBlockExpression()
    }
    if context.braceOpensBody { throw braceInHead() }
    return try record()
  }

  private func braceInHead() -> Stop {
    let before = position > 0 ? tokens[position - 1] : tokens[position]
    if before.kind == .ellipsis || before.kind == .halfOpen {
      return expected("the end of the range", hint: "a loop without an end is while true { }")
    }
    return fail(
      "expected an expression behind `\(source.text(before.span))`: a `{` in a head opens the body",
      hint: "put a record in parentheses: ({a: 1})")
  }

  /// A name, or `scope` and `timeout` where they begin a construct.
  private func nameOrWord() throws(Stop) -> Expression {
    switch tokens[position].text {
    case "scope" where beginsScope: return try scope()
    case "timeout" where beginsTimeout: return try timeout()
    default:
      let token = advance()
      return leaf(.name(token.text), token.span)
    }
  }

  private func scope() throws(Stop) -> Expression {
    let start = position
    advance()
    let block = try block("the block of `scope`")
    return try node(.scope(block), span(from: start), over: height)
  }

  private func timeout() throws(Stop) -> Expression {
    let start = position
    advance()
    let duration = try head()
    let durationHeight = height
    let block = try block("the block of `timeout`")
    return try node(
      .timeout(duration, block), span(from: start), over: max(durationHeight, height))
  }

  private var beginsScope: Bool {
    kind(ahead: 1) == .openBrace && !tokens[position + 1].newlineBefore && !context.braceOpensBody
  }

  /// True where `timeout` stands before a duration on its line, and a body.
  private var beginsTimeout: Bool {
    let next = tokens[min(position + 1, tokens.count - 1)]
    if next.newlineBefore { return false }
    switch next.kind {
    case .int, .float, .duration, .name: return true
    case .openParen where next.spaceBefore && next.value > 0 && !context.braceOpensBody:
      return bodyFollows(next.value + 1)
    default: return false
    }
  }

  /// True where a brace follows on the same line, outside of brackets; looks a bounded way ahead.
  private func bodyFollows(_ start: Int) -> Bool {
    var index = start
    for _ in 0..<64 {
      guard index < tokens.count else { return false }
      let token = tokens[index]
      if token.newlineBefore { return false }
      switch token.kind {
      case .openBrace: return true
      case .end, .failure, .comma, .semicolon, .closeParen, .closeBracket, .closeBrace, .assign,
        .bar:
        return false
      default: index = max(index, token.kind.isOpening ? token.value : index) + 1
      }
    }
    return false
  }

  /// Returns what to say of a token that begins no expression.
  func missingOperand() -> Stop {
    if kind == .failure { return fail("") }
    let before = position > 0 ? tokens[position - 1].kind : .end
    let touchesBefore = position > 0 && !tokens[position].spaceBefore
    if kind == .plus, before == .plus, touchesBefore {
      return fail(
        "there is no `++`", at: tokens[position - 1].span.joined(span),
        hint: "write x += 1; strings and lists are joined by +")
    }
    if atPair(.plus, .plus) {
      return fail(
        "there is no `++`", at: span.joined(tokens[position + 1].span), hint: "write x += 1")
    }
    if kind == .assign, before == .equal || before == .notEqual, touchesBefore {
      return fail(
        "there is no `\(before.rawValue)=`", at: tokens[position - 1].span.joined(span),
        hint: "write \(before.rawValue)")
    }
    if kind == .greater, before == .less, touchesBefore {
      return fail(
        "there is no `<>`", at: tokens[position - 1].span.joined(span), hint: "write !=")
    }
    if let mistake = foreignOperator() { return fail(mistake) }
    switch kind {
    case .while, .for, .let, .var, .defer:
      let word = tokens[position].text
      return fail(
        "`\(word)` is a statement and has no value", hint: "put it in braces where a body stands")
    case .fn:
      return fail(
        "a declaration is no value", hint: "a function value is written (a, b) => a + b")
    case .not: return fail("`not` cannot stand here", hint: "put it in parentheses: (not x)")
    case .else: return fail("this `else` belongs to no `if`", hint: "it follows the `}` of an `if`")
    case .catch:
      return fail("this `catch` belongs to no `try`", hint: "it follows the `}` of a `try`")
    case .ellipsis:
      return expected(
        "an expression", hint: "`...` spreads only in lists, records and arguments")
    case .doubleSlash where position == statementStart:
      return expected("a statement", hint: "a comment begins with #")
    case .slash where atPair(.slash, .star):
      return expected("an expression", hint: "a comment begins with # and ends with its line")
    case .less where position > 0 && tokens[position - 1].kind == .less && !tokens[position].spaceBefore:
      return fail(
        "there is no `<<`", at: tokens[position - 1].span.joined(span), hint: "write bits.shl(a, n)")
    case .greater
    where position > 0 && tokens[position - 1].kind == .greater && !tokens[position].spaceBefore:
      return fail(
        "there is no `>>`", at: tokens[position - 1].span.joined(span), hint: "write bits.shr(a, n)")
    case .slash:
      return expected("an expression", hint: "a pattern is a string: regex.find(text, 'a+b')")
    case .star, .doubleStar:
      return expected("an expression", hint: "to spread a list or record write ...xs")
    case .plus: return expected("an expression", hint: "a number needs no plus sign")
    case .optionalDot where tokens[position].newlineBefore:
      return expected(
        "a statement", hint: "a line goes on with `.name` but not with `?.`: break it elsewhere")
    case .bar: return expected("an expression", hint: "a pipe begins with a value: xs | f")
    default: return expected(position == statementStart ? "a statement" : "an expression")
    }
  }
}
