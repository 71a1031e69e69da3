import SwaleEngine

extension Tables {
  /// Verbs on the items of a column, of which a column comes out.
  nonisolated(unsafe) static let columnVerbs: [Builtin] = [
    Builtin(
      "where", [.init("items", .column), .init("condition", [.function, .bool, .column])],
      "Returns the items for which the condition is true; null counts as false.",
      example: ("column([1, 2, 3]) | where . > 1", "column([2, 3])")
    ) { call in
      let column = call.column(0)
      let condition = VerbArguments.function(call[1])
      if let constant = condition as? ConstantFunction {
        return result(
          try column.gather(
            RowExpression.rows(where: constant, in: Batch(["": column]), call.context), call.context))
      }
      var rows = GrowingBuffer<Int>()
      var row = 0
      try column.forEach { item in
        try call.context.tick()
        if try Operations.isTrue(condition(item, call.context)) { rows.append(row) }
        row += 1
      }
      return result(try column.gather(rows.finish(), call.context))
    },
    Builtin(
      "take", [.init("items", .column), .init("n", .int)], "Returns the first n items.",
      example: ("column([1, 2, 3]) | take 2", "column([1, 2])")
    ) { call in
      let column = call.column(0)
      return result(column.slice(0, min(column.count, try call.rowCount(1, of: "take"))))
    },
    Builtin(
      "skip", [.init("items", .column), .init("n", .int)], "Returns the items behind the first n.",
      example: ("column([1, 2, 3]) | skip 2", "column([3])")
    ) { call in
      let column = call.column(0)
      return result(column.slice(min(column.count, try call.rowCount(1, of: "skip")), column.count))
    },
    Builtin(
      "distinct", [.init("items", .column)], "Returns each item once.",
      example: ("column([1, 2, 1]) | distinct", "column([1, 2])")
    ) { call in
      let column = call.column(0)
      return result(
        try column.gather(
          Grouping.groups(by: [column], rowCount: column.count, call.context).firstRows, call.context))
    },
    Builtin(
      "sort", [.init("items", .column), .rest("keys")],
      "Returns the items in ascending order, in that of keys such as `desc(.)`; nulls come last.",
      example: ("column([2, null, 1]) | sort", "column([1, 2, null])")
    ) { call in
      let column = call.column(0)
      let keys = try call.list(1).array.map { try sortKey($0, column, call.context) }
      let order = try Sorting.order(
        by: keys.isEmpty ? [(column, false)] : keys, rowCount: column.count, call.context)
      return result(try column.gather(order, call.context))
    },
    Builtin(
      "reverse", [.init("items", .column)], "Returns the items in opposite order.",
      example: ("reverse(column([1, 2, 3]))", "column([3, 2, 1])")
    ) { call in
      let column = call.column(0)
      return result(try column.gather(Buffer((0..<column.count).reversed()), call.context))
    },
  ]

  private static func result(_ column: Column) -> Value { .object(ColumnValue(column)) }

  /// Returns a key as a column of what it gives for each item.
  private static func sortKey(_ key: Value, _ column: Column, _ context: Context) throws -> (Column, Bool) {
    guard case .function(let function) = key else {
      throw SwaleError(.type, "sort: a key is a function of the item, not \(key.typeNameWithArticle)")
    }
    if (function as? BuiltinFunction)?.name == "desc" { return (column, true) }
    let sortKey = Plan.SortKey(function)
    var builder = ColumnBuilder()
    try column.forEach { item in
      try context.tick()
      builder.append(try sortKey.function(item, context))
    }
    let keys = builder.finish()
    if let ascending = try Sorting.undescended(keys) { return (ascending, true) }
    return (keys, sortKey.isDescending)
  }
}
