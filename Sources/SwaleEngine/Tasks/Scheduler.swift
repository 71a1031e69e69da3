import Glibc
import Synchronization
import SwaleSyntax

/// Runs tasks on the cores: workers that take work from each other, timers, and a poller for file
/// descriptors.
///
/// With a seed there is one worker, the next task is drawn by lot, and time passes only when all
/// tasks wait: a run can be repeated exactly.
public final class Scheduler {
  unowned(unsafe) let runtime: Runtime
  let lottery: Lottery?
  let workers: WorkerPool
  /// Tasks that are ready and belong to no worker, or have had their turn.
  let shared = TaskQueue()
  let timers = Timers()
  /// There once a program runs.
  private(set) var descriptors: DescriptorWaits!
  let scopes = LiveScopes()
  let stacks: StackPool
  let deepStacks = DeepStackPool()
  private let lastID = Atomic<Int>(0)

  private let mainLock = SpinLock()
  private var main: Task?
  private let mainIsDone = Atomic<Bool>(true)

  /// Called with the error of a task that nobody can await any more, outside of all scopes.
  public var onUnhandled: (SwaleError) -> Void = { _ in }

  init(_ runtime: Runtime, workers: Int, seed: Int?) {
    self.runtime = runtime
    lottery = seed.map { Lottery(seed: $0) }
    stacks = StackPool(runtime)
    self.workers = WorkerPool(limit: seed != nil ? 1 : max(1, workers))
    self.workers.add(Worker(0, self))
  }

  deinit {
    if let descriptors, Interrupt.wakeup == descriptors.poller.wakeup { Interrupt.wakeup = -1 }
  }

  /// How many tasks run at the same time.
  public var workerCount: Int {
    get { workers.limit }
    set { workers.limit = max(1, newValue) }
  }

  /// How many tasks were started so far.
  public var startedCount: Int { lastID.load(ordering: .relaxed) }

  /// The clock of timers, in nanoseconds: monotonic, or that of the seeded run.
  var now: Int { lottery?.now ?? Clock.monotonic }

  /// The time of day.
  public var timeOfDay: Int { lottery?.timeOfDay ?? Clock.now }

  /// Returns the moment so many nanoseconds from now.
  func deadline(in nanoseconds: Int) -> Int {
    let (sum, overflow) = now.addingReportingOverflow(max(0, nanoseconds))
    return overflow ? Int.max : sum
  }

  // MARK: The main task

  /// The task that evaluates the program; nil while nothing is evaluated.
  var mainTask: Task? { mainLock.withLock { main } }

  var isMainDone: Bool { mainIsDone.load(ordering: .acquiring) }

  /// Runs `body` as the main task on a stack and returns when it has ended; other tasks run meanwhile.
  /// Called by the thread that made the scheduler.
  func runMain(
    _ stack: DeepStack, _ context: Context, _ kind: TaskScope.Kind, _ body: @escaping () throws -> Void
  ) throws {
    openPoller()
    let scope = TaskScope(kind, scheduler: self)
    let task = Task(id: 0, scheduler: self, home: scope, function: nil)
    scope.setOwner(task)
    scopes.add(scope)
    let end = MainEnd()
    mainLock.withLock { main = task }
    mainIsDone.store(false, ordering: .releasing)
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
    workers.setMainAway(false)
    workers.main.enqueueFirst(task)
    workers.main.run { self.isMainDone }
    workers.setMainAway(true)
    workers.main.share()
    mainLock.withLock { main = nil }
    context.detach()
    if kind == .entry { scope.endEntry() }
    scopes.forgetEmpty()
    if let error = end.error { throw error }
  }

  private final class MainEnd { var error: (any Error)? }

  private func openPoller() {
    if descriptors != nil { return }
    guard let poller = Poller() else { fatalError("swale: the system gives no file descriptors") }
    descriptors = DescriptorWaits(poller)
    Interrupt.wakeup = poller.wakeup
  }

  /// Ends the program with this exit, whatever task asks for it.
  func exit(_ exit: ProgramExit) { mainTask?.exit(exit) }

  /// Stops what was started by the program that is being evaluated.
  func interruptProgram() {
    guard let mainTask else { return }
    mainTask.exit(.interrupted)
    mainTask.home.cancelSoon()
  }

  func report(_ error: SwaleError) { onUnhandled(error) }

  // MARK: Tasks

  /// Starts a task that runs a call. `isHeld` is whether the program holds it, `output` what it fills.
  func spawn(
    _ function: FunctionValue, _ arguments: [Value] = [], _ labels: [String?] = [], at location: Location?,
    isHeld: Bool = false, output: Channel? = nil, _ c: Context
  ) -> Task {
    let scope = c.task.scope
    let task = Task(
      id: lastID.add(1, ordering: .relaxed).newValue, scheduler: self, home: scope, function: function,
      arguments: arguments, labels: labels, spawnedAt: location, output: output,
      isHeld: isHeld || output != nil)
    scope.add(task)
    c.worker!._withUnsafeGuaranteedRef { $0.enqueue(task) }
    return task
  }

  /// Runs a task again whose wait is over.
  func makeReady(_ wait: UnsafeMutablePointer<TaskWait>) {
    let worker = Worker.current?.takeUnretainedValue()
    if let context = worker?.running { return context._withUnsafeGuaranteedRef { $0.makeReady(wait) } }
    if !wait.pointee.unpark() { return }
    if let worker {
      wait.pointee.task._withUnsafeGuaranteedRef { worker.enqueue($0) }
    } else {
      inject(wait.pointee.task)
    }
  }

  /// Queues a task for whoever comes first.
  func inject(_ task: Unmanaged<Task>) {
    if let lottery { return lottery.add(task) }
    shared.append(task)
    workers.needWorker()
  }

  /// Gives back what a task that has ended used.
  func recycle(_ task: Task) {
    if task.stack != nil {
      takeStack(of: task)
      task.letGo()
    } else {
      // From here on the thread that waits for the main task may free it.
      mainIsDone.store(true, ordering: .sequentiallyConsistent)
      workers.wakeMain()
    }
  }

  /// Takes the stack of a task that has left it for good.
  func takeStack(of task: Task) {
    let stack = task.stack!
    task.stack = nil
    task.wait.pointee.context = nil
    stacks.give(stack)
  }

  /// Ends a task for whose stack there is no memory.
  func failToStart(_ task: Task) {
    task.finish(
      .failure(
        SwaleError(.depth, "there is no memory for the stack of another task", at: task.spawnedAt)))
    task.letGo()
  }

  /// Cancels all tasks and ends the threads. Tasks that do not end in time are left to themselves.
  func stop() {
    for task in scopes.tasks { task.interrupt(.cancelled) }
    let deadline = Clock.monotonic + 500_000_000
    while workers.hasThreads, Clock.monotonic < deadline, !scopes.tasks.isEmpty { usleep(1000) }
    workers.stop()
  }
}
