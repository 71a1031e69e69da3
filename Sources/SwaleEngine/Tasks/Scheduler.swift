import CStack
import Glibc
import Synchronization
import SwaleSyntax

/// Runs tasks on the cores: a worker for each, which take work from each other; timers; a poller for
/// file descriptors.
///
/// The thread that evaluates programs is worker 0. It works while a program runs; other threads are
/// started when there is something for them to do, and stand in for it while the prompt waits for input.
///
/// With a seed there is one worker, the next task is drawn by lot, and time passes only when all
/// tasks wait: a run can be repeated exactly.
///
/// Safety: each group of properties is guarded by the lock above it; workers are kept until the
/// scheduler ends.
public final class Scheduler {
  unowned(unsafe) let runtime: Runtime
  let stacks: StackPool
  /// How many tasks run at the same time.
  public let workerCount: Int
  let lottery: Lottery?

  let idleLock: UnsafeMutablePointer<pthread_mutex_t>
  private(set) var allWorkers: [Worker] = []
  /// Earlier values of `allWorkers`, which somebody may be reading.
  private var retired: [[Worker]] = []
  var idleWorkers: [Worker] = []
  var pollingWorker: Worker?
  var isMainAway = true
  private(set) var isStopping = false
  /// Workers with a thread of their own.
  private(set) var threadCount = 0
  private let threadEnded: UnsafeMutablePointer<pthread_cond_t>
  let idleCount = Atomic<Int>(0)
  let searching = Atomic<Int>(0)
  /// Workers inside a system call that may take long.
  let blocked = Atomic<Int>(0)
  private let lastID = Atomic<Int>(0)

  private var injectedLock = cstack_lock()
  private var injected = Ring<Unmanaged<Task>>()
  private(set) var injectedCount = 0

  var timerLock = cstack_lock()
  var timers = Timers()
  /// When the worker that polls wakes by itself; `Int.max` where it does not.
  var pollerDeadline = Int.max

  let poller: Poller
  var descriptorLock = cstack_lock()
  var descriptors: [Int32: [(task: Task, ticket: UInt64)]] = [:]

  private var deepLock = cstack_lock()
  private var deepStacks: [DeepStack] = []

  private var scopeLock = cstack_lock()
  private var liveScopes: [TaskScope] = []

  /// The task that evaluates the program; nil while nothing is evaluated.
  private(set) var mainTask: Task?
  private(set) var isMainDone = true

  /// Called with the error of a task that nobody can await any more, outside of all scopes.
  public var onUnhandled: (SwaleError) -> Void = { _ in }

  init(_ runtime: Runtime, workers: Int, seed: Int?) {
    self.runtime = runtime
    workerCount = seed != nil ? 1 : max(1, workers)
    lottery = seed.map { Lottery(seed: $0) }
    stacks = StackPool(runtime)
    guard let poller = Poller() else { fatalError("swale: the system gives no file descriptors") }
    self.poller = poller
    Interrupt.wakeup = poller.wakeup
    idleLock = .allocate(capacity: 1)
    pthread_mutex_init(idleLock, nil)
    threadEnded = .allocate(capacity: 1)
    pthread_cond_init(threadEnded, nil)
    allWorkers = [Worker(0, self)]
  }

  deinit {
    if Interrupt.wakeup == poller.wakeup { Interrupt.wakeup = -1 }
    pthread_mutex_destroy(idleLock)
    idleLock.deallocate()
    pthread_cond_destroy(threadEnded)
    threadEnded.deallocate()
    injected.destroy()
  }

  private var main: Worker { allWorkers[0] }

  /// The clock of timers, in nanoseconds: monotonic, or that of the seeded run.
  var now: Int { lottery?.now ?? Clock.monotonic }

  /// The time of day.
  public var timeOfDay: Int { lottery?.timeOfDay ?? Clock.now }

  func nextID() -> Int { lastID.add(1, ordering: .relaxed).newValue }

  // MARK: The main task

  /// Runs `body` as the main task on a stack and returns when it has ended; other tasks run meanwhile.
  /// Called by the thread that made the scheduler.
  func runMain(
    _ stack: DeepStack, _ context: Context, _ kind: TaskScope.Kind, _ body: @escaping () throws -> Void
  )
    throws
  {
    let scope = TaskScope(kind, scheduler: self)
    let task = Task(id: 0, scheduler: self, home: scope, function: nil)
    scope.setOwner(task)
    add(scope)
    let end = MainEnd()
    (mainTask, isMainDone) = (task, false)
    task.begin(onDeepStack: stack, context) {
      do {
        var failure: (any Error)?
        do { try body() } catch { failure = error }
        if kind == .script {
          try scope.finish(failure, nil, context)
        } else if let failure {
          throw failure
        }
      } catch { end.error = error }
      task.finish(.value(.null))
    }
    setMainAway(false)
    main.enqueue(task)
    main.loop { self.isMainDone }
    setMainAway(true)
    mainTask = nil
    context.detach()
    if kind == .entry { scope.endEntry() }
    forgetEmptyScopes()
    if let error = end.error { throw error }
  }

  private final class MainEnd { var error: (any Error)? }

  private func setMainAway(_ isAway: Bool) {
    pthread_mutex_lock(idleLock)
    isMainAway = isAway
    pthread_mutex_unlock(idleLock)
    if isAway { main.share() }
  }

  /// Ends the program with this exit, whatever task asks for it.
  func exit(_ exit: ProgramExit) { mainTask?.exit(exit) }

  /// Stops what was started by the program that is being evaluated.
  func interruptProgram() {
    guard let mainTask else { return }
    mainTask.exit(.interrupted)
    mainTask.home.cancelAll()
  }

  // MARK: Scopes

  func add(_ scope: TaskScope) {
    cstack_lock_take(&scopeLock)
    liveScopes.append(scope)
    cstack_lock_give(&scopeLock)
  }

  func remove(_ scope: TaskScope) {
    cstack_lock_take(&scopeLock)
    if let index = liveScopes.lastIndex(where: { $0 === scope }) { liveScopes.remove(at: index) }
    cstack_lock_give(&scopeLock)
  }

  private func forgetEmptyScopes() {
    cstack_lock_take(&scopeLock)
    liveScopes.removeAll { $0.isEmpty }
    cstack_lock_give(&scopeLock)
  }

  /// All tasks that have not ended, oldest first; the main task is not among them.
  var liveTasks: [Task] {
    cstack_lock_take(&scopeLock)
    let scopes = liveScopes
    cstack_lock_give(&scopeLock)
    return scopes.flatMap(\.tasks).sorted { $0.id < $1.id }
  }

  // MARK: Tasks

  /// Starts a task that runs a call.
  func spawn(
    _ function: FunctionValue, _ arguments: [Value], _ labels: [String?], at location: Location, _ c: Context
  ) -> Task {
    let task = Task(
      id: nextID(), scheduler: self, home: c.task.scope, function: function, arguments: arguments,
      labels: labels, spawnedAt: location)
    c.task.scope.add(task)
    c.worker!.takeUnretainedValue().enqueue(task)
    return task
  }

  /// Runs a task again whose wait is over.
  func makeReady(_ wait: UnsafeMutablePointer<TaskWait>) {
    if wait.pointee.unpark() { inject(wait.pointee.task.takeUnretainedValue()) }
  }

  /// Returns the moment so many nanoseconds from now.
  func deadline(in nanoseconds: Int) -> Int {
    let (sum, overflow) = now.addingReportingOverflow(max(0, nanoseconds))
    return overflow ? Int.max : sum
  }

  /// Gives back what a task that has ended used.
  func recycle(_ task: Task) {
    if let stack = task.stack {
      task.stack = nil
      task.wait.pointee.context = nil
      stacks.give(stack)
    } else {
      pthread_mutex_lock(idleLock)
      isMainDone = true
      if let index = idleWorkers.firstIndex(where: { $0 === main }) { wake(index) }
      pthread_mutex_unlock(idleLock)
    }
    task.letGo()
  }

  /// Ends a task for whose stack there is no memory.
  func failToStart(_ task: Task) {
    task.finish(
      .failure(
        SwaleError(.depth, "there is no memory for the stack of another task", at: task.spawnedAt)))
    task.letGo()
  }

  func report(_ error: SwaleError) { onUnhandled(error) }

  // MARK: Queues that belong to no worker

  /// Queues a task that was made ready by no worker, or has had its turn.
  func inject(_ task: Task) {
    if let lottery { return lottery.add(Unmanaged.passUnretained(task)) }
    cstack_lock_take(&injectedLock)
    injected.append(Unmanaged.passUnretained(task))
    injectedCount = injected.count
    cstack_lock_give(&injectedLock)
    workArrived()
  }

  func popInjected() -> Unmanaged<Task>? {
    if injectedCount == 0 { return nil }
    cstack_lock_take(&injectedLock)
    defer { cstack_lock_give(&injectedLock) }
    let task = injected.popFirst()
    injectedCount = injected.count
    return task
  }

  // MARK: Threads; under the idle lock

  /// Starts one more worker.
  func startThread() {
    let worker = Worker(allWorkers.count, self)
    worker.isSearching = true
    let start = ThreadStart(self, worker)
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let code = pthread_create(
      &thread, &attributes,
      { pointer in
        let start = Unmanaged<ThreadStart>.fromOpaque(pointer!).takeRetainedValue()
        start.worker.loop { start.scheduler.isStopping }
        start.scheduler.endThread(start.worker)
        return nil
      }, Unmanaged.passRetained(start).toOpaque())
    pthread_attr_destroy(&attributes)
    if code != 0 {
      // Fewer threads than wanted do the work as well.
      Unmanaged.passUnretained(start).release()
      return
    }
    searching.add(1, ordering: .sequentiallyConsistent)
    threadCount += 1
    retired.append(allWorkers)
    allWorkers = allWorkers + [worker]
  }

  private final class ThreadStart {
    let scheduler: Scheduler
    // What tasks use outlives the threads.
    let runtime: Runtime
    let worker: Worker
    init(_ scheduler: Scheduler, _ worker: Worker) {
      self.scheduler = scheduler
      runtime = scheduler.runtime
      self.worker = worker
    }
  }

  private func endThread(_ worker: Worker) {
    worker.stopSearching()
    pthread_mutex_lock(idleLock)
    threadCount -= 1
    pthread_cond_broadcast(threadEnded)
    pthread_mutex_unlock(idleLock)
  }

  /// Cancels all tasks and ends the threads. Tasks that do not end in time are left to themselves.
  func stop() {
    for task in liveTasks { task.interrupt(.cancelled) }
    let deadline = Clock.monotonic + 500_000_000
    while !liveTasks.isEmpty, Clock.monotonic < deadline, threadCount > 0 { usleep(1000) }
    pthread_mutex_lock(idleLock)
    isStopping = true
    while let index = idleWorkers.indices.last { wake(index) }
    var limit = timespec()
    clock_gettime(CLOCK_REALTIME, &limit)
    limit.tv_sec += 1
    while threadCount > 0, pthread_cond_timedwait(threadEnded, idleLock, &limit) == 0 {
      while let index = idleWorkers.indices.last { wake(index) }
    }
    pthread_mutex_unlock(idleLock)
  }

  // MARK: Deep stacks

  func takeDeepStack() -> DeepStack? {
    cstack_lock_take(&deepLock)
    let idle = deepStacks.popLast()
    cstack_lock_give(&deepLock)
    return idle ?? DeepStack()
  }

  func giveDeepStack(_ stack: DeepStack) {
    cstack_lock_take(&deepLock)
    // More than a few would hold on to memory that they once needed.
    if deepStacks.count < 4 { deepStacks.append(stack) }
    cstack_lock_give(&deepLock)
  }
}
