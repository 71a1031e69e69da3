// What running code asks of the scheduler.

extension Context {
  /// The context of the code that runs on this thread; nil outside of all tasks.
  public static var current: Context? {
    Worker.current?._withUnsafeGuaranteedRef { $0.running?.takeUnretainedValue() }
  }

  // MARK: Turns

  /// Looks, once in a while, at what concerns the task from outside: interrupts, timers that are due,
  /// and others that wait for their turn.
  @inline(never) func checkpoint() throws {
    if Interrupt.isRequested, Interrupt.takeRequest() { scheduler.interruptProgram() }
    guard let wait, let worker = worker?.takeUnretainedValue() else { return }
    if wait.pointee.isInterrupted.load(ordering: .relaxed) { try checkInterrupt() }
    if let lottery = scheduler.lottery {
      // Else a loop that waits for a moment would wait for ever.
      let isTurnOver = lottery.endTurn()
      scheduler.runDueTimers(worker)
      if isTurnOver { giveWay() }
      return
    }
    scheduler.runDueTimers(worker)
    if worker.hasWaiting || !scheduler.shared.isEmpty {
      worker.offer()
      let now = scheduler.now
      if now - worker.beginTurn(now) > Context.turn { giveWay() }
    }
  }

  /// Calls the body of a builtin, and looks afterwards whether to stop: long work that polls may have given up
  /// half-way, and a few long calls are not many steps.
  @inline(__always) func lookingForStop<R>(_ body: () throws -> R) throws -> R {
    do {
      let result = try body()
      if isStopWanted { try refill() }
      return result
    } catch {
      // What failed may be caught, and tried again.
      if error is SwaleError, isStopWanted { try refill() }
      throw error
    }
  }

  /// True if there may be a reason to stop.
  @inline(__always) var isStopWanted: Bool {
    Interrupt.isRequested || wait?.pointee.isInterrupted.load(ordering: .relaxed) ?? false
  }

  /// True if `checkpoint` would raise something.
  var isStopDue: Bool {
    if Interrupt.isRequested { return true }
    guard let wait, wait.pointee.isInterrupted.load(ordering: .relaxed) else { return false }
    return task.hasDueInterrupt
  }

  /// How long a task runs while others wait, in nanoseconds.
  private static let turn = 5_000_000

  /// Lets others run; the task goes on when they have had their turn.
  func giveWay() { worker!._withUnsafeGuaranteedRef { $0.switchFromYielding(wait) } }

  /// Raises what interrupts the task, if anything does.
  @inline(never) func checkInterrupt() throws {
    if let error = task.takeInterrupt() { throw error }
  }

  // MARK: Waiting

  /// Leaves the stack until the wait of the ticket that was opened last has ended, and returns how.
  @inline(never) func suspend(_ reason: WaitReason, isShielded: Bool = false) -> WaitOutcome {
    let wait = wait!
    var timer: Timer?
    if wait.pointee.isInterrupted.load(ordering: .sequentiallyConsistent), !isShielded {
      if task.hasDueInterrupt, wait.pointee.claimAnyTicket() { return .interrupted }
      timer = task.graceTimer()
      if let timer { scheduler.add(timer) }
    }
    wait.pointee.reason = reason
    worker!._withUnsafeGuaranteedRef { $0.switchFromWaiting(wait) }
    wait.pointee.reason = nil
    if let timer {
      scheduler.timers.remove(timer)
      if case .deadline = wait.pointee.outcome { return .interrupted }
    }
    return wait.pointee.outcome
  }

  /// Returns what a wait that ended so raises; nil where there is nothing to raise and the wait begins
  /// anew.
  func error(of outcome: WaitOutcome, _ node: Node?) -> (any Error)? {
    switch outcome {
    case .interrupted: task.takeInterrupt()
    case .deadlock: scheduler.deadlockError(node)
    case .deadline, .done, .closed: nil
    }
  }

  /// Waits for so many nanoseconds.
  func sleep(_ nanoseconds: Int) throws {
    try sleep(until: scheduler.deadline(in: nanoseconds), site)
  }

  /// The same for the builtin `sleep`, which does nothing afterwards.
  func sleepAtEnd(_ nanoseconds: Int) throws {
    if !isLastStep(site?.takeUnretainedValue()) { return try Clock.sleep(nanoseconds) }
    try checkInterrupt()
    leave(.sleep(until: scheduler.deadline(in: nanoseconds), at: site))
  }

  /// Waits until a moment of the scheduler's clock; `site` is what is reported.
  func sleep(until deadline: Int, _ site: Unmanaged<Node>?) throws {
    try checkInterrupt()
    repeat {
      let timer = Timer(deadline, .wake(task, ticket: wait.pointee.openTicket()))
      scheduler.add(timer)
      let outcome = suspend(WaitReason(.sleep, at: site))
      if case .deadline = outcome { return }
      scheduler.timers.remove(timer)
      if let error = error(of: outcome, nil) { throw error }
    } while scheduler.now < deadline
  }

  /// Makes a task ready whose ticket was claimed.
  @inline(__always) func makeReady(_ other: UnsafeMutablePointer<TaskWait>) {
    if !other.pointee.unpark() { return }
    guard let worker else { return scheduler.inject(other.pointee.task) }
    if isSeeded { return makeReadyInSeededRun(other.pointee.task) }
    worker._withUnsafeGuaranteedRef { $0.runNext(other.pointee.task) }
  }

  @inline(never) private func makeReadyInSeededRun(_ other: Unmanaged<Task>) {
    scheduler.lottery?.add(other)
    drawTurn()
  }

  /// In a seeded run, lets another task run here or not: called where tasks touch what they share.
  @inline(__always) func schedulingPoint() { if isSeeded { drawTurn() } }

  @inline(never) private func drawTurn() {
    if let lottery = scheduler.lottery, task != nil, lottery.givesWay { giveWay() }
  }

  // MARK: Blocking system calls

  /// Calls `body`, which may block the thread; others take over what this worker has to do.
  public func blocking<R>(_ body: () throws -> R) rethrows -> R {
    guard let worker = worker?.takeUnretainedValue(), !isSeeded else { return try body() }
    return try scheduler.workers.blocking {
      worker.share()
      return try body()
    }
  }

  /// The same for code that has no context at hand.
  static func unblocking<R>(_ body: () throws -> R) rethrows -> R {
    if let current { return try current.blocking(body) }
    return try body()
  }
}
