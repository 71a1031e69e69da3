import SwaleEngine

extension Aggregate {
  /// The least or greatest item of each group.
  func extremes(_ column: Column, _ groups: Groups, _ context: Context, isMaximum: Bool) throws -> Column {
    let best = Buffer<Int>(repeating: -1, count: groups.count)
    @inline(__always) func pick(_ isBefore: (_ row: Int, _ other: Int) throws -> Bool) throws {
      try groups.forEach(in: column, context) { row, group in
        let other = best.base[group]
        if try other < 0 || (isMaximum ? isBefore(other, row) : isBefore(row, other)) {
          best.base[group] = row
        }
      }
    }
    switch column.data {
    case .ints(let items): try pick { items.base[$0] < items.base[$1] }
    case .floats(let items): try pick { Aggregate.precedes(items.base[$0], items.base[$1]) }
    case .bools(let items): try pick { !items.base[$0] && items.base[$1] }
    case .strings(let items): try pick { StringBuffer.compare(items[$0], items[$1]) < 0 }
    case .codes(let codes, let dictionary):
      let ranks = try dictionary.ranks(context)
      try pick { ranks.base[Int(codes.base[$0])] < ranks.base[Int(codes.base[$1])] }
    case .values(let items): try pick { try Value.compare(items.values[$0], items.values[$1]) < 0 }
    }
    return try column.gather(best, context)
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
