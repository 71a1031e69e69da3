import SwaleEngine

/// Verbs on rows that look at each row among those of its group, `by:`.
extension TableVerbs {
  /// Returns the rows for which a condition on the group holds: a bool for each row, or one for all.
  func filter(_ condition: Value, by groups: Value) throws -> TableValue {
    let names = table.columnNames
    let kept = try filterKeepingMask(condition, by: groups)
    return try TableValue(.project(kept, names.map { .column($0, as: $0) }), names, context)
  }

  /// Returns the numbers of these rows.
  func rows(where condition: Value, by groups: Value) throws -> Buffer<Int> {
    try filterKeepingMask(condition, by: groups).pickedRows(context)
  }

  private func filterKeepingMask(_ condition: Value, by groups: Value) throws -> TableValue {
    let mask = VerbArguments.free("is_kept", among: table.columnNames)
    let masked = try window(RecordStorage([mask: condition]), by: groups, order: .null, of: "where")
    return try TableVerbs(masked, context).filter(.function(FieldFunction(mask)))
  }

  /// Returns the table with columns that the expressions make of each group.
  func derive(_ record: RecordStorage, by groups: Value) throws -> TableValue {
    let (columns, workers) = try Workers.count(in: record)
    if workers != nil { throw GroupedRows.noWorkers("derive") }
    if columns.count == 0 {
      throw SwaleError(
        .value, "derive: `by:` is the key of the groups, and there is no column to derive",
        hint: "derive share: .x / sum(.x), by: .region")
    }
    return try window(columns, by: groups, order: .null, of: "derive")
  }
}
