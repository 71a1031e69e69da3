extension TreeParser {
  /// `match e { pattern if cond => body, ... }`
  func match() throws(Stop) -> Expression {
    let start = position
    advance()
    let subject = try head()
    var highest = height
    let outer = try enterArms("the arms of `match`")
    var arms: [Arm] = []
    while try moreArms() {
      arms.append(try matchArm())
      highest = max(highest, height)
      try endArm()
    }
    leaveArms(outer)
    return try node(.match(subject, arms), span(from: start), over: highest)
  }

  private func matchArm() throws(Stop) -> Arm {
    let start = position
    if kind == .else {
      throw fail("an arm of `match` begins with a pattern", hint: "the last arm is `_ => value`")
    }
    let pattern = try pattern(isMatch: true)
    var highest = height
    var guardCondition: Expression?
    if at(.if) {
      advance()
      guardCondition = try coalesceLevel()
      highest = max(highest, height)
    }
    let body = try armBody(isMatch: true)
    try grow(over: max(highest, height), at: pattern.span)
    return Arm(
      span: span(from: start), pattern: pattern, guardCondition: guardCondition, body: body)
  }

  /// `select { let v = <-a => ..., b <- x => ..., after 1s => ..., else => ... }`
  func select() throws(Stop) -> Expression {
    let start = position
    advance()
    guard kind == .openBrace else {
      throw expected(
        "`{` for the arms of `select`",
        hint: "`select` waits for channels; the verb stands behind a `|` or a dot: t | select .a")
    }
    var highest = 0
    let outer = try enterArms("the arms of `select`")
    var arms: [SelectArm] = []
    while try moreArms() {
      let armStart = position
      let event = try selectEvent()
      highest = max(highest, height)
      let body = try armBody(isMatch: false)
      highest = max(highest, height)
      arms.append(SelectArm(span: span(from: armStart), event: event, body: body))
      try endArm()
    }
    leaveArms(outer)
    return try node(.select(arms), span(from: start), over: highest)
  }

  private func selectEvent() throws(Stop) -> SelectArm.Event {
    height = 1
    switch kind {
    case .else:
      advance()
      return .otherwise
    case .let, .var:
      let isMutable = advance().kind == .var
      let pattern = try pattern(isMatch: false)
      guard accept(.assign) else { throw expected("`=` and a receive", hint: "such as let v = <-ch") }
      guard kind == .leftArrow, !ended else {
        throw expected("a receive", hint: "an arm of `select` is such as let v = <-ch => ...")
      }
      advance()
      let patternHeight = height
      let channel = try unary()
      height = max(height, patternHeight)
      return .receive(mutable: isMutable, pattern, channel: channel)
    case .leftArrow:
      throw fail("a receive names what it gets", hint: "write let _ = <-ch => ...")
    case .name where tokens[position].text == "after" && afterBegins:
      advance()
      return .after(try coalesceLevel())
    default:
      statementStart = position
      let channel = try postfix()
      guard at(.leftArrow) else {
        throw expected(
          "`<-` and a value to send",
          hint: "an arm is let v = <-ch => ..., ch <- v => ..., after 1s => ... or else => ...")
      }
      let channelHeight = height
      advance()
      let value = try coalesceLevel()
      height = max(height, channelHeight)
      return .send(channel: channel, value: value)
    }
  }

  /// True where `after` stands before a duration, false where it is a channel's name.
  private var afterBegins: Bool {
    let next = tokens[min(position + 1, tokens.count - 1)]
    switch next.kind {
    case .leftArrow, .dot, .optionalDot, .openBracket, .fatArrow: return false
    case .openParen where next.value > 0:
      switch tokens[min(next.value + 1, tokens.count - 1)].kind {
      case .leftArrow, .dot, .optionalDot, .openBracket, .openParen: return false
      default: return true
      }
    default: return true
    }
  }

  // MARK: Arms of both

  private struct Outside {
    let context: Context
    let statementStart: Int
    let sendStart: Int
  }

  private func enterArms(_ owner: String) throws(Stop) -> Outside {
    try openBody(owner)
    try enter()
    let outside = Outside(context: context, statementStart: statementStart, sendStart: sendStart)
    context = Context(opener: span)
    advance()
    return outside
  }

  private func leaveArms(_ outside: Outside) {
    advance()
    leave()
    context = outside.context
    (statementStart, sendStart) = (outside.statementStart, outside.sendStart)
  }

  /// False at the brace that ends the arms.
  private func moreArms() throws(Stop) -> Bool {
    if kind == .closeBrace { return false }
    if kind == .end { throw unclosedBlock() }
    if tokens[position].newlineBefore { context.commaBehindPipe = nil }
    return true
  }

  private func endArm() throws(Stop) {
    if at(.comma) {
      if openStageEnd == position { context.commaBehindPipe = span }
      advance()
      return
    }
    if kind == .closeBrace || ended || kind == .end { return }
    if kind == .semicolon {
      throw fail("arms are apart by newlines or commas", hint: "write `,`")
    }
    throw stray(expecting: "a newline or `,` between two arms")
  }

  private func armBody(isMatch: Bool) throws(Stop) -> ArmBody {
    guard at(.fatArrow) else { throw missingArrow(isMatch: isMatch) }
    advance()
    statementStart = -1
    if kind == .openBrace {
      if !recordBegins(isBehindArrow: true) {
        return .expression(try blockExpression("the body of the arm"))
      }
      return .expression(try pipe(commas: false))
    }
    let start = position
    sendStart = start
    let expression = try pipe(commas: false)
    let statement = try assignmentOrSend(expression, commas: false)
    sendStart = -1
    guard let statement else { return .expression(expression) }
    return .statement(Statement(span: span(from: start), kind: statement))
  }

  private func missingArrow(isMatch: Bool) -> Stop {
    if let (hint, notes) = commaAdvice { return expected("`=>`", hint: hint, notes: notes) }
    if case let before = tokens[position - 1], before.kind == .name,
      let hint = ForeignWords.hint(for: before.text)
    {
      return fail("`\(before.text)` means nothing here", at: before.span, hint: hint)
    }
    switch kind {
    case .colon, .rightArrow, .assign:
      return fail("expected `=>`, found `\(kind.rawValue)`", hint: "an arm is written pattern => value")
    case .comma where isMatch, .bar where isMatch:
      return fail(
        "expected `=>`, found `\(kind.rawValue)`", hint: "alternatives are written 1 or 2 => value")
    case .openParen where isMatch, .dot where isMatch:
      return fail(
        "expected `=>`, found `\(kind.rawValue)`",
        hint: "a pattern is no call and no member: bind a name and test it, as in x if f(x) => ...")
    case .less where isMatch, .lessEqual where isMatch, .greater where isMatch,
      .greaterEqual where isMatch, .equal where isMatch, .and where isMatch, .in where isMatch:
      return fail(
        "expected `=>`, found `\(kind.rawValue)`",
        hint: "a condition follows `if`, as in x if x > 5 => ...")
    case .name where isMatch:
      return expected(
        "`=>`", hint: ForeignWords.hint(for: tokens[position].text) ?? "an arm is written pattern => value")
    default: return expected("`=>`", hint: isMatch ? "an arm is written pattern => value" : nil)
    }
  }
}
