import Glibc
import SwaleEngine

/// Finds the order of rows by their keys. Missing items stand last, ascending or descending.
enum Sorting {
  /// Returns the rows in the order of the columns, the first column first; `limit` of them where that many are
  /// enough. Rows with equal keys stay in their order.
  static func order(
    by columns: [(Column, isDescending: Bool)], rowCount: Int, limit: Int? = nil, _ context: Context
  ) throws -> Buffer<Int> {
    var rows: Buffer<Int>
    if let limit, let (column, isDescending) = columns.first,
      let candidates = try TopRows.candidates(column, isDescending, limit, context)
    {
      rows = candidates
    } else {
      rows = Buffer(uninitialized: rowCount)
      for i in 0..<rowCount { rows.base[i] = i }
    }
    let rowCount = rows.count
    // Each sort keeps the order of equal rows, so the most important key comes last.
    for (column, isDescending) in columns.reversed() {
      let (present, missing) = try split(rows, column, context)
      let sorted = try sort(present, column, isDescending, context)
      if missing.count == 0 {
        rows = sorted
      } else {
        rows = Buffer(uninitialized: rowCount)
        for i in 0..<sorted.count { rows.base[i] = sorted.base[i] }
        for i in 0..<missing.count { rows.base[sorted.count + i] = missing.base[i] }
      }
    }
    return limit.map { rows.slice(0, min($0, rowCount)) } ?? rows
  }

  /// Returns the keys in a column of what `desc` makes; nil for a column of others.
  static func undescended(_ column: Column) throws -> Column? {
    guard case .values(let items) = column.data else { return nil }
    var keys = ColumnBuilder()
    var wrapped = 0
    for value in items.values {
      if case .object(let object) = value, let key = object as? DescendingKey {
        wrapped += 1
        keys.append(key.value)
      } else {
        keys.append(value)
      }
    }
    if wrapped == 0 { return nil }
    if wrapped < column.count {
      throw SwaleError(.type, "sort: a key is descending for some rows only")
    }
    return keys.finish()
  }

  /// Returns the rows in which the column has an item, and the others.
  private static func split(_ rows: Buffer<Int>, _ column: Column, _ context: Context) throws -> (
    Buffer<Int>, Buffer<Int>
  ) {
    guard let validity = column.validity else { return (rows, Buffer([])) }
    var present = GrowingBuffer<Int>(capacity: rows.count)
    var missing = GrowingBuffer<Int>()
    try context.inParts(rows.count) { part in
      for i in part {
        let row = rows.base[i]
        if validity[row] { present.append(row) } else { missing.append(row) }
      }
    }
    return (present.finish(), missing.finish())
  }

  private static func sort(
    _ rows: Buffer<Int>, _ column: Column, _ isDescending: Bool, _ context: Context
  ) throws -> Buffer<Int> {
    switch column.data {
    case .ints, .floats, .bools, .codes:
      let words = try words(column, context)!
      return try WordSort.order(rows, isDescending, context) { words.base[$0] }
    case .strings(let items):
      return try StringSort.order(rows, items, isDescending: isDescending, context)
    case .values(let items):
      // Equal items stay in the order that less important keys gave them.
      var list = Array(rows.items.enumerated())
      try list.sort {
        try context.tick()
        let order = try Value.compare(items.values[$0.element], items.values[$1.element])
        return order == 0 ? $0.offset < $1.offset : (order < 0) != isDescending
      }
      return Buffer(list.map(\.element))
    }
  }

  /// Returns a word for each row, in the order of the items; nil where items have none.
  static func words(_ column: Column, _ context: Context) throws -> Buffer<UInt64>? {
    let sign = UInt64(1) << 63
    func words(_ word: (_ row: Int) -> UInt64) throws -> Buffer<UInt64> {
      let words = Buffer<UInt64>(uninitialized: column.count)
      try Parallel.forEachPart(column.count, context) { for row in $0 { words.base[row] = word(row) } }
      return words
    }
    switch column.data {
    case .ints(let items): return try words { UInt64(bitPattern: Int64(items.base[$0])) ^ sign }
    case .floats(let items):
      return try words { row in
        // NaN after all numbers, whatever its bits; one zero.
        let item = items.base[row]
        let bits = item.isNaN ? Double.nan.bitPattern : item == 0 ? 0 : item.bitPattern
        return bits & sign != 0 ? ~bits : bits | sign
      }
    case .bools(let items): return try words { items.base[$0] ? 1 : 0 }
    case .codes(let codes, let dictionary):
      let ranks = try dictionary.ranks(context)
      return try words { UInt64(ranks.base[Int(codes.base[$0])]) }
    case .strings, .values: return nil
    }
  }
}
