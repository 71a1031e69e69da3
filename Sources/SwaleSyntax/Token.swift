/// The smallest piece of a text that means something.
struct Token: Sendable {
  /// What a token is; the raw value is how a message spells it.
  enum Kind: String, Sendable {
    case end = "the end of the text"
    /// Where the lexer could not go on; the parser reports the reason when it arrives here.
    case failure = "a mistake"
    case name = "a name"
    case int = "a number", float = "a decimal number", duration = "a duration"
    /// 2^63, which is an int only directly after a minus.
    case intMinimum = "a large number"
    case date = "a date", dateTime = "a datetime"
    /// A string without interpolation; others come in pieces.
    case string = "a string"
    case stringStart = "the start of a string", stringText = "text", stringEnd = "the end of a string"
    case interpolationStart = "the start of an interpolation"
    case interpolationEnd = "the end of the interpolation", formatSpecification = "a format"

    case and, await, `break`, `catch`, `continue`, `defer`, `else`, fail, `false`, fn, `for`, `if`
    case `in`, `let`, match, not, null, or, `return`, select, spawn, `true`, `try`, `var`, `while`

    case plus = "+", minus = "-", star = "*", slash = "/", percent = "%"
    case doubleSlash = "//", doubleStar = "**", coalesce = "??"
    case equal = "==", notEqual = "!=", less = "<", lessEqual = "<=", greater = ">"
    case greaterEqual = ">="
    case leftArrow = "<-", rightArrow = "->", fatArrow = "=>"
    case assign = "=", plusAssign = "+=", minusAssign = "-=", starAssign = "*=", slashAssign = "/="
    case doubleSlashAssign = "//=", percentAssign = "%=", doubleStarAssign = "**="
    case coalesceAssign = "??="
    case ellipsis = "...", halfOpen = "..<", dot = ".", optionalDot = "?."
    case comma = ",", colon = ":", semicolon = ";", bar = "|", ampersand = "&", question = "?"
    case openParen = "(", closeParen = ")", openBracket = "[", closeBracket = "]"
    case openBrace = "{", closeBrace = "}"
  }

  var kind: Kind
  var newlineBefore: Bool
  var spaceBefore: Bool
  var span: Span
  /// The name, keyword or text of a string.
  var text = ""
  /// The value of a number; the bits of a float; the index of the token that closes a bracket (-1
  /// where none does); the index of a format.
  var value = -1

  static let keywords: [String: Kind] = [
    "and": .and, "await": .await, "break": .break, "catch": .catch, "continue": .continue,
    "defer": .defer, "else": .else, "fail": .fail, "false": .false, "fn": .fn, "for": .for,
    "if": .if, "in": .in, "let": .let, "match": .match, "not": .not, "null": .null, "or": .or,
    "return": .return, "select": .select, "spawn": .spawn, "true": .true, "try": .try, "var": .var,
    "while": .while,
  ]
}

extension Token.Kind {
  /// True for a keyword, which is a plain name behind a dot and before a colon.
  var isKeyword: Bool {
    switch self {
    case .and, .await, .break, .catch, .continue, .defer, .else, .fail, .false, .fn, .for, .if, .in,
      .let, .match, .not, .null, .or, .return, .select, .spawn, .true, .try, .var, .while:
      true
    default: false
    }
  }

  var isNameLike: Bool { self == .name || isKeyword }

  /// True for a token that could begin an expression.
  var startsOperand: Bool {
    switch self {
    case .name, .int, .intMinimum, .float, .duration, .date, .dateTime, .string, .stringStart,
      .true, .false, .null, .openBrace, .openBracket, .not, .if, .match:
      true
    default: false
    }
  }

  /// True for a token that could end an expression.
  var endsOperand: Bool {
    switch self {
    case .name, .int, .float, .duration, .date, .dateTime, .string, .stringEnd, .true, .false, .null,
      .closeParen, .closeBracket, .closeBrace:
      true
    default: false
    }
  }

  /// True where a line that ends in this token cannot be whole: the next line continues it.
  var continuesOnNextLine: Bool {
    switch self {
    case .plus, .minus, .star, .slash, .percent, .doubleSlash, .doubleStar, .coalesce, .equal,
      .notEqual, .less, .lessEqual, .greater, .greaterEqual, .leftArrow, .fatArrow, .ellipsis,
      .halfOpen, .comma, .bar, .and, .or, .not, .in, .assign:
      true
    default: assignment != nil
    }
  }

  /// The operation of an assignment operator other than `=`.
  var assignment: AssignmentOperator? {
    switch self {
    case .plusAssign: .add
    case .minusAssign: .subtract
    case .starAssign: .multiply
    case .slashAssign: .divide
    case .doubleSlashAssign: .floorDivide
    case .percentAssign: .remainder
    case .doubleStarAssign: .power
    case .coalesceAssign: .coalesce
    default: nil
    }
  }
}

/// What the lexer makes of a text.
struct LexedText: Sendable {
  /// Ends in a token of kind `end` or `failure`.
  var tokens: [Token] = []
  var failure: Diagnostic?
  /// Where a line begins, behind the failure, that seems to begin a statement; nil where there is none.
  var resumption: Int?
  /// The doc comment above a token, by the token's index.
  var documentation: [Int: String] = [:]
  var comments: [Span] = []
  var formats: [FormatSpecification] = []
}
