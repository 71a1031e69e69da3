import SwaleEngine

/// How columns are made of what each row is in its group.
extension TableValue {
  func windowed(
    _ name: String, _ input: TableValue, _ expressions: [NamedExpression], _ context: Context
  ) throws -> Column {
    guard let last = expressions.lastIndex(where: { $0.name == name }) else {
      return try input.computedColumn(name, context)
    }
    return try windowed(last, input, expressions, context)
  }

  /// Computes one of the expressions, which sees the columns of the input and those of the expressions before it.
  private func windowed(
    _ index: Int, _ input: TableValue, _ expressions: [NamedExpression], _ context: Context
  ) throws -> Column {
    func column(_ name: String) throws -> Column {
      if let earlier = expressions[..<index].lastIndex(where: { $0.name == name }) {
        return try rememberedColumn(TableValue.key(name, earlier, expressions)) {
          try windowed(earlier, input, expressions, context)
        }
      }
      return try input.computedColumn(name, context)
    }
    let function = expressions[index].function
    if let constant = function as? ConstantFunction {
      return try constant.column(try input.computedRowCount(context))
    }
    if case .field(let name) = function.rowShape { return try column(name) }
    let formula = function.formula.flatMap { $0.isOfRowsInGroups ? $0 : nil }
    let partition = try partition(isArranged: formula?.hasWindow ?? true, context)
    if let formula {
      let rows = FormulaWindow(partition, context, fields: column)
      if let value = try RowExpression.unlessFailing({ try formula.value(of: rows, context) }) {
        guard let items = value.column else { return .repeating(value, count: partition.count) }
        return try partition.restored(items, context)
      }
    }
    let arranged = try self.partition(isArranged: true, context)
    let visible =
      input.columnNames + expressions[..<index].map(\.name).filter { !input.columnNames.contains($0) }
    let wanted = RowExpression.fields(function)
    var names: [String] = []
    for name in visible where !names.contains(name) && wanted?.contains(name) ?? true { names.append(name) }
    let rows = Batch(
      names, try names.map { try arranged.arranged(try column($0), context) }, count: arranged.count)
    return try arranged.restored(
      try TableValue.perGroup(expressions[index], rows, arranged, context), context)
  }

  /// Calls the function with each group as a table. A column that it gives has an item for each row; anything else
  /// is the same for all.
  private static func perGroup(
    _ expression: NamedExpression, _ rows: Batch, _ partition: Partition, _ context: Context
  ) throws -> Column {
    var parts: [Column] = []
    try partition.forEachGroup(context) { range in
      let group = rows.slice(range.lowerBound, range.upperBound)
      let value = try expression.function(.object(TableValue(group)), context)
      guard let column = value.column else {
        parts.append(.repeating(value, count: range.count))
        return
      }
      guard column.count == range.count else {
        throw SwaleError(
          .value,
          "window: \(expression.name) has \(column.count) items in a group of \(range.count) rows",
          hint: "a window function gives an item for each row, an aggregate one for all")
      }
      parts.append(column)
    }
    return Column.concatenated(parts)
  }

  /// Returns the groups, arranged where places in them matter.
  private func partition(isArranged: Bool, _ context: Context) throws -> Partition {
    guard case .window(let input, _, let keys, let order) = plan else {
      unreachable("a partition of \(plan.name)")
    }
    let groups = try remembered(\.groups) { try input.grouped(by: keys, context) }
    // In another order `first` is another one, and sums are rounded in another way.
    if !isArranged, order.isEmpty { return Partition(unarranged: groups) }
    return try remembered(\.partition) {
      let columns = try order.map { key -> (Column, isDescending: Bool) in
        let column = try input.evaluate(key.function, context)
        if let ascending = try Sorting.undescended(column) { return (ascending, true) }
        return (column, key.isDescending)
      }
      return try Partition(groups, order: columns, context)
    }
  }
}
