import SwaleEngine

extension Context {
  /// Calls `body` with one range of rows after the other, and looks in between whether to stop.
  @inline(__always) func inParts(_ count: Int, _ body: (Range<Int>) throws -> Void) throws {
    var start = 0
    while start < count {
      let end = min(start &+ (1 << 16), count)
      try tick((end &- start) &>> 6 &+ 1)
      try body(start..<end)
      start = end
    }
  }

  /// Calls `body` with each row, and looks from time to time whether to stop.
  @inline(__always) func forEachRow(_ count: Int, _ body: (_ row: Int) throws -> Void) throws {
    try inParts(count) { part in for row in part { try body(row) } }
  }
}
