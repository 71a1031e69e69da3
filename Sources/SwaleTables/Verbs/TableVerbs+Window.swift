import SwaleEngine

extension TableVerbs {
  /// Adds columns made of what each row is in its group; later expressions see the columns of earlier ones.
  func window(_ record: RecordStorage, by groups: Value, order: Value, of verb: String = "window") throws
    -> TableValue
  {
    let expressions = VerbArguments.named(record)
    if expressions.isEmpty {
      throw SwaleError(
        .value, "\(verb) needs a column to make",
        hint: "\(verb) total: cumsum(.x), share: .x / sum(.x), by: .region")
    }
    let keys = try VerbArguments.keys(groups, of: verb)
    let sortKeys = order.isNull ? [] : try VerbArguments.functions([order], of: verb).map { Plan.SortKey($0) }
    try check(keys.map(\.function) + sortKeys.map(\.function))
    var visible = table.columnNames
    for expression in expressions {
      try RowExpression.check(expression.function, in: visible)
      if !visible.contains(expression.name) { visible.append(expression.name) }
    }
    return try TableValue(.window(table, expressions, by: keys, order: sortKeys), visible, context)
  }
}
