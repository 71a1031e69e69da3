extension TreeParser {
  /// A pattern with its alternatives; `isMatch` is true in an arm of `match`, where a pattern that
  /// does not fit passes on to the next arm.
  func pattern(isMatch: Bool) throws(Stop) -> Pattern {
    let start = position
    try enter()
    var left = try simplePattern(isMatch: isMatch)
    while at(.or) {
      let leftHeight = height
      advance()
      let right = try simplePattern(isMatch: isMatch)
      try grow(over: max(leftHeight, height), at: right.span)
      left = Pattern(span: span(from: start), kind: .either(left, right))
    }
    leave()
    return left
  }

  private func simplePattern(isMatch: Bool) throws(Stop) -> Pattern {
    height = 1
    let start = position
    switch kind {
    case .openBracket: return try listPattern(isMatch: isMatch)
    case .openBrace: return try recordPattern(isMatch: isMatch)
    case .name: return try namePattern(isMatch: isMatch)
    case .null where kind(ahead: 1) == .name && !tokens[position + 1].newlineBefore:
      return try namePattern(isMatch: isMatch)
    default: break
    }
    let lower = try literalPattern()
    guard at(.ellipsis) || at(.halfOpen) else {
      return Pattern(span: lower.span, kind: .literal(lower))
    }
    let isClosed = advance().kind == .ellipsis
    let upper = try literalPattern()
    return Pattern(span: span(from: start), kind: .range(lower, upper, isClosed: isClosed))
  }

  /// A literal, possibly with a minus before it.
  private func literalPattern() throws(Stop) -> Expression {
    let start = position
    let isNegative = kind == .minus
    if isNegative { advance() }
    let token = tokens[position]
    let kind: Expression.Kind
    switch token.kind {
    case .int: kind = .int(token.value)
    case .intMinimum where isNegative:
      advance()
      return leaf(.int(.min), span(from: start))
    case .float: kind = .float(Double(bitPattern: UInt64(UInt(bitPattern: token.value))))
    case .duration: kind = .duration(token.value)
    case .date where !isNegative: kind = .date(token.value)
    case .dateTime where !isNegative: kind = .dateTime(token.value)
    case .string where !isNegative: kind = .string(token.text)
    case .true where !isNegative: kind = .bool(true)
    case .false where !isNegative: kind = .bool(false)
    case .null where !isNegative: kind = .null
    case .stringStart:
      throw fail("a string in a pattern has no interpolation", hint: "bind a name and test it with `if`")
    default: throw missingPattern()
    }
    advance()
    let literal = leaf(kind, token.span)
    if isNegative { return try node(.unary(.negate, literal), span(from: start), over: 1) }
    return literal
  }

  private func missingPattern() -> Stop {
    if let (hint, notes) = commaAdvice { return expected("a pattern", hint: hint, notes: notes) }
    if kind.isKeyword, !ended {
      return fail(
        "`\(tokens[position].text)` is a keyword and cannot name a variable",
        hint: "choose another name, such as `\(tokens[position].text)_`")
    }
    let hint: String? =
      switch kind {
      case .openParen: "patterns have no parentheses: write [a, b] for a list"
      case .ellipsis: "the rest is taken inside a list: [first, ...rest]"
      case .less, .greater, .lessEqual, .greaterEqual: "write x if x > 5 => ..."
      default: nil
      }
    return expected("a pattern", hint: hint)
  }

  /// A name, `_`, or a type test such as `int n`.
  private func namePattern(isMatch: Bool) throws(Stop) -> Pattern {
    let start = position
    let name = anyName()
    if kind == .name, !ended, isMatch || TypeNames.all.contains(name.text) {
      guard TypeNames.all.contains(name.text) else {
        throw fail(
          "there is no type `\(name.text)`", at: name.span,
          hint: ForeignWords.hint(for: name.text) ?? TypeNames.hint(for: name.text), kind: .name)
      }
      let bound = anyName()
      let inner = Pattern(
        span: bound.span, kind: bound.text == "_" ? .ignored : .binding(bound.text))
      return Pattern(span: span(from: start), kind: .typed(name, inner))
    }
    if name.text == "_" { return Pattern(span: name.span, kind: .ignored) }
    if isMatch, TypeNames.all.contains(name.text) {
      throw fail(
        "`\(name.text)` alone would bind a variable of that name", at: name.span,
        hint: "to test for the type write `\(name.text) _`")
    }
    return Pattern(span: name.span, kind: .binding(name.text))
  }

  /// `[p, q, ...rest]`
  private func listPattern(isMatch: Bool) throws(Stop) -> Pattern {
    let start = position
    let outer = enterBrackets()
    var elements: [Pattern] = []
    var rest: Name??
    var highest = 0
    if !closesAtOnce(.closeBracket) {
      repeat {
        if rest != nil { throw fail("the rest stands last in a list pattern") }
        if kind == .ellipsis {
          advance()
          guard kind == .name || kind.isKeyword else {
            throw expected("a name for the rest", hint: "write ..._ to ignore it")
          }
          let name = try name("the rest")
          rest = .some(name.text == "_" ? nil : name)
        } else {
          elements.append(try pattern(isMatch: isMatch))
          highest = max(highest, height)
        }
      } while try moreElements(before: .closeBracket)
    }
    context = outer
    try grow(over: highest, at: span(from: start))
    return Pattern(span: span(from: start), kind: .list(elements, rest: rest))
  }

  /// `{key: p, "two words": q, name}`
  private func recordPattern(isMatch: Bool) throws(Stop) -> Pattern {
    let start = position
    let outer = enterBrackets()
    var entries: [(key: Name, pattern: Pattern)] = []
    var highest = 0
    if !closesAtOnce(.closeBrace) {
      repeat {
        entries.append(try patternEntry(isMatch: isMatch))
        highest = max(highest, height)
      } while try moreElements(before: .closeBrace)
    }
    context = outer
    try grow(over: highest, at: span(from: start))
    return Pattern(span: span(from: start), kind: .record(entries))
  }

  private func patternEntry(isMatch: Bool) throws(Stop) -> (key: Name, pattern: Pattern) {
    if kind == .string || (kind.isNameLike && kind(ahead: 1) == .colon) {
      let key = anyName()
      guard kind == .colon else {
        throw expected("`:` and a pattern", hint: "write \(source.text(key.span)): name")
      }
      advance()
      return (key, try pattern(isMatch: isMatch))
    }
    if kind == .ellipsis {
      throw fail("a record pattern takes no rest", hint: "it fits records with more keys anyway")
    }
    guard kind == .name || kind.isKeyword else { throw expected("a key") }
    let key = try name("a variable")
    height = 1
    return (key, Pattern(span: key.span, kind: .binding(key.text)))
  }
}
