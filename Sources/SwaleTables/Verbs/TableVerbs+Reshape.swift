import SwaleEngine

/// Verbs that turn items into rows, columns into rows and rows into columns.
extension TableVerbs {
  /// Makes a row of each item of the lists in some columns.
  func explode(_ values: [Value]) throws -> TableValue {
    let fields = try VerbArguments.fields(values, of: "explode", hint: "explode .tags")
    if fields.isEmpty { throw SwaleError(.value, "explode needs a column of lists", hint: "explode .tags") }
    try checkNames(fields)
    try VerbArguments.checkDistinct(fields, of: "explode")
    return try TableValue(.explode(table, fields), table.columnNames, context)
  }

  /// Makes a row of each item of some columns: the column's name and the item.
  func unpivot(_ values: [Value], name: String, value: String) throws -> TableValue {
    let fields = try VerbArguments.fields(
      values, of: "unpivot", hint: "unpivot [.jan, .feb], name: \"month\", value: \"sales\"")
    if fields.isEmpty {
      throw SwaleError(
        .value, "unpivot needs columns", hint: "unpivot [.jan, .feb], name: \"month\", value: \"sales\"")
    }
    try checkNames(fields)
    try VerbArguments.checkDistinct(fields, of: "unpivot")
    let names = table.columnNames.filter { !fields.contains($0) } + [name, value]
    try VerbArguments.checkDistinct(names, of: "unpivot")
    return try TableValue(.unpivot(table, fields, name: name, value: value), names, context)
  }

  /// Makes a column of each different value of a key. The columns are not known before the key has been looked at,
  /// so that is done here.
  func pivot(_ name: Value, _ aggregate: Value, by groups: Value) throws -> TableValue {
    guard case .function(let function) = name else {
      throw SwaleError(
        .type,
        "pivot: the names of the columns come from a key such as .month, not from \(name.typeNameWithArticle)",
        hint: "pivot .month, value: sum(.sales), by: .region")
    }
    let keys = try VerbArguments.keys(groups, of: "pivot")
    var used = keys.map(\.name)
    let nameKey = VerbArguments.free("name", among: used)
    used.append(nameKey)
    let valueKey = VerbArguments.free("value", among: used)
    let cell = VerbArguments.function(aggregate)
    try check(keys.map(\.function) + [function, cell])
    try VerbArguments.checkDistinct(keys.map(\.name), of: "pivot")
    let cells = try TableValue(
      .aggregate(
        table, by: keys + [NamedExpression(nameKey, function)], [NamedExpression(valueKey, cell)]),
      used + [valueKey], context)
    let shape = try PivotShape(
      names: try cells.column(nameKey, context), keys: keys.map(\.name), value: valueKey, context)
    return try TableValue(.pivot(cells, shape), keys.map(\.name) + shape.columns, context)
  }

  /// Picks rows at random.
  func sample(_ n: Int, seed: Int?, by groups: Value) throws -> TableValue {
    let keys = try VerbArguments.keys(groups, of: "sample")
    try check(keys.map(\.function))
    let seed = seed ?? Int(bitPattern: UInt(context.random.next()))
    return try TableValue(.sample(table, n, seed: seed, by: keys), table.columnNames, context)
  }
}
