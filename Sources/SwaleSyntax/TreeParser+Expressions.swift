/// From how loose an operator on an expression is read.
enum ExpressionLevel {
  /// Level 1: pipes too.
  case pipe
  /// Level 3: neither pipes nor lambdas.
  case coalesce
}

extension TreeParser {
  /// Level 1; `commas` is true where the arguments of a stage may run over commas.
  ///
  /// `isIndex` is true directly inside an index, where a range may lack an end.
  func pipe(commas: Bool, isIndex: Bool = false) throws(Stop) -> Expression {
    let start = position
    var left = try lambdaLevel(isIndex: isIndex)
    while at(.bar) { left = try piped(left, commas: commas, from: start) }
    return left
  }

  private func piped(
    _ left: Expression, commas: Bool, from start: Int
  ) throws(Stop) -> Expression {
    switch left.kind {
    case .returning, .fail, .breaking, .continuing:
      throw fail(
        "nothing can come out of the left side of this pipe",
        hint: "put what goes on in parentheses: return (x | f)")
    default: break
    }
    let leftHeight = height
    advance()
    let stage = try stage(commas: commas)
    return try node(.pipe(left, stage), span(from: start), over: max(leftHeight, height))
  }

  /// Level 2: a lambda or an expression of operators.
  func lambdaLevel(isIndex: Bool = false) throws(Stop) -> Expression {
    if isLambda { return try lambda() }
    return try coalesceLevel(isIndex: isIndex)
  }

  private var isLambda: Bool {
    switch kind {
    case .name: isArrow(at: position + 1)
    case .openParen: tokens[position].value > 0 && isArrow(at: tokens[position].value + 1)
    default: false
    }
  }

  private func isArrow(at index: Int) -> Bool {
    tokens[index].kind == .fatArrow && !(tokens[index].newlineBefore && context.newlinesEnd)
  }

  private func lambda() throws(Stop) -> Expression {
    let start = position
    try checkOperand()
    try enter()
    let parameters = try lambdaParameters()
    advance()
    let body = try lambdaBody()
    leave()
    return try node(
      .lambda(Lambda(parameters: parameters, body: body)), span(from: start), over: height)
  }

  private func lambdaParameters() throws(Stop) -> [Name?] {
    if kind == .name { return [lambdaName()] }
    let outer = enterBrackets()
    var parameters: [Name?] = []
    if !closesAtOnce(.closeParen) {
      repeat {
        parameters.append(try lambdaParameter())
      } while try moreElements(before: .closeParen)
    }
    context = outer
    return parameters
  }

  private func lambdaName() -> Name? {
    let name = anyName()
    return name.text == "_" ? nil : name
  }

  private func lambdaParameter() throws(Stop) -> Name? {
    guard kind == .name else {
      if kind.isKeyword { _ = try name("a parameter") }
      throw expected(
        "a name for a parameter",
        hint: "the parameters of a lambda are plain names; take a value apart in its body")
    }
    let name = lambdaName()
    if kind == .colon || kind == .assign {
      throw fail(
        "the parameters of a lambda have neither types nor defaults",
        hint: "declare a function with `fn`")
    }
    return name
  }

  private func lambdaBody() throws(Stop) -> Expression {
    if kind == .openBrace {
      if !recordBegins(isBehindArrow: true) { return try blockExpression("the body of the lambda") }
      // The record belongs to the lambda, even in a head.
      let outer = context
      context.braceOpensBody = false
      let body = try lambdaLevel()
      context = outer
      return body
    }
    let body = try lambdaLevel()
    if kind == .assign || kind.assignment != nil, !ended, isPath(body) {
      throw assignmentInLambda(body)
    }
    return body
  }

  private func assignmentInLambda(_ target: Expression) -> Stop {
    fail(
      "an assignment is no value",
      hint: "put it in braces: x => { \(source.text(target.span)) \(kind.rawValue) ... }")
  }

  /// A block where an expression stands.
  func blockExpression(_ owner: String) throws(Stop) -> Expression {
    let block = try block(owner)
    return try node(.block(block), block.span, over: height)
  }

  /// A block where a statement begins.
  func checkedBlockExpression() throws(Stop) -> Expression {
    let block = try blockBehindCheck()
    return try node(.block(block), block.span, over: height)
  }

  /// True where the brace here opens a record, at a place where a block may stand too.
  func recordBegins(isBehindArrow: Bool) -> Bool {
    switch kind(ahead: 1) {
    case .closeBrace: return isBehindArrow
    case .ellipsis: return true
    case .string: return kind(ahead: 2) == .colon
    case .openBracket, .stringStart:
      let closing = tokens[position + 1].value
      return closing > 0 && closing + 1 < tokens.count && tokens[closing + 1].kind == .colon
    // Only strings and names are keys, but nothing else begins like this either.
    case .int, .float, .duration, .date, .true, .false, .null: return kind(ahead: 2) == .colon
    case let next where next.isNameLike: return kind(ahead: 2) == .colon
    default: return false
    }
  }

  /// An operand may begin a line only where the line before cannot end.
  func checkOperand() throws(Stop) {
    guard tokens[position].newlineBefore, context.newlinesEnd, position > 0,
      position != statementStart, position != sendStart
    else { return }
    if tokens[position - 1].kind.continuesOnNextLine { return }
    if kind == .openBrace || kind == .end { return }
    throw fail(
      "expected an expression, found the end of the line", at: Span(previousEnd, previousEnd))
  }

  /// An expression in the head of a construct, where a brace opens the body.
  func head() throws(Stop) -> Expression {
    let outer = context
    context.braceOpensBody = true
    context.inOpenArguments = false
    let expression = try pipe(commas: false)
    context = outer
    return expression
  }

  func returning(level: ExpressionLevel) throws(Stop) -> Expression {
    let start = position
    advance()
    guard returnsValue else { return leaf(.returning(nil), span(from: start)) }
    let value = try expression(level)
    return try node(.returning(value), span(from: start), over: height)
  }

  private var returnsValue: Bool {
    if ended { return false }
    switch kind {
    case .end, .closeBrace, .closeParen, .closeBracket, .comma, .semicolon, .bar, .fatArrow, .else,
      .catch, .interpolationEnd, .formatSpecification:
      return false
    default: return true
    }
  }

  func failing(level: ExpressionLevel) throws(Stop) -> Expression {
    let start = position
    advance()
    let value = try expression(level)
    return try node(.fail(value), span(from: start), over: height)
  }

  private func expression(_ level: ExpressionLevel) throws(Stop) -> Expression {
    switch level {
    case .pipe: return try pipe(commas: true)
    case .coalesce: return try coalesceLevel()
    }
  }

  /// Level 3, for places that take neither a pipe nor a lambda.
  func coalesceLevel(isIndex: Bool = false) throws(Stop) -> Expression {
    try checkOperand()
    try enter()
    let expression = try operatorExpression(isIndex: isIndex)
    leave()
    return expression
  }
}
