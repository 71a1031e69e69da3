import SwaleEngine
import Testing

@testable import SwaleTables

/// Checks a table against the rows that a slow implementation gives.
func check(
  _ table: TableValue, _ names: [String], _ expected: [Row], _ what: String, _ c: Context,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(table.columnNames == names, "\(what)", sourceLocation: sourceLocation)
  // The number of rows alone, and each column alone, as one may ask for them before the rows.
  #expect(try table.rowCount(c) == expected.count, "\(what)", sourceLocation: sourceLocation)
  if let name = names.last { #expect(try table.column(name, c).count == expected.count, "\(what)") }
  if let difference = difference(try table.batch(c).rows, expected) {
    Issue.record("\(what): \(difference)", sourceLocation: sourceLocation)
  }
}

/// `.name` as an argument.
func field(_ name: String) -> Value { .function(FieldFunction(name)) }

/// A list of strings as an argument.
func names(_ names: [String]) -> Value { .list(ListStorage(names.map { .text($0) })) }
