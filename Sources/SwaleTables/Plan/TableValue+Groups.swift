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
      return try input.evaluate(key.function, context).gather(groups.firstRows, context)
    }
    guard let function = aggregates.first(where: { $0.name == name })?.function else {
      unreachable("no column \(name)")
    }
    if let constant = function as? ConstantFunction { return try constant.column(groups.count) }
    if let formula = function.formula, formula.isOfGroup {
      let input = FormulaGroups(input: input, groups: groups, function: function, context: context)
      if let value = try RowExpression.unlessFailing({ try formula.value(of: input, context) }) {
        return value.column ?? .repeating(value, count: groups.count)
      }
    }
    return try perGroup(function, input, groups, context)
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
    let members = try groups.members(context)
    let starts = members.starts
    let sorted = try batch.gather(members.rows, context)
    var builder = ColumnBuilder()
    for group in 0..<groups.count {
      try context.tick()
      let part = sorted.slice(starts.base[group], starts.base[group + 1])
      builder.append(try function(.object(TableValue(part)), context))
    }
    return builder.finish()
  }
}

/// Groups of the rows of a table, of which a formula takes aggregates.
private struct FormulaGroups: FormulaInput {
  let input: TableValue
  let groups: Groups
  let function: FunctionValue
  let context: Context

  var count: Int { groups.count }

  func field(_ name: String) throws -> Column { throw dependsOnGroup }

  func aggregate(_ name: String, _ arguments: [RowFormula]) throws -> Value {
    let result: Column
    if let argument = arguments.first {
      result = try GroupAggregate.apply(
        name, try column(argument), arguments.dropFirst().map { try value($0) }, groups, context)
    } else {
      guard name == "count" else { throw dependsOnGroup }
      result = try Aggregate.sizes(groups, context)
    }
    return .object(ColumnValue(result))
  }

  /// A further argument of an aggregate: a scalar, or a column of its own.
  private func value(_ argument: RowFormula) throws -> Value {
    if case .constant(let value) = argument { return value }
    return .object(ColumnValue(try column(argument)))
  }

  /// Returns what an aggregate works on. Its items must come from their own rows only: in
  /// `sum(.a / sum(.b))` they depend on the whole group.
  private func column(_ argument: RowFormula) throws -> Column {
    if case .field(let name) = argument { return try input.computedColumn(name, context) }
    guard argument.isElementwise,
      let column = try RowExpression.column(argument, over: input.batch(for: [function], context), context)
    else { throw dependsOnGroup }
    return column
  }

  private var dependsOnGroup: SwaleError {
    SwaleError(.type, "an aggregate that each group must compute by itself")
  }
}
