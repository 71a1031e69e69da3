import SwaleEngine

/// How items become rows, columns rows and rows columns.
extension TableValue {
  // MARK: Explode

  /// Returns the row of the input that each row of the result comes from: one for each item of its lists, and one
  /// where they are missing.
  func explodedRows(_ input: TableValue, _ fields: [String], _ context: Context) throws -> Buffer<Int> {
    let columns = try fields.map { try input.computedColumn($0, context) }
    var rows = GrowingBuffer<Int>(capacity: columns[0].count)
    try context.forEachRow(columns[0].count) { row in
      var count: Int?
      for (field, column) in zip(fields, columns) {
        let value = column.value(row)
        guard let size = try TableValue.itemCount(value, field, row, context) else { continue }
        if let count, size != count {
          throw SwaleError(
            .value, "explode: row \(row) has \(count) items in \(fields[0]) and \(size) in \(field)",
            hint: "explode one column after the other for all combinations")
        }
        count = size
      }
      rows.append(repeating: row, count: count ?? 1)
    }
    return rows.finish()
  }

  /// Returns the number of items of a list; nil where it is missing.
  private static func itemCount(_ value: Value, _ field: String, _ row: Int, _ context: Context) throws
    -> Int?
  {
    switch value {
    case .null: return nil
    case .list(let list): return list.count
    case .object(let object) where TypeSet.sequence.contains(object.type):
      return try Operations.length(value, context)
    default:
      throw SwaleError(
        .type, "explode: \(field) is \(value.typeNameWithArticle) in row \(row), not a list",
        hint: "explode takes columns of lists; [x] is a list of one item")
    }
  }

  func exploded(_ name: String, _ input: TableValue, _ fields: [String], _ context: Context) throws -> Column
  {
    let column = try input.computedColumn(name, context)
    if !fields.contains(name) { return try column.gather(try pickedRows(context), context) }
    // Raises an error where the lists do not go together.
    _ = try pickedRows(context)
    let others = try fields.filter { $0 != name }.map { try input.computedColumn($0, context) }
    var builder = ColumnBuilder()
    for row in 0..<column.count {
      try context.tick()
      let value = column.value(row)
      if !value.isNull {
        try Operations.forEach(value, context) { builder.append($0) }
        continue
      }
      // Missing beside the lists of other columns, or alone.
      let counts = try others.compactMap { try TableValue.itemCount($0.value(row), name, row, context) }
      for _ in 0..<(counts.first ?? 1) { builder.append(.null) }
    }
    return builder.finish()
  }

  // MARK: Unpivot

  static func unpivotedCount(_ input: TableValue, _ fields: [String], _ context: Context) throws -> Int {
    let (count, overflow) = try input.computedRowCount(context)
      .multipliedReportingOverflow(by: fields.count)
    if overflow { throw SwaleError(.value, "unpivot would make more rows than can be counted") }
    return count
  }

  func unpivoted(
    _ column: String, _ input: TableValue, _ fields: [String], name: String, value: String, _ context: Context
  ) throws -> Column {
    let rowCount = try input.computedRowCount(context)
    let count = try TableValue.unpivotedCount(input, fields, context)
    if column == name {
      guard case .strings(let names) = Description.strings(fields).data else { unreachable("no strings") }
      let codes = Buffer<Int32>(uninitialized: count)
      try context.forEachRow(count) { codes.base[$0] = Int32(truncatingIfNeeded: $0 % fields.count) }
      return Column(codes: codes, StringDictionary(names))
    }
    let rows = Buffer<Int>(uninitialized: count)
    if column == value {
      // The columns one below the other, from which each row takes its items in turn.
      let items = Column.concatenated(try fields.map { try input.computedColumn($0, context) })
      try context.forEachRow(count) { rows.base[$0] = $0 % fields.count * rowCount + $0 / fields.count }
      return try items.gather(rows, context)
    }
    try context.forEachRow(count) { rows.base[$0] = $0 / fields.count }
    return try input.computedColumn(column, context).gather(rows, context)
  }

  // MARK: Pivot

  /// The groups of cells that lie in one row.
  func pivotGroups(_ cells: TableValue, _ shape: PivotShape, _ context: Context) throws -> Groups {
    try remembered(\.groups) {
      let count = try cells.computedRowCount(context)
      if shape.keys.isEmpty {
        // All cells lie in one row; without cells there is none.
        return count > 0 ? Groups(all: count) : Groups(ids: Buffer([]), firstRows: Buffer([]))
      }
      let groups = try Grouping.groups(
        by: shape.keys.map { try cells.computedColumn($0, context) }, rowCount: count, context)
      if groups.count.multipliedReportingOverflow(by: shape.columns.count).partialValue > 1 << 31 {
        throw SwaleError(
          .value,
          "pivot would make \(groups.count) rows of \(shape.columns.count) columns, most of them empty",
          hint: "a key with fewer different values gives fewer columns or rows")
      }
      return groups
    }
  }

  func pivoted(_ name: String, _ cells: TableValue, _ shape: PivotShape, _ context: Context) throws -> Column
  {
    let groups = try pivotGroups(cells, shape, context)
    if shape.keys.contains(name) {
      return try cells.computedColumn(name, context).gather(groups.firstRows, context)
    }
    return try cells.computedColumn(shape.value, context).gather(shape.rows(of: name, in: groups), context)
  }

  // MARK: Sample

  /// Returns `n` rows of each group in their order, group after group, each as likely as any other.
  static func sampledRows(_ members: RowsByNumber, _ n: Int, seed: Int, _ context: Context) throws
    -> Buffer<Int>
  {
    var random = RandomGenerator(seed: seed)
    var rows = GrowingBuffer<Int>()
    for group in 0..<(members.starts.count - 1) {
      let (start, end) = (members.starts.base[group], members.starts.base[group + 1])
      // Each row is picked with the chance that fills up what is still wanted of those that are left.
      var wanted = min(n, end - start)
      try context.forEachRow(end - start) { i in
        if wanted == 0 { return }
        if random.below(UInt64(end - start - i)) < UInt64(wanted) {
          rows.append(members.rows.base[start + i])
          wanted -= 1
        }
      }
    }
    return rows.finish()
  }
}
