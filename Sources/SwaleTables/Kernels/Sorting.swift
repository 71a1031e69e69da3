import SwaleEngine

/// Finds the order of rows by their keys. Missing items stand last, ascending or descending.
enum Sorting {
  /// Returns the rows in the order of the columns, the first column first. Rows with equal keys stay in
  /// their order.
  static func order(by columns: [(Column, isDescending: Bool)], rowCount: Int, _ context: Context) throws
    -> Buffer<Int>
  {
    let rows = Buffer<Int>(uninitialized: rowCount)
    for i in 0..<rowCount { rows.base[i] = i }
    // Each sort keeps the order of equal rows, so the most important key comes last.
    for (column, isDescending) in columns.reversed() {
      try context.tick(rowCount / 16)
      let (present, missing) = split(rows, column)
      let sorted =
        if let keys = words(column) {
          try sort(present, by: keys, isDescending, context)
        } else {
          try sort(present, column, isDescending, context)
        }
      for i in 0..<sorted.count { rows.base[i] = sorted.base[i] }
      for i in 0..<missing.count { rows.base[sorted.count + i] = missing.base[i] }
    }
    return rows
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
  private static func split(_ rows: Buffer<Int>, _ column: Column) -> (Buffer<Int>, Buffer<Int>) {
    guard let validity = column.validity else { return (Buffer(rows.items), Buffer([])) }
    var present = GrowingBuffer<Int>(capacity: rows.count)
    var missing = GrowingBuffer<Int>()
    for i in 0..<rows.count {
      if validity[rows.base[i]] { present.append(rows.base[i]) } else { missing.append(rows.base[i]) }
    }
    return (present.finish(), missing.finish())
  }

  /// Returns a word for each row that has the order of the items; nil for columns that have none.
  private static func words(_ column: Column) -> Buffer<UInt64>? {
    let result = Buffer<UInt64>(uninitialized: column.count)
    let sign = UInt64(1) << 63
    switch column.data {
    case .ints(let items):
      for i in 0..<column.count { result.base[i] = UInt64(bitPattern: Int64(items.base[i])) ^ sign }
    case .floats(let items):
      for i in 0..<column.count {
        // NaN after all numbers, whatever its bits; one zero.
        let item = items.base[i]
        let bits = item.isNaN ? Double.nan.bitPattern : item == 0 ? 0 : item.bitPattern
        result.base[i] = bits & sign != 0 ? ~bits : bits | sign
      }
    case .bools(let items):
      for i in 0..<column.count { result.base[i] = items.base[i] ? 1 : 0 }
    case .codes(let codes, let dictionary):
      // Rows without a string have code 0, in a dictionary that may be empty.
      let ranks = dictionary.count == 0 ? [0] : dictionary.ranks()
      for i in 0..<column.count { result.base[i] = UInt64(ranks[Int(codes.base[i])]) }
    case .strings, .values: return nil
    }
    return result
  }

  /// Sorts by words, one byte after the other from the lowest on, leaving out bytes that do not differ.
  private static func sort(
    _ rows: Buffer<Int>, by words: Buffer<UInt64>, _ isDescending: Bool, _ context: Context
  ) throws -> Buffer<Int> {
    let n = rows.count
    if n < 2 { return rows }
    let flip: UInt64 = isDescending ? ~0 : 0
    let counts = Buffer<Int>(repeating: 0, count: 8 * 256)
    let isSorted = {
      for i in 1..<n where words.base[rows.base[i - 1]] ^ flip > words.base[rows.base[i]] ^ flip {
        return false
      }
      return true
    }
    if isSorted() { return rows }
    for i in 0..<n {
      let word = words.base[rows.base[i]] ^ flip
      for byte in 0..<8 { counts.base[byte &* 256 &+ Int(word &>> UInt64(byte &* 8) & 255)] &+= 1 }
    }
    var source = rows
    var target = Buffer<Int>(uninitialized: n)
    for byte in 0..<8 {
      let count = counts.base + byte * 256
      if (0..<256).contains(where: { count[$0] == n }) { continue }
      try context.tick(n / 64)
      var start = 0
      for digit in 0..<256 {
        let size = count[digit]
        count[digit] = start
        start += size
      }
      let shift = UInt64(byte * 8)
      for i in 0..<n {
        let row = source.base[i]
        let digit = Int((words.base[row] ^ flip) &>> shift & 255)
        target.base[count[digit]] = row
        count[digit] &+= 1
      }
      swap(&source, &target)
    }
    return source
  }

  /// Sorts by comparing items.
  private static func sort(
    _ rows: Buffer<Int>, _ column: Column, _ isDescending: Bool, _ context: Context
  ) throws -> Buffer<Int> {
    // Equal items stay in the order that less important keys gave them.
    var list = Array(rows.items.enumerated())
    switch column.data {
    case .strings(let items):
      try list.sort {
        try context.tick()
        let order = StringBuffer.compare(items[$0.element], items[$1.element])
        return order == 0 ? $0.offset < $1.offset : (order < 0) != isDescending
      }
    case .values(let items):
      try list.sort {
        try context.tick()
        let order = try Value.compare(items.values[$0.element], items.values[$1.element])
        return order == 0 ? $0.offset < $1.offset : (order < 0) != isDescending
      }
    default: unreachable("items that have words are compared")
    }
    return Buffer(list.map(\.element))
  }
}
