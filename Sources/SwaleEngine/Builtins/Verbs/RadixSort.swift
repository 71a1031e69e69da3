/// A stable sort by 64-bit words, byte by byte from the least significant, which can be interrupted.
enum RadixSort {
  private static let batch = 1 << 14

  /// Sorts the items by their words.
  static func sort<T: BitwiseCopyable>(
    _ items: UnsafeMutableBufferPointer<T>, _ context: Context, word: (T) -> UInt64
  ) throws {
    let count = items.count
    if count < 256 {
      return try MergeSort.sort(items, context) { word($0) < word($1) }
    }
    if try isSorted(items, context, word: word) { return }
    let histograms = try histograms(items, context, word: word)
    defer { histograms.deallocate() }
    let scratch = UnsafeMutableBufferPointer<T>.allocate(capacity: count)
    defer { scratch.deallocate() }
    var (source, target) = (items, scratch)
    for digit in 0..<8 {
      let places = histograms.baseAddress! + digit * 256
      // A byte that all words share changes nothing.
      if (0..<256).contains(where: { places[$0] == count }) { continue }
      var total = 0
      for i in 0..<256 {
        let size = places[i]
        places[i] = total
        total += size
      }
      let shift = UInt64(digit * 8)
      var start = 0
      while start < count {
        let end = min(start + batch, count)
        try context.tick(batch)
        for i in start..<end {
          let byte = Int(word(source[i]) >> shift & 0xFF)
          target[places[byte]] = source[i]
          places[byte] &+= 1
        }
        start = end
      }
      swap(&source, &target)
    }
    if source.baseAddress != items.baseAddress { _ = items.update(from: source) }
  }

  private static func isSorted<T: BitwiseCopyable>(
    _ items: UnsafeMutableBufferPointer<T>, _ context: Context, word: (T) -> UInt64
  ) throws -> Bool {
    var previous: UInt64 = 0
    for (i, item) in items.enumerated() {
      if i & (batch - 1) == 0 { try context.tick(batch) }
      let word = word(item)
      if word < previous { return false }
      previous = word
    }
    return true
  }

  /// Counts how often each of the eight bytes has each value.
  private static func histograms<T: BitwiseCopyable>(
    _ items: UnsafeMutableBufferPointer<T>, _ context: Context, word: (T) -> UInt64
  ) throws -> UnsafeMutableBufferPointer<Int> {
    let counts = UnsafeMutableBufferPointer<Int>.allocate(capacity: 8 * 256)
    counts.initialize(repeating: 0)
    let base = counts.baseAddress!
    do {
      var start = 0
      while start < items.count {
        let end = min(start + batch, items.count)
        try context.tick(batch)
        for i in start..<end {
          var rest = word(items[i])
          for digit in 0..<8 {
            base[digit &* 256 &+ Int(truncatingIfNeeded: rest & 0xFF)] &+= 1
            rest >>= 8
          }
        }
        start = end
      }
    } catch {
      counts.deallocate()
      throw error
    }
    return counts
  }
}
