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
  private var knownMembers: Members?

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
  func members(_ context: Context) throws -> Members {
    if let known = lock.withLock({ knownMembers }) { return known }
    let members = try sorted(context)
    return lock.withLock {
      knownMembers = knownMembers ?? members
      return knownMembers!
    }
  }

  struct Members {
    let rows: Buffer<Int>
    /// One more than there are groups: the last is the number of rows.
    let starts: Buffer<Int>
  }

  private func sorted(_ context: Context) throws -> Members {
    let rows = Buffer<Int>(uninitialized: rowCount)
    let starts = Buffer<Int>(repeating: 0, count: count + 1)
    guard let ids else {
      for i in 0..<rowCount { rows.base[i] = i }
      starts.base[1] = rowCount
      return Members(rows: rows, starts: starts)
    }
    for i in 0..<rowCount { starts.base[Int(ids.base[i]) + 1] &+= 1 }
    for g in 0..<count { starts.base[g + 1] &+= starts.base[g] }
    let next = Buffer<Int>(starts.slice(0, count).items)
    try context.forEachRow(rowCount) { i in
      let group = Int(ids.base[i])
      rows.base[next.base[group]] = i
      next.base[group] &+= 1
    }
    return Members(rows: rows, starts: starts)
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
