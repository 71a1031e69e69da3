extension ProgramGenerator {
  // MARK: Declarations

  /// Returns a function declaration; what comes after may call it.
  func functionDeclaration() -> String {
    functionCount += 1
    let name = "f\(functionCount)"
    let result = oneOf(.int, .int, .int, .float, .float, .bool, .string, .ints, .list, .record, .any) as Kind
    if chance(1, 14) { return transformDeclaration(name) }
    if chance(1, 14) { return mutualRecursion(name) }
    if chance(1, 4) { return recursion(name, result) }
    var parameters: [Scope.Parameter] = []
    var written: [String] = []
    let body = inFunction { () -> String in
      for k in 0..<below(4) {
        var parameter = Scope.Parameter(name: "p\(k)", kind: oneOf(Kind.common))
        if chance(1, 5), ![.null, .any].contains(parameter.kind), parameters.last?.passing != .plain {
          parameter.passing = .inPlace
        }
        parameter.hasDefault =
          parameter.passing == .plain && (parameters.last?.hasDefault ?? false || chance(1, 6))
        let mark = parameter.passing == .inPlace ? "var " : ""
        let start = parameter.hasDefault ? " = \(inline { leaf(parameter.kind) })" : ""
        written.append("\(mark)\(parameter.name)\(typeMark(parameter.kind))\(start)")
        declare(parameter.name, parameter.kind, isMutable: parameter.passing == .inPlace)
        parameters.append(parameter)
      }
      if chance(1, 10) {
        written.append("...p9")
        parameters.append(.init(name: "p9", kind: .list, passing: .rest))
        declare("p9", .list)
      }
      if chance(1, 5) { return " = \(startSafe(expression(result)))" }
      return " " + block(statements(below(4)) + [ending(result)])
    }
    let mark = chance(1, 6) ? " ->\(typeMark(result, isSure: true).dropFirst())" : ""
    scopes[scopes.count - 1].functions.append(.init(name: name, parameters: parameters, result: result))
    return "fn \(name)(\(written.joined(separator: ", ")))\(mark)\(body)"
  }

  /// Returns a transform of lists of ints.
  private func transformDeclaration(_ name: String) -> String {
    let stages = inFunction { () -> [String] in
      declare("p0", .int)
      return several(1...3) {
        switch below(4) {
        case 0: "where \(inItem(.int) { predicate() })"
        case 1: "map \(inItem(.int) { itemExpression(.int) })"
        case 2: "\(oneOf("take", "skip")) \(oneOf("p0", "1", "2"))"
        default: oneOf("sort", "distinct", "sort desc(.)")
        }
      }
    }
    let parameters: [Scope.Parameter] = [
      .init(name: "p", kind: .ints), .init(name: "p0", kind: .int, hasDefault: true),
    ]
    scopes[scopes.count - 1].functions.append(.init(name: name, parameters: parameters, result: .ints))
    return "transform \(name)(p0 = \(below(3))) = \(stages.joined(separator: " | "))"
  }

  /// Returns two functions that call each other.
  private func mutualRecursion(_ name: String) -> String {
    functionCount += 1
    let other = "f\(functionCount)"
    let result = oneOf(.int, .bool, .list, .float) as Kind
    let body = { (called: String) -> String in
      self.inFunction {
        self.declare("n", .int, isCounter: true)
        let call = "\(called)(n - 1)"
        let combined =
          switch result {
          case .int: self.oneOf("\(call) + 1", call, "1 + \(call)")
          case .float: "\(call) * 0.5"
          case .bool: self.oneOf("not \(call)", "\(call) or \(self.expression(.bool))")
          default: "[n, ...\(call)]"
          }
        return
          " { if n <= 0 { \(self.startSafe(self.expression(result))) } else { \(self.startSafe(combined)) } }"
      }
    }
    let (first, second) = inline { (body(other), body(name)) }
    for name in [name, other] {
      scopes[scopes.count - 1].functions.append(
        .init(name: name, parameters: [.init(name: "n", kind: .int)], result: result, isRecursive: true))
    }
    return "fn \(name)(n)\(first)\nfn \(other)(n)\(second)"
  }

  /// Calls a function with arguments of many kinds.
  func polymorphicCalls() -> String {
    let known = functions {
      !$0.parameters.isEmpty && !$0.parameters.contains { $0.passing != .plain } && !$0.isRecursive
    }
    guard !known.isEmpty else { return "print(\(expression(.any)))" }
    let function = oneOf(known)
    let rest = function.parameters.dropFirst().filter { !$0.hasDefault }.map { ", " + expression($0.kind) }
      .joined()
    if chance(1, 2) {
      let all = list(3...8) { expression(oneOf(.int, .float, .bool, .string, .null, .ints, .any)) }
      return "print([\(all)].map(x => try \(function.name)(x\(rest)) else \"failed\"))"
    }
    let calls = several(2...5) {
      let first = expression(oneOf(.int, .float, .bool, .string, .null, .ints))
      return "try \(function.name)(\(first)\(rest)) else \"failed\""
    }
    return "print(\(calls.joined(separator: ", ")))"
  }

  /// Returns the last statement of a function.
  private func ending(_ result: Kind) -> String {
    switch below(6) {
    case 0: "return \(expression(result))"
    case 1: "if \(condition()) { return \(expression(result)) } else { return \(expression(result)) }"
    case 2: "if \(condition()) { return \(expression(result)) }\n\(startSafe(expression(result)))"
    case 3:
      "return match \(expression(.any).parenthesized) { \(inline { arms { startSafe(expression(result)) } }) }"
    default: startSafe(expression(result))
    }
  }

  /// Returns the type of a parameter as it is written, or nothing.
  private func typeMark(_ kind: Kind, isSure: Bool = false) -> String {
    if !isSure && !chance(1, 4) { return "" }
    let name =
      switch kind {
      case .int: oneOf("int", "int", "int?", "number")
      case .float: oneOf("float", "float", "number", "float?")
      case .number: oneOf("number", "float", "any")
      case .bool: "bool"
      case .string: oneOf("string", "string?")
      case .ints, .floats, .strings, .bools, .list, .rows: "list"
      case .record, .row: "record"
      case .date: "date"
      case .function: "function"
      default: "any"
      }
    return ": " + name
  }

  /// Returns a function that calls itself, with a first argument that becomes smaller.
  private func recursion(_ name: String, _ result: Kind) -> String {
    let second = oneOf(.int, .float, .ints, .string, .any, .list) as Kind
    let isTyped = chance(1, 4)
    let hasSecond = chance(2, 3)
    var parameters = [Scope.Parameter(name: "n", kind: .int)]
    if hasSecond { parameters.append(.init(name: "m", kind: second)) }
    let function = Scope.Function(name: name, parameters: parameters, result: result, isRecursive: true)
    let body = inFunction { () -> String in
      declare("n", .int, isCounter: true)
      if hasSecond { declare("m", second) }
      let again = { () -> String in
        let less = self.oneOf("n - 1", "n - 1", "n - 2", "n // 2 - 1")
        return "\(name)(\(less)\(hasSecond ? ", " + self.expression(second) : ""))"
      }
      let combined: String
      switch result {
      case .int, .float:
        combined = oneOf("\(again()) + n", "\(again()) * 2", "\(again()) + \(again())", "n + \(again())")
      case .string: combined = oneOf("\(again()) + \"x\"", "\"{n}{\(again())}\"")
      case .ints, .list: combined = oneOf("\(again()) + [n]", "[n, ...\(again())]")
      default: combined = again()
      }
      let base = chance(1, 2) ? "return \(expression(result))" : leaf(result)
      if base.hasPrefix("return") {
        return block(
          ["if n <= 0 { \(base) }"] + statements(below(3)) + [oneOf(combined, "return \(combined)")])
      }
      return block(["if n < 1 { \(startSafe(base)) } else { \(startSafe(combined)) }"])
    }
    scopes[scopes.count - 1].functions.append(function)
    let mark = isTyped ? ": int" : ""
    return "fn \(name)(n\(mark)\(hasSecond ? ", m" : "")) \(body)"
  }

  // MARK: Calls

  /// Returns a call of a function with a result of a kind.
  func call(_ kind: Kind) -> String {
    let known = functions { $0.result.fits(kind) && !$0.parameters.contains { $0.passing == .inPlace } }
    if !known.isEmpty, chance(4, 5) { return call(oneOf(known)) }
    if let name = variable(.function), chance(1, 2) {
      return chance(1, 4) ? "(\(expression(.number)) | \(name))" : "\(name)(\(expression(.number)))"
    }
    return callLambda(kind)
  }

  func call(_ function: Scope.Function) -> String {
    var arguments: [String] = []
    var isNamed = false
    for (k, parameter) in function.parameters.enumerated() {
      if function.isRecursive, k == 0 {
        arguments.append(chance(1, 10) ? leaf(.int).small : "\(below(6))")
        continue
      }
      switch parameter.passing {
      case .rest:
        if isNamed { break }
        arguments += several(0...3) { expression(.any) }
        if chance(1, 3) { arguments.append("...\(expression(.list))") }
      case .inPlace: arguments.append("&" + place(parameter.kind))
      case .plain:
        if parameter.hasDefault, chance(1, 2) {
          isNamed = true
          continue
        }
        let given = isNamed || chance(1, 12)
        isNamed = given
        arguments.append((given ? "\(parameter.name): " : "") + expression(parameter.kind))
      }
    }
    if let first = arguments.first, first.hasPrefix("&"), chance(1, 3) {
      return "\(first.dropFirst()).\(function.name)(\(arguments.dropFirst().joined(separator: ", ")))"
    }
    if let first = arguments.first, !first.contains(":"), !first.hasPrefix("."), !first.hasPrefix("&") {
      let others = arguments.dropFirst().joined(separator: ", ")
      if chance(1, 10) { return "\(first.parenthesized).\(function.name)(\(others))" }
      if chance(1, 10) { return "(\(first) | \(function.name)(\(others)))" }
    }
    return "\(function.name)(\(arguments.joined(separator: ", ")))"
  }

  /// Returns a path that may be changed.
  private func place(_ kind: Kind) -> String {
    if chance(1, 4) {
      if kind.fits(.list), let record = mutable(.record) { return record.name + ".c" }
      if let list = mutable(kind.list) { return "\(list.name)[\(smallIndex())]" }
    }
    return mutable(kind)?.name ?? mutable()?.name ?? "nothing"
  }

  func callLambda(_ kind: Kind) -> String {
    let parameter = oneOf(Kind.common)
    let argument = expression(parameter)
    return inFunction {
      let name = declare(parameter)
      let body = chance(1, 3) ? block(valueStatements(kind)) : expression(kind)
      return "(\(name) => \(body))(\(argument))"
    }
  }

  /// Returns a function of one number.
  func function() -> String {
    let known = functions { $0.parameters.count == 1 && $0.parameters[0].passing == .plain }
    switch below(6) {
    case 0 where !known.isEmpty: return oneOf(known).name
    case 1: return oneOf("abs", "sqrt", "str", "type", "math.sin", "len")
    case 2: return leaf(.function)
    default:
      return inFunction {
        let name = declare(.number)
        let result = oneOf(.int, .float, .number, .list) as Kind
        let body =
          chance(1, 2)
          ? expression(result) : block(statements(1 + below(2)) + [startSafe(expression(result))])
        return "(\(name) => \(body))"
      }
    }
  }
}

extension String {
  /// Says how deep a recursion goes: a literal that is too large is made smaller.
  fileprivate var small: String {
    Int(self) != nil && count > 1 || hasPrefix("(") || contains("_") ? "5" : self
  }
}
