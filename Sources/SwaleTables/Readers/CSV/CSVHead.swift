import SwaleEngine

/// The first rows of a large file as the source of a table, for a `take` that needs no more: only so much of the
/// file is read as they take. Types are those that the beginning of the file shows.
final class CSVHead: TableSource {
  private let file: CSVFile
  /// How many rows are wanted; there may be more.
  private let limit: Int
  private let lock = Lock()
  // Used under the lock only.
  private var known: CSVFile?

  /// Makes a source of at least `limit` rows, or all that there are.
  init(_ file: CSVFile, limit: Int) {
    self.file = file
    self.limit = limit
  }

  var name: String { file.name }
  var columnNames: [String] { file.columnNames }
  var readsBeginning: Bool { true }

  /// The file's beginning, or the file itself where that is read already or no longer.
  private func beginning(_ context: Context) throws -> CSVFile {
    try lock.withLock {
      if let known { return known }
      let found = try find(context) ?? file
      known = found
      return found
    }
  }

  private func find(_ context: Context) throws -> CSVFile? {
    if file.isRead { return nil }
    var size = 1 << 18
    while size < file.byteCount / 2 {
      // Rows that cannot be read are for the whole file to report.
      if let head = try file.head(size), try head.rowCountIfClean(context).map({ $0 >= limit }) ?? false {
        return head
      }
      size *= 8
    }
    return nil
  }

  func load(_ names: Set<String>, _ context: Context) throws { try beginning(context).load(names, context) }

  func column(_ name: String, _ context: Context) throws -> Column {
    try beginning(context).column(name, context)
  }

  func rowCount(_ context: Context) throws -> Int { try beginning(context).rowCount(context) }

  func rejects(_ context: Context) throws -> Batch { try beginning(context).rejects(context) }
}

extension CSVFile: LimitedSource {
  func limited(to rows: Int) -> (any TableSource)? {
    // What is in memory is read faster than looked at twice.
    isInMemory || isRead ? nil : CSVHead(self, limit: rows)
  }
}
