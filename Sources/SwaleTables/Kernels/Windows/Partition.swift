import SwaleEngine

/// The rows of a table arranged for window functions: one group behind the other, each in an order of its own.
final class Partition {
  /// The row at each place; nil where the rows are in their order.
  private let rows: Buffer<Int>?
  /// The place where each group begins, and behind them the number of rows.
  let starts: Buffer<Int>
  /// The group of each place; nil where all rows are one group.
  private let ids: Buffer<Int32>?
  /// The rows of each group where they are not arranged.
  private let unarranged: Groups?

  let count: Int
  var groupCount: Int { starts.count - 1 }

  /// Makes one group of all rows, in their order.
  init(all count: Int) {
    rows = nil
    ids = nil
    unarranged = nil
    self.count = count
    starts = Buffer([0, count])
  }

  /// Leaves the rows of all groups where they are, which is enough for aggregates.
  init(unarranged groups: Groups) {
    rows = nil
    ids = groups.ids
    unarranged = groups
    count = groups.rowCount
    starts = Buffer([])
  }

  /// Arranges groups; rows with equal keys, all of them where there are no keys, stay in their order.
  init(_ groups: Groups, order keys: [(Column, isDescending: Bool)], _ context: Context) throws {
    let members = try groups.members(context)
    starts = members.starts
    unarranged = nil
    let count = members.rows.count
    self.count = count
    if keys.isEmpty {
      rows = groups.ids == nil ? nil : members.rows
    } else {
      rows = try Sorting.order(by: groups.sortKeys + keys, rowCount: count, context)
    }
    guard groups.ids != nil else {
      ids = nil
      return
    }
    let ids = Buffer<Int32>(uninitialized: count)
    for group in 0..<groups.count {
      let (start, end) = (starts.base[group], starts.base[group + 1])
      (ids.base + start).update(repeating: Int32(group), count: end - start)
    }
    self.ids = ids
  }

  /// The groups of places.
  func groups() -> Groups {
    if let unarranged { return unarranged }
    guard let ids else { return Groups(all: count) }
    return Groups(ids: ids, firstRows: starts.slice(0, groupCount))
  }

  /// Returns the items of a column of rows by place.
  func arranged(_ column: Column, _ context: Context) throws -> Column {
    try rows.map { try column.gather($0, context) } ?? column
  }

  /// Returns the items by row of a column of places.
  func restored(_ column: Column, _ context: Context) throws -> Column {
    guard let rows else { return column }
    let places = Buffer<Int>(uninitialized: count)
    try context.forEachRow(count) { places.base[rows.base[$0]] = $0 }
    return try column.gather(places, context)
  }

  /// Returns the item of its group for each place; of one group the item itself.
  func spread(_ items: Column, _ context: Context) throws -> Value {
    guard let ids else { return items.value(0) }
    let rows = Buffer<Int>(uninitialized: count)
    try context.forEachRow(count) { rows.base[$0] = Int(ids.base[$0]) }
    return .object(ColumnValue(try items.gather(rows, context)))
  }

  /// Calls `body` with each place, and whether a group begins there.
  @inline(__always)
  func forEachPlace(_ context: Context, _ body: (_ place: Int, _ isFirst: Bool) throws -> Void) throws {
    var group = 0
    try context.forEachRow(count) { place in
      let isFirst = place == starts.base[group]
      if isFirst { group &+= 1 }
      try body(place, isFirst)
    }
  }

  /// Calls `body` with the places of each group.
  @inline(__always)
  func forEachGroup(_ context: Context, _ body: (Range<Int>) throws -> Void) throws {
    for group in 0..<groupCount {
      let range = starts.base[group]..<starts.base[group + 1]
      try context.tick(range.count &>> 4 &+ 1)
      try body(range)
    }
  }
}

extension Groups {
  /// What to sort by so that groups stay one behind the other: nothing where there is one.
  var sortKeys: [(Column, isDescending: Bool)] {
    guard let ids else { return [] }
    return [(Column(ints: Buffer(ids.items.map { Int($0) })), false)]
  }
}
