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

  /// True where only the beginning of the file is read.
  var readsBeginning: Bool { get }
}

extension TableSource {
  public var readsBeginning: Bool { false }
}

/// A source that can read its first rows without the others.
protocol LimitedSource: TableSource {
  /// Returns a source of at least so many of the first rows; nil where that is no less work.
  func limited(to rows: Int) -> (any TableSource)?
}
