import SwaleEngine

/// What `where` and `derive` with `by:` do with lists of records: the work of tables, of which lists come out.
enum GroupedRows {
  /// Returns the records that the verb leaves or makes; the argument is its condition, or a record of its columns.
  static func apply(_ verb: String, _ rows: Value, _ argument: Value, by groups: Value, _ context: Context)
    throws
    -> Value
  {
    let verbs = TableVerbs(try TableMaking.table(rows, verb, context), context)
    let result = ListStorage()
    if case .record(let columns) = argument {
      try RowReader(verbs.derive(columns, by: groups).batch(context)).forEach(context) { result.append($0) }
    } else {
      let picked = try verbs.rows(where: argument, by: groups)
      // They stand in the order of the items.
      var (row, next) = (0, 0)
      try Operations.forEach(rows, context) { item in
        if next < picked.count, picked.base[next] == row {
          result.append(item)
          next += 1
        }
        row += 1
      }
    }
    return .list(result)
  }

  static func noWorkers(_ verb: String) -> SwaleError {
    SwaleError(.value, "\(verb): `workers:` and `by:` do not go together", hint: "leave one of them out")
  }
}
