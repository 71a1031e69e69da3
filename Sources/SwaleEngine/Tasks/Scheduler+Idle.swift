// What workers without work do: look for it, wait for timers and descriptors, find deadlocks.

extension Scheduler {
  /// Looks for work that others have.
  func findWork(_ worker: Worker) -> Unmanaged<Task>? {
    if let lottery { return lottery.draw() }
    return worker.stealFromOthers() ?? shared.popFirst()
  }

  /// Waits until there may be work: the first to come waits for timers and descriptors, others for
  /// being woken.
  func idle(_ worker: Worker, until isOver: () -> Bool) {
    if let lottery { return idleInSeededRun(lottery, worker) }
    let rest = workers.rest(
      worker, isOver: isOver, hasWork: { self.hasWork(worker) },
      nothingCanHappen: { !self.isMainDone && self.timers.isEmpty && self.descriptors.isEmpty })
    switch rest {
    case .over: break
    case .poll: poll(worker)
    case .deadlock: breakDeadlock()
    }
  }

  private func hasWork(_ worker: Worker) -> Bool {
    if worker.hasWaiting || !shared.isEmpty { return true }
    for index in 0..<workers.count
    where workers[index]._withUnsafeGuaranteedRef({ !$0.queue.isEmpty }) { return true }
    return false
  }

  private func poll(_ worker: Worker) {
    let deadline = timers.beginPolling()
    let ready = descriptors.poller.wait(deadline == .max ? nil : max(0, deadline - now))
    timers.endPolling()
    // While this one is busy with what it finds, another one waits in its place.
    workers.endPolling(worker, needsAnother: !timers.isEmpty || !descriptors.isEmpty)
    if mainTask != nil, Interrupt.takeRequest() { interruptProgram() }
    for key in ready { wakeWaiting(key) }
    runDueTimers(worker)
  }

  private func breakDeadlock() {
    guard let wait = mainTask?.wait, wait.pointee.claimAnyTicket() else { return }
    wait.pointee.outcome = .deadlock
    makeReady(wait)
  }

  /// Nothing can run in a seeded run: time goes on to the next timer. Descriptors are waited for in
  /// real time.
  private func idleInSeededRun(_ lottery: Lottery, _ worker: Worker) {
    if Interrupt.takeRequest() { return interruptProgram() }
    if !timers.isEmpty {
      lottery.advance(to: timers.nextDeadline)
      return runDueTimers(worker)
    }
    if descriptors.isEmpty { return breakDeadlock() }
    for key in descriptors.poller.wait(50_000_000) { wakeWaiting(key) }
  }

  private func wakeWaiting(_ key: UInt64) {
    for (task, ticket) in descriptors.take(key: key) where task.wait.pointee.claim(ticket) {
      task.wait.pointee.outcome = .done(arm: 0)
      makeReady(task.wait)
    }
  }

  /// Cancels some tasks now and the others soon, between other work.
  func cancel(_ cancellation: Cancellation) {
    if cancellation.goOn() { add(Timer(now, .cancel(cancellation))) }
  }

  // MARK: Timers

  func add(_ timer: Timer) { if timers.add(timer) { descriptors.poller.wake() } }

  /// Does what is due; `worker` is the one that calls.
  @inline(__always) func runDueTimers(_ worker: Worker) {
    let next = timers.nextDeadline
    if next != .max, next <= now { runTimers(worker) }
  }

  @inline(never) private func runTimers(_ worker: Worker) {
    let now = now
    withUnsafeTemporaryAllocation(of: Timer.Action.self, capacity: 64) { due in
      while true {
        let count = timers.popDue(now, into: due)
        for i in 0..<count { run(due.moveElement(from: i), now, worker) }
        if count < due.count { return }
      }
    }
  }

  private func run(_ action: Timer.Action, _ now: Int, _ worker: Worker) {
    switch action {
    case .wake(let task, let ticket):
      if task.wait.pointee.claim(ticket) {
        task.wait.pointee.outcome = .deadline
        if task.wait.pointee.unpark() { worker.wake(task) }
      }
    case .interrupt(let task, let interrupt): task.interrupt(interrupt)
    case .tick(let ticker): ticker.tick(now)
    case .cancel(let cancellation): cancel(cancellation)
    }
  }
}
