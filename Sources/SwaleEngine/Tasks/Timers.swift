import Synchronization

/// Something to be done at a moment.
final class Timer {
  enum Action {
    /// Ends the wait of a ticket.
    case wake(Task, ticket: UInt64)
    case interrupt(Task, TaskInterrupt)
    case tick(Ticker)
    case cancel(Cancellation)
  }
  let deadline: Int
  /// nil once it was done or removed.
  fileprivate var action: Action?

  init(_ deadline: Int, _ action: Action) {
    self.deadline = deadline
    self.action = action
  }
}

/// Timers by deadline, for any thread: a heap of four branches, whose children share a cache line.
///
/// One that is removed stays in the heap without its action until it comes to the front, or half of
/// the heap is such: timers need not know their place, which would take most of the time.
final class Timers {
  /// A timer, which the heap holds, with its deadline beside it.
  private struct Entry {
    let deadline: Int
    let timer: Unmanaged<Timer>
    var isRemoved: Bool { timer._withUnsafeGuaranteedRef { $0.action == nil } }
  }
  private let lock = SpinLock()
  private var heap: [Entry] = []
  private var removedCount = 0
  private let first = Atomic<Int>(.max)
  /// When the worker that polls wakes by itself; nil where none polls.
  private var pollingUntil: Int?

  deinit { for entry in heap { entry.timer.release() } }

  /// The earliest deadline, `Int.max` where there is none. Without a lock: it may change meanwhile.
  var nextDeadline: Int { first.load(ordering: .sequentiallyConsistent) }
  var isEmpty: Bool { nextDeadline == .max }

  /// True if the worker that polls, if one does, waits for a later moment.
  func add(_ timer: Timer) -> Bool {
    lock.withLock {
      heap.append(Entry(deadline: timer.deadline, timer: .passRetained(timer)))
      rise(heap.count - 1)
      noteFirst()
      guard let pollingUntil, timer.deadline < pollingUntil else { return false }
      self.pollingUntil = timer.deadline
      return true
    }
  }

  func remove(_ timer: Timer) {
    // Released outside of the lock.
    let action = lock.withLock { () -> Timer.Action? in
      guard let action = timer.action.take() else { return nil }
      removedCount += 1
      if removedCount > 32, removedCount > heap.count / 2 { dropRemoved() }
      noteFirst()
      return action
    }
    withExtendedLifetime(action) {}
  }

  /// Takes out what is due, as much as fits; returns how many there are.
  func popDue(_ now: Int, into due: UnsafeMutableBufferPointer<Timer.Action>) -> Int {
    lock.withLock {
      var count = 0
      while count < due.count, let entry = heap.first, entry.deadline <= now {
        let timer = popFirst().takeRetainedValue()
        if let action = timer.action.take() {
          due.initializeElement(at: count, to: action)
          count += 1
        } else {
          removedCount -= 1
        }
      }
      noteFirst()
      return count
    }
  }

  /// Notes that a worker begins to poll, and returns until when.
  func beginPolling() -> Int {
    lock.withLock {
      let deadline = heap.first?.deadline ?? .max
      pollingUntil = deadline
      return deadline
    }
  }

  func endPolling() { lock.withLock { pollingUntil = nil } }

  // MARK: The heap, under the lock

  private static let branches = 4

  /// Sees to it that the first entry is one that counts.
  private func noteFirst() {
    while let entry = heap.first, entry.isRemoved {
      popFirst().release()
      removedCount -= 1
    }
    first.store(heap.first?.deadline ?? .max, ordering: .sequentiallyConsistent)
  }

  private func popFirst() -> Unmanaged<Timer> {
    let timer = heap[0].timer
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink(0)
    }
    return timer
  }

  private func dropRemoved() {
    heap.removeAll { entry in
      if !entry.isRemoved { return false }
      entry.timer.release()
      return true
    }
    removedCount = 0
    for position in stride(from: (heap.count + 2) / Timers.branches - 1, through: 0, by: -1) {
      sink(position)
    }
  }

  private func rise(_ start: Int) {
    heap.withUnsafeMutableBufferPointer { heap in
      var position = start
      let entry = heap[position]
      while position > 0 {
        let parent = (position - 1) / Timers.branches
        if heap[parent].deadline <= entry.deadline { break }
        heap[position] = heap[parent]
        position = parent
      }
      heap[position] = entry
    }
  }

  private func sink(_ start: Int) {
    heap.withUnsafeMutableBufferPointer { heap in
      var position = start
      let entry = heap[position]
      while true {
        let first = Timers.branches * position + 1
        if first >= heap.count { break }
        var child = first
        for other in first + 1..<max(first + 1, min(first + Timers.branches, heap.count))
        where heap[other].deadline < heap[child].deadline { child = other }
        if entry.deadline <= heap[child].deadline { break }
        heap[position] = heap[child]
        position = child
      }
      heap[position] = entry
    }
  }
}
