extension Builtins {
  /// Cells: one value that tasks share.
  nonisolated(unsafe) static let cells: [Builtin] = [
    Builtin(
      "cell", [.init("value", .any, default: .null)],
      "Returns a cell that holds a value: `c.value` reads it, `c.set(v)` and `c.update(f)` replace it.",
      example: ("let c = cell(1); c.set(5); c.value", "5")
    ) { call in
      try Sendability.check(call[0], .shared, at: nil)
      return .object(CellValue(call.take(0)))
    },
    Builtin(
      "set", [.init("cell", .cell), .init("value")], "Replaces what a cell holds.",
      example: ("let c = cell(1); c.set(2); c.value", "2")
    ) { call in
      try Sendability.check(call[1], .shared, at: nil)
      try call.object(0, as: CellValue.self).set(call[1], call.context)
      return .null
    },
    Builtin(
      "update", [.init("cell", .cell), .init("function", .function)],
      """
      Replaces what a cell holds by what the function makes of it, with no other task in between, and \
      returns that.
      """,
      example: ("let c = cell([1]); c.update(xs => xs + [2]); c.value", "[1, 2]")
    ) { call in
      try call.object(0, as: CellValue.self).update(call.function(1), call.context)
    },
  ]
}
