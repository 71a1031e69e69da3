import SwaleEngine

/// Places in an order.
extension WindowFunction {
  func numbers(_ partition: Partition, _ context: Context) throws -> Column {
    let result = Buffer<Int>(uninitialized: partition.count)
    try partition.forEachGroup(context) { group in
      for place in group { result.base[place] = place &- group.lowerBound &+ 1 }
    }
    return Column(ints: result)
  }

  /// Numbers the items of each group by their order: equal ones alike, the next behind them by how many items or,
  /// in dense ranks, how many different ones there were.
  func ranks(_ items: Column, _ options: Options, _ partition: Partition, _ context: Context) throws -> Column
  {
    let sorted = try sorted(items, options, partition, context)
    let precedes = try items.precedence(context)
    let result = Buffer<Int>(repeating: 0, count: items.count)
    try partition.forEachGroup(context) { group in
      var rank = 0
      for place in group {
        let row = sorted.base[place]
        // Missing items stand last.
        if items.isNull(row) { break }
        if place == group.lowerBound {
          rank = 1
        } else {
          let (a, b) = (sorted.base[place &- 1], row)
          let isNew = try options.isDescending ? precedes(b, a) : precedes(a, b)
          if isNew { rank = self == .denseRank ? rank &+ 1 : place &- group.lowerBound &+ 1 }
        }
        result.base[row] = rank
      }
    }
    return Column(ints: result, validity: items.validity)
  }

  /// Deals the items of each group, in their order, out to `n` tiles of about the same size.
  func tiles(_ items: Column, _ options: Options, _ partition: Partition, _ context: Context) throws -> Column
  {
    let sorted = try sorted(items, options, partition, context)
    let result = Buffer<Int>(repeating: 0, count: items.count)
    try partition.forEachGroup(context) { group in
      var count = group.count
      while count > 0, items.isNull(sorted.base[group.lowerBound &+ count &- 1]) { count &-= 1 }
      for i in 0..<count { result.base[sorted.base[group.lowerBound &+ i]] = tile(i, of: count, options.n) }
    }
    return Column(ints: result, validity: items.validity)
  }

  /// The same for rows in the order in which they are.
  func tiles(_ n: Int, _ partition: Partition, _ context: Context) throws -> Column {
    let result = Buffer<Int>(uninitialized: partition.count)
    try partition.forEachGroup(context) { group in
      for i in 0..<group.count { result.base[group.lowerBound &+ i] = tile(i, of: group.count, n) }
    }
    return Column(ints: result)
  }

  /// The first tiles have one item more where they do not come out even.
  @inline(__always) private func tile(_ i: Int, of count: Int, _ n: Int) -> Int {
    let (size, larger) = (count / n, count % n)
    let boundary = larger &* (size &+ 1)
    return i < boundary ? i / (size &+ 1) &+ 1 : larger &+ (i &- boundary) / max(1, size) &+ 1
  }

  /// Returns the places of each group in the order of their items.
  private func sorted(_ items: Column, _ options: Options, _ partition: Partition, _ context: Context) throws
    -> Buffer<Int>
  {
    try Sorting.order(
      by: partition.groups().sortKeys + [(items, options.isDescending)], rowCount: items.count, context)
  }
}
