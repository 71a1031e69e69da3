import SwaleEngine

/// Where the rows of a table come from: a file whose columns are read when they are needed, and then
/// remembered.
public protocol TableSource: AnyObject {
  /// What messages call it: a path.
  var name: String { get }
  var columnNames: [String] { get }

  /// Reads the columns of these names in one go, where they are not there already.
  func load(_ names: Set<String>, _ context: Context) throws

  func column(_ name: String, _ context: Context) throws -> Column

  func rowCount(_ context: Context) throws -> Int

  /// The rows that could not be read: columns `file`, `line`, `reason` and `text`.
  func rejects(_ context: Context) throws -> Batch
}
