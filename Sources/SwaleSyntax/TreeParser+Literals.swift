extension TreeParser {
  /// The pieces of a string with interpolation.
  func interpolation() throws(Stop) -> Expression {
    let start = position
    let outer = context
    advance()
    var pieces: [InterpolationPiece] = []
    var highest = 0
    while kind != .stringEnd {
      switch kind {
      case .stringText:
        let text = advance().text
        if !text.isEmpty { pieces.append(.text(text)) }
      case .interpolationStart:
        context = Context(newlinesEnd: false, opener: span)
        advance()
        pieces.append(try interpolatedValue())
        highest = max(highest, height)
        context = outer
      default: throw fail("this string cannot be read")
      }
    }
    advance()
    return try node(.interpolation(pieces), span(from: start), over: highest)
  }

  private func interpolatedValue() throws(Stop) -> InterpolationPiece {
    if kind == .interpolationEnd || kind == .formatSpecification {
      throw fail(
        "there is nothing between the braces of this interpolation",
        at: tokens[position - 1].span.joined(span),
        hint: "for braces write \\{}, or use a raw string '...'")
    }
    let value = try pipe(commas: false)
    var format: FormatSpecification?
    if kind == .formatSpecification {
      let token = advance()
      if token.span.upper > token.span.lower { format = lexed.formats[token.value] }
    }
    guard kind == .interpolationEnd else { throw unclosedInterpolation(behind: value) }
    advance()
    return .value(value, format)
  }

  private func unclosedInterpolation(behind value: Expression) -> Stop {
    switch kind {
    case .assign:
      return fail("`=` cannot stand here", hint: "write the name outside of the braces: x = {x}")
    case .string, .stringStart:
      // The quote that should have ended the outer string.
      return fail(
        "this interpolation is not closed", at: context.opener,
        hint: "close it with }, or write \\{ for a brace")
    default: return stray(expecting: "`}`", behind: value)
    }
  }

  func list() throws(Stop) -> Expression {
    let start = position
    let outer = enterBrackets()
    var elements: [ListElement] = []
    var highest = 0
    if !closesAtOnce(.closeBracket) {
      repeat {
        let isSpread = kind == .ellipsis
        if isSpread { advance() }
        elements.append(ListElement(try pipe(commas: false), isSpread: isSpread))
        highest = max(highest, height)
        if kind == .for {
          throw fail(
            "there are no comprehensions", hint: "write xs | where . > 1 | map . * 2")
        }
      } while try moreElements(before: .closeBracket)
    }
    context = outer
    return try node(.list(elements), span(from: start), over: highest)
  }

  func record() throws(Stop) -> Expression {
    let start = position
    let outer = enterBrackets()
    var entries: [RecordEntry] = []
    var highest = 0
    if !closesAtOnce(.closeBrace) {
      repeat {
        entries.append(try entry(isFirst: entries.isEmpty))
        highest = max(highest, height)
      } while try moreEntries()
    }
    context = outer
    return try node(.record(entries), span(from: start), over: highest)
  }

  private func moreEntries() throws(Stop) -> Bool {
    if kind != .comma, kind != .closeBrace, kind != .end, kind != .failure,
      tokens[position].newlineBefore
    {
      throw fail(
        "expected `,` or `}`, found \(found)",
        hint: "the entries of a record are apart by commas, also at the end of a line",
        notes: context.opener.map { [Diagnostic.Note("the record", Location(source, $0))] } ?? [])
    }
    return try moreElements(before: .closeBrace)
  }

  private func entry(isFirst: Bool) throws(Stop) -> RecordEntry {
    height = 1
    switch kind {
    case .ellipsis:
      advance()
      return .spread(try pipe(commas: false))
    case .openBracket: return try entryByExpression()
    case .stringStart: return try entryByInterpolation()
    case .string: return .field(try textKey(), try pipe(commas: false))
    default:
      if kind.isNameLike, kind(ahead: 1) == .colon {
        return .field(nameKey(), try pipe(commas: false))
      }
      guard kind == .name, endsEntry(1) else { throw noKey(isFirst: isFirst) }
      // `{x}` is `{x: x}`.
      let name = anyName()
      return .field(name, leaf(.name(name.text), name.span))
    }
  }

  private func textKey() throws(Stop) -> Name {
    let name = anyName()
    try colon("the key \(source.text(name.span))")
    return name
  }

  private func nameKey() -> Name {
    let name = anyName()
    advance()
    return name
  }

  /// `[key]: value`
  private func entryByExpression() throws(Stop) -> RecordEntry {
    let outer = enterBrackets()
    let key = try pipe(commas: false)
    guard kind == .closeBracket else { throw stray(expecting: "`]`", behind: key) }
    advance()
    context = outer
    return try computed(key)
  }

  /// `"text {with} interpolation": value`
  private func entryByInterpolation() throws(Stop) -> RecordEntry {
    try computed(try interpolation())
  }

  private func computed(_ key: Expression) throws(Stop) -> RecordEntry {
    let keyHeight = height
    try colon("the key")
    let value = try pipe(commas: false)
    height = max(height, keyHeight)
    return .computed(key, value)
  }

  private func noKey(isFirst: Bool) -> Stop {
    switch kind {
    case .int, .float, .duration, .date, .dateTime, .minus, .intMinimum, .true, .false, .null:
      guard kind(ahead: 1) == .colon || kind(ahead: 2) == .colon else { break }
      return fail(
        "expected a key, found \(found)",
        hint: "a key that is no string is written in brackets: {[1]: 2}")
    case let keyword where keyword.isKeyword && endsEntry(1):
      let text = tokens[position].text
      return fail(
        "`\(text)` is a keyword and cannot name a variable",
        hint: "write {\(text): value} for an entry of that name")
    default: break
    }
    return isFirst ? notARecord() : expected("a key of the record")
  }

  private func endsEntry(_ ahead: Int) -> Bool {
    kind(ahead: ahead) == .comma || kind(ahead: ahead) == .closeBrace
      || kind(ahead: ahead) == .end || kind(ahead: ahead) == .failure
  }

  private func colon(_ what: String) throws(Stop) {
    guard kind == .colon else {
      if kind == .assign || kind == .fatArrow {
        throw fail("expected `:` behind \(what), found \(found)", hint: "write {key: value}")
      }
      throw expected("`:` behind \(what)")
    }
    advance()
  }

  /// True where a name, a parameter list and a body stand, as methods of objects are written elsewhere.
  private var isMethod: Bool {
    guard kind(ahead: 1) == .openParen else { return false }
    let closing = tokens[position + 1].value
    return closing > 0 && tokens[closing + 1].kind == .openBrace
  }

  private func notARecord() -> Stop {
    if kind == .end || kind == .failure { return expected("a key of the record") }
    let next = kind(ahead: 1)
    let hint: String? =
      switch kind {
      case .name where isMethod: "a field that holds a function is written \(tokens[position].text): x => ..."
      case .name where next == .assign || next.startsOperand:
        "a field is written \(tokens[position].text): value"
      case .bar: "a function is written x => ... or x => { ... }"
      default: nil
      }
    return fail(
      "this `{` begins a record, which has no key here", at: context.opener,
      hint: hint ?? "a block stands only where a statement, a lambda's or an arm's body begins; "
        + "to compute a value use if, match or a function",
      notes: [Diagnostic.Note("found \(found)", Location(source, here))])
  }
}
