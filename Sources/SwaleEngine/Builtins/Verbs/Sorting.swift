/// Sorts stably: the same order for lists with and without keys, whatever their storage.
enum Sorting {
  /// An item by its index and the word of its first key.
  private struct Entry: BitwiseCopyable {
    var word: UInt64
    var index: Int
  }

  /// Returns the indexes of `count` items in the order of the keys, of which there is at least one.
  static func order(_ count: Int, by keys: [SortKey], _ context: Context) throws -> [Int] {
    let first = keys[0]
    var present: [Entry] = []
    var nulls: [Entry] = []
    present.reserveCapacity(count)
    for i in 0..<count {
      if first.hasNulls, first.isNull(i) {
        nulls.append(Entry(word: 0, index: i))
      } else {
        present.append(Entry(word: first.words?[i] ?? 0, index: i))
      }
    }
    try context.tick(count)
    try sort(
      &present, by: first.isExact ? Array(keys.dropFirst()) : keys, hasWords: first.words != nil, context)
    if keys.count > 1 { try sort(&nulls, by: Array(keys.dropFirst()), hasWords: false, context) }
    return present.map(\.index) + nulls.map(\.index)
  }

  /// Sorts entries by their words, where they have any, then by the keys.
  private static func sort(_ entries: inout [Entry], by keys: [SortKey], hasWords: Bool, _ context: Context)
    throws
  {
    try entries.withUnsafeMutableBufferPointer { buffer in
      if keys.isEmpty {
        try RadixSort.sort(buffer, context) { $0.word }
      } else {
        try MergeSort.sort(buffer, context) { a, b in
          if hasWords, a.word != b.word { return a.word < b.word }
          for key in keys {
            let order = try key.compare(a.index, b.index)
            if order != 0 { return order < 0 }
          }
          return false
        }
      }
    }
  }

  /// Returns the list sorted by its items.
  static func sorted(_ list: ListStorage, isDescending: Bool, _ context: Context) throws -> ListStorage {
    let count = list.count
    if list.kind == .ints || list.kind == .floats {
      let words = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: count)
      defer { words.deallocate() }
      let flip: UInt64 = isDescending ? .max : 0
      var isExact = true
      try context.tick(count)
      if list.kind == .ints {
        for i in 0..<count { words[i] = SortKey.word(list.ints[i]) ^ flip }
      } else {
        for i in 0..<count {
          words[i] = SortKey.word(list.floats[i]) ^ flip
          // The words of -0.0 and of most nans do not give their floats back.
          if list.floats[i] == 0 || list.floats[i].isNaN { isExact = false }
        }
      }
      if isExact {
        try RadixSort.sort(words, context) { $0 }
        let result = ListStorage(uninitialized: list.kind, count: count)
        if list.kind == .ints {
          for i in 0..<count { result.ints[i] = Int(Int64(bitPattern: (words[i] ^ flip) ^ (1 << 63))) }
        } else {
          for i in 0..<count { result.floats[i] = float(words[i] ^ flip) }
        }
        return result
      }
    }
    let key = try SortKey(list, isDescending: isDescending, context)
    return try gather(list, order(count, by: [key], context), context)
  }

  /// The float of a word, but for zero and nan.
  private static func float(_ word: UInt64) -> Double {
    Double(bitPattern: word >> 63 == 1 ? word ^ (1 << 63) : ~word)
  }

  /// Returns the items at the indexes.
  static func gather(_ list: ListStorage, _ order: [Int], _ context: Context) throws -> ListStorage {
    let result = ListStorage(uninitialized: list.kind, count: 0, capacity: order.count)
    for (i, index) in order.enumerated() {
      // The list holds what was gathered, should an interrupt end this.
      try context.tick()
      switch list.kind {
      case .values: (result.values + i).initialize(to: list.values[index])
      case .ints: result.ints[i] = list.ints[index]
      case .floats: result.floats[i] = list.floats[index]
      case .bools: result.bools[i] = list.bools[index]
      }
      result.count = i + 1
    }
    return result
  }
}
