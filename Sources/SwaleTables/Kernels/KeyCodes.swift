import SwaleEngine

/// Keys of rows as numbers below a size, in no particular order: what keys of several columns are put
/// together from.
struct KeyCodes {
  private enum Codes {
    case short(Buffer<Int32>)
    case long(Buffer<UInt64>)
  }
  private let codes: Codes
  /// More than the greatest number.
  private let size: UInt64
  private let count: Int

  private init(_ codes: Buffer<Int32>, size: Int) {
    self.codes = .short(codes)
    self.size = UInt64(size)
    count = codes.count
  }

  private init(_ codes: Buffer<UInt64>, size: UInt64) {
    self.codes = .long(codes)
    self.size = size
    count = codes.count
  }

  init(_ numbers: Grouping.Numbers) { self.init(numbers.ids, size: numbers.count) }

  // MARK: Columns

  /// Returns the keys of a column.
  static func of(_ column: Column, _ context: Context) throws -> KeyCodes {
    switch column.data {
    case .codes(let codes, let dictionary):
      if column.validity == nil { return KeyCodes(codes, size: max(1, dictionary.count)) }
      return try short(column, size: dictionary.count, context) { codes.base[$0] }
    case .bools(let items): return try short(column, size: 2, context) { items.base[$0] ? 1 : 0 }
    case .ints(let items):
      if let (low, high) = try bounds(of: items, context) {
        let (width, overflow) = high.subtractingReportingOverflow(low)
        if !overflow, width < max(1 << 16, column.count) {
          return try short(column, size: width + 1, context) {
            Int32(truncatingIfNeeded: items.base[$0] &- low)
          }
        }
      }
      let words = Buffer<UInt64>(viewing: items)
      return KeyCodes(try WordNumbering.numbers(words, column.validity, context))
    case .floats, .strings, .values: return KeyCodes(try Grouping.number(column, context))
    }
  }

  /// Makes numbers below `size`, and that one for missing items.
  @inline(__always)
  private static func short(_ column: Column, size: Int, _ context: Context, _ code: (_ row: Int) -> Int32)
    throws -> KeyCodes
  {
    let codes = Buffer<Int32>(uninitialized: column.count)
    try Parallel.forEachPart(column.count, context) { rows in
      if let validity = column.validity {
        for row in rows { codes.base[row] = validity[row] ? code(row) : Int32(size) }
      } else {
        for row in rows { codes.base[row] = code(row) }
      }
    }
    return KeyCodes(codes, size: column.validity == nil ? max(1, size) : size + 1)
  }

  /// Returns the least and the greatest int, missing ones counted as zero; nil where there is none.
  private static func bounds(of items: Buffer<Int>, _ context: Context) throws -> (low: Int, high: Int)? {
    if items.count == 0 { return nil }
    let shares = Parallel.shareCount(of: items.count)
    let bounds = Buffer<(low: Int, high: Int)>(repeating: (Int.max, Int.min), count: shares)
    try Parallel.forEachShare(of: items.count, context) { index, rows in
      var (low, high) = (Int.max, Int.min)
      for row in rows {
        low = min(low, items.base[row])
        high = max(high, items.base[row])
      }
      bounds.base[index] = (low, high)
    }
    return (bounds.items.map(\.low).min()!, bounds.items.map(\.high).max()!)
  }

  // MARK: Several columns

  /// Returns the pairs of these keys and others; nil where they do not fit in a word.
  func combined(with other: KeyCodes, _ context: Context) throws -> KeyCodes? {
    let otherSize = other.size
    let (product, overflow) = size.multipliedReportingOverflow(by: otherSize)
    if overflow { return nil }
    if product <= UInt64(Int32.max) {
      guard case .short(let a) = codes, case .short(let b) = other.codes else {
        unreachable("few keys in long numbers")
      }
      let pairs = Buffer<Int32>(uninitialized: count)
      let factor = Int32(otherSize)
      try Parallel.forEachPart(count, context) { rows in
        for row in rows { pairs.base[row] = a.base[row] &* factor &+ b.base[row] }
      }
      return KeyCodes(pairs, size: Int(product))
    }
    guard case .short(let b) = other.codes else { return nil }
    let pairs = Buffer<UInt64>(uninitialized: count)
    try Parallel.forEachPart(count, context) { rows in
      switch codes {
      case .short(let a):
        for row in rows {
          pairs.base[row] =
            UInt64(UInt32(bitPattern: a.base[row])) &* otherSize &+ UInt64(UInt32(bitPattern: b.base[row]))
        }
      case .long(let a):
        for row in rows {
          pairs.base[row] = a.base[row] &* otherSize &+ UInt64(UInt32(bitPattern: b.base[row]))
        }
      }
    }
    return KeyCodes(pairs, size: product)
  }

  /// The same, of numbers that are known to fit: of two columns each.
  func paired(with other: KeyCodes, _ context: Context) throws -> KeyCodes {
    guard let pairs = try combined(with: other, context) else {
      unreachable("two numbers of 31 bits do not fit in a word")
    }
    return pairs
  }

  // MARK: Numbers

  /// Numbers the different keys in order of first appearance.
  func numbers(_ context: Context) throws -> Grouping.Numbers {
    switch codes {
    case .long(let words): return try WordNumbering.numbers(words, nil, context)
    case .short(let codes):
      let size = Int(size)
      if size > max(1 << 16, count) {
        let words = Buffer<UInt64>(uninitialized: count)
        try Parallel.forEachPart(count, context) { rows in
          for row in rows { words.base[row] = UInt64(UInt32(bitPattern: codes.base[row])) }
        }
        return try WordNumbering.numbers(words, nil, context)
      }
      return try numbers(of: codes, size: size, context)
    }
  }

  private func numbers(of codes: Buffer<Int32>, size: Int, _ context: Context) throws -> Grouping.Numbers {
    let numbers = Buffer<Int32>(repeating: -1, count: size)
    var next: Int32 = 0
    // Keys that number themselves in order, as those of a column that was read, stay as they are.
    var isIdentity = true
    try context.inParts(count) { rows in
      // Mostly all keys appear soon.
      if next == size { return }
      for row in rows where numbers.base[Int(codes.base[row])] < 0 {
        isIdentity = isIdentity && codes.base[row] == next
        numbers.base[Int(codes.base[row])] = next
        next &+= 1
      }
    }
    if isIdentity { return Grouping.Numbers(ids: codes, count: Int(next)) }
    let ids = Buffer<Int32>(uninitialized: count)
    try Parallel.forEachPart(count, context) { rows in
      for row in rows { ids.base[row] = numbers.base[Int(codes.base[row])] }
    }
    return Grouping.Numbers(ids: ids, count: Int(next))
  }
}
