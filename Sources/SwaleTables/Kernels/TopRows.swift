import SwaleEngine

/// Finds the rows that stand first in an order without sorting all.
enum TopRows {
  /// More rows of each group than these are found by sorting.
  static let groupLimit = 32

  /// Returns, in their order, rows among which the first `limit` by a key are, and all that are equal to the
  /// last of these; nil where that is not much less work than sorting.
  static func candidates(_ column: Column, _ isDescending: Bool, _ limit: Int, _ context: Context) throws
    -> Buffer<Int>?
  {
    guard limit > 0, limit < column.count / 8, column.count - column.nullCount >= limit,
      let words = try Sorting.words(column, context)
    else { return nil }
    let flip: UInt64 = isDescending ? ~0 : 0
    let validity = column.validity
    var (low, high) = (UInt64.max, 0 as UInt64)
    try context.inParts(column.count) { rows in
      for row in rows where validity?[row] ?? true {
        low = min(low, words.base[row] ^ flip)
        high = max(high, words.base[row] ^ flip)
      }
    }
    // Counted by their highest bits, the words say how far the first rows reach.
    let bits = 16
    let shift = UInt64(max(0, 64 - (high - low).leadingZeroBitCount - bits))
    let counts = Buffer<Int>(repeating: 0, count: 1 << bits)
    try context.inParts(column.count) { rows in
      for row in rows where validity?[row] ?? true {
        counts.base[Int(((words.base[row] ^ flip) &- low) &>> shift)] &+= 1
      }
    }
    var (bound, total) = (0, counts.base[0])
    while total < limit {
      bound += 1
      total += counts.base[bound]
    }
    var result = GrowingBuffer<Int>(capacity: total)
    try context.inParts(column.count) { rows in
      for row in rows where validity?[row] ?? true {
        if Int(((words.base[row] ^ flip) &- low) &>> shift) <= bound { result.append(row) }
      }
    }
    return result.finish()
  }

  /// Returns the rows from `skip` on, `take` of them at most, of each group in the order of a key without
  /// missing items. Groups come in the order of their first rows in it.
  static func perGroup(
    _ words: Buffer<UInt64>, _ isDescending: Bool, _ groups: Groups, skip: Int, take: Int, _ context: Context
  ) throws -> Buffer<Int> {
    let limit = skip + take
    let flip: UInt64 = isDescending ? ~0 : 0
    let best = Buffer<WordSort.Entry>(uninitialized: groups.count * limit)
    let sizes = Buffer<Int>(repeating: 0, count: groups.count)
    let threads = words.count < Parallel.leastRows ? 1 : Parallel.coreCount
    try Parallel.forEach(threads, context, worker: {}) { _, index in
      let mine = groups.count * index / threads..<groups.count * (index + 1) / threads
      for row in 0..<words.count {
        let group = groups.ids.map { Int($0.base[row]) } ?? 0
        if !mine.contains(group) { continue }
        let word = words.base[row] ^ flip
        let entries = best.base + group &* limit
        var k = sizes.base[group]
        if k == limit {
          // Of equal ones the earlier row is the first.
          if entries[k &- 1].word <= word { continue }
          k &-= 1
        } else {
          sizes.base[group] = k &+ 1
        }
        while k > 0, entries[k &- 1].word > word {
          entries[k] = entries[k &- 1]
          k &-= 1
        }
        entries[k] = WordSort.Entry(word: word, row: row)
      }
    }
    var result = GrowingBuffer<Int>(capacity: groups.count * take)
    for group in try order(of: groups, best, limit, context) {
      let entries = best.base + group * limit
      for k in min(skip, sizes.base[group])..<sizes.base[group] { result.append(entries[k].row) }
    }
    return result.finish()
  }

  /// Returns the groups in the order of their best entries.
  private static func order(
    of groups: Groups, _ best: Buffer<WordSort.Entry>, _ limit: Int, _ context: Context
  ) throws -> [Int] {
    // Groups are numbered by their first rows, of which those with equal words must come by their best ones.
    var order = Array(0..<groups.count)
    try order.sort {
      try context.tick()
      let (a, b) = (best.base[$0 * limit], best.base[$1 * limit])
      return a.word == b.word ? a.row < b.row : a.word < b.word
    }
    return order
  }
}
