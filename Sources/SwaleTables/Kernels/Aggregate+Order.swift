import SwaleEngine

extension Aggregate {
  /// The least or greatest item of each group.
  func extremes(_ column: Column, _ groups: Groups, _ context: Context, isMaximum: Bool) throws -> Column {
    let best: Buffer<Int>
    if let keys = try Sorting.words(column, context) {
      let states = try groups.fold(ExtremeFold(keys: keys, isMaximum: isMaximum), column.validity, context)
      best = Buffer(uninitialized: groups.count)
      for group in 0..<groups.count { best.base[group] = states.base[group].row }
    } else {
      best = try extremes(column, groups, context) { isMaximum ? $0 > 0 : $0 < 0 }
    }
    return try column.gather(best, context)
  }

  /// Returns for each group the first row whose item is better than all others: compared with it, `isBetter`
  /// says so of the order.
  private func extremes(
    _ column: Column, _ groups: Groups, _ context: Context, isBetter: (_ order: Int) -> Bool
  ) throws -> Buffer<Int> {
    let best = Buffer<Int>(repeating: -1, count: groups.count)
    try groups.forEach(in: column, context) { row, group in
      let other = best.base[group]
      let order =
        switch column.data {
        case _ where other < 0: 0
        case .strings(let items): StringBuffer.compare(items[row], items[other])
        case .values(let items): try Value.compare(items.values[row], items.values[other])
        default: unreachable("items with keys")
        }
      if other < 0 || isBetter(order) { best.base[group] = row }
    }
    return best
  }

  /// The number of different items in each group.
  func distinctCounts(_ column: Column, _ groups: Groups, _ context: Context) throws -> Column {
    let result = Buffer<Int>(repeating: 0, count: groups.count)
    try forEachDistinct(column, groups, context) { group, _, _ in result.base[group] &+= 1 }
    return Column(ints: result)
  }

  /// The most frequent item of each group, of several the one that appears first.
  func modes(_ column: Column, _ groups: Groups, _ context: Context) throws -> Column {
    let best = Buffer<Int>(repeating: -1, count: groups.count)
    let most = Buffer<Int>(repeating: 0, count: groups.count)
    try forEachDistinct(column, groups, context) { group, firstRow, count in
      let isBetter =
        count > most.base[group] || count == most.base[group] && firstRow < best.base[group]
      if isBetter {
        best.base[group] = firstRow
        most.base[group] = count
      }
    }
    return try column.gather(best, context)
  }

  /// Calls `body` once for each different item of each group.
  private func forEachDistinct(
    _ column: Column, _ groups: Groups, _ context: Context,
    _ body: (_ group: Int, _ firstRow: Int, _ count: Int) -> Void
  ) throws {
    let items = try Grouping.number(column, context)
    let pairs =
      try groups.ids.map {
        try Grouping.combine(Grouping.Numbers(ids: $0, count: groups.count), items, context)
      } ?? items
    let sizes = Buffer<Int>(repeating: 0, count: pairs.count)
    let firstRows = Buffer<Int>(repeating: -1, count: pairs.count)
    try context.forEachRow(column.count) { row in
      if column.isNull(row) { return }
      let pair = Int(pairs.ids.base[row])
      if firstRows.base[pair] < 0 { firstRows.base[pair] = row }
      sizes.base[pair] &+= 1
    }
    for pair in 0..<pairs.count where firstRows.base[pair] >= 0 {
      let row = firstRows.base[pair]
      body(groups.ids.map { Int($0.base[row]) } ?? 0, row, sizes.base[pair])
    }
  }
}
