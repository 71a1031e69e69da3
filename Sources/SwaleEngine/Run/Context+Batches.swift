extension Context {
  /// Calls `body` with ranges that together are `0..<count`, and looks for interrupts before each: for loops
  /// whose steps are too small to be counted one by one.
  @inline(__always)
  func forEachBatch(_ count: Int, of size: Int = 1 << 16, _ body: (Range<Int>) throws -> Void) throws {
    var start = 0
    while start < count {
      let end = count - start > size ? start + size : count
      try tick(end - start)
      try body(start..<end)
      start = end
    }
  }
}
