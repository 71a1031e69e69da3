/// Turns a text into tokens, one pass from its beginning to its end or to the first thing that is
/// no part of the language.
///
/// Brackets are matched here, so that the parser can look behind a closing bracket in one step, and
/// the pieces of an interpolated string come out flat, between `stringStart` and `stringEnd`.
struct Lexer {
  /// What is open at a place of the text.
  enum Frame {
    case bracket(token: Int)
    case interpolation
    case string(OpenString)
  }

  let source: Source
  let bytes: [UInt8]
  /// Where reading ends: the end of the text, or the first byte that no text may have.
  let limit: Int
  let encodingProblem: Diagnostic?
  var offset: Int
  var result = LexedText()
  var frames: [Frame] = []
  /// The interpolations among the frames: where each begins, and whether it may span lines.
  var interpolations: [(token: Int, isMultiline: Bool)] = []
  var newlineBefore = true
  var spaceBefore = true
  private var pendingDocumentation: [String] = []
  /// True from a line's start to its first token.
  private var lineIsBlank = true

  init(_ source: Source, from start: Int = 0) {
    self.source = source
    bytes = source.bytes
    encodingProblem = EncodingCheck.firstProblem(in: source)
    limit = encodingProblem.flatMap { $0.location.map { Int($0.span.lower) } } ?? bytes.count
    offset = start == 0 && EncodingCheck.startsWithMark(bytes) ? 3 : start
  }

  /// Returns the tokens of a text from an offset on, at which a line begins.
  static func lex(_ source: Source, from start: Int = 0) -> LexedText {
    var lexer = Lexer(source, from: start)
    lexer.run()
    return lexer.result
  }

  mutating func run() {
    do {
      while try step() {}
    } catch {
      fail(with: error)
    }
  }

  private mutating func fail(with diagnostic: Diagnostic) {
    var diagnostic = diagnostic
    if let encodingProblem, offset >= limit { diagnostic = encodingProblem }
    result.failure = diagnostic
    result.resumption = resumption
    let span = diagnostic.location?.span ?? Span(offset, offset)
    result.tokens.append(
      Token(kind: .failure, newlineBefore: newlineBefore, spaceBefore: spaceBefore, span: span))
  }

  /// Reads the next token, or a piece of the string that is open; false at the end.
  private mutating func step() throws(Diagnostic) -> Bool {
    if case .string = frames.last {
      try lexStringPiece()
      return true
    }
    try skipTrivia()
    if offset >= limit {
      try finish()
      return false
    }
    try lexToken()
    return true
  }

  /// The beginning of the first line from here on that is not indented, no comment and closes nothing.
  private var resumption: Int? {
    var index = offset
    while index < limit {
      while index < limit, bytes[index] != UInt8(ascii: "\n") { index += 1 }
      index += 1
      switch byte(at: index) {
      case 0, UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"),
        UInt8(ascii: "#"),
        UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: "."):
        continue
      default: return index
      }
    }
    return nil
  }

  private mutating func finish() throws(Diagnostic) {
    if let encodingProblem { throw encodingProblem }
    if let (token, isMultiline) = interpolations.last {
      throw unclosedInterpolation(token, isMultiline: isMultiline, atEnd: true)
    }
    append(.end, from: offset)
  }

  // MARK: Bytes

  func byte(at index: Int) -> UInt8 { index < limit ? bytes[index] : 0 }

  var current: UInt8 { byte(at: offset) }

  func starts(with text: StaticString, at index: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard index + count <= limit else { return false }
    for position in 0..<count where bytes[index + position] != text.utf8Start[position] {
      return false
    }
    return true
  }

  /// Returns the character that begins at an offset, and how many bytes it takes.
  func scalar(at index: Int) -> (scalar: Unicode.Scalar, count: Int)? {
    guard index < limit else { return nil }
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard index + count <= limit else { return nil }
    var value = UInt32(first) & (0xFF >> UInt32(count + 1))
    for position in 1..<count { value = value << 6 | UInt32(bytes[index + position] & 0x3F) }
    return Unicode.Scalar(value).map { ($0, count) }
  }

  func text(from lower: Int, to upper: Int) -> String {
    String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  func problem(
    _ message: String, _ lower: Int, _ upper: Int, hint: String? = nil,
    notes: [Diagnostic.Note] = [], isIncomplete: Bool = false
  ) -> Diagnostic {
    Diagnostic(
      .syntax, message, at: Location(source, Span(lower, upper)), hint: hint, notes: notes,
      isIncomplete: isIncomplete)
  }

  // MARK: Tokens

  mutating func append(_ kind: Token.Kind, from start: Int, text: String = "", value: Int = -1) {
    if !pendingDocumentation.isEmpty {
      result.documentation[result.tokens.count] = pendingDocumentation.joined(separator: "\n")
      pendingDocumentation = []
    }
    result.tokens.append(
      Token(
        kind: kind, newlineBefore: newlineBefore, spaceBefore: spaceBefore,
        span: Span(start, offset), text: text, value: value))
    newlineBefore = false
    spaceBefore = false
    lineIsBlank = false
  }

  private mutating func skipTrivia() throws(Diagnostic) {
    while offset < limit {
      switch bytes[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0C: offset += 1
      case UInt8(ascii: "\r"): offset += 1
      case UInt8(ascii: "\n"):
        if let (token, isMultiline) = interpolations.last, !isMultiline {
          throw unclosedInterpolation(token, isMultiline: false, atEnd: false)
        }
        offset += 1
        if lineIsBlank { pendingDocumentation = [] }
        newlineBefore = true
        lineIsBlank = true
      case UInt8(ascii: "#"): try skipComment()
      default: return
      }
      spaceBefore = true
    }
  }

  private mutating func skipComment() throws(Diagnostic) {
    if !interpolations.isEmpty {
      throw problem(
        "a comment cannot stand inside an interpolation", offset, offset + 1,
        hint: "for the character # close the interpolation with } first")
    }
    let start = offset
    while offset < limit, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    var end = offset
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    result.comments.append(Span(start, end))
    guard lineIsBlank else { return }
    // The comment's line is not blank: it does not part a doc comment from its declaration.
    lineIsBlank = false
    if starts(with: "##", at: start), !starts(with: "###", at: start) {
      let begin = start + 2 < end && bytes[start + 2] == UInt8(ascii: " ") ? start + 3 : start + 2
      pendingDocumentation.append(text(from: min(begin, end), to: end))
    }
  }

  private mutating func lexToken() throws(Diagnostic) {
    let byte = bytes[offset]
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): try lexNumber()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): try lexStringStart()
    case UInt8(ascii: "@"): try lexDate()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      lexName()
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): lexOpeningBracket()
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): lexClosingBracket()
    case UInt8(ascii: ":"):
      if case .interpolation = frames.last {
        try lexFormat()
      } else {
        lexOperator(.colon, 1)
      }
    default:
      if byte >= 0x80, let next = scalar(at: offset), next.scalar.properties.isXIDStart {
        lexName()
      } else if let (kind, count) = operatorHere() {
        lexOperator(kind, count)
      } else {
        throw unknownCharacter()
      }
    }
  }

  /// Returns the offset behind the name that begins at an offset.
  func endOfName(_ start: Int) -> Int {
    var end = start
    while end < limit {
      let byte = bytes[end]
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        end += 1
      default:
        guard byte >= 0x80, let next = scalar(at: end), next.scalar.properties.isXIDContinue else {
          return end
        }
        end += next.count
      }
    }
    return end
  }

  private mutating func lexName() {
    let start = offset
    offset = endOfName(start)
    let text = text(from: start, to: offset)
    append(Token.keywords[text] ?? .name, from: start, text: text)
  }

  private mutating func lexOperator(_ kind: Token.Kind, _ count: Int) {
    let start = offset
    offset += count
    append(kind, from: start)
  }

  private mutating func lexOpeningBracket() {
    let kind: Token.Kind =
      switch bytes[offset] {
      case UInt8(ascii: "("): .openParen
      case UInt8(ascii: "["): .openBracket
      default: .openBrace
      }
    frames.append(.bracket(token: result.tokens.count))
    lexOperator(kind, 1)
  }

  private mutating func lexClosingBracket() {
    let kind: Token.Kind =
      switch bytes[offset] {
      case UInt8(ascii: ")"): .closeParen
      case UInt8(ascii: "]"): .closeBracket
      default: .closeBrace
      }
    let index = result.tokens.count
    switch frames.last {
    case .bracket(let token) where result.tokens[token].kind.closing == kind:
      frames.removeLast()
      result.tokens[token].value = index
      lexOperator(kind, 1)
    case .interpolation where kind == .closeBrace:
      frames.removeLast()
      result.tokens[interpolations.removeLast().token].value = index
      lexOperator(.interpolationEnd, 1)
    default:
      // It closes nothing: the parser stops here at the latest.
      lexOperator(kind, 1)
    }
  }

  private func operatorHere() -> (Token.Kind, Int)? {
    for length in [3, 2, 1] where offset + length <= limit {
      let key = bytes[offset..<offset + length].reduce(0) { $0 << 8 | UInt32($1) }
      if let kind = Self.operators[key] { return (kind, length) }
    }
    return nil
  }

  /// The operators by their bytes.
  private static let operators: [UInt32: Token.Kind] = {
    let kinds: [Token.Kind] = [
      .plus, .minus, .star, .slash, .percent, .doubleSlash, .doubleStar, .coalesce, .equal,
      .notEqual, .less, .lessEqual, .greater, .greaterEqual, .leftArrow, .rightArrow, .fatArrow,
      .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign, .doubleSlashAssign,
      .percentAssign, .doubleStarAssign, .coalesceAssign, .ellipsis, .halfOpen, .dot, .optionalDot,
      .comma, .semicolon, .bar, .ampersand, .question,
    ]
    var table: [UInt32: Token.Kind] = [:]
    for kind in kinds { table[kind.rawValue.utf8.reduce(0) { $0 << 8 | UInt32($1) }] = kind }
    return table
  }()
}

extension Token.Kind {
  /// The bracket that closes this one.
  var closing: Token.Kind? {
    switch self {
    case .openParen: .closeParen
    case .openBracket: .closeBracket
    case .openBrace: .closeBrace
    default: nil
    }
  }
}
