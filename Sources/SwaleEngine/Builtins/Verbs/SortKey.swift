/// One key of a sort: a value for each item, and for most types a word for each that has the same
/// order, so that sorting compares words.
struct SortKey {
  let values: ListStorage
  let isDescending: Bool
  /// Words in the order of the values, reversed where the key is descending; nil where the values
  /// have no such words. Those of nulls mean nothing.
  private(set) var words: [UInt64]?
  /// True where equal words mean equal values.
  private(set) var isExact = false
  private(set) var hasNulls = false

  init(_ values: ListStorage, isDescending: Bool, _ context: Context) throws {
    self.values = values
    self.isDescending = isDescending
    try findWords(context)
    if isDescending, let words { self.words = words.map { ~$0 } }
  }

  func isNull(_ index: Int) -> Bool { values.kind == .values && values.values[index].isNull }

  /// Returns a negative, zero or positive number as the key of one item stands before, with or
  /// behind that of another; nulls stand last.
  func compare(_ i: Int, _ j: Int) throws -> Int {
    if hasNulls {
      switch (isNull(i), isNull(j)) {
      case (true, true): return 0
      case (true, false): return 1
      case (false, true): return -1
      default: break
      }
    }
    if let words {
      if words[i] != words[j] { return words[i] < words[j] ? -1 : 1 }
      if isExact { return 0 }
    }
    let order = try Value.compare(values[i], values[j])
    return isDescending ? -order.signum() : order
  }

  // MARK: Words

  static func word(_ number: Int) -> UInt64 { UInt64(bitPattern: Int64(number)) ^ (1 << 63) }

  /// Zero has one word, whatever its sign; nan stands behind all other numbers.
  static func word(_ number: Double) -> UInt64 {
    if number.isNaN { return .max }
    let bits = (number == 0 ? 0 : number).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  /// The first eight bytes.
  static func word(_ text: Text) -> UInt64 {
    var word: UInt64 = 0
    let bytes = text.bytes
    for i in 0..<min(8, bytes.count) { word |= UInt64(bytes[i]) << UInt64(56 - 8 * i) }
    return word
  }

  private mutating func findWords(_ context: Context) throws {
    let count = values.count
    try context.tick(count)
    switch values.kind {
    case .ints: words = (0..<count).map { SortKey.word(values.ints[$0]) }
    case .floats: words = (0..<count).map { SortKey.word(values.floats[$0]) }
    case .bools: words = (0..<count).map { values.bools[$0] ? 1 : 0 }
    case .values: return try findMixedWords(context)
    }
    isExact = true
  }

  private mutating func findMixedWords(_ context: Context) throws {
    var found: [UInt64] = []
    found.reserveCapacity(values.count)
    var type: TypeSet?
    var hasWords = true
    // Lists are told apart by their first items, mostly.
    var areLists = false
    for i in 0..<values.count {
      try context.tick()
      var value = values.values[i]
      if value.isNull {
        hasNulls = true
        found.append(0)
        continue
      }
      if !hasWords { continue }
      var isList = false
      if case .list(let list) = value, list.count > 0 { (value, isList) = (list[0], true) }
      if type == nil { (type, areLists) = (value.type, isList) }
      guard value.type == type, isList == areLists, let word = SortKey.word(of: value) else {
        hasWords = false
        continue
      }
      found.append(word)
    }
    guard hasWords, let type else { return }
    words = found
    isExact = type != .string && !areLists
  }

  private static func word(of value: Value) -> UInt64? {
    switch value {
    case .int(let number), .duration(let number), .date(let number), .dateTime(let number): word(number)
    case .float(let number): word(number)
    case .bool(let flag): flag ? 1 : 0
    case .string(let text): word(text)
    default: nil
    }
  }
}
