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
    if columns.isEmpty { return Groups(all: rowCount) }
    let numbers = try number(columns, context)
    let firstRows = Buffer<Int>(uninitialized: numbers.count)
    var next = 0
    try context.inParts(rowCount) { rows in
      if next == numbers.count { return }
      for row in rows where numbers.ids.base[row] == next && next < numbers.count {
        firstRows.base[next] = row
        next += 1
      }
    }
    return Groups(ids: numbers.ids, firstRows: firstRows)
  }

  /// Row numbers of groups take 32 bits.
  static func checkRowCount(_ count: Int) throws {
    if count > Int(Int32.max) {
      throw SwaleError(.value, "grouping works on at most \(Int32.max) rows at once, not on \(count)")
    }
  }

  /// Numbers the different rows of columns, of which there is one at least.
  static func number(_ columns: [Column], _ context: Context) throws -> Numbers {
    if columns.count == 1 { return try number(columns[0], context) }
    // Numbers of each column are written one behind the other into a word, as far as they fit.
    var word = try KeyCodes.of(columns[0], context)
    for column in columns.dropFirst() {
      let codes = try KeyCodes.of(column, context)
      if let both = try word.combined(with: codes, context) {
        word = both
      } else {
        word = try KeyCodes(word.numbers(context)).paired(with: codes, context)
      }
    }
    return try word.numbers(context)
  }

  /// Numbers the different items of a column.
  static func number(_ column: Column, _ context: Context) throws -> Numbers {
    switch column.data {
    case .bools, .codes, .ints: return try KeyCodes.of(column, context).numbers(context)
    case .floats(let items):
      let words = Buffer<UInt64>(uninitialized: column.count)
      try Parallel.forEachPart(column.count, context) { rows in
        for row in rows {
          // All NaNs are one key, and so are both zeros.
          let item = items.base[row]
          words.base[row] = item.isNaN ? Double.nan.bitPattern : item == 0 ? 0 : item.bitPattern
        }
      }
      return try WordNumbering.numbers(words, column.validity, context)
    case .strings(let items):
      return try PieceNumbering.numbers(column.count, context) { StringPieceTable(items, column.validity) }
    case .values(let items): return try byValue(column, items, context)
    }
  }

  /// Numbers the different pairs of two numberings.
  static func combine(_ a: Numbers, _ b: Numbers, _ context: Context) throws -> Numbers {
    try KeyCodes(a).paired(with: KeyCodes(b), context).numbers(context)
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
