import Glibc
import Synchronization
import SwaleSyntax

/// What makes a task leave what it is doing, past every `catch`; deferred blocks run on the way.
enum TaskInterrupt: Error, Equatable {
  case cancelled
  /// Ends the `timeout` or `scope` block of this number, see `Task.enterBlock`.
  case leaveBlock(Int)
}

/// A call that runs beside others, on a stack of its own.
///
/// A task is owned by its scope until it has ended; what a program holds is a `TaskValue`. Until it
/// is run for the first time it has no stack.
///
/// Safety: `stack`, `scope` and what is not said to be locked belong to the worker that runs the task;
/// handing over goes through the atomic words of its `TaskWait`.
final class Task {
  let id: Int
  unowned(unsafe) let scheduler: Scheduler
  /// What is left of what it was spawned for.
  var work: TaskWork
  let functionName: String
  let isMain: Bool
  /// Where it was spawned; nil where that is not known, and for the main task.
  let spawnedAt: Location?
  /// Where a stage of a pipe puts its results; the end of the task closes it.
  let output: Channel?
  let startedAt: Int

  // MARK: Running

  var stack: TaskStack?
  /// The innermost scope that runs in it; the one it belongs to where there is none.
  var scope: TaskScope
  /// The scope it belongs to.
  let home: TaskScope
  // Links of the home scope's list, under the scope's lock.
  unowned(unsafe) var previousInScope: Task?
  unowned(unsafe) var nextInScope: Task?

  // MARK: Waiting

  /// As old as the task.
  let wait: UnsafeMutablePointer<TaskWait>
  /// Where it stands in its last wait, if that is a send or a sleep.
  var waiter: UnsafeMutablePointer<Waiter>?
  var timer: Timer?

  // MARK: Interrupts and the end, under the lock

  private let lock = SpinLock()
  private var pending: [(interrupt: TaskInterrupt, deliveredAt: Int?)] = []
  private var pendingExit: (exit: ProgramExit, deliveredAt: Int?)?
  /// Numbers of the `timeout` and `scope` blocks that run, outermost first.
  private var blocks: [Int] = []
  private var nextBlock = 0
  private(set) var result: TaskResult?
  private var awaiters: [Awaiter] = []
  /// True once its error has reached somebody.
  private var isDelivered = false
  private var isHeld: Bool

  /// What is left to run deferred blocks after an interrupt was delivered: until then nothing
  /// interrupts the task again.
  private static let grace = 50_000_000

  init(
    id: Int, scheduler: Scheduler, home: TaskScope, function: FunctionValue?, arguments: [Value] = [],
    labels: [String?] = [], spawnedAt: Location? = nil, output: Channel? = nil, isHeld: Bool = false
  ) {
    self.id = id
    self.scheduler = scheduler
    self.home = home
    scope = home
    work = function.map { .call($0, arguments, labels) } ?? .none
    functionName = function?.name ?? "main"
    isMain = function == nil
    self.spawnedAt = spawnedAt
    self.output = output
    self.isHeld = isHeld
    startedAt = scheduler.now
    wait = .allocate(capacity: 1)
    wait.initialize(to: TaskWait(Unmanaged.passUnretained(self)))
  }

  deinit {
    wait.deinitialize(count: 1)
    wait.deallocate()
    waiter?.deallocate()
  }

  /// How reports and the program call it: the function's name and a number.
  var name: String { isMain ? "the main task" : "\(functionName) \(id)" }

  // MARK: Interrupts

  /// Begins a block that an interrupt may end, and returns its number.
  func enterBlock() -> Int {
    lock.withLock {
      nextBlock += 1
      blocks.append(nextBlock)
      return nextBlock
    }
  }

  /// Ends a block; what was to interrupt it is void.
  func leaveBlock(_ number: Int) {
    lock.withLock {
      blocks.removeAll { $0 == number }
      pending.removeAll { $0.interrupt == .leaveBlock(number) }
      wait.pointee.isInterrupted.store(!pending.isEmpty || pendingExit != nil, ordering: .releasing)
    }
  }

  /// Asks the task to leave what it is doing. One that waits is woken, one that runs finds out soon.
  func interrupt(_ interrupt: TaskInterrupt) {
    let isNew = lock.withLock { () -> Bool in
      if result != nil || pending.contains(where: { $0.interrupt == interrupt }) { return false }
      if case .leaveBlock(let number) = interrupt, !blocks.contains(number) { return false }
      pending.append((interrupt, nil))
      wait.pointee.isInterrupted.store(true, ordering: .sequentiallyConsistent)
      return true
    }
    if isNew { wakeInterrupted() }
  }

  /// Ends the whole program, of which this is the main task.
  func exit(_ exit: ProgramExit) {
    lock.withLock {
      if result != nil { return }
      pendingExit = (exit, nil)
      wait.pointee.isInterrupted.store(true, ordering: .sequentiallyConsistent)
    }
    wakeInterrupted()
  }

  private func wakeInterrupted() {
    if wait.pointee.claimAnyTicket() {
      wait.pointee.outcome = .interrupted
      scheduler.makeReady(wait)
    }
  }

  /// Returns what a running task must raise now, the outermost first; nil where it may go on.
  func takeInterrupt() -> (any Error)? {
    if !wait.pointee.isInterrupted.load(ordering: .acquiring) { return nil }
    let now = Clock.monotonic
    func isDue(_ deliveredAt: Int?) -> Bool { deliveredAt.map { now - $0 >= Task.grace } ?? true }
    return lock.withLock {
      if let exit = pendingExit {
        guard isDue(exit.deliveredAt) else { return nil }
        pendingExit!.deliveredAt = now
        return exit.exit
      }
      let index =
        pending.firstIndex { $0.interrupt == .cancelled }
        ?? pending.indices.min { order(pending[$0].interrupt) < order(pending[$1].interrupt) }
      guard let index, isDue(pending[index].deliveredAt) else { return nil }
      pending[index].deliveredAt = now
      return pending[index].interrupt
    }
  }

  /// True if `takeInterrupt` would return something.
  var hasDueInterrupt: Bool {
    lock.withLock {
      let due = pendingExit.map { $0.deliveredAt } ?? nil
      if pendingExit != nil, due == nil { return true }
      return pending.contains { $0.deliveredAt == nil } || graceIsOver
    }
  }

  /// True if an interrupt was delivered so long ago that it may be again; under the lock.
  private var graceIsOver: Bool {
    let delivered = pending.compactMap(\.deliveredAt) + (pendingExit?.deliveredAt.map { [$0] } ?? [])
    return delivered.contains { Clock.monotonic - $0 >= Task.grace }
  }

  /// Returns a timer that ends the wait that has begun when the time for deferred blocks is over; nil
  /// where no interrupt was delivered.
  func graceTimer() -> Timer? {
    if !wait.pointee.isInterrupted.load(ordering: .acquiring) { return nil }
    return Timer(scheduler.now + Task.grace, .wake(self, ticket: wait.pointee.lastTicket))
  }

  /// How long blocks wait for their tasks when the program ends, in nanoseconds.
  private static let exitPatience = 60_000_000

  /// When the task waits no more for others, since the whole program ends; nil where it does not. In a seeded
  /// run, where no person waits, there is no such moment.
  private var exitDeadline: Int? {
    if scheduler.lottery != nil { return nil }
    return lock.withLock { pendingExit?.deliveredAt.map { $0 + Task.exitPatience } }
  }

  /// True if the program was told to end so long ago that nobody is waited for.
  var isExitOverdue: Bool { exitDeadline.map { Clock.monotonic >= $0 } ?? false }

  /// Returns a timer that ends the wait that has begun when `isExitOverdue`; nil where the program goes on.
  func exitTimer() -> Timer? {
    exitDeadline.map { Timer($0, .wake(self, ticket: wait.pointee.lastTicket)) }
  }

  private func order(_ interrupt: TaskInterrupt) -> Int {
    if case .leaveBlock(let number) = interrupt { return number }
    return 0
  }

  // MARK: The end

  /// Runs the call, on the task's own stack, to its end or to a wait that is the last thing it does: `work` is
  /// then that, and there is no result yet.
  func run() -> TaskResult? {
    guard case .call(let function, let arguments, let labels) = work else {
      unreachable("no call of \(name)")
    }
    work = .none
    do {
      if let error = takeInterrupt() { throw error }
      let context = wait.pointee.context!.takeUnretainedValue()
      context.lastStepDepth = function.lastStepDepth
      var values = arguments
      let value = try values.withUnsafeMutableBufferPointer {
        try function.call($0, labels: labels, general: context)
      }
      guard case .last(let wait, _) = work else { return .value(value) }
      work = .last(wait, in: function)
      return nil
    } catch { return result(of: error, in: function) }
  }

  /// Returns how a task ends whose function raised an error.
  func result(of error: any Error, in function: FunctionValue) -> TaskResult {
    switch error {
    case let error as SwaleError:
      if error.location == nil { error.location = spawnedAt }
      // What belongs to a builtin shows no more of itself than builtins do.
      if !(function is NativeFunction), let spawnedAt, error.trace.count < SwaleError.traceLimit {
        error.trace.append((name, spawnedAt))
      }
      return .failure(error)
    case let exit as ProgramExit: scheduler.exit(exit)
    default: break
    }
    return .cancelled
  }

  /// Sets the result, wakes whoever awaits it and tells the scope.
  func finish(_ result: TaskResult) {
    work = .none
    timer = nil
    let waiting = lock.withLock { () -> [Awaiter] in
      self.result = result
      pending = []
      wait.pointee.isInterrupted.store(false, ordering: .releasing)
      if !awaiters.isEmpty { isDelivered = true }
      defer { awaiters = [] }
      return awaiters
    }
    _ = output?.close(scheduler.makeReady)
    if !isMain { home.ended(self, unhandled: unhandledError()) }
    // Last, so that who has awaited a task finds it in no list.
    for awaiter in waiting { awaiter.taskEnded(result) }
  }

  /// Returns the error that no `await` has got, where none can get it any more.
  private func unhandledError() -> SwaleError? {
    lock.withLock {
      // The results of a stage that nobody holds are wanted no more, and its error as little.
      guard case .failure(let error)? = result, !isDelivered, !isHeld, output == nil else { return nil }
      isDelivered = true
      return error
    }
  }

  /// Returns the error that no `await` has got, although one could; for the end of a scope. What a stage that was
  /// started at the prompt has to say can still be received.
  func takeUndelivered() -> SwaleError? {
    lock.withLock {
      guard case .failure(let error)? = result, !isDelivered,
        output == nil || isHeld && home.kind != .entry
      else { return nil }
      isDelivered = true
      return error
    }
  }

  /// Notes that the program holds the task no more.
  func letGoByProgram() {
    lock.withLock { isHeld = false }
    if let error = unhandledError() { home.failed(error) }
  }

  /// Ends a stage whose results nobody can receive any more.
  func abandon() {
    lock.withLock { isHeld = false }
    interrupt(.cancelled)
  }

  /// Registers an awaiter; returns the result where there is one already.
  func addAwaiter(_ awaiter: Awaiter) -> TaskResult? {
    lock.withLock {
      if let result {
        isDelivered = true
        return result
      }
      awaiters.append(awaiter)
      return nil
    }
  }

  func removeAwaiter(_ awaiter: Awaiter) { lock.withLock { awaiters.removeAll { $0 === awaiter } } }

  /// Lets go of a task that its scope held until it had left its stack for good.
  func letGo() { Unmanaged.passUnretained(self).release() }

  var currentResult: TaskResult? { lock.withLock { result } }
  var isDone: Bool { currentResult != nil }

  var hasFailed: Bool {
    switch currentResult {
    case .failure, .cancelled: true
    case .value, nil: false
    }
  }

  /// Returns the value of a task that has one.
  func takeValue() -> Value {
    guard case .value(let value)? = currentResult else { unreachable("no value of \(name)") }
    return value
  }

  /// Returns what awaiting a task raises that has no value.
  func takeFailure(at location: Location?) -> SwaleError {
    lock.withLock {
      isDelivered = true
      // Each that awaits gets an error of its own, since it adds to it on the way.
      if case .failure(let error)? = result { return error.copy() }
      return SwaleError(.cancelled, "\(name) was cancelled", at: location)
    }
  }
}

/// How a task ended.
enum TaskResult {
  case value(Value)
  case failure(SwaleError)
  case cancelled
}

/// A wait for one or more tasks: over when all have a value, or the first has none.
final class Awaiter {
  // The task that awaits takes the awaiter back before it goes on.
  private let wait: UnsafeMutablePointer<TaskWait>
  unowned(unsafe) private let scheduler: Scheduler
  private let ticket: UInt64
  private let remaining: Atomic<Int>

  init(_ c: Context, ticket: UInt64, count: Int) {
    wait = c.wait
    scheduler = c.scheduler
    self.ticket = ticket
    remaining = Atomic(count)
  }

  func taskEnded(_ result: TaskResult) {
    let left = remaining.subtract(1, ordering: .acquiringAndReleasing).newValue
    if case .value = result, left > 0 { return }
    if wait.pointee.claim(ticket) {
      wait.pointee.outcome = .done(arm: 0)
      scheduler.makeReady(wait)
    }
  }
}
