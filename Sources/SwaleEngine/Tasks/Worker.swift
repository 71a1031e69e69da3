import CStack
import Glibc
import Synchronization

/// A thread that runs tasks, one after the other, each on the task's own stack.
///
/// Safety: `next`, `stackPointer` and `after` belong to the worker's thread, on whatever stack it is;
/// the queue is guarded by its lock, since others take from it.
final class Worker {
  let index: Int
  unowned(unsafe) let scheduler: Scheduler
  /// What runs before the queue: the task that was made ready last, which takes over where the one
  /// that runs begins to wait. Nobody else takes it.
  private var next: Unmanaged<Task>?
  /// How many times in a row `next` went first.
  private var turnsOfNext = 0
  private var lock = cstack_lock()
  private var queue = Ring<Unmanaged<Task>>(capacity: 64)
  private var queued = 0
  /// Where the worker's own stack is suspended while a task runs.
  private var stackPointer: UnsafeMutableRawPointer?
  private var after = After.parked
  /// When the task that runs first looked at the clock; 0 before.
  private var turnBegan = 0
  private var turns = 0
  /// Guarded by the scheduler's idle lock.
  var isWoken = false
  /// True from being woken or started until it has found work or gone to sleep; while one is so, no
  /// other is woken.
  var isSearching = false
  let condition: UnsafeMutablePointer<pthread_cond_t>

  /// What becomes of a task that has left its stack.
  private enum After {
    case parked, yielded, ended
  }

  /// A task made ready by the running one goes first so often; then it is the queue's turn.
  private static let turnLimit = 32

  init(_ index: Int, _ scheduler: Scheduler) {
    self.index = index
    self.scheduler = scheduler
    condition = .allocate(capacity: 1)
    pthread_cond_init(condition, nil)
  }

  deinit {
    queue.destroy()
    pthread_cond_destroy(condition)
    condition.deallocate()
  }

  // MARK: The queue

  /// True if others may find something here.
  var hasQueued: Bool { queued > 0 }

  /// True if something waits for this worker.
  var hasWaiting: Bool { queued > 0 || next != nil }

  func enqueue(_ task: Task) {
    if let lottery = scheduler.lottery { return lottery.add(Unmanaged.passUnretained(task)) }
    append(Unmanaged.passUnretained(task))
  }

  private func append(_ task: Unmanaged<Task>) {
    cstack_lock_take(&lock)
    queue.append(task)
    queued = queue.count
    cstack_lock_give(&lock)
    scheduler.workArrived()
  }

  private func popQueue() -> Unmanaged<Task>? {
    if queued == 0 { return nil }
    cstack_lock_take(&lock)
    defer { cstack_lock_give(&lock) }
    let task = queue.popFirst()
    queued = queue.count
    return task
  }

  /// Takes half of what another worker has queued; returns one to run, keeping the rest.
  private func steal(from victim: Worker) -> Unmanaged<Task>? {
    if victim.queued == 0 { return nil }
    var taken: [Unmanaged<Task>] = []
    cstack_lock_take(&victim.lock)
    for _ in 0..<min(128, (victim.queue.count + 1) / 2) { taken.append(victim.queue.popFirst()!) }
    victim.queued = victim.queue.count
    cstack_lock_give(&victim.lock)
    guard let first = taken.first else { return nil }
    if taken.count > 1 {
      cstack_lock_take(&lock)
      for task in taken.dropFirst() { queue.append(task) }
      queued = queue.count
      cstack_lock_give(&lock)
    }
    return first
  }

  /// Lets a task that was made ready run when the present one waits; what was to run then is queued.
  func runNext(_ task: Unmanaged<Task>) {
    let earlier = next
    next = task
    if let earlier { append(earlier) }
  }

  /// Lets others take what this worker will not come to soon.
  func share() {
    if let next {
      self.next = nil
      append(next)
    } else if queued > 0 {
      scheduler.workArrived()
    }
  }

  private func take() -> Unmanaged<Task>? {
    turns &+= 1
    if turns & 63 == 0 {
      scheduler.runDueTimers(self)
      if let task = scheduler.popInjected() { return task }
    }
    if let task = next, turnsOfNext < Worker.turnLimit || queued == 0 {
      next = nil
      turnsOfNext &+= 1
      return task
    }
    turnsOfNext = 0
    if let task = popQueue() { return task }
    if let task = next {
      next = nil
      return task
    }
    return scheduler.popInjected()
  }

  func stealFromOthers() -> Unmanaged<Task>? {
    let workers = scheduler.allWorkers
    for i in 1..<max(1, workers.count) {
      if let task = steal(from: workers[(index + i) % workers.count]) { return task }
    }
    return nil
  }

  /// Counts itself out of those that search.
  func stopSearching() {
    if !isSearching { return }
    isSearching = false
    scheduler.searching.subtract(1, ordering: .sequentiallyConsistent)
    // There may be more than it found.
    if scheduler.injectedCount > 0 || queued > 0 { scheduler.workArrived() }
  }

  // MARK: The loop

  /// Runs tasks until `isOver` says so, on the worker's own stack.
  func loop(until isOver: () -> Bool) {
    while !isOver() {
      guard let task = take() ?? scheduler.findWork(self) else {
        scheduler.idle(self, until: isOver)
        continue
      }
      stopSearching()
      task._withUnsafeGuaranteedRef { run($0) }
    }
  }

  /// Runs a task until it waits, yields or ends.
  private func run(_ task: Task) {
    let wait = task.wait
    if wait.pointee.context == nil {
      guard let stack = scheduler.stacks.take() else { return scheduler.failToStart(task) }
      task.begin(stack)
    }
    wait.pointee.resume()
    let context = wait.pointee.context!
    context._withUnsafeGuaranteedRef { $0.worker = Unmanaged.passUnretained(self) }
    turnBegan = 0
    cstack_set_current(context.toOpaque())
    cstack_switch(&stackPointer, wait.pointee.stackPointer)
    cstack_set_current(nil)
    switch after {
    case .parked: if wait.pointee.park() { enqueue(task) }
    case .yielded: scheduler.inject(task)
    case .ended: scheduler.recycle(task)
    }
  }

  /// Leaves the stack of the running task, which waits; returns when it is run again, perhaps by
  /// another worker.
  func switchFromWaiting(_ wait: UnsafeMutablePointer<TaskWait>) {
    after = .parked
    cstack_switch(&wait.pointee.stackPointer, stackPointer)
  }

  func switchFromYielding(_ wait: UnsafeMutablePointer<TaskWait>) {
    after = .yielded
    cstack_switch(&wait.pointee.stackPointer, stackPointer)
  }

  /// Leaves the stack of a task that has ended, for good.
  static func switchFromEnded(_ wait: UnsafeMutablePointer<TaskWait>) {
    let worker = wait.pointee.context!._withUnsafeGuaranteedRef { $0.worker! }
    let stackPointer = worker._withUnsafeGuaranteedRef { worker in
      worker.after = .ended
      return worker.stackPointer
    }
    cstack_switch(&wait.pointee.stackPointer, stackPointer)
  }

  /// Returns when the running task first looked at the clock.
  func beginTurn(_ now: Int) -> Int {
    if turnBegan == 0 { turnBegan = now }
    return turnBegan
  }
}

extension Task {
  /// Prepares a stack so that the first switch to it runs the task.
  fileprivate func begin(_ stack: TaskStack) {
    self.stack = stack
    attach(stack.context)
    wait.pointee.stackPointer = cstack_prepare(
      stack.middle,
      { pointer in
        // The scope holds the task until it has ended.
        let wait = Unmanaged<Task>.fromOpaque(pointer!)._withUnsafeGuaranteedRef { task in
          task.finish(task.run())
          return task.wait
        }
        Worker.switchFromEnded(wait)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func attach(_ context: Context) {
    context.task = self
    context.wait = wait
    context.lot = UInt64(truncatingIfNeeded: id)
    wait.pointee.context = Unmanaged.passUnretained(context)
  }

  /// Gives the main task the stack that it runs on.
  func begin(onDeepStack stack: DeepStack, _ context: Context, _ body: @escaping () -> Void) {
    attach(context)
    let start = StartOfMain(self, body)
    wait.pointee.stackPointer = cstack_prepare(
      stack.top,
      { pointer in
        Worker.switchFromEnded(StartOfMain.run(pointer!))
      }, Unmanaged.passRetained(start).toOpaque())
  }
}

private final class StartOfMain {
  private let task: Task
  private let body: () -> Void
  init(_ task: Task, _ body: @escaping () -> Void) {
    self.task = task
    self.body = body
  }

  /// Runs the body; a function of its own, so that nothing is held when the stack is left for good.
  @inline(never) static func run(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutablePointer<TaskWait> {
    let start = Unmanaged<StartOfMain>.fromOpaque(pointer).takeRetainedValue()
    start.body()
    return start.task.wait
  }
}
