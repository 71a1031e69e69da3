import Glibc
import Synchronization

/// The workers of a scheduler: who works, who sleeps, and who is woken when there is more to do.
///
/// Worker 0 is the thread that evaluates programs; others have threads of their own, which are started
/// when there is something for them to do.
///
/// Whoever adds work looks afterwards whether a worker is missing; whoever goes to sleep says so first
/// and looks for work afterwards: one of them sees the other.
///
/// Safety: what is not atomic is guarded by the lock; workers are kept until the pool ends.
final class WorkerPool {
  private let workerLimit: Atomic<Int>
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let threadEnded: UnsafeMutablePointer<pthread_cond_t>
  // Grows at its end only, so that it can be read without the lock.
  private let table: UnsafeMutablePointer<Unmanaged<Worker>>
  private let tableCount = Atomic<Int>(0)
  private var idle: [Worker] = []
  /// The one of those that waits for timers and descriptors.
  private var polling: Worker?
  private var threadCount = 0
  private var isMainAway = true
  private let stopping = Atomic<Bool>(false)
  /// Those that work or look for work, without those in a system call.
  private let active = Atomic<Int>(0)
  /// Those inside a system call that may take long; others stand in for them.
  private let blocked = Atomic<Int>(0)
  /// Those that were woken and have found nothing yet: while there is one, no other is woken.
  private let searching = Atomic<Int>(0)
  /// How many that were woken in a row had next to nothing to do.
  private let idleWakes = Atomic<Int>(0)
  private let lastWake = Atomic<Int>(0)

  /// More threads are never started, whatever blocks.
  private static let threadLimit = 1024
  /// A worker that sleeps again within so many nanoseconds was woken in vain.
  private static let worthWaking = 50_000
  /// So many in vain, and more are woken only for work that has been waiting for a while.
  private static let patience = 4
  private static let restBetweenWakes = 500_000

  init(limit: Int) {
    workerLimit = Atomic(limit)
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    threadEnded = .allocate(capacity: 1)
    pthread_cond_init(threadEnded, nil)
    table = .allocate(capacity: WorkerPool.threadLimit + 1)
  }

  deinit {
    for worker in 0..<tableCount.load(ordering: .relaxed) { table[worker].release() }
    table.deallocate()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    pthread_cond_destroy(threadEnded)
    threadEnded.deallocate()
  }

  /// How many work at the same time; threads that are there already sleep where it becomes less.
  var limit: Int {
    get { workerLimit.load(ordering: .relaxed) }
    set { workerLimit.store(newValue, ordering: .relaxed) }
  }

  private func locked<R>(_ body: () throws -> R) rethrows -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }

  /// Adds a worker; the first is that of the thread that evaluates programs.
  func add(_ worker: Worker) {
    let count = tableCount.load(ordering: .relaxed)
    table.advanced(by: count).initialize(to: .passRetained(worker))
    tableCount.store(count + 1, ordering: .releasing)
  }

  var main: Worker { table[0].takeUnretainedValue() }
  var count: Int { tableCount.load(ordering: .acquiring) }
  subscript(index: Int) -> Unmanaged<Worker> { table[index] }

  var isStopping: Bool { stopping.load(ordering: .acquiring) }

  /// Notes whether the thread that evaluates programs is one of those that work.
  func setMainAway(_ isAway: Bool) {
    locked {
      isMainAway = isAway
      active.add(isAway ? -1 : 1, ordering: .sequentiallyConsistent)
    }
  }

  // MARK: Waking

  /// Called after work was added: wakes a worker for it where one is missing and none is searching.
  @inline(__always) func workArrived() {
    if isWorkerMissing, idleWakes.load(ordering: .relaxed) < WorkerPool.patience { wakeOne() }
  }

  /// Called now and then while work waits: wakes a worker even where that was in vain lately.
  func offerWork() {
    if !isWorkerMissing { return }
    if idleWakes.load(ordering: .relaxed) >= WorkerPool.patience,
      Clock.monotonic - lastWake.load(ordering: .relaxed) < WorkerPool.restBetweenWakes
    {
      return
    }
    wakeOne()
  }

  /// Called after work was added that nobody may come to for long.
  func needWorker() { if isWorkerMissing { wakeOne() } }

  @inline(__always) private var isWorkerMissing: Bool {
    active.load(ordering: .sequentiallyConsistent) < limit && searching.load(ordering: .relaxed) == 0
  }

  @inline(never) private func wakeOne() {
    locked {
      if isStopping || active.load(ordering: .relaxed) >= limit { return }
      lastWake.store(Clock.monotonic, ordering: .relaxed)
      // One that sleeps rather than the one that polls.
      if let index = idle.lastIndex(where: { $0 !== polling }) ?? idle.indices.last {
        wake(index)
      } else {
        startThread()
      }
    }
  }

  /// Wakes a sleeping worker; under the lock.
  private func wake(_ index: Int) {
    let worker = idle.remove(at: index)
    active.add(1, ordering: .sequentiallyConsistent)
    worker.isWoken = true
    beginSearch(worker)
    if worker === polling {
      worker.scheduler.descriptors.poller.wake()
    } else {
      pthread_cond_signal(worker.condition)
    }
  }

  /// Wakes worker 0, if it sleeps.
  func wakeMain() { locked { if let index = idle.firstIndex(where: { $0 === main }) { wake(index) } } }

  private func beginSearch(_ worker: Worker) {
    worker.isSearching = true
    searching.add(1, ordering: .sequentiallyConsistent)
  }

  /// Counts a worker out of those that search, if it is one.
  func endSearch(_ worker: Worker) {
    if !worker.isSearching { return }
    worker.isSearching = false
    searching.subtract(1, ordering: .sequentiallyConsistent)
  }

  // MARK: Sleeping

  /// What a worker without work is to do.
  enum Rest {
    /// Go on: it was woken, or need not sleep.
    case over
    /// Wait for timers and descriptors, then call `endPolling`.
    case poll
    /// All workers wait, and nothing can ever wake them.
    case deadlock
  }

  /// Puts a worker to sleep unless `isOver`, or there is work after all.
  func rest(
    _ worker: Worker, isOver: () -> Bool, hasWork: () -> Bool, nothingCanHappen: () -> Bool
  ) -> Rest {
    endSearch(worker)
    noteWorth(of: worker)
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    if isOver() { return .over }
    worker.isWoken = false
    idle.append(worker)
    active.subtract(1, ordering: .sequentiallyConsistent)
    if hasWork() {
      leave(worker)
      return .over
    }
    if !isMainAway, idle.count == threadCount + 1, blocked.load(ordering: .acquiring) == 0, nothingCanHappen()
    {
      leave(worker)
      return .deadlock
    }
    if polling == nil {
      polling = worker
      return .poll
    }
    while !worker.isWoken { pthread_cond_wait(worker.condition, mutex) }
    worker.wokenAt = Clock.monotonic
    return .over
  }

  /// Takes a worker that nobody woke out of those that sleep; under the lock.
  private func leave(_ worker: Worker) {
    if let index = idle.firstIndex(where: { $0 === worker }) {
      idle.remove(at: index)
      active.add(1, ordering: .sequentiallyConsistent)
    }
  }

  /// With `needsAnother`, someone else waits for timers and descriptors from now on.
  func endPolling(_ worker: Worker, needsAnother: Bool) {
    locked {
      polling = nil
      leave(worker)
      if worker.isWoken { worker.wokenAt = Clock.monotonic }
      if needsAnother, let index = idle.indices.last { wake(index) }
    }
  }

  private func noteWorth(of worker: Worker) {
    if worker.wokenAt == 0 { return }
    if Clock.monotonic - worker.wokenAt > WorkerPool.worthWaking {
      idleWakes.store(0, ordering: .relaxed)
    } else {
      idleWakes.add(1, ordering: .relaxed)
    }
    worker.wokenAt = 0
  }

  /// Calls `body`, which may block the thread; another worker stands in for it.
  func blocking<R>(_ body: () throws -> R) rethrows -> R {
    blocked.add(1, ordering: .sequentiallyConsistent)
    active.subtract(1, ordering: .sequentiallyConsistent)
    defer {
      active.add(1, ordering: .sequentiallyConsistent)
      blocked.subtract(1, ordering: .sequentiallyConsistent)
    }
    return try body()
  }

  // MARK: Threads

  /// Starts one more worker; under the lock.
  private func startThread() {
    let count = tableCount.load(ordering: .relaxed)
    if count > WorkerPool.threadLimit { return }
    let worker = Worker(count, main.scheduler)
    let start = ThreadStart(worker)
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // Before the thread begins: it counts itself out again.
    active.add(1, ordering: .sequentiallyConsistent)
    beginSearch(worker)
    let code = pthread_create(
      &thread, &attributes,
      { pointer in
        Unmanaged<ThreadStart>.fromOpaque(pointer!).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(start).toOpaque())
    pthread_attr_destroy(&attributes)
    if code != 0 {
      // Fewer threads than wanted do the work as well.
      Unmanaged.passUnretained(start).release()
      active.subtract(1, ordering: .sequentiallyConsistent)
      endSearch(worker)
      return
    }
    threadCount += 1
    add(worker)
  }

  private final class ThreadStart {
    private let worker: Worker
    private let scheduler: Scheduler
    // What tasks use outlives the threads.
    private let runtime: Runtime
    init(_ worker: Worker) {
      self.worker = worker
      scheduler = worker.scheduler
      runtime = scheduler.runtime
    }

    func run() {
      worker.wokenAt = Clock.monotonic
      worker.run { scheduler.workers.isStopping }
      scheduler.workers.endThread(worker)
    }
  }

  private func endThread(_ worker: Worker) {
    endSearch(worker)
    locked {
      threadCount -= 1
      active.subtract(1, ordering: .sequentiallyConsistent)
      pthread_cond_broadcast(threadEnded)
    }
  }

  var hasThreads: Bool { locked { threadCount > 0 } }

  /// Ends the threads. One that does not end in time is left to itself.
  func stop() {
    locked {
      stopping.store(true, ordering: .releasing)
      while let index = idle.indices.last { wake(index) }
      var limit = timespec()
      clock_gettime(CLOCK_REALTIME, &limit)
      limit.tv_sec += 1
      while threadCount > 0, pthread_cond_timedwait(threadEnded, mutex, &limit) == 0 {
        while let index = idle.indices.last { wake(index) }
      }
    }
  }
}
