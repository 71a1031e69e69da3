import SwaleEngine

/// Rows divided into groups, numbered in order of first appearance.
final class Groups {
  /// The number of the group of each row; nil where all rows are one group.
  let ids: Buffer<Int32>?
  let count: Int
  let rowCount: Int
  /// A row of each group, its first.
  let firstRows: Buffer<Int>
  private let lock = Lock()
  private var knownMembers: RowsByNumber?
  private var knownSizes: Buffer<Int>?

  init(ids: Buffer<Int32>, firstRows: Buffer<Int>) {
    self.ids = ids
    self.firstRows = firstRows
    count = firstRows.count
    rowCount = ids.count
  }

  /// Makes one group of all rows, even where there are none.
  init(all rowCount: Int) {
    ids = nil
    count = 1
    self.rowCount = rowCount
    firstRows = Buffer([rowCount == 0 ? -1 : 0])
  }

  /// Returns the rows sorted by group, each group's in their order, and where each group's begin in them.
  func members(_ context: Context) throws -> RowsByNumber {
    if let known = lock.withLock({ knownMembers }) { return known }
    let members = try ids.map { try RowsByNumber($0, below: count, context) } ?? RowsByNumber(all: rowCount)
    return lock.withLock {
      knownMembers = knownMembers ?? members
      return knownMembers!
    }
  }

  /// Returns the number of rows of each group.
  func sizes(_ context: Context) throws -> Buffer<Int> {
    if let known = lock.withLock({ knownSizes }) { return known }
    let sizes = try ids == nil ? Buffer([rowCount]) : fold(CountFold(), nil, context)
    return lock.withLock {
      knownSizes = knownSizes ?? sizes
      return knownSizes!
    }
  }

  /// Returns the number of items that a column has in each group.
  func counts(_ column: Column, _ context: Context) throws -> Buffer<Int> {
    try column.validity == nil ? sizes(context) : fold(CountFold(), column.validity, context)
  }

  /// Calls `body` with each row and its group.
  @inline(__always)
  func forEach(_ context: Context, _ body: (_ row: Int, _ group: Int) throws -> Void) throws {
    if let ids {
      try context.forEachRow(rowCount) { try body($0, Int(ids.base[$0])) }
    } else {
      try context.forEachRow(rowCount) { try body($0, 0) }
    }
  }

  /// Calls `body` with each row in which the column has an item, and its group.
  @inline(__always)
  func forEach(in column: Column, _ context: Context, _ body: (_ row: Int, _ group: Int) throws -> Void)
    throws
  {
    guard let validity = column.validity else { return try forEach(context, body) }
    try forEach(context) { if validity[$0] { try body($0, $1) } }
  }
}

extension Buffer {
  /// The items as a collection.
  var items: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}
