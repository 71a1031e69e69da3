/// The syntax tree: what was written, with spans, before names mean anything.

/// A name with the place where it stands.
public struct Name: Sendable {
  public let text: String
  public let span: Span
  public init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

/// A whole file or prompt entry.
public struct Program: Sendable {
  public let source: Source
  public let statements: [Statement]
  public init(source: Source, statements: [Statement]) {
    self.source = source
    self.statements = statements
  }
}

/// Statements between braces; its value is that of the last expression statement, else null.
public struct Block: Sendable {
  /// From the opening to behind the closing brace.
  public let span: Span
  public let statements: [Statement]
  public init(span: Span, statements: [Statement]) {
    self.span = span
    self.statements = statements
  }
}

public struct Statement: Sendable {
  public let span: Span
  public let kind: Kind
  /// The `##` comment above it, lines joined by newlines; only on declarations.
  public let documentation: String?

  public init(span: Span, kind: Kind, documentation: String? = nil) {
    self.span = span
    self.kind = kind
    self.documentation = documentation
  }

  public indirect enum Kind: Sendable {
    case expression(Expression)
    /// `let p = e`, `var p = e`, with the block of `else` where there is one.
    case binding(mutable: Bool, Pattern, Expression, otherwise: Block?)
    /// `target = e` (operation nil) or `target += e`; the target is a name, member or index path.
    case assignment(target: Expression, operation: AssignmentOperator?, Expression)
    case function(FunctionDeclaration)
    case transform(TransformDeclaration)
    case use(Use)
    case whileLoop(condition: Expression, body: Block)
    case forLoop(ForHead, sequence: Expression, body: Block)
    case deferred(Block)
    case assertion(condition: Expression, message: Expression?)
    /// `channel <- value`
    case send(channel: Expression, value: Expression)
  }

  public enum ForHead: Sendable {
    /// `for p in xs`
    case one(Pattern)
    /// `for k, v in r`, `for i, x in xs`
    case two(Pattern, Pattern)
    /// `for var x in xs`
    case inPlace(Name)
  }
}

public enum AssignmentOperator: String, Sendable {
  case add = "+", subtract = "-", multiply = "*", divide = "/", floorDivide = "//"
  case remainder = "%", power = "**", coalesce = "??"
}

/// A parameter's or result's type as written: `int`, `int?`, `number`, `any`.
public struct TypeName: Sendable {
  public let name: Name
  public let isOptional: Bool
  public init(_ name: Name, isOptional: Bool) {
    self.name = name
    self.isOptional = isOptional
  }
}

public struct Parameter: Sendable {
  public enum Passing: Sendable { case plain, inPlace, rest }
  public let name: Name
  public let passing: Passing
  public let type: TypeName?
  public let defaultValue: Expression?
  public init(name: Name, passing: Passing, type: TypeName?, defaultValue: Expression?) {
    self.name = name
    self.passing = passing
    self.type = type
    self.defaultValue = defaultValue
  }
}

public struct FunctionDeclaration: Sendable {
  public let name: Name
  public let parameters: [Parameter]
  public let result: TypeName?
  /// `fn f(x) = e` has a body of one expression statement, whose span is that of `e`.
  public let body: Block
  public init(name: Name, parameters: [Parameter], result: TypeName?, body: Block) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.body = body
  }
}

public struct TransformDeclaration: Sendable {
  public let name: Name
  public let parameters: [Parameter]
  public let stages: [Stage]
  public init(name: Name, parameters: [Parameter], stages: [Stage]) {
    self.name = name
    self.parameters = parameters
    self.stages = stages
  }
}

/// `use "path"`, `use "path" as name`, `use "path" { names }`.
public struct Use: Sendable {
  public let path: Name
  public let alias: Name?
  public let names: [Name]?
  public init(path: Name, alias: Name?, names: [Name]?) {
    self.path = path
    self.alias = alias
    self.names = names
  }
}

public struct Expression: Sendable {
  public let span: Span
  public let kind: Kind
  public init(span: Span, kind: Kind) {
    self.span = span
    self.kind = kind
  }

  public indirect enum Kind: Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case float(Double)
    /// Nanoseconds.
    case duration(Int)
    /// Days since 1970-01-01.
    case date(Int)
    /// Nanoseconds since 1970-01-01T00:00Z.
    case dateTime(Int)
    case string(String)
    case interpolation([InterpolationPiece])
    case name(String)
    /// The current item of the innermost item function: a bare `.`, or what stands left of
    /// `.name` where a dot begins an item (`.name` is a member of `item`).
    case item
    case list([ListElement])
    case record([RecordEntry])
    case unary(UnaryOperator, Expression)
    /// Both sides and the span of the operator.
    case binary(BinaryOperator, Expression, Expression, operatorSpan: Span)
    /// `a...b`, `a..<b`; an end may be missing only directly inside an index.
    case range(lower: Expression?, upper: Expression?, isClosed: Bool)
    /// `f(x)`; a method call `x.f(a)` has a `method` of its own.
    case call(Expression, [Argument])
    /// `receiver.name(arguments)`; for the name of a verb or transform its arguments may be item
    /// functions.
    case method(receiver: Expression, name: Name, [Argument], isOptional: Bool)
    case index(Expression, Expression)
    case member(Expression, Name, isOptional: Bool)
    case lambda(Lambda)
    case pipe(Expression, Stage)
    /// The second expression is a block or another `conditional`.
    case conditional(Expression, then: Block, otherwise: Expression?)
    case block(Block)
    case match(Expression, [Arm])
    case tryCatch(Block, error: Name, handler: Block)
    case tryElse(Expression, fallback: Expression)
    case fail(Expression)
    case returning(Expression?)
    case breaking
    case continuing
    case parenthesized(Expression)
    case spawn(Expression)
    case await(Expression)
    case receive(Expression)
    case select([SelectArm])
    case scope(Block)
    case timeout(Expression, Block)
  }
}

public enum UnaryOperator: String, Sendable { case negate = "-", not = "not" }

public enum BinaryOperator: String, Sendable {
  case coalesce = "??", or = "or", and = "and"
  case equal = "==", notEqual = "!=", less = "<", lessEqual = "<=", greater = ">"
  case greaterEqual = ">=", contained = "in", notContained = "not in"
  case add = "+", subtract = "-", multiply = "*", divide = "/", floorDivide = "//"
  case remainder = "%", power = "**"
}

public enum InterpolationPiece: Sendable {
  case text(String)
  case value(Expression, FormatSpecification?)
}

/// `[[fill]<^>][+][0][width][,][.digits][f e g % d x b s]`
public struct FormatSpecification: Hashable, Sendable {
  public enum Alignment: String, Sendable { case left = "<", center = "^", right = ">" }
  public enum Style: String, Sendable {
    case fixed = "f", exponent = "e", general = "g", percent = "%", decimal = "d"
    case hexadecimal = "x", binary = "b", string = "s"
  }
  public var fill: Character = " "
  public var alignment: Alignment?
  public var showsPlus = false
  public var padsWithZeros = false
  public var width = 0
  public var groupsThousands = false
  public var digits: Int?
  public var style: Style?
  public init() {}
}

public struct ListElement: Sendable {
  public let value: Expression
  public let isSpread: Bool
  public init(_ value: Expression, isSpread: Bool) {
    self.value = value
    self.isSpread = isSpread
  }
}

public enum RecordEntry: Sendable {
  /// `name: value`, `"text": value`; also `{x}`, whose value is the name `x`.
  case field(Name, Expression)
  /// `[key]: value`, and `"text {with} interpolation": value`
  case computed(Expression, Expression)
  case spread(Expression)
}

public struct Argument: Sendable {
  public let label: Name?
  public let value: Expression
  public let passing: Passing
  /// True where the argument speaks of the current item: it is a function of one parameter,
  /// which `item` inside it denotes.
  public let isItemFunction: Bool

  /// `...xs` spreads, `&path` lends a variable.
  public enum Passing: Sendable { case plain, spread, inPlace }

  public init(label: Name?, value: Expression, passing: Passing, isItemFunction: Bool) {
    self.label = label
    self.value = value
    self.passing = passing
    self.isItemFunction = isItemFunction
  }
}

public struct Lambda: Sendable {
  /// nil stands for `_`.
  public let parameters: [Name?]
  public let body: Expression
  public init(parameters: [Name?], body: Expression) {
    self.parameters = parameters
    self.body = body
  }
}

/// One step of a pipe.
public struct Stage: Sendable {
  public let span: Span
  public let kind: Kind
  public init(span: Span, kind: Kind) {
    self.span = span
    self.kind = kind
  }

  public enum Kind: Sendable {
    /// A function by name; `path` has a module's name first where one was written.
    case named([Name], [Argument])
    /// `| (x => x + 1)`
    case function(Expression)
  }
}

public struct Arm: Sendable {
  public let span: Span
  public let pattern: Pattern
  public let guardCondition: Expression?
  public let body: ArmBody
  public init(span: Span, pattern: Pattern, guardCondition: Expression?, body: ArmBody) {
    self.span = span
    self.pattern = pattern
    self.guardCondition = guardCondition
    self.body = body
  }
}

/// An expression, or an assignment or send as a statement.
public enum ArmBody: Sendable {
  case expression(Expression)
  case statement(Statement)
}

public struct SelectArm: Sendable {
  public enum Event: Sendable {
    case receive(mutable: Bool, Pattern, channel: Expression)
    case send(channel: Expression, value: Expression)
    case after(Expression)
    case otherwise
  }
  public let span: Span
  public let event: Event
  public let body: ArmBody
  public init(span: Span, event: Event, body: ArmBody) {
    self.span = span
    self.event = event
    self.body = body
  }
}

public struct Pattern: Sendable {
  public let span: Span
  public let kind: Kind
  public init(span: Span, kind: Kind) {
    self.span = span
    self.kind = kind
  }

  public indirect enum Kind: Sendable {
    /// `_`
    case ignored
    case binding(String)
    /// A literal without interpolation, possibly negated.
    case literal(Expression)
    /// `1...5` between literals
    case range(Expression, Expression, isClosed: Bool)
    case either(Pattern, Pattern)
    /// `[p, q, ...rest]`; `rest` is nil without one, `.some(nil)` for `..._`.
    case list([Pattern], rest: Name??)
    /// `{key: p, name}`; `name` alone has a pattern that binds it.
    case record([(key: Name, pattern: Pattern)])
    /// `int n`, `string _`
    case typed(Name, Pattern)
  }
}
