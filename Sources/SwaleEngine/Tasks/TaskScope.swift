/// The tasks that were spawned while a block ran, which waits for them at its end.
///
/// Three kinds: the block of `scope` or the call of a builtin that has workers, a script as a whole, and an entry of
/// the prompt, whose tasks go on when the entry has ended. Where Ctrl-C ends the program, a block waits no longer
/// than a person does: what has not ended by then goes on to its end by itself.
///
/// The lock guards all that changes; nothing else is locked while it is held.
final class TaskScope {
  enum Kind { case block, script, entry }
  let kind: Kind
  /// The task that runs the block, and the number by which the block is left; see `Task.enterBlock`.
  unowned(unsafe) private var owner: Task?
  private var block = 0
  unowned(unsafe) private let scheduler: Scheduler
  private let lock = SpinLock()
  // The tasks that have not ended, as a list through themselves, each retained once.
  unowned(unsafe) private var first: Task?
  private var liveCount = 0
  /// How many of them are stages of pipes, which end with the scope.
  private var stageCount = 0
  private var isEndingStages = false
  private var failure: SwaleError?
  private var isCancelled = false
  /// True once the block has ended.
  private var isFinishing = false
  /// True once all its tasks have ended too.
  private(set) var isFinished = false
  /// The ticket of the owner, waiting for all to end.
  private var ticket: UInt64?
  /// Ended tasks that failed while the program held them, so that an `await` could still come.
  private var undelivered: [Task] = []

  init(_ kind: Kind, scheduler: Scheduler) {
    self.kind = kind
    self.scheduler = scheduler
  }

  /// Sets the task that runs the block.
  func setOwner(_ task: Task) {
    owner = task
    block = task.enterBlock()
  }

  var isEmpty: Bool { lock.withLock { first == nil } }

  var isBeingCancelled: Bool { lock.withLock { isCancelled } }

  /// The tasks that have not ended, oldest first.
  var tasks: [Task] {
    lock.withLock {
      var result: [Task] = []
      var current = first
      while let task = current {
        result.append(task)
        current = task.nextInScope
      }
      return result.reversed()
    }
  }

  /// Takes a task in. In a scope that was cancelled it is cancelled before it begins.
  func add(_ task: Task) {
    _ = Unmanaged.passRetained(task)
    let isCancelled = lock.withLock { () -> Bool in
      task.nextInScope = first
      first?.previousInScope = task
      first = task
      liveCount += 1
      if task.output != nil { stageCount += 1 }
      return self.isCancelled || isEndingStages && task.output != nil
    }
    if isCancelled { task.interrupt(.cancelled) }
  }

  /// Lets go of a task that has ended; an error that nobody can await any more fails the scope.
  func ended(_ task: Task, unhandled: SwaleError?) {
    if let error = unhandled ?? (lock.withLock { isFinishing } ? task.takeUndelivered() : nil) {
      failed(error)
    }
    let waiting = lock.withLock { () -> (owner: Task, ticket: UInt64)? in
      if let previous = task.previousInScope {
        previous.nextInScope = task.nextInScope
      } else {
        first = task.nextInScope
      }
      task.nextInScope?.previousInScope = task.previousInScope
      liveCount -= 1
      if task.output != nil { stageCount -= 1 }
      if unhandled == nil, case .failure? = task.result, !isFinishing { undelivered.append(task) }
      // As long as there is a ticket the owner is there.
      if isWaitOver, let ticket, let owner { return (owner, ticket) }
      return nil
    }
    if let waiting, waiting.owner.wait.pointee.claim(waiting.ticket) {
      waiting.owner.wait.pointee.outcome = .done(arm: 0)
      scheduler.makeReady(waiting.owner.wait)
    }
    if kind == .entry, isEmpty, scheduler.mainTask?.home !== self { scheduler.scopes.remove(self) }
  }

  /// The first error counts: it ends the block and cancels the other tasks. After an entry of the
  /// prompt has ended there is no block, and the error is shown.
  func failed(_ error: SwaleError) {
    if kind == .entry { scheduler.report(error) } else { fail(error) }
  }

  private func fail(_ error: SwaleError) {
    let isFirst = lock.withLock { () -> Bool in
      if failure != nil || isCancelled { return false }
      failure = error
      return true
    }
    if !isFirst { return }
    owner?.interrupt(.leaveBlock(block))
    cancelAll()
  }

  /// True if the tasks that are waited for have ended; under the lock.
  private var isWaitOver: Bool { liveCount == (isEndingStages ? 0 : stageCount) }

  /// Cancels the stages of pipes that are left: who could receive from them has ended.
  private func endStages() {
    lock.withLock { isEndingStages = true }
    for task in tasks where task.output != nil { task.interrupt(.cancelled) }
  }

  /// Cancels all tasks, and those that are added from now on.
  func cancelAll() {
    lock.withLock { isCancelled = true }
    for task in tasks { task.interrupt(.cancelled) }
  }

  /// The same where the program is to end, and somebody waits for that.
  func cancelSoon() {
    lock.withLock { isCancelled = true }
    scheduler.cancel(Cancellation(tasks))
  }

  /// Waits, in its owner, until all tasks have ended.
  ///
  /// `blockError` is what ended the block, nil where it ended by itself; the tasks are then cancelled.
  /// Raises that, or the first error of a task.
  func finish(_ blockError: (any Error)?, _ node: Node?, _ c: Context) throws {
    let task = c.task!
    let ownLeave = TaskInterrupt.leaveBlock(block)
    // A failed task ended the block: its error is the one to raise.
    var raised = blockError as? TaskInterrupt == ownLeave ? nil : blockError
    if blockError is ProgramExit { cancelSoon() } else if blockError != nil { cancelAll() }
    if let error = beginFinishing().first { fail(error) }
    while !isEmpty {
      if kind == .block, raised is ProgramExit, task.isExitOverdue { break }
      if lock.withLock({ isWaitOver }) { endStages() }
      do { try wait(node, c) } catch {
        if error as? TaskInterrupt == ownLeave { continue }
        raised = raised ?? error
        if error is ProgramExit { cancelSoon() } else { cancelAll() }
      }
    }
    isFinished = true
    lock.withLock { owner = nil }
    task.leaveBlock(block)
    if let raised { throw raised }
    if let failure = lock.withLock({ failure }) { throw failure }
  }

  /// Ends a prompt entry, whose tasks go on: errors are shown from now on as they come.
  func endEntry() { for error in beginFinishing() { scheduler.report(error) } }

  /// The block has ended: nothing in it can await a task any more. Returns the errors that are left.
  private func beginFinishing() -> [SwaleError] {
    let ended = lock.withLock { () -> [Task] in
      isFinishing = true
      defer { undelivered = [] }
      return undelivered
    }
    return ended.compactMap { $0.takeUndelivered() }
  }

  /// Waits once; cancelled tasks are waited for whatever happens.
  private func wait(_ node: Node?, _ c: Context) throws {
    let task = c.task!
    let mine = task.wait.pointee.openTicket()
    let (mustWait, isShielded) = lock.withLock { () -> (Bool, Bool) in
      if !isWaitOver { ticket = mine }
      return (!isWaitOver, isCancelled)
    }
    // Where the claim fails an interrupt has it, and makes the task ready: the wait takes that in.
    if !mustWait, task.wait.pointee.claim(mine) { return }
    let timer = kind == .block ? task.exitTimer() : nil
    if let timer { c.scheduler.add(timer) }
    let outcome = c.suspend(WaitReason(.scope, node), isShielded: isShielded)
    if let timer { c.scheduler.timers.remove(timer) }
    lock.withLock { ticket = nil }
    switch outcome {
    case .interrupted where !isShielded:
      if let error = task.takeInterrupt() { throw error }
    case .deadlock:
      // At its end a script gives up what can never run again.
      if kind == .script { return cancelAll() }
      throw c.scheduler.deadlockError(node)
    default: break
    }
  }
}

extension Context {
  /// Runs a block as a scope: waits for the tasks that are spawned meanwhile. `node` is what is reported.
  func inScope<R>(_ node: Node?, _ kind: TaskScope.Kind = .block, _ block: () throws -> R) throws -> R {
    let task = task!
    let outer = task.scope
    let scope = TaskScope(kind, scheduler: scheduler)
    scope.setOwner(task)
    scheduler.scopes.add(scope)
    task.scope = scope
    let state = callState
    defer {
      task.scope = outer
      // Tasks that were left behind are still listed, and the next entry forgets the scope.
      if scope.isEmpty { scheduler.scopes.remove(scope) }
    }
    do {
      let value = try block()
      // What a block that returns has for its caller must survive the wait.
      let pending = takeResult()
      try scope.finish(nil, node, self)
      result = pending
      return value
    } catch {
      restore(state)
      if scope.isFinished { throw error }
      let pending = takeResult()
      // To leave a block by `return`, `break` or `continue` is no failure.
      try scope.finish(error is ControlSignal ? nil : error, node, self)
      result = pending
      throw error
    }
  }
}
