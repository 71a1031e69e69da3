import CStack

/// Something to be done at a moment.
final class Timer {
  enum Action {
    /// Ends the wait of a ticket.
    case wake(Task, ticket: UInt64)
    case interrupt(Task, TaskInterrupt)
    case tick(Ticker)
  }
  let deadline: Int
  let action: Action
  /// Its place in the heap; -1 when it is not in it.
  fileprivate var position = -1

  init(_ deadline: Int, _ action: Action) {
    self.deadline = deadline
    self.action = action
  }
}

/// Timers by deadline: a binary heap. The owner locks.
struct Timers {
  private var heap: [Timer] = []

  var isEmpty: Bool { heap.isEmpty }
  var nextDeadline: Int? { heap.first?.deadline }

  mutating func add(_ timer: Timer) {
    timer.position = heap.count
    heap.append(timer)
    rise(heap.count - 1)
  }

  /// Takes a timer out; false where it is not in.
  @discardableResult
  mutating func remove(_ timer: Timer) -> Bool {
    let position = timer.position
    if position < 0 { return false }
    let last = heap.removeLast()
    timer.position = -1
    if last === timer { return true }
    place(last, position)
    rise(position)
    sink(last.position)
    return true
  }

  /// Takes out the first timer whose deadline has come.
  mutating func popDue(_ now: Int) -> Timer? {
    guard let first = heap.first, first.deadline <= now else { return nil }
    remove(first)
    return first
  }

  private mutating func place(_ timer: Timer, _ position: Int) {
    heap[position] = timer
    timer.position = position
  }

  private mutating func rise(_ start: Int) {
    var position = start
    let timer = heap[position]
    while position > 0 {
      let parent = (position - 1) / 2
      if heap[parent].deadline <= timer.deadline { break }
      place(heap[parent], position)
      position = parent
    }
    place(timer, position)
  }

  private mutating func sink(_ start: Int) {
    var position = start
    let timer = heap[position]
    while true {
      var child = 2 * position + 1
      if child >= heap.count { break }
      if child + 1 < heap.count, heap[child + 1].deadline < heap[child].deadline { child += 1 }
      if timer.deadline <= heap[child].deadline { break }
      place(heap[child], position)
      position = child
    }
    place(timer, position)
  }
}
