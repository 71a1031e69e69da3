extension TreeParser {
  /// One step of a pipe; `commas` is true where its arguments may run over commas.
  func stage(commas: Bool) throws(Stop) -> Stage {
    let start = position
    // What stands before a stage lets it begin on the next line.
    if kind == .openParen { return try functionStage() }
    let path = try stagePath()
    if kind == .openParen, !tokens[position].spaceBefore {
      let (arguments, argumentsHeight) = try arguments(areStage: true)
      let stage = Stage(span: span(from: start), kind: .named(path, arguments))
      switch kind {
      case .dot where !ended && (tokens[position].newlineBefore || !tokens[position].spaceBefore),
        .openBracket where !ended, .openParen where !ended, .optionalDot where !ended:
        throw fail(
          "a stage ends at its closing parenthesis",
          hint: "begin another stage with `|`, or put the pipe in parentheses: (xs | f(1)).g()")
      default: break
      }
      try grow(over: argumentsHeight, at: stage.span)
      return stage
    }
    let (arguments, argumentsHeight) = try openArguments(commas: commas)
    let span = span(from: start)
    try grow(over: argumentsHeight, at: span)
    return Stage(span: span, kind: .named(path, arguments))
  }

  /// `| (x => x + 1)`
  private func functionStage() throws(Stop) -> Stage {
    let start = position
    let outer = enterBrackets()
    let function = try pipe(commas: true)
    guard kind == .closeParen else { throw stray(expecting: "`)`", behind: function) }
    advance()
    context = outer
    try grow(over: height, at: function.span)
    return Stage(span: span(from: start), kind: .function(function))
  }

  private func stagePath() throws(Stop) -> [Name] {
    guard kind == .name || kind == .select else { throw missingStage() }
    if kind == .name, isNextArrow {
      throw fail(
        "a lambda in a pipe stands in parentheses",
        hint: "write | (\(tokens[position].text) => ...)")
    }
    var path = [anyName()]
    while kind == .dot, !tokens[position].spaceBefore, dotBeginsMember {
      advance()
      path.append(anyName())
    }
    return path
  }

  private var isNextArrow: Bool { kind(ahead: 1) == .fatArrow && !tokens[position + 1].newlineBefore }

  private func missingStage() -> Stop {
    if kind == .bar, !tokens[position].spaceBefore {
      return fail(
        "there is no `||`", at: tokens[position - 1].span.joined(span), hint: "write `or`")
    }
    if kind == .greater, !tokens[position].spaceBefore {
      return fail(
        "there is no `|>`", at: tokens[position - 1].span.joined(span), hint: "write `|`")
    }
    let what = "the name of a function"
    switch kind {
    case .dot: return expected(what, hint: "write | map .name, or a dot without the pipe")
    case .openBrace: return expected(what, hint: "write | (x => ...) or | map x => ...")
    default:
      if kind.isKeyword { return expected(what, hint: "write | (x => ...)") }
      let isNumber = kind == .int || kind == .float
      return expected(
        what,
        hint: isNumber
          ? "`|` passes a value on to a function; for bits write bits.or(a, b), for bools `or`"
          : startsOperand ? "`|` passes a value on to a function, as in xs | sort | take(3)" : nil)
    }
  }

  /// Arguments without parentheses, up to `|`, the line's end or the closing bracket around them.
  private func openArguments(commas: Bool) throws(Stop) -> ([Argument], height: Int) {
    guard try argumentBegins() else { return ([], 0) }
    let outer = context.inOpenArguments
    context.inOpenArguments = true
    var arguments: [Argument] = []
    var highest = 0
    while true {
      arguments.append(try argument(isStage: true, isOpen: true))
      highest = max(highest, height)
      guard commas, at(.comma) else { break }
      advance()
      if kind == .closeParen { break }
    }
    context.inOpenArguments = outer
    openArgumentsEnd = position
    if !commas { openStageEnd = position }
    return (arguments, highest)
  }

  /// True where the arguments of a stage begin here.
  private func argumentBegins() throws(Stop) -> Bool {
    let token = tokens[position]
    if token.newlineBefore, kind == .dot, dotBeginsMember { throw dotBehindArguments() }
    if ended { return false }
    switch token.kind {
    case .end, .bar, .closeParen, .closeBracket, .closeBrace, .comma, .semicolon, .fatArrow,
      .colon, .assign, .interpolationEnd, .formatSpecification:
      return false
    case .openBrace where context.braceOpensBody: return false
    case .else, .catch: if kind(ahead: 1) != .colon { return false }
    case .minus:
      if token.spaceBefore, tokens[position + 1].spaceBefore { throw operatorBehindStage() }
      if atPair(.minus, .minus), kind(ahead: 2) == .name, !tokens[position + 2].spaceBefore {
        throw fail(
          "a stage has no `--` options",
          at: span.joined(tokens[position + 2].span),
          hint: "a named argument is written \(tokens[position + 2].text): value")
      }
    default:
      if kind(ahead: 1) != .colon || !token.kind.isKeyword,
        token.kind.binaryOperator != nil
          || token.kind == .doubleStar || token.kind == .halfOpen
      {
        throw operatorBehindStage()
      }
      if token.kind.assignment != nil { return false }
    }
    if !token.spaceBefore {
      throw fail(
        "the arguments of a stage begin behind a space or in parentheses",
        hint: kind == .dot || kind == .openBracket
          ? "write a space, or put the pipe in parentheses" : "write a space")
    }
    return true
  }

  private func operatorBehindStage() -> Stop {
    fail(
      "`\(source.text(span))` cannot follow the name of a stage",
      hint: "put the pipe in parentheses: (xs | len) \(source.text(span)) ...")
  }

  /// Reads arguments between parentheses; `areStage` is true where they may be item functions.
  func arguments(areStage: Bool) throws(Stop) -> ([Argument], height: Int) {
    let outer = enterBrackets()
    var arguments: [Argument] = []
    var highest = 0
    if !closesAtOnce(.closeParen) {
      repeat {
        arguments.append(try argument(isStage: areStage, isOpen: false))
        highest = max(highest, height)
        try checkNoComprehension(arguments.last)
      } while try moreElements(before: .closeParen)
    }
    context = outer
    return (arguments, highest)
  }

  private func checkNoComprehension(_ argument: Argument?) throws(Stop) {
    if kind == .assign, let value = argument?.value, case .name(let name) = value.kind {
      throw fail("`=` cannot stand in an argument", hint: "a named argument is written \(name): value")
    }
    if kind == .for {
      throw fail("there are no comprehensions", hint: "write xs | where . > 1 | map . * 2")
    }
  }

  private func argument(isStage: Bool, isOpen: Bool) throws(Stop) -> Argument {
    if isStage { owners.append(false) }
    var label: Name?
    if kind.isNameLike, kind(ahead: 1) == .colon {
      label = anyName()
      advance()
    }
    var passing = Argument.Passing.plain
    let value: Expression
    switch kind {
    case .ellipsis:
      passing = .spread
      advance()
      value = isOpen ? try lambdaLevel() : try pipe(commas: false)
    case .ampersand where kind(ahead: 1) != .ampersand:
      passing = .inPlace
      let place = span
      advance()
      value = try postfix()
      guard isPath(value) else {
        throw fail(
          "`&` lends a variable, a member of one or an element of one",
          at: place.joined(value.span), hint: "write the value without `&`")
      }
    default: value = isOpen ? try lambdaLevel() : try pipe(commas: false)
    }
    let isItemFunction = isStage && owners.removeLast()
    return Argument(label: label, value: value, passing: passing, isItemFunction: isItemFunction)
  }

  func call(_ callee: Expression, from start: Int) throws(Stop) -> Expression {
    let calleeHeight = height
    var (arguments, argumentsHeight) = try arguments(areStage: false)
    if arguments.isEmpty, case .name(let name) = callee.kind, VerbNames.ofItem.contains(name),
      !owners.isEmpty
    {
      // In a stage, `count()` counts the item.
      owners[owners.count - 1] = true
      let item = Expression(span: span(from: start), kind: .item)
      arguments.append(
        Argument(label: nil, value: item, passing: .plain, isItemFunction: false))
      argumentsHeight = 1
    }
    return try node(
      .call(callee, arguments), span(from: start), over: max(calleeHeight, argumentsHeight))
  }

  /// A dot that begins an operand: the current item, or a member of it.
  func item() throws(Stop) -> Expression {
    let start = position
    guard !owners.isEmpty else { throw itemOutsideOfStage() }
    owners[owners.count - 1] = true
    let dot = advance().span
    let item = leaf(.item, dot)
    guard !tokens[position].spaceBefore else { return item }
    switch kind {
    case .string:
      let token = advance()
      return try node(
        .member(item, Name(token.text, token.span), isOptional: false), span(from: start), over: 1)
    case .stringStart:
      throw fail("the name behind a dot has no interpolation", hint: "write .[\"...\"]")
    case .int, .float: throw digitsBehindDot()
    case let next where next.isNameLike:
      let name = anyName()
      if kind == .openParen, !ended {
        let (arguments, argumentsHeight) = try arguments(
          areStage: stageMethods.contains(name.text))
        return try node(
          .method(receiver: item, name: name, arguments, isOptional: false), span(from: start),
          over: max(1, argumentsHeight))
      }
      return try node(.member(item, name, isOptional: false), span(from: start), over: 1)
    default: return item
    }
  }

  private func digitsBehindDot() -> Stop {
    fail(
      "a number has a digit before its point", at: tokens[position - 1].span.joined(span),
      hint: "write 0.\(source.text(span)); an element of the item is .[i]")
  }

  private func itemOutsideOfStage() -> Stop {
    if let mistake = foreignOperator() { return fail(mistake) }
    let next = tokens[min(position + 1, tokens.count - 1)]
    if next.kind == .int || next.kind == .float, !next.spaceBefore {
      advance()
      return digitsBehindDot()
    }
    if let (hint, notes) = commaAdvice {
      return fail("a leading dot outside of a stage", hint: hint, notes: notes)
    }
    return fail(
      "a leading dot outside of a stage",
      hint: "`.name` speaks of the current item in an argument of a stage, as in | where .name == 1")
  }
}
