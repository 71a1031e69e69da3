import SwaleEngine

extension Tables {
  /// Functions that make columns and tables.
  nonisolated(unsafe) static let conversions: [Builtin] = [
    Builtin(
      "column", [.init("items", [.list, .set, .range, .column])],
      "Returns a column of the items: typed where they are of one type, ints and floats being floats together.",
      example: ("column([1, null, 2.5])", "column([1.0, null, 2.5])")
    ) { call in
      if call[0].type == .column { return call[0] }
      return .object(ColumnValue(try TableMaking.column(call[0], of: "column", call.context)))
    },
    Builtin(
      "table", [.init("rows", [.list, .set, .range, .record, .table], default: .list(ListStorage()))],
      "Returns a table of records, `[{...}, ...]`, or of columns, `{a: [1, 2], b: column}`.",
      example: ("table([{a: 1}, {a: 2, b: \"x\"}])", "table({a: [1, 2], b: [null, \"x\"]})")
    ) { call in .object(try call.table(0, of: "table")) },
  ]

  /// Aggregates of columns.
  nonisolated(unsafe) static let aggregates: [Builtin] = [
    aggregate(.sum, "Returns the sum of numbers or durations; true counts 1.", "column([1, 2, null])", "3"),
    aggregate(.mean, "Returns the arithmetic mean; null of nothing.", "column([1, 2, 6])", "3.0"),
    aggregate(
      .median, "Returns the middle number or the mean of the two in the middle; null of nothing.",
      "column([4, 1, 3])", "3.0"),
    aggregate(.min, "Returns the least item; null of nothing.", "column([3, 1, null])", "1"),
    aggregate(.max, "Returns the greatest item; null of nothing.", "column([3, 1, null])", "3"),
    aggregate(.count, "Returns the number of items that are not null.", "column([1, null, 3])", "2"),
    aggregate(
      .distinctCount, "Returns the number of different items, without null.", "column([1, 2, 1, null])", "2"),
    aggregate(
      .std, "Returns the standard deviation with the divisor n - 1; null of fewer than two numbers.",
      "column([1, 3, 5])",
      "2.0"),
    aggregate(
      .variance, "Returns the variance with the divisor n - 1; null of fewer than two numbers.",
      "column([1, 3, 5])", "4.0"),
    aggregate(.first, "Returns the first item, which may be null; null of nothing.", "column([4, 5])", "4"),
    aggregate(.last, "Returns the last item, which may be null; null of nothing.", "column([4, 5])", "5"),
    aggregate(.collect, "Returns a list of all items, nulls too.", "column([1, null])", "[1, null]"),
    aggregate(
      .mode, "Returns the most frequent item, of several the first to appear.", "column([1, 2, 2])", "2"),
    Builtin(
      "quantile", [.init("items", .column), .init("p", .number)],
      "Returns the number below which the share p of the numbers lies, in linear proportion between two; null of nothing.",
      example: ("quantile(column([1, 2, 3, 4, 5]), 0.25)", "2.0")
    ) { call in
      let column = call.column(0)
      return try GroupAggregate.apply("quantile", column, [call[1]], Groups(all: column.count), call.context)
        .value(0)
    },
    Builtin(
      "corr", [.init("x", .column), .init("y", [.column, .list])],
      "Returns Pearson's correlation of two columns of numbers; pairs with a null are skipped.",
      example: ("corr(column([1, 2, 3]), column([2, 4, 6]))", "1.0")
    ) { call in
      try Correlation.of(call.column(0), TableMaking.column(call[1], of: "corr", call.context), call.context)
    },
    Builtin(
      "any", [.init("items", .column), .optional("condition", .function)],
      "True if the condition holds for one of the items at least; without one, if one of them is true.",
      example: ("any(column([false, true]))", "true")
    ) { call in .bool(try truth(call, .any)) },
    Builtin(
      "all", [.init("items", .column), .optional("condition", .function)],
      "True if the condition holds for all items; without one, if none of them is false.",
      example: ("all(column([true, null]))", "true")
    ) { call in .bool(try truth(call, .all)) },
  ]

  private static func aggregate(
    _ aggregate: Aggregate, _ summary: String, _ argument: String, _ result: String
  ) -> Builtin {
    Builtin(
      aggregate.rawValue, [.init("items", .column)], summary,
      example: ("\(aggregate.rawValue)(\(argument))", result)
    ) { call in try aggregate.apply(call.column(0), call.context) }
  }

  private static func truth(_ call: Call, _ aggregate: Aggregate) throws -> Bool {
    let column = call.column(0)
    if call.isNull(1) {
      guard case .bool(let result) = try aggregate.apply(column, call.context) else { unreachable() }
      return result
    }
    let condition = call.function(1)
    for row in 0..<column.count {
      try call.context.tick()
      if try Operations.isTrue(condition(column.value(row), call.context)) == (aggregate == .any) {
        return aggregate == .any
      }
    }
    return aggregate == .all
  }
}
