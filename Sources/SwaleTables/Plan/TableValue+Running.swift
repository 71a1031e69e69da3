import SwaleEngine

/// How a plan is run: which columns it needs of its inputs, and what it makes of them.
extension TableValue {
  /// Lets the files below read all columns that these need in one go.
  func prefetch(_ names: Set<String>, _ context: Context) throws {
    try forEachScan(needing: names) { table, source, names in
      try table.measured { try source.load(names, context) }
    }
  }

  /// Calls `visit` with each table of a file below, the file, and the columns that these need of it.
  func forEachScan(
    needing names: Set<String>, _ visit: (TableValue, any TableSource, Set<String>) throws -> Void
  ) rethrows {
    switch plan {
    case .rows: return
    case .scan(let source): try visit(self, source, names)
    case .filter(let input, let condition):
      try input.forEachScan(needing: input.needed(names, [condition]), visit)
    case .derive(let input, let expressions):
      let computed = expressions.filter { names.contains($0.name) || expressions.count > 1 }
      let passed = names.filter { input.columnNames.contains($0) }
      try input.forEachScan(needing: input.needed(passed, computed.map(\.function)), visit)
    case .project(let input, let columns):
      var passed: Set<String> = []
      var functions: [FunctionValue] = []
      for column in columns where names.contains(column.name) {
        switch column {
        case .column(let old, _): passed.insert(old)
        case .computed(let expression): functions.append(expression.function)
        }
      }
      try input.forEachScan(needing: input.needed(passed, functions), visit)
    case .sort(let input, let keys, let groups):
      let functions = keys.map(\.function) + groups.map(\.function)
      try input.forEachScan(
        needing: keys.isEmpty ? Set(input.columnNames) : input.needed(names, functions), visit)
    case .slice(let input, _, _, let keys):
      try input.forEachScan(needing: input.needed(names, keys.map(\.function)), visit)
    case .distinct(let input, let keys):
      try input.forEachScan(needing: keys.isEmpty ? Set(input.columnNames) : input.needed(names, keys), visit)
    case .aggregate(let input, let keys, let aggregates):
      try input.forEachScan(needing: input.needed([], (keys + aggregates).map(\.function)), visit)
    case .window(let input, let expressions, let keys, let order):
      let computed = expressions.filter { names.contains($0.name) || expressions.count > 1 }
      let passed = names.filter { input.columnNames.contains($0) }
      let functions = (computed + keys).map(\.function) + order.map(\.function)
      try input.forEachScan(needing: input.needed(passed, functions), visit)
    case .explode(let input, let fields):
      try input.forEachScan(needing: input.needed(names.union(fields), []), visit)
    case .unpivot(let input, let fields, _, let value):
      try input.forEachScan(
        needing: input.needed(names.contains(value) ? names.union(fields) : names, []), visit)
    case .pivot(let cells, let shape):
      try cells.forEachScan(needing: cells.needed(names.union(shape.keys + [shape.value]), []), visit)
    case .sample(let input, _, _, let keys):
      try input.forEachScan(needing: input.needed(names, keys.map(\.function)), visit)
    case .join(let left, let right, let condition):
      try left.forEachScan(needing: left.needed(names.union(condition.keys.map(\.left)), []), visit)
      let wanted = condition.rightColumns.filter { names.contains($0.as) }.map(\.name)
      try right.forEachScan(needing: Set(wanted + condition.keys.map(\.right)), visit)
    case .append(let top, let bottom):
      try top.forEachScan(needing: top.needed(names, []), visit)
      try bottom.forEachScan(needing: bottom.needed(names, []), visit)
    }
  }

  /// The columns of this table among the names and among what the functions read.
  private func needed(_ names: Set<String>, _ functions: [FunctionValue]) -> Set<String> {
    var all = names
    for function in functions {
      guard let fields = RowExpression.fields(function) else { return Set(columnNames) }
      all.formUnion(fields)
    }
    return all.intersection(columnNames)
  }

  func computedRowCount(_ context: Context) throws -> Int {
    try remembered(\.rowCount) {
      switch plan {
      case .rows(let batch): batch.count
      case .scan(let source): try source.rowCount(context)
      case .derive(let input, _), .project(let input, _), .sort(let input, _, _),
        .window(let input, _, _, _):
        try input.computedRowCount(context)
      case .filter, .distinct, .explode, .sample: try pickedRows(context).count
      case .unpivot(let input, let fields, _, _): try TableValue.unpivotedCount(input, fields, context)
      case .pivot(let cells, let shape): try pivotGroups(cells, shape, context).count
      case .slice(let input, let skip, let take, let keys):
        if let top = try topRows(context) {
          top.rows.count
        } else if keys.isEmpty {
          TableValue.bounds(skip, take, try input.computedRowCount(context)).count
        } else {
          try pickedRows(context).count
        }
      case .aggregate: try groups(context).count
      case .join: try matches(context).count
      case .append(let top, let bottom):
        try top.computedRowCount(context) + bottom.computedRowCount(context)
      }
    }
  }

  func computedColumn(_ name: String, _ context: Context) throws -> Column {
    try rememberedColumn(name) {
      try context.tick()
      switch plan {
      case .rows(let batch): return batch.column(name)
      case .scan(let source): return try source.column(name, context)
      case .filter(let input, _), .distinct(let input, _), .sort(let input, _, _),
        .sample(let input, _, _, _):
        return try input.computedColumn(name, context).gather(pickedRows(context), context)
      case .slice(let input, let skip, let take, let keys):
        if let top = try topRows(context) {
          return try top.source.computedColumn(name, context).gather(top.rows, context)
        }
        let column = try input.computedColumn(name, context)
        if !keys.isEmpty { return try column.gather(try pickedRows(context), context) }
        let bounds = TableValue.bounds(skip, take, column.count)
        return column.slice(bounds.lowerBound, bounds.upperBound)
      case .project(let input, let columns):
        switch columns[place(of: name)] {
        case .column(let old, _): return try input.computedColumn(old, context)
        case .computed(let expression): return try input.evaluate(expression.function, context)
        }
      case .derive(let input, let expressions): return try derived(name, input, expressions, context)
      case .aggregate(let input, let keys, let aggregates):
        return try aggregated(name, input, keys, aggregates, context)
      case .window(let input, let expressions, _, _):
        return try windowed(name, input, expressions, context)
      case .explode(let input, let fields): return try exploded(name, input, fields, context)
      case .unpivot(let input, let fields, let nameColumn, let valueColumn):
        return try unpivoted(
          name, input, fields, name: nameColumn, value: valueColumn, context)
      case .pivot(let cells, let shape): return try pivoted(name, cells, shape, context)
      case .join(let left, let right, let condition): return try joined(name, left, right, condition, context)
      case .append(let top, let bottom): return try appended(name, top, bottom, context)
      }
    }
  }

  /// The rows of a `skip` and `take` of a table of `count` rows.
  private static func bounds(_ skip: Int, _ take: Int?, _ count: Int) -> Range<Int> {
    let lower = min(skip, count)
    return lower..<(lower + min(take ?? Int.max, count - lower))
  }

  /// The rows of the input that a filter, a sort and their like leave, in order.
  func pickedRows(_ context: Context) throws -> Buffer<Int> {
    try remembered(\.picked) {
      switch plan {
      case .filter(let input, let condition):
        return try RowExpression.rows(where: condition, in: input.batch(for: [condition], context), context)
      case .sort(let input, let keys, let groups):
        var columns = try input.sortColumns(keys, context)
        if let ids = groups.isEmpty ? nil : try input.grouped(by: groups, context).ids {
          columns.insert((Column(ints: Buffer(ids.items.map { Int($0) })), false), at: 0)
        }
        return try Sorting.order(by: columns, rowCount: try input.computedRowCount(context), context)
      case .distinct(let input, let keys):
        let columns =
          keys.isEmpty
          ? try input.columnNames.map { try input.computedColumn($0, context) }
          : try keys.map { try input.evaluate($0, context) }
        let rowCount = try input.computedRowCount(context)
        // Without columns all rows are the same one.
        if columns.isEmpty { return Buffer(rowCount > 0 ? [0] : []) }
        return try Grouping.groups(by: columns, rowCount: rowCount, context).firstRows
      case .explode(let input, let fields): return try explodedRows(input, fields, context)
      case .sample(let input, let n, let seed, let keys):
        return try TableValue.sampledRows(
          try input.grouped(by: keys, context).members(context), n, seed: seed, context)
      case .slice(let input, let skip, let take, let keys):
        return TableValue.slice(try input.grouped(by: keys, context).members(context), skip, take)
      default: unreachable("rows picked by \(plan.name)")
      }
    }
  }

  /// The columns to sort by: all in order where there are no keys.
  func sortColumns(_ keys: [Plan.SortKey], _ context: Context) throws -> [(
    Column, isDescending: Bool
  )] {
    if keys.isEmpty { return try columnNames.map { (try computedColumn($0, context), false) } }
    return try keys.map { key in
      let column = try evaluate(key.function, context)
      // A key that is computed may be `desc(x)` where its function does not say so.
      if let ascending = try Sorting.undescended(column) { return (ascending, true) }
      return (column, key.isDescending)
    }
  }

  /// The rows that a `skip` and `take` in each group leave, group after group.
  private static func slice(_ members: RowsByNumber, _ skip: Int, _ take: Int?) -> Buffer<Int> {
    let (rows, starts) = (members.rows, members.starts)
    var result = GrowingBuffer<Int>()
    for group in 0..<(starts.count - 1) {
      let (start, end) = (starts.base[group], starts.base[group + 1])
      let range = bounds(skip, take, end - start)
      result.append(contentsOf: rows.base + start + range.lowerBound, count: range.count)
    }
    return result.finish()
  }

  func grouped(by keys: [NamedExpression], _ context: Context) throws -> Groups {
    try Grouping.groups(
      by: keys.map { try evaluate($0.function, context) }, rowCount: computedRowCount(context), context)
  }

  // MARK: Row expressions

  /// Returns the columns that the functions read, as rows.
  func batch(for functions: [FunctionValue], _ context: Context) throws -> Batch {
    let wanted = needed([], functions)
    let names = columnNames.filter(wanted.contains)
    return Batch(
      names, try names.map { try computedColumn($0, context) }, count: try computedRowCount(context))
  }

  /// Returns what a function gives for each row.
  func evaluate(_ function: FunctionValue, _ context: Context) throws -> Column {
    if case .field(let name) = function.rowShape { return try computedColumn(name, context) }
    return try RowExpression.evaluate(function, over: batch(for: [function], context), context)
  }

  private func derived(
    _ name: String, _ input: TableValue, _ expressions: [NamedExpression], _ context: Context
  ) throws -> Column {
    guard let last = expressions.lastIndex(where: { $0.name == name }) else {
      return try input.computedColumn(name, context)
    }
    // What an expression sees are the columns of the input and those of the expressions before it.
    func column(_ name: String, before limit: Int) throws -> Column {
      if let index = expressions[..<limit].lastIndex(where: { $0.name == name }) {
        return try rememberedColumn(TableValue.key(name, index, expressions)) { try evaluated(index) }
      }
      return try input.computedColumn(name, context)
    }
    func evaluated(_ index: Int) throws -> Column {
      let function = expressions[index].function
      if case .field(let name) = function.rowShape { return try column(name, before: index) }
      let visible =
        input.columnNames + expressions[..<index].map(\.name).filter { !input.columnNames.contains($0) }
      let wanted = RowExpression.fields(function)
      var names: [String] = []
      for name in visible where !names.contains(name) && wanted?.contains(name) ?? true { names.append(name) }
      let batch = Batch(
        names, try names.map { try column($0, before: index) }, count: try input.computedRowCount(context))
      return try RowExpression.evaluate(function, over: batch, context)
    }
    return try evaluated(last)
  }

  /// What a column of a `derive` is remembered under: its name, unless a later one has the same name.
  static func key(_ name: String, _ index: Int, _ expressions: [NamedExpression]) -> String {
    expressions[(index + 1)...].contains { $0.name == name } ? "\(name)\u{0}\(index)" : name
  }

  private func appended(_ name: String, _ top: TableValue, _ bottom: TableValue, _ context: Context) throws
    -> Column
  {
    let parts = try [top, bottom].map { table in
      table.columnNames.contains(name)
        ? try table.computedColumn(name, context) : .nulls(try table.computedRowCount(context))
    }
    return Column.concatenated(parts)
  }
}
