import SwaleEngine

/// Some rows in memory: named columns of one length.
public final class Batch: Sendable {
  public let names: [String]
  public let columns: [Column]
  /// The number of rows, which columns alone would not tell where there are none.
  public let count: Int

  /// Makes a batch of columns that all have `count` items.
  public init(_ names: [String], _ columns: [Column], count: Int) {
    self.names = names
    self.columns = columns
    self.count = count
  }

  public convenience init(_ columns: KeyValuePairs<String, Column>) {
    self.init(columns.map(\.key), columns.map(\.value), count: columns.first?.value.count ?? 0)
  }

  /// Returns the column of a name, which must exist.
  func column(_ name: String) -> Column {
    guard let column = columnIfPresent(name) else { unreachable("no column \(name)") }
    return column
  }

  func columnIfPresent(_ name: String) -> Column? { names.firstIndex(of: name).map { columns[$0] } }

  /// Returns the rows of all parts, which have the same columns; nil where there is no part.
  static func concatenated(_ parts: [Batch]) -> Batch? {
    guard let first = parts.first else { return nil }
    let columns = first.columns.indices.map { i in Column.concatenated(parts.map { $0.columns[i] }) }
    return Batch(first.names, columns, count: parts.reduce(0) { $0 + $1.count })
  }

  func slice(_ lower: Int, _ upper: Int) -> Batch {
    Batch(names, columns.map { $0.slice(lower, upper) }, count: upper - lower)
  }

  func gather(_ rows: Buffer<Int>, _ context: Context) throws -> Batch {
    Batch(names, try columns.map { try $0.gather(rows, context) }, count: rows.count)
  }

  // MARK: What shows a table

  public var columnNames: [String] { names }

  /// The names of the columns' types.
  public var columnTypes: [String] { columns.map(\.typeName) }

  public var rowCount: Int { count }

  /// The text of a cell, nil where the value is missing.
  func cellText(_ row: Int, _ column: Int) -> String? {
    let value = columns[column].value(row)
    switch value {
    case .null: return nil
    // A string inside a list or record shows its quotes, one on its own does not need them.
    case .list, .record: return value.displayString
    default: return value.printString
    }
  }
}
