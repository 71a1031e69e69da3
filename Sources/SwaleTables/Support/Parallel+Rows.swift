import SwaleEngine

extension Parallel {
  /// Fewer rows than these are worked on by one thread: starting another takes longer.
  static let leastRows = 1 << 17

  /// Rows come in parts of so many, a multiple of the bits of a bitmap's word.
  private static let partSize = 1 << 16

  /// Calls `body` with ranges that together are all of `count` rows, on several threads where they are many.
  /// What it writes must belong to its rows.
  @inline(__always)
  static func forEachPart(_ count: Int, _ context: Context, _ body: (_ rows: Range<Int>) throws -> Void)
    throws
  {
    if count < leastRows { return try context.inParts(count, body) }
    try forEach((count + partSize - 1) / partSize, context, worker: {}) { _, part in
      try body(part * partSize..<min((part + 1) * partSize, count))
    }
  }

  /// Calls `body` with each of a fixed number of ranges that together are all of `count` rows. The number
  /// follows from the count alone, so that what is rounded comes out the same on any machine.
  static func forEachShare(
    of count: Int, _ context: Context, _ body: (_ index: Int, _ rows: Range<Int>) throws -> Void
  ) throws {
    let shares = shareCount(of: count)
    try forEach(shares, context, worker: {}) { _, index in
      try body(index, count * index / shares..<count * (index + 1) / shares)
    }
  }

  /// Ends a piece of work where Ctrl-C was pressed; whoever waits for the threads says why.
  static func stopIfInterrupted() throws {
    if Interrupt.isRequested { throw ProgramExit.interrupted }
  }

  static func shareCount(of count: Int) -> Int { count < leastRows ? 1 : 8 }
}
