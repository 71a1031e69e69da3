import Glibc

extension Builtins {
  /// Functions of numbers.
  nonisolated(unsafe) static let numbers: [Builtin] = [
    Builtin(
      "abs", [.init("x", [.int, .float, .duration])], "Returns the value without its sign.",
      example: ("abs(-3)", "3"), isElementwise: true
    ) { call in
      switch call[0] {
      case .float(let value): return .float(value.magnitude)
      case .int(let value):
        if value == .min { throw SwaleError(.overflow, "abs(\(value)) does not fit into 64 bits") }
        return .int(Swift.abs(value))
      case .duration(let value):
        if value == .min { throw SwaleError(.overflow, "this duration has no positive counterpart") }
        return .duration(Swift.abs(value))
      default: unreachable()
      }
    },
    Builtin(
      "min", [.init("a", TypeSet.ordered.union(.null)), .rest("others")],
      "Returns the least of the arguments, skipping nulls.", example: ("min(3, 1, 2)", "1")
    ) { call in try extreme(of: call, wanted: -1) },
    Builtin(
      "max", [.init("a", TypeSet.ordered.union(.null)), .rest("others")],
      "Returns the greatest of the arguments, skipping nulls.", example: ("max(3, 1.5, null)", "3")
    ) { call in try extreme(of: call, wanted: 1) },
    Builtin(
      "round", [.init("x", .number), .optional("digits", .int)],
      """
      Returns the nearest int, or with `digits` the number rounded to so many digits behind the point.
      Halves go away from zero; negative digits round before the point.
      """,
      example: ("[round(2.5), round(3.14159, 2), round(1234, -2)]", "[3, 3.14, 1200]"), isElementwise: true
    ) { call in
      let digits = call.isNull(1) ? nil : call.int(1)
      switch (call[0], digits) {
      case (.float(let value), nil): return .int(try Rounding.int(value, .toNearestOrAwayFromZero))
      case (.float(let value), let digits?): return .float(Rounding.decimal(value, digits: digits))
      case (.int(let value), let digits?): return .int(try Rounding.decimal(value, digits: digits))
      default: return call[0]
      }
    },
    Builtin(
      "floor", [.init("x", .number)], "Returns the greatest int that is not greater.",
      example: ("floor(-1.5)", "-2"), isElementwise: true
    ) { call in
      if case .float(let value) = call[0] { return .int(try Rounding.int(value, .down)) }
      return call[0]
    },
    Builtin(
      "ceil", [.init("x", .number)], "Returns the least int that is not less.",
      example: ("ceil(1.2)", "2"), isElementwise: true
    ) { call in
      if case .float(let value) = call[0] { return .int(try Rounding.int(value, .up)) }
      return call[0]
    },
    Builtin(
      "sqrt", [.init("x", .number)], "Returns the square root as a float; nan for a negative number.",
      example: ("sqrt(16)", "4.0"), isElementwise: true
    ) { call in .float(call.double(0).squareRoot()) },
  ]

  private static func extreme(of call: Call, wanted: Int) throws -> Value {
    var best = call[0]
    try call.list(1).forEach { value in
      try call.context.tick()
      if value.isNull { return }
      if try best.isNull || Value.compare(value, best).signum() == wanted { best = value }
    }
    return best
  }
}
