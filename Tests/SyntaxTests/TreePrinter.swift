import SwaleSyntax

/// Prints trees as short s-expressions, in which tests say what they expect.
struct TreePrinter {
  static func print(_ program: Program) -> String {
    program.statements.map { statement($0) }.joined(separator: " ")
  }

  private static func group(_ parts: [String]) -> String {
    "(" + parts.filter { !$0.isEmpty }.joined(separator: " ") + ")"
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func key(_ name: Name) -> String {
    let isPlain = !name.text.isEmpty && name.text.allSatisfy { $0.isLetter || $0 == "_" || $0.isNumber }
    return isPlain ? name.text : quoted(name.text)
  }

  private static func block(_ block: Block) -> String {
    group(["block"] + block.statements.map { statement($0) })
  }

  static func statement(_ statement: Statement) -> String {
    let text = kind(statement.kind)
    guard let documentation = statement.documentation else { return text }
    return group(["doc", quoted(documentation), text])
  }

  private static func kind(_ kind: Statement.Kind) -> String {
    switch kind {
    case .expression(let value): return expression(value)
    case .binding(let mutable, let bound, let value, let otherwise):
      return group([
        mutable ? "var" : "let", pattern(bound), expression(value),
        otherwise.map { group(["else", block($0)]) } ?? "",
      ])
    case .assignment(let target, let operation, let value):
      let name = operation.map { $0.rawValue + "=" } ?? "set"
      return group([name, expression(target), expression(value)])
    case .function(let function):
      return group([
        "fn", function.name.text, group(function.parameters.map { parameter($0) }),
        function.result.map { group(["->", type($0)]) } ?? "", body(function.body),
      ])
    case .transform(let transform):
      return group(
        ["transform", transform.name.text, group(transform.parameters.map { parameter($0) })]
          + transform.stages.map { stage($0) })
    case .use(let use):
      return group([
        "use", quoted(use.path.text), use.alias.map { group(["as", $0.text]) } ?? "",
        use.names.map { group($0.map(\.text)) } ?? "",
      ])
    case .whileLoop(let condition, let body): return group(["while", expression(condition), block(body)])
    case .forLoop(let head, let sequence, let body):
      return group(["for", forHead(head), expression(sequence), block(body)])
    case .deferred(let body): return group(["defer", block(body)])
    case .assertion(let condition, let message):
      return group(["assert", expression(condition), message.map { expression($0) } ?? ""])
    case .send(let channel, let value): return group(["send", expression(channel), expression(value)])
    }
  }

  /// The body of `fn f() = e` is printed as the expression.
  private static func body(_ body: Block) -> String {
    if body.statements.count == 1, body.statements[0].span == body.span {
      return statement(body.statements[0])
    }
    return block(body)
  }

  private static func forHead(_ head: Statement.ForHead) -> String {
    switch head {
    case .one(let one): group([pattern(one)])
    case .two(let first, let second): group([pattern(first), pattern(second)])
    case .inPlace(let name): group([group(["var", name.text])])
    }
  }

  private static func type(_ type: TypeName) -> String { type.name.text + (type.isOptional ? "?" : "") }

  private static func parameter(_ parameter: Parameter) -> String {
    var text =
      switch parameter.passing {
      case .plain: parameter.name.text
      case .inPlace: group(["var", parameter.name.text])
      case .rest: group(["...", parameter.name.text])
      }
    if let annotation = parameter.type { text = group([":", text, type(annotation)]) }
    if let value = parameter.defaultValue { text = group(["=", text, expression(value)]) }
    return text
  }

  // MARK: Expressions

  static func expression(_ value: Expression) -> String {
    switch value.kind {
    case .null: return "null"
    case .bool(let bool): return "\(bool)"
    case .int(let int): return "\(int)"
    case .float(let float): return "\(float)"
    case .duration(let nanoseconds): return "\(nanoseconds)ns"
    case .date(let days): return "@\(days)d"
    case .dateTime(let nanoseconds): return "@\(nanoseconds)ns"
    case .string(let text): return quoted(text)
    case .interpolation(let pieces): return group(["fmt"] + pieces.map { piece($0) })
    case .name(let name): return name
    case .item: return "(item)"
    case .list(let elements):
      return group(
        ["list"]
          + elements.map { $0.isSpread ? group(["...", expression($0.value)]) : expression($0.value) })
    case .record(let entries): return group(["rec"] + entries.map { entry($0) })
    case .unary(let operation, let operand):
      return group([operation == .negate ? "neg" : "not", expression(operand)])
    case .binary(let operation, let left, let right, _):
      return group([
        operation == .notContained ? "not-in" : operation.rawValue, expression(left),
        expression(right),
      ])
    case .range(let lower, let upper, let isClosed):
      return group([
        isClosed ? "..." : "..<", lower.map { expression($0) } ?? "_", upper.map { expression($0) } ?? "_",
      ])
    case .call(let callee, let arguments):
      return group(["call", expression(callee)] + arguments.map { argument($0) })
    case .method(let receiver, let name, let arguments, let isOptional):
      return group(
        [isOptional ? "?mcall" : "mcall", expression(receiver), name.text]
          + arguments.map { argument($0) })
    case .index(let sequence, let index):
      return group(["index", expression(sequence), expression(index)])
    case .member(let receiver, let name, let isOptional):
      if case .item = receiver.kind { return group(["item", key(name)]) }
      return group([isOptional ? "?." : ".", expression(receiver), key(name)])
    case .pipe: return pipe(value)
    case .parenthesized(let inner): return expression(inner)
    default: return construct(value)
    }
  }

  private static func construct(_ value: Expression) -> String {
    switch value.kind {
    case .lambda(let lambda):
      return group([
        "=>", group(lambda.parameters.map { $0?.text ?? "_" }), expression(lambda.body),
      ])
    case .conditional(let condition, let then, let otherwise):
      return group([
        "if", expression(condition), block(then), otherwise.map { expression($0) } ?? "",
      ])
    case .block(let inner): return block(inner)
    case .match(let subject, let arms):
      return group(["match", expression(subject)] + arms.map { arm($0) })
    case .tryCatch(let tried, let error, let handler):
      return group(["try", block(tried), group(["catch", error.text, block(handler)])])
    case .tryElse(let tried, let fallback):
      return group(["try-else", expression(tried), expression(fallback)])
    case .fail(let value): return group(["fail", expression(value)])
    case .returning(let value): return group(["return", value.map { expression($0) } ?? ""])
    case .breaking: return "(break)"
    case .continuing: return "(continue)"
    case .spawn(let inner): return group(["spawn", expression(inner)])
    case .await(let inner): return group(["await", expression(inner)])
    case .receive(let inner): return group(["recv", expression(inner)])
    case .select(let arms): return group(["select"] + arms.map { selectArm($0) })
    case .scope(let inner): return group(["scope", block(inner)])
    case .timeout(let duration, let inner):
      return group(["timeout", expression(duration), block(inner)])
    default: return "?"
    }
  }

  private static func pipe(_ value: Expression) -> String {
    var stages: [String] = []
    var left = value
    while case .pipe(let inner, let last) = left.kind {
      stages.append(stage(last))
      left = inner
    }
    return group(["|", expression(left)] + stages.reversed())
  }

  static func stage(_ stage: Stage) -> String {
    switch stage.kind {
    case .named(let path, let arguments):
      group(["stage", path.map(\.text).joined(separator: ".")] + arguments.map { argument($0) })
    case .function(let function): group(["stage", expression(function)])
    }
  }

  private static func argument(_ argument: Argument) -> String {
    var text = expression(argument.value)
    switch argument.passing {
    case .plain: break
    case .spread: text = group(["...", text])
    case .inPlace: text = group(["&", text])
    }
    if argument.isItemFunction { text = group(["@", text]) }
    return argument.label.map { group([":", $0.text, text]) } ?? text
  }

  private static func piece(_ piece: InterpolationPiece) -> String {
    switch piece {
    case .text(let text): quoted(text)
    case .value(let value, nil): expression(value)
    case .value(let value, let format?): group(["spec", expression(value), self.format(format)])
    }
  }

  static func format(_ format: FormatSpecification) -> String {
    var text = ""
    if let alignment = format.alignment {
      if format.fill != " " { text.append(format.fill) }
      text += alignment.rawValue
    }
    if format.showsPlus { text += "+" }
    if format.padsWithZeros { text += "0" }
    if format.width > 0 { text += "\(format.width)" }
    if format.groupsThousands { text += "," }
    if let digits = format.digits { text += ".\(digits)" }
    return text + (format.style?.rawValue ?? "")
  }

  private static func entry(_ entry: RecordEntry) -> String {
    switch entry {
    case .field(let name, let value): group([key(name), expression(value)])
    case .computed(let key, let value): group([group(["key", expression(key)]), expression(value)])
    case .spread(let value): group(["...", expression(value)])
    }
  }

  // MARK: Arms and patterns

  private static func arm(_ arm: Arm) -> String {
    group([
      "arm", pattern(arm.pattern), arm.guardCondition.map { group(["if", expression($0)]) } ?? "",
      armBody(arm.body),
    ])
  }

  private static func armBody(_ body: ArmBody) -> String {
    switch body {
    case .expression(let value): expression(value)
    case .statement(let inner): statement(inner)
    }
  }

  private static func selectArm(_ arm: SelectArm) -> String {
    let event =
      switch arm.event {
      case .receive(let mutable, let bound, let channel):
        group([mutable ? "var" : "let", pattern(bound), group(["recv", expression(channel)])])
      case .send(let channel, let value): group(["send", expression(channel), expression(value)])
      case .after(let duration): group(["after", expression(duration)])
      case .otherwise: "else"
      }
    return group(["arm", event, armBody(arm.body)])
  }

  static func pattern(_ pattern: Pattern) -> String {
    switch pattern.kind {
    case .ignored: return "_"
    case .binding(let name): return name
    case .literal(let value): return expression(value)
    case .range(let lower, let upper, let isClosed):
      return group([isClosed ? "..." : "..<", expression(lower), expression(upper)])
    case .either(let left, let right): return group(["or", self.pattern(left), self.pattern(right)])
    case .list(let elements, let rest):
      var parts = ["plist"] + elements.map { self.pattern($0) }
      if let rest { parts.append(group(["...", rest?.text ?? "_"])) }
      return group(parts)
    case .record(let entries):
      return group(["prec"] + entries.map { group([key($0.key), self.pattern($0.pattern)]) })
    case .typed(let type, let inner): return group(["is", type.text, self.pattern(inner)])
    }
  }
}
