import Synchronization

/// Tasks that are ready, first come, first served; any thread may use it.
final class TaskQueue {
  private let lock = SpinLock()
  private var ring = Ring<Unmanaged<Task>>(capacity: 64)
  private let size = Atomic<Int>(0)

  deinit { ring.destroy() }

  /// True if there is nothing; without the lock, so it may change at any time.
  @inline(__always) var isEmpty: Bool { size.load(ordering: .sequentiallyConsistent) == 0 }

  func append(_ task: Unmanaged<Task>) {
    lock.withLock {
      ring.append(task)
      // Whoever goes to sleep says so before it looks here, who adds looks afterwards: one of them
      // sees the other.
      size.store(ring.count, ordering: .sequentiallyConsistent)
    }
  }

  func popFirst() -> Unmanaged<Task>? {
    if isEmpty { return nil }
    return lock.withLock {
      let task = ring.popFirst()
      size.store(ring.count, ordering: .relaxed)
      return task
    }
  }

  /// Takes half of what is there from the front, at most `limit`; returns one and puts the others into
  /// another queue.
  func takeHalf(limit: Int, to other: TaskQueue) -> Unmanaged<Task>? {
    if isEmpty { return nil }
    return withUnsafeTemporaryAllocation(of: Unmanaged<Task>.self, capacity: limit) { taken in
      let count = lock.withLock { () -> Int in
        let count = min(limit, (ring.count + 1) / 2)
        for i in 0..<count { taken.initializeElement(at: i, to: ring.popFirst()!) }
        size.store(ring.count, ordering: .relaxed)
        return count
      }
      if count == 0 { return nil }
      if count > 1 {
        other.lock.withLock {
          for i in 1..<count { other.ring.append(taken[i]) }
          other.size.store(other.ring.count, ordering: .sequentiallyConsistent)
        }
      }
      return taken[0]
    }
  }
}
