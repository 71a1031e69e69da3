import SwaleEngine

/// What `pivot` makes of a table with one row for each cell: which columns, and which cells go into them.
public struct PivotShape: Sendable {
  /// The columns that tell the rows apart.
  let keys: [String]
  /// The column of the cells.
  let value: String
  /// The columns that are made, in order of first appearance.
  let columns: [String]
  /// The cells of each of them.
  private let cells: RowsByNumber

  private static let columnLimit = 10_000

  /// Finds the columns: the different names of the cells.
  init(names: Column, keys: [String], value: String, _ context: Context) throws {
    self.keys = keys
    self.value = value
    let groups = try Grouping.groups(by: [names], rowCount: names.count, context)
    if groups.count > PivotShape.columnLimit {
      throw SwaleError(
        .value, "pivot would make \(groups.count) columns, and \(PivotShape.columnLimit) is the limit",
        hint: "the first argument is the key with few different values; `by:` takes the others")
    }
    columns = groups.firstRows.items.map { names.value($0).printString }
    try VerbArguments.checkDistinct(keys + columns, of: "pivot")
    cells = try groups.members(context)
  }

  /// Returns the row of each of the `groups` of cells that the column of a name takes its item from; -1 for none.
  func rows(of column: String, in groups: Groups) -> Buffer<Int> {
    let rows = Buffer<Int>(repeating: -1, count: groups.count)
    guard let place = columns.firstIndex(of: column) else { unreachable("no column \(column)") }
    for i in cells.starts.base[place]..<cells.starts.base[place + 1] {
      let cell = cells.rows.base[i]
      rows.base[groups.ids.map { Int($0.base[cell]) } ?? 0] = cell
    }
    return rows
  }
}
