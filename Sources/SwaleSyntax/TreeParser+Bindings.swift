extension TreeParser {
  /// `let p = e`, `var p = e`, possibly with `else { }`
  func binding() throws(Stop) -> Statement.Kind {
    let isMutable = advance().kind == .var
    if kind == .name, tokens[position].text == "mut", kind(ahead: 1) == .name {
      throw fail("there is no `let mut`", hint: "a variable is declared with `var`")
    }
    let pattern = try pattern(isMatch: false)
    var highest = height
    guard at(.assign) else { throw missingAssign(pattern, isMutable: isMutable) }
    advance()
    let value = try pipe(commas: true)
    highest = max(highest, height)
    var otherwise: Block?
    if at(.else) {
      advance()
      otherwise = try block("the block of `else`")
      highest = max(highest, height)
    }
    try grow(over: highest, at: pattern.span)
    return .binding(mutable: isMutable, pattern, value, otherwise: otherwise)
  }

  private func missingAssign(_ pattern: Pattern, isMutable: Bool) -> Stop {
    let keyword = isMutable ? "var" : "let"
    let name = source.text(pattern.span)
    if atPair(.colon, .assign) {
      return fail(ForeignOperator(message: "there is no `:=`", hint: "write `=`", width: 2))
    }
    if at(.colon) {
      return fail(
        "variables have no written type", hint: "write \(keyword) \(name) = ... without it")
    }
    if at(.comma) {
      return fail(
        "one declaration takes one pattern",
        hint: "several values at once are taken apart by a list: \(keyword) [a, b] = [1, 2]")
    }
    if kind == .end || ended || kind == .semicolon || kind == .closeBrace {
      return expected("`=` and a value", hint: "write \(keyword) \(name) = null for a value that comes later")
    }
    let hint: String? =
      switch kind {
      case .openParen: "a function is declared with fn \(name)(...) = ..."
      case .dot, .openBracket: "to change a part of a variable assign without `\(keyword)`"
      case .name where kind(ahead: 1) == .assign: "variables have no written type: \(keyword) \(name) = ..."
      default: nil
      }
    return expected("`=`", hint: hint)
  }

  func whileLoop() throws(Stop) -> Statement.Kind {
    advance()
    let condition = try head()
    let conditionHeight = height
    let body = try block("the body of `while`")
    try grow(over: max(conditionHeight, height), at: condition.span)
    return .whileLoop(condition: condition, body: body)
  }

  func forLoop() throws(Stop) -> Statement.Kind {
    let start = position
    advance()
    if kind == .openBrace, !isPatternInHead {
      throw fail("`for` goes over a sequence", at: tokens[start].span, hint: "write while true { }")
    }
    try checkForHead()
    let forHead = try self.forHead()
    let patternHeight = height
    guard at(.in) else {
      if at(.assign) {
        throw fail(
          "`for` goes over a sequence", hint: "write for i in 0..<n { }, or use `while`")
      }
      if atWord("of") { throw expected("`in`", hint: "write `in`") }
      if at(.comma) { throw expected("`in`", hint: "to take lists apart write for [a, b, c] in xs { }") }
      if atPair(.colon, .assign) { throw expected("`in`", hint: "write for i, x in xs { }") }
      let isCondition = kind.binaryOperator != nil || at(.openBrace)
      throw expected(
        "`in`", hint: isCondition ? "a loop with a condition is written while c { }" : "write for x in xs { }"
      )
    }
    advance()
    let sequence = try head()
    let sequenceHeight = height
    let body = try block("the body of `for`")
    try grow(over: max(patternHeight, sequenceHeight, height), at: sequence.span)
    return .forLoop(forHead, sequence: sequence, body: body)
  }

  /// True where the brace here begins `{name} in`, not a body.
  private var isPatternInHead: Bool {
    let closing = tokens[position].value
    guard closing > 0, closing + 1 < tokens.count else { return false }
    return tokens[closing + 1].kind == .in || tokens[closing + 1].kind == .comma
  }

  /// Catches the head of other languages: `for (let x of xs)`, `for (i = 0; ...)`.
  private func checkForHead() throws(Stop) {
    if kind == .let {
      throw fail("a loop's variable needs no `let`", hint: "write for x in xs { }")
    }
    guard kind == .openParen else { return }
    throw fail(
      "the head of `for` stands without parentheses",
      hint: "write for x in xs { }, for k, v in record { } or for i in 0..<n { }")
  }

  private func forHead() throws(Stop) -> Statement.ForHead {
    if kind == .var {
      advance()
      return .inPlace(try name("the element"))
    }
    let first = try pattern(isMatch: false)
    guard accept(.comma) else { return .one(first) }
    let firstHeight = height
    let second = try pattern(isMatch: false)
    height = max(height, firstHeight)
    return .two(first, second)
  }

  func deferred() throws(Stop) -> Statement.Kind {
    advance()
    guard kind == .openBrace || kind == .end || ended else {
      throw expected("`{` for the block of `defer`", hint: "write defer { ... }")
    }
    return .deferred(try block("the block of `defer`"))
  }

  /// `use "path"`, `use "path" as name`, `use "path" { names }`
  func use() throws(Stop) -> Statement.Kind {
    advance()
    guard kind == .string else {
      throw fail("the path of `use` is a plain string", hint: "braces in it are written \\{")
    }
    let path = advance()
    height = 1
    var alias: Name?
    var names: [Name]?
    if atWord("as") {
      advance()
      alias = try name("the module")
    } else if kind == .openBrace {
      try openBody("the list of names")
      names = try usedNames()
    }
    return .use(Use(path: Name(path.text, path.span), alias: alias, names: names))
  }

  private func usedNames() throws(Stop) -> [Name] {
    let outer = enterBrackets()
    var names: [Name] = []
    if !closesAtOnce(.closeBrace) {
      repeat {
        names.append(try name("what is used"))
        if atWord("as") {
          throw fail("a used name keeps its name", hint: "write let new = old, or use ... as module")
        }
      } while try moreElements(before: .closeBrace)
    }
    context = outer
    return names
  }
}
