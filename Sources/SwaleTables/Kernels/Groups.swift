import SwaleEngine

/// Rows divided into groups, numbered in order of first appearance.
final class Groups {
  /// The number of the group of each row; nil where all rows are one group.
  let ids: Buffer<Int32>?
  let count: Int
  let rowCount: Int
  /// A row of each group, its first.
  let firstRows: Buffer<Int>

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

  /// The rows sorted by group, each group's in their order, and where each group's begin in them.
  private(set) lazy var members: (rows: Buffer<Int>, starts: Buffer<Int>) = {
    let rows = Buffer<Int>(uninitialized: rowCount)
    let starts = Buffer<Int>(repeating: 0, count: count + 1)
    guard let ids else {
      for i in 0..<rowCount { rows.base[i] = i }
      starts.base[1] = rowCount
      return (rows, starts)
    }
    for i in 0..<rowCount { starts.base[Int(ids.base[i]) + 1] &+= 1 }
    for g in 0..<count { starts.base[g + 1] &+= starts.base[g] }
    let next = Buffer<Int>(starts.slice(0, count).items)
    for i in 0..<rowCount {
      let group = Int(ids.base[i])
      rows.base[next.base[group]] = i
      next.base[group] &+= 1
    }
    return (rows, starts)
  }()

  /// Calls `body` with each row and its group.
  @inline(__always) func forEach(_ body: (_ row: Int, _ group: Int) throws -> Void) rethrows {
    if let ids {
      for i in 0..<rowCount { try body(i, Int(ids.base[i])) }
    } else {
      for i in 0..<rowCount { try body(i, 0) }
    }
  }

  /// Calls `body` with each row in which the column has an item, and its group.
  @inline(__always)
  func forEach(in column: Column, _ body: (_ row: Int, _ group: Int) throws -> Void) rethrows {
    guard let validity = column.validity else { return try forEach(body) }
    try forEach { if validity[$0] { try body($0, $1) } }
  }
}

extension Buffer {
  /// The items as a collection.
  var items: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}
