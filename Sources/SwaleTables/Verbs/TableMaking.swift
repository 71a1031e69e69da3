import SwaleEngine
import SwaleSyntax

/// Makes tables of other values.
enum TableMaking {
  /// Returns the table that a value is, or the one that its records make.
  static func table(_ value: Value, _ verb: String, _ context: Context) throws -> TableValue {
    switch value {
    case .object(let object) where object.type == .table:
      return unsafeDowncast(object, to: TableValue.self)
    case .record(let record): return TableValue(try columns(record, context))
    case .list: return TableValue(try rows(value, verb, context))
    case .object(let object) where TypeSet.items.contains(object.type):
      return TableValue(try rows(value, verb, context))
    default:
      throw SwaleError(
        .type, "\(verb) makes a table of records or of columns, not of \(value.typeNameWithArticle)",
        hint: ForeignWords.functionHint(for: verb)
          ?? "table([{a: 1}, {a: 2}]) and table({a: [1, 2]}) are tables")
    }
  }

  /// Makes rows of records: the columns are all their keys in order of first appearance, and a key that a
  /// record does not have is missing there.
  static func rows(_ value: Value, _ verb: String, _ context: Context) throws -> Batch {
    var names: [String] = []
    var columns: [Box] = []
    var places: [String: Int] = [:]
    // The columns of the fields of the shape that came last.
    var shape: KeyTable?
    var shapeColumns: [Int] = []
    var count = 0
    try Operations.forEach(value, context) { item in
      guard case .record(let row) = item else {
        throw SwaleError(
          .type, "\(verb) makes a table of records, and item \(count) is \(item.typeNameWithArticle)",
          hint: ForeignWords.functionHint(for: verb)
            ?? "a list of other items can become a column: table({value: items})")
      }
      if shape == nil || shape !== row.table || !row.table.isShape {
        shapeColumns = []
        try row.forEach { key, _ in
          guard case .string(let text) = key else {
            throw SwaleError(
              .type,
              "\(verb): names of columns are strings, and item \(count) has the key \(key.displayString)")
          }
          let name = text.string
          if let place = places[name] {
            shapeColumns.append(place)
          } else {
            places[name] = names.count
            shapeColumns.append(names.count)
            names.append(name)
            columns.append(Box(nulls: count))
          }
        }
        shape = row.table
      }
      var field = 0
      row.forEach { _, value in
        columns[shapeColumns[field]].append(value, row: count)
        field += 1
      }
      count += 1
    }
    return Batch(names, columns.map { $0.finish(count) }, count: count)
  }

  /// A column that is made row by row, in which rows may be left out.
  private final class Box {
    private var builder = ColumnBuilder()
    private var count = 0

    init(nulls: Int) { skip(to: nulls) }

    func append(_ value: Value, row: Int) {
      skip(to: row)
      builder.append(value)
      count += 1
    }

    func finish(_ rowCount: Int) -> Column {
      skip(to: rowCount)
      return builder.finish()
    }

    private func skip(to row: Int) {
      while count < row {
        builder.append(.null)
        count += 1
      }
    }
  }

  /// Makes a table of columns: `{a: [1, 2], b: column}`.
  static func columns(_ record: RecordStorage, _ context: Context) throws -> Batch {
    var names: [String] = []
    var columns: [Column] = []
    try record.forEach { key, value in
      guard case .string(let name) = key else {
        throw SwaleError(.type, "names of columns are strings, not \(key.displayString)")
      }
      names.append(name.string)
      columns.append(try column(value, of: "table", context))
    }
    for (name, column) in zip(names, columns) where column.count != columns[0].count {
      throw SwaleError(
        .value,
        "the columns of a table must have one length: \(names[0]) has \(columns[0].count) items, \(name) has \(column.count)"
      )
    }
    return Batch(names, columns, count: columns.first?.count ?? 0)
  }

  /// Returns the column that a value is, or the one that its items make.
  static func column(_ value: Value, of function: String, _ context: Context) throws -> Column {
    switch value {
    case .list(let list): return Column.of(list)
    case .object(let object):
      if let column = object as? ColumnValue { return column.column }
      guard TypeSet.items.contains(object.type) else { break }
      var builder = ColumnBuilder()
      try Operations.checkRange(value)
      try Operations.forEach(value, context) { builder.append($0) }
      return builder.finish()
    default: break
    }
    throw SwaleError(
      .type, "\(function) makes a column of a list, set, range or column, not of \(value.typeNameWithArticle)"
    )
  }
}

extension TypeSet {
  /// What has items: lists, sets and ranges.
  static let items: TypeSet = [.list, .set, .range]
  /// What verbs that make tables take: tables and records.
  static let rows: TypeSet = [.table, .list, .set, .range]
}
