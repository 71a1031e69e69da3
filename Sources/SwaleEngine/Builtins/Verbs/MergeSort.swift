/// A stable sort by comparing, which can be interrupted.
enum MergeSort {
  private static let runLength = 16

  /// Sorts the items; `isBefore` says that one stands strictly before another. After an error the
  /// buffer holds some of the items.
  static func sort<T: BitwiseCopyable>(
    _ items: UnsafeMutableBufferPointer<T>, _ context: Context, isBefore: (T, T) throws -> Bool
  ) throws {
    let count = items.count
    guard count > 1, try !isSorted(items, context, isBefore: isBefore) else { return }
    var start = 0
    while start < count {
      try sortRun(items, start, min(start + runLength, count), isBefore: isBefore)
      try context.tick(runLength)
      start += runLength
    }
    if count <= runLength { return }
    let scratch = UnsafeMutableBufferPointer<T>.allocate(capacity: count)
    defer { scratch.deallocate() }
    var (source, target) = (items, scratch)
    var width = runLength
    while width < count {
      var lower = 0
      while lower < count {
        let middle = min(lower + width, count)
        let upper = min(middle + width, count)
        try merge(source, target, lower, middle, upper, context, isBefore: isBefore)
        lower = upper
      }
      swap(&source, &target)
      width *= 2
    }
    if source.baseAddress != items.baseAddress { _ = items.update(from: source) }
  }

  private static func isSorted<T: BitwiseCopyable>(
    _ items: UnsafeMutableBufferPointer<T>, _ context: Context, isBefore: (T, T) throws -> Bool
  ) throws -> Bool {
    for i in 1..<items.count {
      try context.tick()
      if try isBefore(items[i], items[i - 1]) { return false }
    }
    return true
  }

  /// Sorts a few items by insertion.
  private static func sortRun<T: BitwiseCopyable>(
    _ items: UnsafeMutableBufferPointer<T>, _ lower: Int, _ upper: Int, isBefore: (T, T) throws -> Bool
  ) throws {
    var i = lower + 1
    while i < upper {
      let item = items[i]
      var place = i
      while place > lower, try isBefore(item, items[place - 1]) {
        items[place] = items[place - 1]
        place -= 1
      }
      items[place] = item
      i += 1
    }
  }

  private static func merge<T: BitwiseCopyable>(
    _ source: UnsafeMutableBufferPointer<T>, _ target: UnsafeMutableBufferPointer<T>,
    _ lower: Int, _ middle: Int, _ upper: Int, _ context: Context, isBefore: (T, T) throws -> Bool
  ) throws {
    var (left, right, place) = (lower, middle, lower)
    if middle < upper, try isBefore(source[middle], source[middle - 1]) {
      while left < middle, right < upper {
        try context.tick()
        // The left item goes first where both are equal: that keeps the sort stable.
        if try isBefore(source[right], source[left]) {
          target[place] = source[right]
          right += 1
        } else {
          target[place] = source[left]
          left += 1
        }
        place += 1
      }
    }
    let rest = middle - left
    if rest > 0 { (target.baseAddress! + place).update(from: source.baseAddress! + left, count: rest) }
    place += rest
    if right < upper {
      (target.baseAddress! + place).update(from: source.baseAddress! + right, count: upper - right)
    }
  }
}
