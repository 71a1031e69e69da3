import Synchronization

// How a task waits, and how it is woken exactly once.
//
// A wait has a *ticket*: a number that whoever wakes the task must claim first. A task may stand in
// several queues with one ticket (a `select`, a wait with a deadline); the first to claim it decides
// the outcome, all others find it claimed and pass on. Claiming is apart from running: the claimer
// writes the outcome and then makes the task ready, which copes with one that has not left its stack.
//
// All of it is reached by plain pointers, since counting references would cost more than the rest.

/// What ended a wait.
enum WaitOutcome {
  /// The arm (0 where there is but one) got a value, which is in `TaskWait.transfer`, or gave one away.
  case done(arm: Int)
  /// The channel of the arm was closed.
  case closed(arm: Int)
  case deadline
  /// An interrupt is pending: cancellation, a timeout, a failed scope.
  case interrupted
  /// Nothing can ever wake it.
  case deadlock
}

/// What a task needs for waiting; as old as its `Task`.
///
/// Safety: the atomic words may be used by anyone who knows that the task lives: whoever holds the
/// lock of a queue in which it stands, its scope, and itself. `outcome` and `transfer` belong to who
/// claimed the ticket until the task is ready, then to the task; the rest to the worker that runs it.
struct TaskWait: ~Copyable {
  private let ticket = Atomic<UInt64>(0)
  private let parking = Atomic<UInt8>(Parking.running.rawValue)
  /// True while an interrupt is pending; lets running code look without a lock.
  let isInterrupted = Atomic<Bool>(false)
  var outcome = WaitOutcome.deadlock
  /// A value on its way to a receiver that waits.
  var transfer = Value.null
  /// What it waits for; others read it for reports, where the task is parked.
  var reason: WaitReason?
  /// Where it waits for several channels and nothing else can end the wait: on the task's stack.
  var arms: SelectArms?
  /// Where its stack is suspended while it does not run.
  var stackPointer: UnsafeMutableRawPointer?
  let task: Unmanaged<Task>
  var context: Unmanaged<Context>?

  /// The channels of which each may end the wait of a parked task, and nothing else can; empty where that is not so.
  var channels: [Channel] {
    if let channel = reason?.channel { return [channel.takeUnretainedValue()] }
    guard let arms else { return [] }
    return (0..<arms.count).map { arms[$0].pointee.channel.takeUnretainedValue().channel }
  }

  private enum Parking: UInt8 { case running, parked, ready }

  init(_ task: Unmanaged<Task>) { self.task = task }

  // MARK: Tickets

  /// Begins a wait and returns its ticket.
  func openTicket() -> UInt64 {
    let word = ticket.load(ordering: .relaxed) &+ 2 | 1
    ticket.store(word, ordering: .sequentiallyConsistent)
    return word
  }

  /// The ticket that was opened last.
  var lastTicket: UInt64 { ticket.load(ordering: .relaxed) | 1 }

  /// Takes the right to end the wait of a ticket; false where it has ended.
  func claim(_ word: UInt64) -> Bool {
    ticket.compareExchange(expected: word, desired: word & ~1, ordering: .acquiringAndReleasing).exchanged
  }

  /// Claims whatever wait is going on.
  func claimAnyTicket() -> Bool {
    let word = ticket.load(ordering: .acquiring)
    return word & 1 == 1 && claim(word)
  }

  // MARK: Parking

  /// Called by the worker when the task has left its stack; true where it was made ready meanwhile.
  func park() -> Bool {
    !parking.compareExchange(
      expected: Parking.running.rawValue, desired: Parking.parked.rawValue, ordering: .acquiringAndReleasing
    ).exchanged
  }

  /// Notes that the wait is over; true where the task has left its stack and must be run.
  func unpark() -> Bool {
    parking.exchange(Parking.ready.rawValue, ordering: .acquiringAndReleasing) == Parking.parked.rawValue
  }

  /// Keeps a parked task from being run until `park` is called; false where it is not parked.
  func holdParked() -> Bool {
    parking.compareExchange(
      expected: Parking.parked.rawValue, desired: Parking.running.rawValue, ordering: .acquiringAndReleasing
    ).exchanged
  }

  func resume() { parking.store(Parking.running.rawValue, ordering: .relaxed) }

  var isParked: Bool { parking.load(ordering: .acquiring) == Parking.parked.rawValue }
}

extension UnsafeMutablePointer<TaskWait> {
  /// Takes out the value that was given away to the task. By the pointer, since others may be using
  /// the atomic words.
  @inline(__always) func takeTransfer() -> Value {
    let value = pointee.transfer
    pointee.transfer = .null
    return value
  }
}

/// One place of a waiting task in one queue; it lies on the task's own stack while it waits.
///
/// Safety: links are touched only under the lock of the queue's owner; the rest is written before the
/// entry is linked and read by whoever claimed the ticket. The task takes its entries out of all
/// queues before it leaves the frame that holds them.
struct Waiter {
  let wait: UnsafeMutablePointer<TaskWait>
  private(set) var ticket: UInt64
  private(set) var arm: Int
  /// What a sender gives away.
  var value: Value
  fileprivate var previous: UnsafeMutablePointer<Waiter>?
  fileprivate var next: UnsafeMutablePointer<Waiter>?
  fileprivate var isLinked = false

  init(_ wait: UnsafeMutablePointer<TaskWait>, ticket: UInt64, arm: Int = 0, sending value: Value = .null) {
    self.wait = wait
    self.ticket = ticket
    self.arm = arm
    self.value = value
  }

  /// Makes it one of another wait; it stands in no queue.
  mutating func prepare(ticket: UInt64, arm: Int, sending value: Value) {
    self.ticket = ticket
    self.arm = arm
    self.value = value
  }
}

/// A queue of waiting tasks, first come, first served.
struct WaitList {
  typealias Entry = UnsafeMutablePointer<Waiter>
  private var first: Entry?
  private var last: Entry?

  var isEmpty: Bool { first == nil }

  mutating func append(_ waiter: Entry) {
    waiter.pointee.previous = last
    waiter.pointee.next = nil
    waiter.pointee.isLinked = true
    if let last { last.pointee.next = waiter } else { first = waiter }
    last = waiter
  }

  /// Takes a waiter out, if it is still in.
  mutating func remove(_ waiter: Entry) {
    if !waiter.pointee.isLinked { return }
    let (previous, next) = (waiter.pointee.previous, waiter.pointee.next)
    if let previous { previous.pointee.next = next } else { first = next }
    if let next { next.pointee.previous = previous } else { last = previous }
    waiter.pointee.isLinked = false
  }

  /// True if a task other than this one waits.
  func hasOther(than wait: UnsafeMutablePointer<TaskWait>) -> Bool {
    var current = first
    while let waiter = current {
      if waiter.pointee.wait != wait { return true }
      current = waiter.pointee.next
    }
    return false
  }

  /// Takes out the first waiter whose ticket can still be claimed, and claims it. Whose wait ended
  /// by other means meanwhile is dropped.
  mutating func claimFirst() -> Entry? {
    while let waiter = first {
      remove(waiter)
      if waiter.pointee.wait.pointee.claim(waiter.pointee.ticket) { return waiter }
    }
    return nil
  }
}
