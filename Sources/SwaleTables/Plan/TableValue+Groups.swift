import SwaleEngine

/// How groups are made and summarized.
extension TableValue {
  func groups(_ context: Context) throws -> Groups {
    guard case .aggregate(let input, let keys, _) = plan else { unreachable("groups of \(plan.name)") }
    return try remembered(\.groups) { try input.grouped(by: keys, context) }
  }

  func aggregated(
    _ name: String, _ input: TableValue, _ keys: [NamedExpression], _ aggregates: [NamedExpression],
    _ context: Context
  ) throws -> Column {
    let groups = try groups(context)
    if let key = keys.first(where: { $0.name == name }) {
      return try input.evaluate(key.function, context).gather(groups.firstRows)
    }
    guard let function = aggregates.first(where: { $0.name == name })?.function else {
      unreachable("no column \(name)")
    }
    if let constant = function as? ConstantFunction { return try constant.column(groups.count) }
    if case .aggregate(let name, let inner) = function.rowShape {
      guard let inner else {
        if name == Aggregate.count.rawValue { return Aggregate.sizes(groups) }
        return try perGroup(function, input, groups, context)
      }
      if let aggregate = Aggregate(rawValue: name), let column = try input.computed(inner, context) {
        return try aggregate.apply(column, groups, context)
      }
    }
    return try perGroup(function, input, groups, context)
  }

  /// Returns what an aggregate works on where its items come from their own rows only; nil where they may
  /// depend on the whole group, as in `sum(.a / sum(.b))`.
  private func computed(_ function: FunctionValue, _ context: Context) throws -> Column? {
    if case .field(let name) = function.rowShape { return try computedColumn(name, context) }
    guard let formula = function.formula, formula.isElementwise else { return nil }
    return try RowExpression.column(formula, over: batch(for: [function], context), context)
  }

  /// Calls the function with each group as a table.
  private func perGroup(_ function: FunctionValue, _ input: TableValue, _ groups: Groups, _ context: Context)
    throws -> Column
  {
    let batch = try input.batch(for: [function], context)
    if groups.ids == nil {
      var builder = ColumnBuilder()
      builder.append(try function(.object(TableValue(batch)), context))
      return builder.finish()
    }
    let (rows, starts) = groups.members
    let sorted = batch.gather(rows)
    var builder = ColumnBuilder()
    for group in 0..<groups.count {
      try context.tick()
      let part = sorted.slice(starts.base[group], starts.base[group + 1])
      builder.append(try function(.object(TableValue(part)), context))
    }
    return builder.finish()
  }
}
