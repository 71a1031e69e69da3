extension ProgramGenerator {
  /// Returns up to `count` statements; fewer where there is no fuel left.
  func statements(_ count: Int) -> [String] {
    var result: [String] = []
    for _ in 0..<count {
      if fuel <= 0 { break }
      fuel -= 1
      result.append(contentsOf: statement())
    }
    // What is used before it has a value is an error, at times.
    if result.count > 1, chance(1, 60) { result.swapAt(0, 1) }
    return result
  }

  /// Returns statements in a scope of their own.
  func body(_ count: Int = 3) -> String { scoped { block(statements(1 + below(count))) } }

  private func statement() -> [String] {
    let isDeep = scopes.count > 4
    if usesTasks, !isDeep, chance(1, 6) { return taskStatements() }
    switch below(isDeep ? 60 : 100) {
    case 0...13: return [declaration()]
    case 14...16: return [patternDeclaration()]
    case 17...29: return guarded { assignment() }
    case 30...37: return guarded { change() }
    case 38...45:
      return guarded { "print(\(list(1...3) { expression(oneOf(Kind.common)) }))" }
    case 46...48: return alias()
    case 49, 50: return leave()
    case 51:
      return chance(1, 2)
        ? [observation()] : ["assert \(expression(.bool))\(chance(1, 2) ? ", \(leaf(.string))" : "")"]
    case 52...54: return guarded { startSafe(expression(oneOf(Kind.common))) }
    case 55...59: return [observation()]
    case 60...65: return guarded { conditional() }
    case 66...68: return ["match \(expression(.any).parenthesized) { \(inline { arms { armBody() } }) }"]
    case 69...76: return guarded { loop() }
    case 77...82: return ["try \(body()) catch e \(scoped { block([report()] + statements(below(2))) })"]
    case 83, 84: return isInDefer ? [observation()] : [deferred()]
    case 85...93: return isInline ? [observation()] : placed(functionDeclaration())
    case 94, 95: return closure()
    case 96: return guarded { polymorphicCalls() }
    case 97: return [changingKind()]
    case 98: return chance(1, 6) ? [rare()] : isInline || isDeep ? [assignment()] : fieldFunction()
    default: return [assignment()]
    }
  }

  /// Makes a statement whose error, if there is one, is mostly reported and does not end the program.
  private func guarded(_ make: () -> String) -> [String] {
    if scopes.count > 3 || chance(1, 2) { return [make()] }
    return scoped {
      let body = block([make()])
      return ["try \(body) catch e { \(report()) }"]
    }
  }

  private func placed(_ function: String) -> [String] {
    chance(1, 6) ? statements(1) + [function] : [function]
  }

  func report() -> String {
    oneOf(
      "print(e.kind, e.message, e.line, e.column)", "print(e.kind, e.message, e.line, e.column)",
      "print(e.kind, e.trace | map [.function, .line, .column])", "print(repr(e), e.data)")
  }

  private func observation() -> String {
    let names = visible { _ in true }.suffix(8).map(\.name)
    return names.isEmpty ? "print(\(expression(.any)))" : "print(\(names.joined(separator: ", ")))"
  }

  // MARK: Declarations

  private func declaration() -> String {
    let kind = oneOf(Kind.common)
    let isMutable = chance(3, 5)
    let value = chance(1, 5) ? "try \(headSafe(expression(kind))) else \(literal(kind))" : expression(kind)
    return "\(isMutable ? "var" : "let") \(declareByStatement(kind, isMutable: isMutable)) = \(value)"
  }

  private func patternDeclaration() -> String {
    if chance(1, 3), !isInDefer, loopDepth > 0 || functionDepth > 0, items.isEmpty {
      let leave =
        loopDepth > 0 && chance(1, 2) ? oneOf("break", "continue") : functionDepth > 0 ? "return" : "break"
      let before = scopes[scopes.count - 1]
      let (pattern, kind) = withoutHiding { takingApart() }
      let after = scopes[scopes.count - 1]
      scopes[scopes.count - 1] = before
      let value = expression(oneOf(kind, kind, .any, .null))
      scopes[scopes.count - 1] = after
      return "let \(pattern) = \(value) else { \(leave) }"
    }
    let before = scopes[scopes.count - 1]
    let (pattern, kind) = withoutHiding { takingApart() }
    let after = scopes[scopes.count - 1]
    scopes[scopes.count - 1] = before
    let value = expression(kind)
    scopes[scopes.count - 1] = after
    return "\(oneOf("let", "let", "var")) \(pattern) = \(value)"
  }

  /// Declares a second name for a value and changes one of them.
  private func alias() -> [String] {
    guard let old = mutable(oneOf(.list, .record, .ints, .any, .rows, .set)) else { return [declaration()] }
    let new = declareByStatement(old.kind, isMutable: true)
    let wrapped = chance(1, 4)
    let value = wrapped ? oneOf("[\(old.name), 1]", "{k: \(old.name)}") : old.name
    if wrapped { note(new, holds: value.hasPrefix("[") ? .list : .record) }
    return [
      "var \(new) = \(value)", change(chance(1, 2) ? old.name : new, old.kind), "print(\(old.name), \(new))",
    ]
  }

  /// Declares a variable and a closure that changes it.
  private func closure() -> [String] {
    let kind = oneOf(.int, .int, .float, .ints, .string) as Kind
    let value = leaf(kind)
    let name = declareByStatement(kind, isMutable: true)
    let start = "var \(name) = \(value)"
    let body = inFunction {
      inline { block([change(name, kind)] + statements(below(2)) + [startSafe(expression(kind))]) }
    }
    let takesNone = chance(3, 4)
    let function = declareByStatement(takesNone ? .any : .function)
    let call = takesNone ? "\(function)()" : "\(function)(1)"
    return [
      start, "let \(function) = \(takesNone ? "()" : "_") => \(body)",
      "print(\(list(1...2) { "try \(call) else -1" }), \(name))",
    ]
  }

  /// A loop in which a variable changes its kind.
  private func changingKind() -> String {
    let kind = oneOf(.int, .float, .bool) as Kind
    let start = leaf(kind)
    let name = declareByStatement(.any, isMutable: true)
    let loop = scoped { () -> String in
      let i = declare(.int)
      let other = expression(oneOf(.float, .string, .null, .int, .bool, .ints))
      let change =
        chance(1, 2)
        ? "if \(i) == \(below(3)) { \(name) = \(other) }"
        : "\(name) = if \(i) == \(below(3)) { \(startSafe(other)) } else { \(name) }"
      let use = oneOf(
        "\(name) = \(name) \(oneOf("+", "*", "-")) \(leaf(.number))", "\(name) += 1", "print(\(name))")
      return "for \(i) in 0..<3 \(block([change, "try { \(use) } catch e { print(e.message) }"]))"
    }
    return "var \(name) = \(start)\n\(loop)".joinedLine(isInline)
  }

  /// What is slow or ends the program.
  private func rare() -> String {
    switch below(4) {
    case 0: "exit(\(below(4)))"
    case 1: inFunction { "print(try ((f) => f(f))(g => 1 + g(g)) else \"too deep\")" }
    case 2: "let deep\(nameCount) = (n => n)\nprint(type(deep\(nameCount)))".joinedLine(isInline)
    default: "fail {kind: \"depth\", message: \"m\", data: \(leaf(.any))}"
    }
  }

  // MARK: Changes

  private func assignment() -> String {
    guard let variable = mutable() else { return declaration() }
    let name = variable.name
    let kind = variable.kind
    switch below(20) {
    case 0...2:
      // Another kind than before: its place in the frame has to hold both.
      let other = oneOf(.int, .float, .string, .bool, .null, .ints, .any) as Kind
      let value = expression(other)
      note(name, holds: scopes.count > 1 && kind != other ? .any : other)
      return "\(name) = \(value)"
    case 3...6 where kind.fits(.number):
      return
        "\(name) \(oneOf("+=", "-=", "*=", "/=", "//=", "%=", "**=")) \(expression(oneOf(.int, .int, .number, .float)))"
    case 7...10 where kind.fits(.number): return "\(name) \(oneOf("+=", "-=", "*=")) \(expression(kind))"
    case 3...9 where kind == .string: return "\(name) += \(addition(.string))"
    case 3...7 where kind.isList: return "\(name) += \(addition(kind))"
    case 8,
      9 where kind.isList:
      return "\(name) = \(name) + [\(expression(kind.item))]"
    case 11: return "\(name) ??= \(expression(kind))"
    case 12...15 where kind.isList || kind == .record: return change(name, kind)
    default: return "\(name) = \(expression(kind))"
    }
  }

  /// Returns what is added to a list or text; in loops nothing that could double it each time.
  private func addition(_ kind: Kind) -> String { loopDepth > 0 ? literal(kind) : expression(kind) }

  private func change() -> String {
    guard let variable = mutable(oneOf(.list, .record, .ints, .any, .rows, .set, .cell)) else {
      return assignment()
    }
    return change(variable.name, variable.kind)
  }

  /// Changes what a variable holds, in place where its kind allows.
  func change(_ name: String, _ kind: Kind) -> String {
    let operation = oneOf("=", "=", "+=", "-=", "*=", "??=")
    let key = smallIndex()
    if let function = functions({ $0.parameters.contains { $0.passing == .inPlace && kind.fits($0.kind) } })
      .last, chance(1, 2)
    {
      return call(function)
    }
    switch kind {
    case .rows where chance(1, 2):
      return "\(name)[\(key)].\(oneOf("a", "c", "z")) \(operation) \(expression(.number))"
    case .ints, .floats, .strings, .bools, .list, .rows:
      switch below(14) {
      case 0...3: return "\(name)[\(key)] \(operation) \(expression(kind.item))"
      case 4: return "\(name)[\(key)] = \(expression(.any))"
      case 5...7: return "\(name).push(\(expression(kind.item)))"
      case 8: return "\(name).pop()"
      case 9: return "\(name).insert(\(key), \(expression(kind.item)))"
      case 10: return "\(name).remove(\(key))"
      case 11: return "\(name).extend(\(addition(kind)))"
      case 12: return oneOf("\(name).clear()", "\(name).swap(\(key), \(smallIndex()))")
      default: return "\(name)[\(key)] += \(expression(kind.item))"
      }
    case .record, .row:
      switch below(10) {
      case 0, 1: return "\(name).\(oneOf("a", "b", "z")) \(operation) \(expression(oneOf(.int, .any)))"
      case 2: return "\(name)[\(expression(.string))] = \(expression(.any))"
      case 3, 4: return "\(name).c.push(\(expression(.int)))"
      case 5: return "\(name).c[\(key)] \(operation) \(expression(.int))"
      case 6: return "\(name).remove(\(oneOf("\"a\"", "\"z\"", leaf(.string))))"
      case 7: return "\(name).update(\(oneOf("\"a\"", "\"q\"")), \(leaf(.int)), x => x + \(expression(.int)))"
      case 8: return "\(name).z = {n: [\(expression(.any))]}"
      default: return "\(name).z.n[\(key)] \(operation) \(expression(.any))"
      }
    case .set: return "\(name).\(oneOf("add", "add", "remove"))(\(expression(.int)))"
    case .cell:
      return oneOf(
        "\(name).set(\(expression(.int)))", "\(name).update(x => \(oneOf("x + 1", "[x]", "x * 2")))")
    case .string: return "\(name) += \(addition(.string))"
    case .int, .float, .number: return "\(name) \(oneOf("+=", "-=", "*=", "=")) \(expression(kind))"
    default: return "\(name) = \(expression(kind))"
    }
  }

  // MARK: Control

  private func conditional() -> String {
    let otherwise =
      switch below(4) {
      case 0: " else \(body())"
      case 1: " else if \(condition()) \(body(2)) else \(body(2))"
      default: ""
      }
    return "if \(condition()) \(body())\(otherwise)"
  }

  private func armBody() -> String {
    if let variable = mutable(), chance(1, 3) { return "\(variable.name) = \(expression(variable.kind))" }
    return chance(1, 2) ? body(2) : startSafe(expression(oneOf(Kind.common)))
  }

  private func leave() -> [String] {
    if isInDefer || !items.isEmpty { return [observation()] }
    let leave: String
    if loopDepth > 0, chance(2, 3) {
      leave = oneOf("break", "continue")
    } else if functionDepth > 0 {
      leave = "return \(expression(oneOf(Kind.common)))"
    } else if chance(1, 3) {
      leave = failure()
    } else {
      return [observation()]
    }
    return [chance(5, 6) ? "if \(condition()) { \(leave) }" : leave]
  }

  private func deferred() -> String {
    isInDefer = true
    let loops = loopDepth
    loopDepth = 0
    defer {
      isInDefer = false
      loopDepth = loops
    }
    return "defer \(body(2))"
  }
}
