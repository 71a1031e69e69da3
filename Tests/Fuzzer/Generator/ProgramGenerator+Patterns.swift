extension ProgramGenerator {
  /// Returns a `match` with a value of a kind.
  func match(_ kind: Kind) -> String {
    "(match \(expression(.any).parenthesized) { \(arms { startSafe(expression(kind)) }) })"
  }

  /// Returns arms, the last of which mostly fits everything; `body` makes their bodies.
  func arms(_ body: () -> String) -> String {
    var arms = several(1...3) {
      scoped {
        let pattern = pattern()
        let guarded = chance(1, 4) ? " if \(expression(.bool))" : ""
        return "\(pattern)\(guarded) => \(body())"
      }
    }
    if !chance(1, 12) {
      arms.append(scoped { "\(chance(1, 2) ? "_" : declare(.any)) => \(body())" })
    }
    return arms.joined(separator: ", ")
  }

  /// Returns a pattern and declares what it binds; patterns after `or` bind nothing.
  func pattern(binds: Bool = true) -> String {
    let name = { (kind: Kind) in binds ? self.declare(kind) : "_" }
    switch below(20) {
    case 0...3: return constant()
    case 4: return "\(below(3))\(oneOf("...", "..<"))\(3 + below(9))"
    case 5: return "\(pattern(binds: false)) or \(pattern(binds: false))"
    case 6: return binds ? declare(.any) : "_"
    case 7, 8: return "[" + list(0...3) { pattern(binds: binds) } + "]"
    case 9: return "[\(pattern(binds: binds)), ...\(name(.list))]"
    case 10: return binds ? "{\(fieldPatterns())}" : "{a: _}"
    case 11, 12: return "int \(name(.int))"
    case 13: return "float \(name(.float))"
    case 14: return "string \(name(.string))"
    case 15: return "list \(name(.list))"
    case 16: return "\(oneOf("bool", "record", "range", "set", "date", "number", "function")) \(name(.any))"
    case 17: return "1.5...\(below(9)).5"
    case 18: return "\"a\"...\"m\""
    default: return "_"
    }
  }

  private func constant() -> String {
    oneOf("0", "1", "2", "-1", "1.5", "true", "false", "null", "\"a\"", "\"\"", "3.0", "1d", "@2026-05-01")
  }

  private func fieldPatterns() -> String {
    let all = [
      { "a: \(self.declare(.int))" }, { "b: \(self.pattern())" }, { "c: \(self.pattern())" },
      { "a: \(self.constant())" },
    ]
    return list(1...2) { oneOf(all)() }
  }

  /// Returns a pattern that takes a value of a kind apart, with the kind.
  func takingApart() -> (pattern: String, kind: Kind) {
    switch below(6) {
    case 0: ("[\(declare(.int)), \(declare(.int))]", .ints)
    case 1: ("[\(declare(.any)), ...\(declare(.list))]", .list)
    case 2: ("{a: \(declare(.int)), b: \(declare(.string))}", .record)
    case 3: ("{c: [\(declare(.int)), ...\(declare(.ints))]}", .record)
    case 4: ("[_, [\(declare(.any))]]", .list)
    default: (pattern(), .any)
    }
  }
}
