import CStack
import Glibc

/// A thread that runs tasks, one after the other, each on the task's own stack.
///
/// Safety: others take from the queue; `isWoken` is guarded by the pool's lock; all else belongs to
/// the worker's thread, on whatever stack it is.
final class Worker {
  unowned(unsafe) let scheduler: Scheduler
  unowned(unsafe) private let pool: WorkerPool
  /// Tasks that wait for this worker, unless others take them.
  let queue = TaskQueue()
  private let index: Int
  /// What runs before the queue: the task that was made ready last, which takes over where the one
  /// that runs begins to wait. Nobody else takes it.
  private var next: Unmanaged<Task>?
  /// How many times in a row `next` went first.
  private var turnsOfNext = 0
  private var turns = 0
  /// Where the worker's own stack is suspended while a task runs.
  private var stackPointer: UnsafeMutableRawPointer?
  /// The context of the task that runs.
  private(set) var running: Unmanaged<Context>?
  private var after = After.parked
  /// When the task that runs first looked at the clock; 0 before.
  private var turnBegan = 0
  // The rest is the pool's.
  var isWoken = false
  /// True from being woken or started until it has found work or gone to sleep.
  var isSearching = false
  /// When it was woken or started; 0 where it has rested since.
  var wokenAt = 0
  let condition: UnsafeMutablePointer<pthread_cond_t>

  /// What becomes of a task that has left its stack.
  private enum After {
    case parked, yielded, waitsLast, ended
  }

  /// A task made ready by the running one goes first so often; then it is the queue's turn.
  private static let turnLimit = 32

  init(_ index: Int, _ scheduler: Scheduler) {
    self.index = index
    self.scheduler = scheduler
    pool = scheduler.workers
    condition = .allocate(capacity: 1)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
  }

  /// The worker whose thread this is; nil on other threads.
  static var current: Unmanaged<Worker>? { cstack_current().map { .fromOpaque($0) } }

  // MARK: The queue

  /// True if something waits for this worker.
  var hasWaiting: Bool { next != nil || !queue.isEmpty }

  func enqueue(_ task: Task) {
    if let lottery = scheduler.lottery { return lottery.add(Unmanaged.passUnretained(task)) }
    append(Unmanaged.passUnretained(task))
  }

  /// Goes on with a task whose timer was due: at once where nothing is left for it but to end, and before others
  /// where a person may wait for it.
  func wake(_ task: Task) {
    if task.isInLastWait, scheduler.lottery == nil {
      waitLast(task, after: task.wait.pointee.outcome)
    } else if task.isMain {
      enqueueFirst(task)
    } else {
      enqueue(task)
    }
  }

  /// Lets a task run before others.
  func enqueueFirst(_ task: Task) {
    if let lottery = scheduler.lottery { return lottery.add(Unmanaged.passUnretained(task)) }
    runNext(Unmanaged.passUnretained(task))
  }

  private func append(_ task: Unmanaged<Task>) {
    queue.append(task)
    pool.workArrived()
  }

  /// Lets a task that was made ready run when the present one waits; what was to run then is queued.
  func runNext(_ task: Unmanaged<Task>) {
    let earlier = next
    next = task
    if let earlier { append(earlier) }
  }

  /// Lets others take what this worker will not come to soon.
  func share() {
    queueNext()
    if !queue.isEmpty { pool.needWorker() }
  }

  /// The same for a worker that goes on working.
  func offer() {
    queueNext()
    if !queue.isEmpty || !scheduler.shared.isEmpty { pool.offerWork() }
  }

  private func queueNext() {
    if let next {
      self.next = nil
      queue.append(next)
    }
  }

  private func take() -> Unmanaged<Task>? {
    turns &+= 1
    if turns & 63 == 0 {
      scheduler.runDueTimers(self)
      if !queue.isEmpty { pool.offerWork() }
      if let task = scheduler.shared.popFirst() { return task }
    }
    if let task = next, turnsOfNext < Worker.turnLimit || queue.isEmpty {
      next = nil
      turnsOfNext &+= 1
      return task
    }
    turnsOfNext = 0
    if let task = queue.popFirst() { return task }
    if let task = next {
      next = nil
      return task
    }
    return scheduler.shared.popFirst()
  }

  func stealFromOthers() -> Unmanaged<Task>? {
    let count = pool.count
    for i in 1..<max(1, count) {
      let victim = pool[(index + i) % count]
      let task = victim._withUnsafeGuaranteedRef { $0.queue.takeHalf(limit: 128, to: queue) }
      if let task { return task }
    }
    return nil
  }

  // MARK: The loop

  /// Runs tasks until `isOver` says so, on the worker's own stack.
  func run(until isOver: () -> Bool) {
    let outer = cstack_current()
    cstack_set_current(Unmanaged.passUnretained(self).toOpaque())
    cstack_report_overflow()
    defer { cstack_set_current(outer) }
    while !isOver() {
      guard let task = take() ?? scheduler.findWork(self) else {
        scheduler.idle(self, until: isOver)
        continue
      }
      if isSearching {
        pool.endSearch(self)
        // There may be more than it found.
        if !queue.isEmpty || !scheduler.shared.isEmpty { pool.workArrived() }
      }
      task._withUnsafeGuaranteedRef { run($0) }
    }
  }

  /// Runs a task until it waits, yields or ends.
  @inline(__always) private func run(_ task: Task) {
    let wait = task.wait
    if wait.pointee.context == nil, !start(task) { return }
    wait.pointee.resume()
    let context = wait.pointee.context!
    context._withUnsafeGuaranteedRef { $0.worker = Unmanaged.passUnretained(self) }
    turnBegan = 0
    running = context
    cstack_switch(&stackPointer, wait.pointee.stackPointer)
    running = nil
    switch after {
    case .parked: if wait.pointee.park() { enqueue(task) }
    case .yielded: yielded(task)
    case .waitsLast, .ended: left(task)
    }
  }

  /// Gives a task a stack; false where it is not to run now.
  @inline(never) private func start(_ task: Task) -> Bool {
    if task.isInLastWait {
      waitLast(task, after: task.wait.pointee.outcome)
      return false
    }
    guard let stack = scheduler.stacks.take() else {
      scheduler.failToStart(task)
      return false
    }
    task.begin(stack)
    return true
  }

  /// Goes on with a task that has left its stack for good.
  @inline(never) private func left(_ task: Task) {
    cstack_discard(task.wait.pointee.stackPointer)
    if case .ended = after { return scheduler.recycle(task) }
    scheduler.takeStack(of: task)
    waitLast(task, after: nil)
  }

  /// Waits in the place of a task that has left its stack, or ends it where that is over.
  private func waitLast(_ task: Task, after outcome: WaitOutcome?) {
    task.wait.pointee.resume()
    if let result = task.waitLast(after: outcome) {
      task.finish(result)
      task.letGo()
    } else if task.wait.pointee.park() {
      enqueue(task)
    }
  }

  /// A task that has had its turn stands behind all others.
  private func yielded(_ task: Task) {
    if let lottery = scheduler.lottery { return lottery.add(Unmanaged.passUnretained(task)) }
    scheduler.shared.append(Unmanaged.passUnretained(task))
    pool.workArrived()
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

  /// Leaves the stack of a task for good: it has ended, or is in its last wait.
  static func switchFromEnded(_ wait: UnsafeMutablePointer<TaskWait>) {
    let worker = wait.pointee.context!._withUnsafeGuaranteedRef { $0.worker! }
    let isInLastWait = wait.pointee.task._withUnsafeGuaranteedRef { $0.isInLastWait }
    let stackPointer = worker._withUnsafeGuaranteedRef { worker in
      worker.after = isInLastWait ? .waitsLast : .ended
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
          if let result = task.run() { task.finish(result) }
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
