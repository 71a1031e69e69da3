import SwaleEngine

extension TableVerbs {
  /// Puts values where columns lack them.
  func fill(_ record: RecordStorage) throws -> TableValue {
    let fillers = VerbArguments.named(record)
    if fillers.isEmpty {
      throw SwaleError(.value, "fill needs a column and a value", hint: "fill price: 0.0, name: \"unknown\"")
    }
    try checkNames(fillers.map(\.name))
    try check(fillers.map(\.function))
    var names = table.columnNames
    let expressions = fillers.flatMap { filler -> [NamedExpression] in
      guard (filler.function as? ConstantFunction)?.value.column != nil else {
        return [NamedExpression(filler.name, FilledFunction(filler.name, filler.function))]
      }
      // A column has an item for each row: it becomes one of the table for as long as it is needed.
      let name = VerbArguments.free("filler", among: names)
      names.append(name)
      return [
        NamedExpression(name, filler.function),
        NamedExpression(filler.name, FilledFunction(filler.name, FieldFunction(name))),
      ]
    }
    let filled = try TableValue(.derive(table, expressions), names, context)
    if names.count == table.columnNames.count { return filled }
    let kept = table.columnNames
    return try TableValue(.project(filled, kept.map { .column($0, as: $0) }), kept, context)
  }

  /// Leaves out the rows that lack an item of the columns, of any column where none is given.
  func dropNulls(_ values: [Value]) throws -> TableValue {
    let fields = try VerbArguments.fields(values, of: "drop_nulls", hint: "drop_nulls .a, .b")
    try checkNames(fields)
    let complete = CompleteFunction(fields.isEmpty ? table.columnNames : fields)
    return try TableValue(.filter(table, complete), table.columnNames, context)
  }
}
