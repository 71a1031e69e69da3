extension TreeParser {
  /// Level 11: prefix operators, collected first, so that a long row of them needs no stack.
  func unary() throws(Stop) -> Expression {
    try checkOperand()
    return kind.isPrefix ? try prefixed() : try power()
  }

  private func prefixed() throws(Stop) -> Expression {
    var prefixes: [Int] = []
    while kind.isPrefix, !isLowestInt {
      try checkOperand()
      if prefixes.count >= Limits.height { try grow(over: Limits.height, at: span) }
      prefixes.append(position)
      advance()
    }
    var operand = try operandBehind(prefixes.last)
    for start in prefixes.reversed() {
      let kind: Expression.Kind
      switch tokens[start].kind {
      case .minus: kind = .unary(.negate, operand)
      case .leftArrow: kind = .receive(operand)
      case .await: kind = .await(operand)
      default:
        try checkSpawned(operand)
        kind = .spawn(operand)
      }
      operand = try node(kind, tokens[start].span.joined(operand.span), over: height)
    }
    return operand
  }

  private func operandBehind(_ prefix: Int?) throws(Stop) -> Expression {
    if isLowestInt {
      let start = position
      advance()
      advance()
      return leaf(.int(.min), span(from: start))
    }
    if let prefix, tokens[prefix].kind == .spawn, kind == .openBrace {
      return try blockExpression("the block of `spawn`")
    }
    if let prefix, tokens[prefix].kind == .minus, ended || kind == .end, position > 1,
      tokens[position - 2].kind == .minus, !tokens[prefix].spaceBefore
    {
      throw fail("there is no `--`", at: doubled, hint: "write x -= 1")
    }
    return try power()
  }

  /// True before `-9223372036854775808`, whose digits alone do not fit an int.
  private var isLowestInt: Bool {
    guard kind == .minus, kind(ahead: 1) == .intMinimum else { return false }
    switch kind(ahead: 2) {
    case .doubleStar, .openParen, .openBracket, .optionalDot, .dot:
      return tokens[position + 2].newlineBefore && context.newlinesEnd
    default: return true
    }
  }

  private func checkSpawned(_ operand: Expression) throws(Stop) {
    var inner = operand
    while case .parenthesized(let expression) = inner.kind { inner = expression }
    switch inner.kind {
    case .call, .method, .block: return
    default:
      throw fail(
        "`spawn` starts a call or a block", at: operand.span,
        hint: "write spawn f(x) or spawn { ... }")
    }
  }

  /// Level 12, from the right.
  private func power() throws(Stop) -> Expression {
    let start = position
    let base = try postfix()
    return at(.doubleStar) ? try power(of: base, from: start) : base
  }

  private func power(of base: Expression, from start: Int) throws(Stop) -> Expression {
    let baseHeight = height
    let operatorSpan = advance().span
    try enter()
    let exponent = try unary()
    leave()
    return try node(
      .binary(.power, base, exponent, operatorSpan: operatorSpan), span(from: start),
      over: max(baseHeight, height))
  }

  /// Level 13: calls, indices and members.
  func postfix() throws(Stop) -> Expression {
    let start = position
    var expression = try primary()
    while true {
      switch kind {
      case .openParen where !ended:
        expression = try call(expression, from: start)
      case .openBracket where !ended:
        expression = try index(expression, from: start)
      case .dot:
        guard try dotContinues() else { return expression }
        expression = try member(expression, from: start)
      case .optionalDot where !ended:
        expression = try member(expression, from: start)
      default: return expression
      }
    }
  }

  /// True where the dot here begins a member of the expression before it.
  private func dotContinues() throws(Stop) -> Bool {
    let token = tokens[position]
    if token.newlineBefore {
      guard dotBeginsMember else { return false }
      if context.inOpenArguments { throw dotBehindArguments() }
      return true
    }
    return !token.spaceBefore
  }

  /// A line that begins with a dot may not go on with a stage's arguments.
  func dotBehindArguments() -> Stop {
    fail(
      "this dot would continue the stage on the line above",
      hint: "begin a stage with `|`, or put the pipe in parentheses to take a member of its result")
  }

  private func member(_ receiver: Expression, from start: Int) throws(Stop) -> Expression {
    let receiverHeight = height
    let isOptional = kind == .optionalDot
    let next = tokens[min(position + 1, tokens.count - 1)]
    guard next.kind.isNameLike, !next.spaceBefore else { throw missingMember() }
    advance()
    let name = anyName()
    if kind == .openParen, !ended {
      let (arguments, argumentsHeight) = try arguments(
        areStage: stageMethods.contains(name.text))
      return try node(
        .method(receiver: receiver, name: name, arguments, isOptional: isOptional),
        span(from: start), over: max(receiverHeight, argumentsHeight))
    }
    return try node(
      .member(receiver, name, isOptional: isOptional), span(from: start), over: receiverHeight)
  }

  /// The span of the two tokens before this one.
  var doubled: Span { tokens[position - 2].span.joined(tokens[position - 1].span) }

  private func missingMember() -> Stop {
    let dot = span
    if let mistake = foreignOperator() { return fail(mistake) }
    let next = tokens[min(position + 1, tokens.count - 1)]
    advance()
    if next.spaceBefore, next.kind.isNameLike, !next.newlineBefore {
      return fail("a space between a dot and its name", at: dot, hint: "write .\(next.text)")
    }
    switch next.kind {
    case .int where !next.spaceBefore:
      return fail(
        "expected a name behind the dot, found `\(source.text(next.span))`",
        hint: "an element is written xs[\(source.text(next.span))]")
    case .string where !next.spaceBefore:
      return fail(
        "expected a name behind the dot, found a string", hint: "write [\(source.text(next.span))]")
    case .openBracket, .openParen:
      let isCall = next.kind == .openParen
      let hint =
        tokens[position - 1].kind == .optionalDot
        ? (isCall
          ? "test it first: if f != null { f() }" : "get(r, key) is null where r is null or has no such key")
        : (isCall ? "a call follows without a dot: f(x)" : "an index follows without a dot: xs[i]")
      return fail("expected a name behind the dot, found `\(next.kind.rawValue)`", hint: hint)
    default:
      let before = position > 1 ? tokens[position - 2] : next
      return expected(
        "a name behind the dot",
        hint: before.kind == .int ? "a decimal number is written \(source.text(before.span)).0" : nil)
    }
  }

  private func index(_ sequence: Expression, from start: Int) throws(Stop) -> Expression {
    let sequenceHeight = height
    let outer = enterBrackets()
    if kind == .closeBracket { throw expected("an index", hint: "all elements are xs[0...]") }
    let index = try indexExpression()
    guard kind == .closeBracket else { throw unclosedIndex(index) }
    advance()
    context = outer
    return try node(
      .index(sequence, index), span(from: start), over: max(sequenceHeight, height))
  }

  private func unclosedIndex(_ index: Expression) -> Stop {
    switch kind {
    case .comma where openStageEnd != position:
      return expected("`]`", hint: "an index is one value: write xs[i][j]")
    case .colon where !atPair(.colon, .colon):
      return expected("`]`", hint: "a slice is a range: xs[1..<3], xs[2...]")
    default: return stray(expecting: "`]`", behind: index)
    }
  }

  /// An expression, or a range that lacks an end.
  private func indexExpression() throws(Stop) -> Expression {
    if kind == .ellipsis || kind == .halfOpen {
      let start = position
      let isClosed = advance().kind == .ellipsis
      height = 0
      var upper: Expression?
      if kind != .closeBracket { upper = try operatorExpression(from: Self.rangeLevel + 1) }
      return try node(
        .range(lower: nil, upper: upper, isClosed: isClosed), span(from: start), over: height)
    }
    return try pipe(commas: false, isIndex: true)
  }
}

extension Token.Kind {
  /// True for the operators of level 11.
  var isPrefix: Bool {
    switch self {
    case .minus, .leftArrow, .await, .spawn: true
    default: false
    }
  }
}
