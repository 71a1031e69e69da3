/// The recursive descent from tokens to a tree.
///
/// Parsing stops at the first problem, which is kept in `problem`; the error that unwinds the
/// descent carries nothing, which keeps its frames small. Where all problems are wanted, the blocks
/// around a problem catch it and go on behind it: see `TreeParser+Recovery`.
final class TreeParser {
  /// Unwinds the descent.
  struct Stop: Error {}

  /// What the brackets around a place say about it.
  struct Context {
    /// True where a newline ends the statement: outside of `(`, `[` and the braces of records.
    var newlinesEnd = true
    /// True in the head of `if while for match timeout`, where a `{` opens the body.
    var braceOpensBody = false
    /// True directly in the arguments of a stage that has no parentheses.
    var inOpenArguments = false
    /// The comma that ended a pipe here, for an error further on.
    var commaBehindPipe: Span?
    /// The bracket that is open, for the note of an error.
    var opener: Span?
  }

  let source: Source
  var tokens: [Token]
  let lexed: LexedText
  /// The names whose method calls are stages.
  let stageMethods: Set<String>
  var position = 0
  var context = Context()
  var problem: Diagnostic?
  /// The problems behind which parsing went on, and how many there may be: none where only the first
  /// is wanted.
  var passedProblems: [Diagnostic] = []
  var mostPassedProblems = 0

  /// Where the current statement begins.
  var statementStart = -1
  /// Where a send may begin: a statement or the body of an arm.
  var sendStart = -1
  /// The stage arguments around this place, innermost last; true where the item has been used.
  var owners: [Bool] = []
  /// Behind a stage whose arguments may not go on over a comma.
  var openStageEnd = -1
  /// Behind the last arguments without parentheses.
  var openArgumentsEnd = -1
  /// How many constructs are open around this place.
  var depth = 0
  /// The height of the tree that was built last.
  var height = 0
  var operators: [PendingOperator] = []
  var operands: [(expression: Expression, height: Int)] = []

  init(_ source: Source, from start: Int = 0, transforms: Set<String>) {
    self.source = source
    lexed = Lexer.lex(source, from: start)
    tokens = lexed.tokens
    var methods = VerbNames.all.union(transforms)
    for (index, token) in tokens.enumerated().dropLast()
    where token.kind == .name && token.text == "transform" && tokens[index + 1].kind == .name {
      methods.insert(tokens[index + 1].text)
    }
    stageMethods = methods
  }

  // MARK: Tokens

  var kind: Token.Kind { tokens[position].kind }
  var span: Span { tokens[position].span }

  func kind(ahead count: Int) -> Token.Kind {
    position + count < tokens.count ? tokens[position + count].kind : .end
  }

  /// The end of the token before this one.
  var previousEnd: Int { position > 0 ? Int(tokens[position - 1].span.upper) : 0 }

  /// Returns the span from a token to the one before this.
  func span(from start: Int) -> Span {
    Span(Int(tokens[start].span.lower), max(previousEnd, Int(tokens[start].span.lower)))
  }

  /// True where a newline before the current token ends the statement.
  var ended: Bool {
    guard tokens[position].newlineBefore, context.newlinesEnd, position != statementStart,
      position != sendStart
    else { return false }
    switch kind {
    case .bar, .catch: return false
    case .else: return kind(ahead: 1) == .fatArrow
    case .dot: return !dotBeginsMember
    default: return true
    }
  }

  /// True where the current token is a dot directly before a name.
  var dotBeginsMember: Bool {
    kind(ahead: 1).isNameLike && !tokens[position + 1].spaceBefore
  }

  /// True where the current token is of a kind and still belongs to the statement.
  func at(_ kind: Token.Kind) -> Bool { self.kind == kind && !ended }

  /// True where the current token is a certain name, which means something here.
  func atWord(_ word: String) -> Bool {
    kind == .name && tokens[position].text == word && !ended
  }

  @discardableResult
  func advance() -> Token {
    let token = tokens[position]
    if position < tokens.count - 1 { position += 1 }
    return token
  }

  func accept(_ kind: Token.Kind) -> Bool {
    guard at(kind) else { return false }
    advance()
    return true
  }

  /// Reads a name; `role` is what it names, such as "a variable".
  func name(_ role: String) throws(Stop) -> Name {
    guard at(.name) else {
      if kind.isKeyword, !ended {
        throw fail(
          "`\(tokens[position].text)` is a keyword and cannot name \(role)",
          hint: "choose another name, such as `\(tokens[position].text)_`")
      }
      throw expected("a name for \(role)")
    }
    let token = advance()
    return Name(token.text, token.span)
  }

  /// Reads a name or keyword that is known to stand here.
  func anyName() -> Name {
    let token = advance()
    return Name(token.text, token.span)
  }

  // MARK: Limits

  func enter() throws(Stop) {
    depth += 1
    if depth > Limits.nesting { throw tooDeep(span) }
  }

  func leave() { depth -= 1 }

  /// Notes that a tree stands on others; the height of the highest is given.
  func grow(over childHeight: Int, at span: Span) throws(Stop) {
    if childHeight >= Limits.height { throw tooDeep(Span(Int(span.upper), Int(span.upper))) }
    height = childHeight + 1
  }

  func node(
    _ kind: Expression.Kind, _ span: Span, over childHeight: Int
  ) throws(Stop) -> Expression {
    try grow(over: childHeight, at: span)
    return Expression(span: span, kind: kind)
  }

  func leaf(_ kind: Expression.Kind, _ span: Span) -> Expression {
    height = 1
    return Expression(span: span, kind: kind)
  }

  private func tooDeep(_ span: Span) -> Stop {
    fail("this is nested too deeply", at: span, hint: "give the inner parts names of their own")
  }

  // MARK: Brackets

  /// Steps over an opening bracket inside which newlines mean nothing; returns what was outside.
  func enterBrackets() -> Context {
    let outer = context
    context = Context(
      newlinesEnd: false, commaBehindPipe: outer.commaBehindPipe, opener: span)
    advance()
    return outer
  }

  /// Steps over the comma before the next element; false behind the closing bracket.
  func moreElements(before closing: Token.Kind) throws(Stop) -> Bool {
    if kind == .comma {
      if openStageEnd == position { context.commaBehindPipe = span }
      advance()
      if kind == closing {
        advance()
        return false
      }
      return true
    }
    guard kind == closing else {
      throw stray(expecting: "`,` or `\(closing.rawValue)`")
    }
    advance()
    return false
  }

  /// Steps over the closing bracket of an empty list of elements; false where there are some.
  func closesAtOnce(_ closing: Token.Kind) -> Bool {
    guard kind == closing else { return false }
    advance()
    return true
  }
}
