extension ProgramGenerator {
  /// Returns an expression that probably gives a value of a kind.
  func expression(_ kind: Kind) -> String {
    let kind = chance(1, mistakes) ? oneOf(Kind.common) : kind
    depth += 1
    defer { depth -= 1 }
    if depth > 4 || chance(depth, 6) { return leaf(kind) }
    return inline { chance(1, 4) ? general(kind) : special(kind) }
  }

  /// Returns a name or a literal.
  func leaf(_ kind: Kind) -> String {
    if let item = items.last, chance(1, 2), let found = part(of: item, kind) { return found }
    if chance(4, 5), let name = variable(kind) { return name }
    return literal(kind)
  }

  /// Returns what in the current item of a stage is of a kind.
  private func part(of item: Kind, _ kind: Kind) -> String? {
    if item.fits(kind) { return "." }
    if item != .row { return nil }
    return switch kind {
    case .int: oneOf(".a", ".a", ".d")
    case .float: ".c"
    case .number: oneOf(".a", ".c", ".d")
    case .string: ".b"
    default: nil
    }
  }

  /// Returns an expression whose form goes with its kind.
  private func special(_ kind: Kind) -> String {
    switch kind {
    case .int: int()
    case .float: float()
    case .number: chance(1, 2) ? int() : float()
    case .bool: bool()
    case .string: string()
    case .ints, .floats, .strings, .bools, .list: list(kind)
    case .rows: rows()
    case .record, .row: record(kind)
    case .set, .range, .column, .table, .cell, .methods: collection(kind)
    case .date, .dateTime, .duration: time(kind)
    case .function: function()
    case .null, .any: expression(oneOf(Kind.common))
    }
  }

  /// Returns an expression of one of the forms that values of all kinds come in.
  private func general(_ kind: Kind) -> String {
    switch below(26) {
    case 0...3:
      return "(if \(condition()) { \(startSafe(expression(kind))) } else { \(startSafe(expression(kind))) })"
    case 4, 5: return match(kind)
    case 6: return "(try \(headSafe(expression(kind))) else \(headSafe(expression(kind))))"
    case 7: return "(try \(block(valueStatements(kind))) catch e \(block(handler(kind))))"
    case 8: return "(\(expression(oneOf(kind, .null))) ?? \(expression(kind)))"
    case 9...13: return call(kind)
    case 14: return "[\(expression(kind)), \(expression(kind))][\(smallIndex())]"
    case 15: return "{k: \(expression(kind)), l: \(expression(.any))}\(oneOf(".k", "?.k", "[\"k\"]"))"
    case 16: return callLambda(kind)
    case 17:
      return "(if \(condition()) \(block(valueStatements(kind))) else { \(startSafe(expression(kind))) })"
    case 18: return "get({k: \(expression(kind))}, \(oneOf("\"k\"", "\"m\"")), \(expression(kind)))"
    case 19: return leavingEarly(kind)
    case 20: return "(\(expression(kind)))"
    case 21: return "(\(expression(.any)) | (x => \(expression(kind))))"
    case 22:
      return "if \(condition()) { \(startSafe(expression(kind))) } else { \(startSafe(expression(kind))) }"
        .parenthesized
    case 23: return element(kind)
    case 24: return "cell(\(expression(kind))).value"
    case 25: return "\(expression(.methods)).\(oneOf("f", "push"))(\(expression(.number)))"
    default: return leaf(kind)
    }
  }

  /// Returns an item of a list or a member of a record.
  private func element(_ kind: Kind) -> String {
    if kind.fits(.any), let name = variable(kind.list), chance(3, 4) { return "\(name)[\(smallIndex())]" }
    switch kind {
    case .int: return "\(expression(.record)).a"
    case .string: return "\(expression(.record)).b"
    case .ints: return "\(expression(.record)).c"
    default: return "\(expression(kind.list))[\(smallIndex())]"
    }
  }

  /// Leaves a loop or function from inside an expression.
  private func leavingEarly(_ kind: Kind) -> String {
    if !isInDefer, chance(1, 2) {
      let leave: String?
      if loopDepth > 0 {
        leave = oneOf("break", "continue")
      } else if functionDepth > 0, items.isEmpty {
        leave = "return \(leaf(kind))"
      } else {
        leave = nil
      }
      if let leave { return "(if \(condition()) { \(leave) } else { \(startSafe(expression(kind))) })" }
    }
    return "(if \(condition()) { \(failure()) } else { \(startSafe(expression(kind))) })"
  }

  func failure() -> String {
    switch below(4) {
    case 0: "fail \(string())"
    case 1:
      "fail {kind: \(oneOf("\"mine\"", "\"value\"", "\"key\"")), message: \(string()), n: \(leaf(.any))}"
    case 2: "fail \(leaf(.string))"
    default: "fail \"failed\""
    }
  }

  /// Returns statements that end in a value.
  func valueStatements(_ kind: Kind) -> [String] {
    scoped { (chance(1, 2) ? statements(1) : []) + [startSafe(expression(kind))] }
  }

  /// Returns the statements of a handler, in which `e` is the error.
  func handler(_ kind: Kind) -> [String] {
    scoped {
      let report = oneOf("print(e.kind, e.message, e.line, e.column)", "print(e)", "print(e.data)")
      return (chance(2, 3) ? [report] : []) + [startSafe(expression(kind))]
    }
  }

  /// A brace would open a block where a statement begins.
  func startSafe(_ expression: String) -> String {
    expression.hasPrefix("{") || expression.hasPrefix("\"") ? expression.parenthesized : expression
  }

  /// A brace in a head would open the body.
  func headSafe(_ expression: String) -> String {
    expression.hasPrefix("{") ? expression.parenthesized : expression
  }

  func condition() -> String { headSafe(expression(.bool)) }

  func smallIndex() -> String {
    switch below(16) {
    case 0...6: "0"
    case 7, 8: "1"
    case 9...11: "-1"
    case 12: "2"
    case 13: "\(leaf(.int)) % 2"
    default: leaf(.int)
    }
  }
}

extension String {
  var parenthesized: String { "(" + self + ")" }
}
