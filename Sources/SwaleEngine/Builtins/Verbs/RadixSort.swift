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
    guard let histograms = try histograms(items, context, word: word) else { return }
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

  /// Counts how often each of the eight bytes has each value; nil where the items are in order.
  private static func histograms<T: BitwiseCopyable>(
    _ items: UnsafeMutableBufferPointer<T>, _ context: Context, word: (T) -> UInt64
  ) throws -> UnsafeMutableBufferPointer<Int>? {
    let counts = UnsafeMutableBufferPointer<Int>.allocate(capacity: 8 * 256)
    counts.initialize(repeating: 0)
    var isSorted = true
    var previous: UInt64 = 0
    do {
      for (i, item) in items.enumerated() {
        if i & (batch - 1) == 0 { try context.tick(batch) }
        let word = word(item)
        isSorted = isSorted && word >= previous
        previous = word
        for digit in 0..<8 { counts[digit &* 256 &+ Int(word >> UInt64(digit &* 8) & 0xFF)] &+= 1 }
      }
    } catch {
      counts.deallocate()
      throw error
    }
    if !isSorted { return counts }
    counts.deallocate()
    return nil
  }
}
