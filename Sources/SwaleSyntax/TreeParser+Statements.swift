extension TreeParser {
  func program() throws(Stop) -> Program {
    var statements: [Statement] = []
    while kind != .end {
      if kind == .semicolon {
        advance()
        continue
      }
      try recovering(isOutermost: true) { () throws(Stop) in
        if kind == .closeBrace || kind == .closeParen || kind == .closeBracket {
          throw fail(
            "`\(kind.rawValue)` closes nothing", at: span, hint: "remove it, or open it before")
        }
        statements.append(try statement())
        try endStatement(statements.last)
      }
    }
    return Program(source: source, statements: statements)
  }

  /// Reads statements between braces; `owner` is what they belong to, such as "the body of `if`".
  func block(_ owner: String) throws(Stop) -> Block {
    try openBody(owner)
    return try blockBehindCheck()
  }

  /// Reads statements between braces that are known to begin here.
  func blockBehindCheck() throws(Stop) -> Block {
    let start = position
    let outer = context
    let (outerStatement, outerSend) = (statementStart, sendStart)
    try enter()
    context = Context(opener: span)
    advance()
    var statements: [Statement] = []
    var highest = 0
    while true {
      if kind == .semicolon {
        advance()
        continue
      }
      if kind == .closeBrace { break }
      if kind == .end || kind == .closeParen || kind == .closeBracket { throw unclosedBlock() }
      try recovering(isOutermost: false) { () throws(Stop) in
        statements.append(try statement())
        highest = max(highest, height)
        try endStatement(statements.last)
      }
    }
    advance()
    leave()
    context = outer
    (statementStart, sendStart) = (outerStatement, outerSend)
    try grow(over: highest, at: span(from: start))
    return Block(span: span(from: start), statements: statements)
  }

  /// Returns the problem that something else stands where the brace of a block should.
  func unclosedBlock() -> Stop {
    var notes: [Diagnostic.Note] = []
    if let opener = context.opener {
      notes.append(Diagnostic.Note("opened here and not closed", Location(source, opener)))
    }
    return fail("expected `}`, found \(found)", notes: notes, isIncomplete: kind == .end)
  }

  /// Reports what stands where a body should begin.
  func openBody(_ owner: String) throws(Stop) {
    if kind == .openBrace {
      guard tokens[position].newlineBefore else { return }
      throw fail(
        "a `{` that begins a line opens no body", at: span,
        hint: "put it at the end of the line above: that is where \(owner) begins")
    }
    if atPair(.colon, .assign) {
      throw fail(
        "expected `{` for \(owner), found `:=`", hint: "declare the variable on a line of its own before")
    }
    if at(.colon) {
      throw fail(
        "expected `{` for \(owner), found `:`", hint: "a body stands in braces: { ... }")
    }
    if at(.assign) || (kind.assignment != nil && !ended) || at(.comma) || at(.fatArrow) || at(.ampersand)
      || at(.question)
    {
      throw stray(expecting: "`{` for \(owner)")
    }
    let foreign = kind == .name ? ForeignWords.hint(for: tokens[position].text) : nil
    throw expected(
      "`{` for \(owner)",
      hint: foreign ?? (kind != .end ? "a body stands in braces: { ... }" : nil))
  }

  /// Checks that a statement is over: at a newline, `;`, `}` or the end.
  func endStatement(_ statement: Statement?) throws(Stop) {
    if kind == .end || kind == .semicolon || kind == .closeBrace || ended { return }
    if tokens[position].newlineBefore, context.newlinesEnd {
      // The line begins with a word that continues a statement, but not this one.
      switch kind {
      case .else:
        throw fail("this `else` belongs to no `if`", hint: "it follows the `}` of an `if`")
      case .catch:
        throw fail("this `catch` belongs to no `try`", hint: "it follows the `}` of a `try`")
      default: break
      }
    }
    if case .expression(let expression)? = statement?.kind {
      if kind == .comma, openStageEnd != position {
        throw fail(
          "a comma cannot stand here",
          hint: "several values at once are taken apart by a list: let [a, b] = [1, 2]")
      }
      if kind == .colon, !atPair(.colon, .assign), !atPair(.colon, .colon) {
        throw strayColon(behind: expression)
      }
      throw stray(expecting: "the end of the statement", behind: expression)
    }
    if kind == .assign, statement != nil {
      throw fail("`=` assigns once in a statement", hint: "write y = z and x = y on two lines")
    }
    throw stray(expecting: "the end of the statement")
  }

  private func strayColon(behind expression: Expression) -> Stop {
    let what = "the end of the statement"
    guard case .name(let name) = expression.kind, before(2) != .dot else {
      return expected(what, hint: "a body stands in braces: { ... }")
    }
    if kind(ahead: 1) == .name, TypeNames.all.contains(tokens[position + 1].text) {
      return expected(what, hint: "variables have no written type: let \(name) = ...")
    }
    if before(2) == .openBrace {
      return expected(
        what, hint: "this `{` opens a block; a record in a head stands in parentheses: ({a: 1})")
    }
    return expected(
      what, hint: ForeignWords.hint(for: name) ?? "a body stands in braces: { ... }")
  }

  /// The kind of the token some places before this one.
  private func before(_ count: Int) -> Token.Kind? {
    position >= count ? tokens[position - count].kind : nil
  }

  func statement() throws(Stop) -> Statement {
    let start = position
    (statementStart, sendStart) = (start, start)
    let documentation = lexed.documentation[start]
    let kind: Statement.Kind
    switch self.kind {
    case .let, .var: kind = try binding()
    case .fn:
      try checkDeclares()
      kind = try function()
    case .while: kind = try whileLoop()
    case .for: kind = try forLoop()
    case .defer: kind = try deferred()
    case .return: kind = .expression(try returning(level: .pipe))
    case .fail: kind = .expression(try failing(level: .pipe))
    case .name:
      if let declaration = try wordStatement() {
        kind = declaration
      } else {
        kind = try plainStatement()
      }
    default: kind = try plainStatement()
    }
    let span = span(from: start)
    let declares =
      switch kind {
      case .binding, .function, .transform: true
      default: false
      }
    return Statement(span: span, kind: kind, documentation: declares ? documentation : nil)
  }

  /// An expression, an assignment or a send.
  private func plainStatement() throws(Stop) -> Statement.Kind {
    let expression = try pipe(commas: true)
    return try assignmentOrSend(expression, commas: true) ?? .expression(expression)
  }

  /// Reads the rest of an assignment or send behind its target; nil where neither goes on here.
  func assignmentOrSend(
    _ target: Expression, commas: Bool
  ) throws(Stop) -> Statement.Kind? {
    if at(.leftArrow), canReceive(target) { return try sending(to: target) }
    guard kind == .assign || kind.assignment != nil, !ended else { return nil }
    return try assignment(target, commas: commas)
  }

  private func sending(to channel: Expression) throws(Stop) -> Statement.Kind {
    let channelHeight = height
    advance()
    let value = try coalesceLevel()
    try grow(over: max(channelHeight, height), at: channel.span)
    if at(.bar) || at(.fatArrow) {
      throw fail(
        "a sent value goes no further than an operator",
        hint: "put a pipe or a lambda in parentheses: ch <- (x | f)")
    }
    return .send(channel: channel, value: value)
  }

  private func assignment(_ target: Expression, commas: Bool) throws(Stop) -> Statement.Kind {
    let targetHeight = height
    guard isPath(target) else { throw notAssignable(target) }
    let operation = advance().kind.assignment
    if kind == .assign, !tokens[position].spaceBefore, operation == nil {
      throw fail("there is no `==` with a space", hint: "to compare write `==`")
    }
    let value = try pipe(commas: commas)
    try grow(over: max(targetHeight, height), at: target.span)
    return .assignment(target: target, operation: operation, value)
  }

  private func notAssignable(_ target: Expression) -> Stop {
    let hint =
      switch target.kind {
      case .member(_, _, isOptional: true): "write a plain point: assigning needs the record"
      case .list: "to take a list apart write let [a, b] = xs"
      case .binary, .unary: "to compare write `==`"
      default: "assign to a variable, a member of one or an element of one"
      }
    return fail("this cannot be assigned to", at: target.span, hint: hint)
  }

  /// True for a name and members and elements of one.
  func isPath(_ expression: Expression) -> Bool {
    var expression = expression
    while true {
      switch expression.kind {
      case .name: return true
      case .member(let inner, _, isOptional: false), .index(let inner, _): expression = inner
      default: return false
      }
    }
  }

  /// True for an expression that may stand left of the `<-` of a send.
  func canReceive(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .name, .member, .index, .call, .method, .item, .parenthesized: true
    default: false
    }
  }

  /// Statements that begin with a word that is a name elsewhere.
  private func wordStatement() throws(Stop) -> Statement.Kind? {
    let next = tokens[min(position + 1, tokens.count - 1)]
    guard !next.newlineBefore else { return nil }
    switch tokens[position].text {
    case "use" where next.kind == .string || next.kind == .stringStart: return try use()
    case "use" where next.kind == .name:
      throw fail(
        "the path of `use` is a string", at: next.span, hint: "write use \"lib/geo.swale\"")
    case "transform" where next.kind == .name: return try transform()
    case "transform" where next.kind.isKeyword && kind(ahead: 2) == .assign:
      return try transform()
    case "assert" where !isPlainUse(next): return try assertion()
    default: return nil
    }
  }

  /// True where what follows a word shows it to be a plain name.
  private func isPlainUse(_ next: Token) -> Bool {
    switch next.kind {
    case .end, .dot, .optionalDot, .comma, .bar, .leftArrow, .fatArrow, .semicolon, .closeBrace,
      .assign:
      true
    default: next.kind.assignment != nil
    }
  }

  private func assertion() throws(Stop) -> Statement.Kind {
    let start = position
    advance()
    let isParenthesized = kind == .openParen
    let inner = position
    if isParenthesized, tokens[inner].value > 0 { try checkAssertionCall(inner) }
    let condition = try pipe(commas: false)
    var highest = height
    var message: Expression?
    if accept(.comma) {
      message = try pipe(commas: false)
      highest = max(highest, height)
    }
    try grow(over: highest, at: span(from: start))
    return .assertion(condition: condition, message: message)
  }

  /// `assert(cond, "message")` is what people from elsewhere write.
  private func checkAssertionCall(_ opening: Int) throws(Stop) {
    var index = opening + 1
    let closing = tokens[opening].value
    while index < closing {
      if tokens[index].kind == .comma {
        throw fail(
          "`assert` is a statement, not a function", at: tokens[opening].span,
          hint: "write assert cond, \"message\" without the parentheses")
      }
      // Step over inner brackets and strings as a whole.
      index = max(index, tokens[index].kind.isOpening ? tokens[index].value : index) + 1
    }
  }
}

extension Token.Kind {
  /// True for a token whose value is the index of the one that closes it.
  var isOpening: Bool {
    switch self {
    case .openParen, .openBracket, .openBrace, .stringStart, .interpolationStart: true
    default: false
    }
  }
}
