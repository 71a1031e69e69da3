import SwaleEngine

/// Pairs of rows of two tables while they are found; -1 where one side has none.
struct RowPairs: ~Copyable {
  private var left: GrowingBuffer<Int>
  private var right: GrowingBuffer<Int>

  init(capacity: Int) {
    left = GrowingBuffer(capacity: capacity)
    right = GrowingBuffer(capacity: capacity)
  }

  @inline(__always) mutating func append(_ left: Int, _ right: Int) {
    self.left.append(left)
    self.right.append(right)
  }

  mutating func finish() -> Found { Found(left: left.finish(), right: right.finish()) }

  struct Found: Sendable {
    let left: Buffer<Int>
    let right: Buffer<Int>
    static let none = Found(left: Buffer([]), right: Buffer([]))
  }

  /// The pairs that parts of the work have found, one behind the other.
  final class List {
    private let lock = Lock()
    private var parts: [Found]
    init(count: Int) { parts = Array(repeating: .none, count: count) }

    var all: [Found] { lock.withLock { parts } }
    func set(_ part: Int, _ found: Found) { lock.withLock { parts[part] = found } }

    func concatenated(_ context: Context) throws -> Found {
      let parts = all
      let count = parts.reduce(0) { $0 + $1.left.count }
      if let only = parts.first(where: { $0.left.count == count }) { return only }
      let result = Found(left: Buffer(uninitialized: count), right: Buffer(uninitialized: count))
      var starts: [Int] = []
      var start = 0
      for part in parts {
        starts.append(start)
        start += part.left.count
      }
      try Parallel.forEach(parts.count, context, worker: {}) { _, i in
        let (part, start) = (parts[i], starts[i])
        (result.left.base + start).update(from: part.left.base, count: part.left.count)
        (result.right.base + start).update(from: part.right.base, count: part.right.count)
      }
      return result
    }
  }
}
