extension ProgramGenerator {
  /// A function that computes numbers of fields of records in a list, which it changes, and calls of it
  /// with floats, ints and what is neither.
  func fieldFunction() -> [String] {
    functionCount += 1
    let name = "f\(functionCount)"
    let list = declareByStatement(.any, isMutable: true)
    let body = fieldStatements(inner: chance(1, 2))
    var result = [
      "fn \(name)(var p, q) {\n  for i in 0..<len(p) {\n    let r = p[i]\n"
        + body.map { "    \($0)\n" }.joined() + "  }\n}",
      "var \(list) = [\(self.list(1...3) { fieldRecord() })]",
    ]
    for _ in 0...below(4) {
      result.append("try { \(name)(&\(list), \(oneOf("0.5", "2", "1.5", "\"q\""))) } catch e { \(report()) }")
      if chance(1, 3) { result.append("\(list).push(\(fieldRecord()))") }
      result.append("print(\(list))")
    }
    return result
  }

  private func fieldRecord() -> String {
    let mostly = oneOf("0.5", "1.5", "-2.0", "3")
    let fields = ["x", "y", "v"].filter { _ in !chance(1, 25) }.map { field in
      "\(field): \(chance(1, 8) ? oneOf("1", "null", "\"s\"", "9223372036854775807", "[1]") : mostly)"
    }
    return chance(1, 30) ? "null" : "{\(fields.joined(separator: ", "))}"
  }

  private func fieldStatements(inner: Bool) -> [String] {
    var known: [String] = []
    func operand() -> String {
      switch below(8) {
      case 0...2 where !known.isEmpty: return oneOf(known)
      case 3: return oneOf("0.5", "2", "q", "i", "r")
      case 4: return oneOf("r.x", "r.v", "sqrt(p[i].x * p[i].x)", "-p[i].v")
      default: return oneOf("p[i].x", "p[0].y", "p[-1].v", "p[i].y", "p[i].v")
      }
    }
    func formula() -> String {
      chance(1, 6)
        ? operand() : "\(operand()) \(oneOf("+", "-", "*", "/")) \(oneOf(operand(), "(\(operand()) * q)"))"
    }
    var result: [String] = []
    for k in 0..<(2 + below(7)) {
      switch below(12) {
      case 0...4:
        result.append("let m\(k) = \(formula())")
        known.append("m\(k)")
      case 5...8:
        result.append(
          "p[\(oneOf("i", "0", "-1"))].\(oneOf("x", "y", "v")) \(oneOf("+=", "-=", "*=", "/=", "=")) \(formula())"
        )
      case 9: result.append("print(\(known.isEmpty ? "p[i]" : known.joined(separator: ", ")))")
      case 10:
        result.append(
          oneOf(
            "if \(operand()) == 0.5 { continue }", "let g\(k) = () => \(operand())",
            "p[i] = {x: \(operand()), y: 0.5, v: 1.0}"))
      default:
        result.append("var t\(k) = \(formula())")
        result.append("t\(k) += \(operand())")
        known.append("t\(k)")
      }
    }
    return inner ? ["for j in 0..<2 {"] + result.map { "  " + $0 } + ["}"] : result
  }
}
