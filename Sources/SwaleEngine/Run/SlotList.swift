/// Indexes of slots, reached without counting references.
final class SlotList {
  private let base: UnsafeMutablePointer<Int>
  let count: Int
  var isEmpty: Bool { count == 0 }

  init(_ slots: [Int] = []) {
    count = slots.count
    base = .allocate(capacity: max(1, count))
    base.initialize(from: slots, count: count)
  }

  deinit { base.deallocate() }

  @inline(__always) subscript(_ i: Int) -> Int { base[i] }

  @inline(__always) func forEach(_ body: (Int) -> Void) { for i in 0..<count { body(base[i]) } }
}
