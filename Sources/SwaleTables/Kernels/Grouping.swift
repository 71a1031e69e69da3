import SwaleEngine

/// Finds which rows have equal keys.
enum Grouping {
  /// A number for each row, equal where the items are the same key; numbers from 0 to `count` in order of
  /// first appearance. Missing items are equal to each other.
  struct Numbers {
    let ids: Buffer<Int32>
    let count: Int
  }

  /// Divides rows by the items of the columns; `rowCount` counts where there are no columns.
  static func groups(by columns: [Column], rowCount: Int, _ context: Context) throws -> Groups {
    try checkRowCount(rowCount)
    guard var numbers = try columns.first.map({ try number($0, context) }) else {
      return Groups(all: rowCount)
    }
    for column in columns.dropFirst() { numbers = try combine(numbers, try number(column, context), context) }
    let firstRows = Buffer<Int>(repeating: -1, count: numbers.count)
    try context.forEachRow(rowCount) { row in
      let group = Int(numbers.ids.base[row])
      if firstRows.base[group] < 0 { firstRows.base[group] = row }
    }
    return Groups(ids: numbers.ids, firstRows: firstRows)
  }

  /// Row numbers of groups take 32 bits.
  static func checkRowCount(_ count: Int) throws {
    if count > Int(Int32.max) {
      throw SwaleError(.value, "grouping works on at most \(Int32.max) rows at once, not on \(count)")
    }
  }

  /// Numbers the different items of a column.
  static func number(_ column: Column, _ context: Context) throws -> Numbers {
    switch column.data {
    case .bools(let items):
      return try byCode(column, context) {
        items.base[$0] ? 1 : 0
      } codes: {
        2
      }
    case .codes(let codes, let dictionary):
      return try byCode(column, context) {
        Int(codes.base[$0])
      } codes: {
        dictionary.count
      }
    case .ints(let items): return try byWord(column, context) { UInt64(bitPattern: Int64(items.base[$0])) }
    case .floats(let items):
      return try byWord(column, context) { row in
        let item = items.base[row]
        // All NaNs are one key, and so are both zeros.
        return item.isNaN ? Double.nan.bitPattern : item == 0 ? 0 : item.bitPattern
      }
    case .strings(let items): return try byString(column, items, context)
    case .values(let items): return try byValue(column, items, context)
    }
  }

  /// Numbers the different pairs of two numberings.
  static func combine(_ a: Numbers, _ b: Numbers, _ context: Context) throws -> Numbers {
    let rowCount = a.ids.count
    if a.count <= 1 { return b }
    if b.count <= 1 { return a }
    let ids = Buffer<Int32>(uninitialized: rowCount)
    var next: Int32 = 0
    if a.count * b.count <= max(1 << 16, rowCount) {
      let numbers = Buffer<Int32>(repeating: -1, count: a.count * b.count)
      try context.forEachRow(rowCount) { row in
        let pair = Int(a.ids.base[row]) &* b.count &+ Int(b.ids.base[row])
        if numbers.base[pair] < 0 {
          numbers.base[pair] = next
          next &+= 1
        }
        ids.base[row] = numbers.base[pair]
      }
    } else {
      var table = WordTable()
      try context.forEachRow(rowCount) { row in
        let pair =
          UInt64(UInt32(bitPattern: a.ids.base[row])) << 32 | UInt64(UInt32(bitPattern: b.ids.base[row]))
        ids.base[row] = table.number(of: pair)
      }
      next = Int32(table.count)
    }
    return Numbers(ids: ids, count: Int(next))
  }

  /// Items that are small numbers themselves.
  @inline(__always)
  private static func byCode(_ column: Column, _ context: Context, _ code: (Int) -> Int, codes: () -> Int)
    throws
    -> Numbers
  {
    let ids = Buffer<Int32>(uninitialized: column.count)
    // The last place is for missing items.
    let missing = codes()
    let numbers = Buffer<Int32>(repeating: -1, count: missing + 1)
    var next: Int32 = 0
    try context.forEachRow(column.count) { row in
      let code = column.isNull(row) ? missing : code(row)
      if numbers.base[code] < 0 {
        numbers.base[code] = next
        next &+= 1
      }
      ids.base[row] = numbers.base[code]
    }
    return Numbers(ids: ids, count: Int(next))
  }

  /// Items of 64 bits.
  @inline(__always)
  private static func byWord(_ column: Column, _ context: Context, _ word: (Int) -> UInt64) throws -> Numbers
  {
    let ids = Buffer<Int32>(uninitialized: column.count)
    var table = WordTable()
    try context.forEachRow(column.count) { row in
      ids.base[row] = column.isNull(row) ? table.numberOfMissing() : table.number(of: word(row))
    }
    return Numbers(ids: ids, count: table.count)
  }

  private static func byString(_ column: Column, _ items: StringBuffer, _ context: Context) throws -> Numbers
  {
    let ids = Buffer<Int32>(uninitialized: column.count)
    var table = StringTable()
    var missing: Int32 = -1
    try context.forEachRow(column.count) { row in
      if column.isNull(row) {
        if missing < 0 { missing = table.reserveNumber() }
        ids.base[row] = missing
      } else {
        ids.base[row] = table.number(of: items[row])
      }
    }
    return Numbers(ids: ids, count: table.count)
  }

  private static func byValue(_ column: Column, _ items: ValueBuffer, _ context: Context) throws -> Numbers {
    let ids = Buffer<Int32>(uninitialized: column.count)
    var places: [Int: [(value: Value, number: Int32)]] = [:]
    var next: Int32 = 0
    try context.forEachRow(column.count) { row in
      let value = items.values[row]
      let hash = try value.hash()
      if let known = places[hash]?.first(where: { Value.isSameKey($0.value, value) }) {
        ids.base[row] = known.number
      } else {
        places[hash, default: []].append((value, next))
        ids.base[row] = next
        next += 1
      }
    }
    return Numbers(ids: ids, count: Int(next))
  }
}
