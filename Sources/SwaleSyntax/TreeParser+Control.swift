extension TreeParser {
  /// One `if c { }` of a chain.
  private struct Branch {
    let start: Int
    let condition: Expression
    let body: Block
    let height: Int
  }

  /// `if c { } else if d { } else { }`, as a loop: a long chain needs no stack.
  func conditional() throws(Stop) -> Expression {
    var branches: [Branch] = []
    repeat {
      branches.append(try branch())
      if branches.count >= Limits.height { try grow(over: Limits.height, at: span) }
    } while acceptElseIf()
    var otherwise: Expression?
    var otherwiseHeight = 0
    if at(.else), kind(ahead: 1) != .fatArrow {
      advance()
      otherwise = try blockExpression("the body of `else`")
      otherwiseHeight = height
    }
    return try chain(branches, otherwise, otherwiseHeight, end: previousEnd)
  }

  private func chain(
    _ branches: [Branch], _ otherwise: Expression?, _ otherwiseHeight: Int, end: Int
  ) throws(Stop) -> Expression {
    var chain = otherwise
    height = otherwiseHeight
    for branch in branches.reversed() {
      let span = Span(Int(tokens[branch.start].span.lower), end)
      chain = try node(
        .conditional(branch.condition, then: branch.body, otherwise: chain), span,
        over: max(height, branch.height))
    }
    return chain ?? leaf(.null, span)
  }

  private func branch() throws(Stop) -> Branch {
    let start = position
    advance()
    let condition = try head()
    let conditionHeight = height
    let body = try block("the body of `if`")
    return Branch(
      start: start, condition: condition, body: body, height: max(conditionHeight, height))
  }

  /// Steps over the `else` of `else if`, and over nothing else.
  private func acceptElseIf() -> Bool {
    guard at(.else), kind(ahead: 1) == .if, !tokens[position + 1].newlineBefore else { return false }
    advance()
    return true
  }

  /// `try { } catch e { }`, `try e else f`
  func trying() throws(Stop) -> Expression {
    let start = position
    advance()
    if kind == .openBrace {
      let body = try block("the block of `try`")
      let bodyHeight = height
      if at(.catch) { return try catching(body, from: start) }
      let tried = try node(.block(body), body.span, over: bodyHeight)
      return try fallingBack(tried, from: start, expecting: "`catch` or `else`")
    }
    let tried = try coalesceLevel()
    if at(.catch) {
      throw fail("`catch` follows a block", hint: "write try { ... } catch e { ... }")
    }
    return try fallingBack(tried, from: start, expecting: "`else`")
  }

  private func catching(_ body: Block, from start: Int) throws(Stop) -> Expression {
    let bodyHeight = height
    advance()
    guard at(.name) else {
      throw expected(
        "a name for the error",
        hint: kind == .openParen ? "write catch e { ... }" : "write catch e { ... } or catch _ { ... }")
    }
    let error = try name("the error")
    let handler = try block("the block of `catch`")
    return try node(
      .tryCatch(body, error: error, handler: handler), span(from: start),
      over: max(bodyHeight, height))
  }

  private func fallingBack(
    _ tried: Expression, from start: Int, expecting what: String
  ) throws(Stop) -> Expression {
    let triedHeight = height
    guard at(.else) else {
      if atWord("except") || atWord("rescue") {
        throw fail("there is no `\(tokens[position].text)`", hint: "write catch e { ... }")
      }
      let hint = "write try { ... } catch e { ... } or try e else fallback"
      if kind == .end {
        // The next line may begin with the missing word.
        throw fail(
          "expected \(what), found the end of the text", hint: hint, isIncomplete: true)
      }
      if kind == .failure { throw fail("") }
      throw expected(what, hint: hint)
    }
    advance()
    let fallback: Expression
    if kind == .openBrace, !recordBegins(isBehindArrow: false) {
      fallback = try blockExpression("the block of `else`")
    } else {
      let outer = context
      if kind == .openBrace { context.braceOpensBody = false }
      fallback = try coalesceLevel()
      context = outer
    }
    return try node(
      .tryElse(tried, fallback: fallback), span(from: start), over: max(triedHeight, height))
  }
}
