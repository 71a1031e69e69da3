import SwaleEngine
import SwaleTables

extension TableView {
  /// Returns a view of a value that is shown as a table: a table, or a list of records.
  static func of(_ value: Value, _ context: Context) throws -> TableView? {
    switch value {
    case .list(let list): return ofRecords(list)
    case .object(let table as TableValue):
      let batch = try table.batch(context)
      return TableView(
        columns: zip(batch.columnNames, batch.columnTypes).map { Column($0, $1) }, rowCount: batch.rowCount
      ) { cellText(batch.columns[$1].value($0)) }
    default: return nil
    }
  }

  /// How many records are looked at to find the columns and their types.
  private static let looked = 10_000

  /// Returns a view of a list of records with names for keys; nil for any other list.
  private static func ofRecords(_ list: ListStorage) -> TableView? {
    guard list.count > 0 else { return nil }
    var names: [String] = []
    var places: [String: Int] = [:]
    var types: [TypeSet] = []
    var shape: KeyTable?
    for index in 0..<min(list.count, looked) {
      guard case .record(let record) = list[index], record.count > 0 else { return nil }
      var isTable = true
      // Most records are made alike: then their keys are known from the one before.
      let isKnown = record.table === shape
      shape = record.table
      record.forEach { key, value in
        guard case .string(let text) = key else {
          isTable = false
          return
        }
        let name = String(decoding: text.bytes, as: UTF8.self)
        if !isKnown, places[name] == nil {
          places[name] = names.count
          names.append(name)
          types.append([])
        }
        if let place = places[name], !value.isNull { types[place].formUnion(value.type) }
      }
      if !isTable || names.count > 1000 { return nil }
    }
    let columns = zip(names, types).map { Column($0, $1.isEmpty ? "null" : typeName($1)) }
    return TableView(columns: columns, rowCount: list.count) { row, column in
      guard case .record(let record) = list[row], let value = record[names[column]] else { return nil }
      return cellText(value)
    }
  }

  private static func typeName(_ types: TypeSet) -> String {
    if types == TypeSet.int.union(.float) { return "number" }
    return types.rawValue.nonzeroBitCount == 1 ? types.name : "any"
  }

  /// Returns what a cell shows: strings without quotes, nil for a missing value.
  static func cellText(_ value: Value) -> String? {
    switch value {
    case .null: return nil
    case .string(let text):
      return String(decoding: text.bytes.prefix(cellLimit * 4), as: UTF8.self)
    case .date, .dateTime: return value.printString
    default: return BoundedText.cut(value, limit: cellLimit)
    }
  }

  /// No cell is shown wider than this.
  private static let cellLimit = 200
}
