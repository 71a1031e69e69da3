import CStack
import Glibc
import Synchronization

// How workers without work sleep and are woken.
//
// Whoever adds work looks afterwards whether somebody sleeps; whoever goes to sleep says so first and
// looks for work afterwards. A full fence between the two steps on either side makes sure that one of
// them sees the other.

extension Scheduler {
  /// Called after work was added: wakes a worker for it where one is free and none is searching.
  @inline(__always) func workArrived() {
    if workerCount == 1 && !isMainAway && blocked.load(ordering: .relaxed) == 0 { return }
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if searching.load(ordering: .relaxed) == 0,
      idleCount.load(ordering: .relaxed) > 0 || threadCount < workerCount
        || blocked.load(ordering: .relaxed) > 0
    {
      wakeOne()
    }
  }

  @inline(never) private func wakeOne() {
    if lottery != nil { return }
    pthread_mutex_lock(idleLock)
    defer { pthread_mutex_unlock(idleLock) }
    if isStopping { return }
    let threads = threadCount + (isMainAway ? 0 : 1)
    let active = threads - idleWorkers.count - blocked.load(ordering: .acquiring)
    if active >= workerCount { return }
    // One that sleeps rather than the one that polls.
    if let index = idleWorkers.lastIndex(where: { $0 !== pollingWorker }) ?? idleWorkers.indices.last {
      wake(index)
    } else {
      startThread()
    }
  }

  /// Wakes a sleeping worker; under the idle lock.
  func wake(_ index: Int) {
    let worker = idleWorkers.remove(at: index)
    idleCount.store(idleWorkers.count, ordering: .relaxed)
    worker.isWoken = true
    worker.isSearching = true
    searching.add(1, ordering: .sequentiallyConsistent)
    if worker === pollingWorker { poller.wake() } else { pthread_cond_signal(worker.condition) }
  }

  private func hasWork(_ worker: Worker) -> Bool {
    worker.hasWaiting || injectedCount > 0 || allWorkers.contains { $0.hasQueued }
  }

  /// Looks for work that others have.
  func findWork(_ worker: Worker) -> Unmanaged<Task>? {
    if let lottery { return lottery.draw() }
    return worker.stealFromOthers() ?? popInjected()
  }

  /// Waits until there may be work: the first to come waits for timers and descriptors, others for
  /// being woken.
  func idle(_ worker: Worker, until isOver: () -> Bool) {
    if let lottery { return idleInSeededRun(lottery) }
    worker.stopSearching()
    pthread_mutex_lock(idleLock)
    if isOver() { return unlockIdle() }
    worker.isWoken = false
    idleWorkers.append(worker)
    idleCount.store(idleWorkers.count, ordering: .sequentiallyConsistent)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if hasWork(worker) {
      leaveIdle(worker)
      return unlockIdle()
    }
    if isDeadlocked {
      leaveIdle(worker)
      unlockIdle()
      return breakDeadlock()
    }
    if pollingWorker != nil {
      while !worker.isWoken { pthread_cond_wait(worker.condition, idleLock) }
      return unlockIdle()
    }
    pollingWorker = worker
    unlockIdle()
    poll(worker)
  }

  private func unlockIdle() { pthread_mutex_unlock(idleLock) }

  private func leaveIdle(_ worker: Worker) {
    idleWorkers.removeAll { $0 === worker }
    idleCount.store(idleWorkers.count, ordering: .relaxed)
  }

  private func poll(_ worker: Worker) {
    cstack_lock_take(&timerLock)
    let deadline = timers.nextDeadline
    pollerDeadline = deadline ?? .max
    cstack_lock_give(&timerLock)
    let ready = poller.wait(deadline.map { max(0, $0 - now) })
    pthread_mutex_lock(idleLock)
    pollingWorker = nil
    leaveIdle(worker)
    // While this one is busy with what it finds, another one waits in its place.
    if let index = idleWorkers.indices.last, !timersAreEmpty || !descriptorsAreEmpty { wake(index) }
    pthread_mutex_unlock(idleLock)
    cstack_lock_take(&timerLock)
    pollerDeadline = .max
    cstack_lock_give(&timerLock)
    if mainTask != nil, Interrupt.takeRequest() { interruptProgram() }
    for descriptor in ready { wakeWaiting(for: descriptor) }
    runDueTimers(worker)
  }

  // MARK: Deadlock

  /// True if no task can ever run again and the main task waits; under the idle lock, by a worker that
  /// goes to sleep.
  private var isDeadlocked: Bool {
    !isMainAway && idleWorkers.count == threadCount + 1 && blocked.load(ordering: .acquiring) == 0
      && timersAreEmpty && descriptorsAreEmpty && !isMainDone
  }

  private func breakDeadlock() {
    guard let wait = mainTask?.wait, wait.pointee.claimAnyTicket() else { return }
    wait.pointee.outcome = .deadlock
    makeReady(wait)
  }

  private var timersAreEmpty: Bool {
    cstack_lock_take(&timerLock)
    defer { cstack_lock_give(&timerLock) }
    return timers.isEmpty
  }

  private var descriptorsAreEmpty: Bool {
    cstack_lock_take(&descriptorLock)
    defer { cstack_lock_give(&descriptorLock) }
    return descriptors.isEmpty
  }

  // MARK: A seeded run

  /// Nothing can run: time goes on to the next timer. Descriptors are waited for in real time.
  private func idleInSeededRun(_ lottery: Lottery) {
    if Interrupt.takeRequest() { return interruptProgram() }
    if let deadline = timers.nextDeadline {
      lottery.advance(to: deadline)
      return runDueTimers(allWorkers[0])
    }
    if descriptorsAreEmpty { return breakDeadlock() }
    for descriptor in poller.wait(50_000_000) { wakeWaiting(for: descriptor) }
  }

  // MARK: Timers

  func add(_ timer: Timer) {
    cstack_lock_take(&timerLock)
    timers.add(timer)
    let isEarlier = timer.deadline < pollerDeadline
    if isEarlier { pollerDeadline = timer.deadline }
    cstack_lock_give(&timerLock)
    // The worker that polls, if there is one, waits for a later moment.
    if isEarlier, idleCount.load(ordering: .sequentiallyConsistent) > 0 { poller.wake() }
  }

  func remove(_ timer: Timer) {
    cstack_lock_take(&timerLock)
    timers.remove(timer)
    cstack_lock_give(&timerLock)
  }

  /// Does what is due. `worker` is the one that calls.
  func runDueTimers(_ worker: Worker) {
    if timersAreEmpty { return }
    let now = now
    while true {
      cstack_lock_take(&timerLock)
      let timer = timers.popDue(now)
      cstack_lock_give(&timerLock)
      guard let timer else { return }
      switch timer.action {
      case .wake(let task, let ticket):
        if task.wait.pointee.claim(ticket) {
          task.wait.pointee.outcome = .deadline
          makeReady(task.wait)
        }
      case .interrupt(let task, let interrupt): task.interrupt(interrupt)
      case .tick(let ticker): ticker.tick(now)
      }
    }
  }

  // MARK: Descriptors

  private func wakeWaiting(for descriptor: UInt64) {
    let descriptor = Int32(descriptor) - 1
    cstack_lock_take(&descriptorLock)
    let waiting = descriptors.removeValue(forKey: descriptor) ?? []
    if !waiting.isEmpty { poller.unregister(descriptor) }
    cstack_lock_give(&descriptorLock)
    for (task, ticket) in waiting where task.wait.pointee.claim(ticket) {
      task.wait.pointee.outcome = .done(arm: 0)
      makeReady(task.wait)
    }
  }
}

extension Context {
  /// Waits until a descriptor can be read or written; other tasks run meanwhile. A descriptor that
  /// never waits, such as a file's, is ready at once.
  func wait(forDescriptor descriptor: Int32, writing: Bool) throws {
    while true {
      try checkInterrupt()
      cstack_lock_take(&scheduler.descriptorLock)
      let ticket = wait.pointee.openTicket()
      guard scheduler.poller.register(descriptor, writing: writing, key: UInt64(descriptor) + 1) else {
        cstack_lock_give(&scheduler.descriptorLock)
        _ = wait.pointee.claim(ticket)
        return
      }
      scheduler.descriptors[descriptor, default: []].append((task, ticket))
      cstack_lock_give(&scheduler.descriptorLock)
      let outcome = suspend(WaitReason(.input))
      if case .done = outcome { return }
      cstack_lock_take(&scheduler.descriptorLock)
      scheduler.descriptors[descriptor]?.removeAll { $0.task === task }
      if scheduler.descriptors[descriptor]?.isEmpty == true {
        scheduler.descriptors[descriptor] = nil
        scheduler.poller.unregister(descriptor)
      }
      cstack_lock_give(&scheduler.descriptorLock)
      if let error = error(of: outcome, nil) { throw error }
    }
  }
}
