import Glibc

/// A shared place for a value that tasks change together; equal only to itself.
///
/// One task at a time updates a cell; others that want to change it wait. The value that it had before
/// can be read meanwhile.
public final class CellValue: ObjectValue {
  private let lock = SpinLock()
  /// One slot on the heap, so that a chain of cells is released without recursion.
  private let slot: UnsafeMutablePointer<Value>
  /// The task that updates the cell.
  private unowned(unsafe) var updater: Task?
  private var waiters = WaitList()

  public init(_ value: Value) {
    slot = malloc(MemoryLayout<Value>.stride)!.assumingMemoryBound(to: Value.self)
    slot.initialize(to: value)
  }

  deinit { releaseValues(slot, 1) }

  public var value: Value { lock.withLock { slot.pointee } }

  func set(_ value: Value, _ c: Context) throws {
    try acquire(c)
    let old = exchange(value)
    release(c)
    // Released outside of the lock: a deep value takes its time.
    withExtendedLifetime(old) {}
  }

  /// Replaces the value by what a function makes of it and returns that. Raises `deadlock` where the
  /// function itself changes the cell.
  func update(_ function: FunctionValue, _ c: Context) throws -> Value {
    try acquire(c)
    defer { release(c) }
    // Moved out, so that the function may change it in place; put back where it fails, which takes a
    // copy of what is shared only.
    let result = try function(value, c)
    try Sendability.check(result, .shared, at: nil)
    withExtendedLifetime(exchange(result)) {}
    return result
  }

  private func exchange(_ new: Value) -> Value {
    lock.withLock {
      let old = slot.move()
      slot.initialize(to: new)
      return old
    }
  }

  /// Waits until no other task updates the cell, and keeps them out.
  private func acquire(_ c: Context) throws {
    c.schedulingPoint()
    let task = c.task!
    let wait = c.wait!
    while true {
      try c.checkInterrupt()
      let outcome = try waitForTurn(task, wait, c)
      if case .done = outcome { return }
      if let error = c.error(of: outcome, nil) { throw error }
    }
  }

  /// Takes the turn, or waits for it once; the outcome is `.done` where it is this task's.
  private func waitForTurn(_ task: Task, _ wait: UnsafeMutablePointer<TaskWait>, _ c: Context) throws
    -> WaitOutcome
  {
    lock.lock()
    if updater === task {
      lock.unlock()
      throw SwaleError(
        .deadlock, "the cell is being updated by this very call",
        hint: "return the new value from the function instead of setting the cell in it")
    }
    if updater == nil {
      updater = task
      lock.unlock()
      return .done(arm: 0)
    }
    var waiter = Waiter(wait, ticket: wait.pointee.openTicket())
    return withUnsafeMutablePointer(to: &waiter) { waiter in
      waiters.append(waiter)
      lock.unlock()
      let outcome = c.suspend(WaitReason(.cell, at: c.site))
      if case .done = outcome { return outcome }
      lock.withLock { waiters.remove(waiter) }
      return outcome
    }
  }

  /// Lets the next task in.
  private func release(_ c: Context) {
    let woken = lock.withLock { () -> UnsafeMutablePointer<TaskWait>? in
      let next = waiters.claimFirst()?.pointee.wait
      next?.pointee.outcome = .done(arm: 0)
      updater = next?.pointee.task.takeUnretainedValue()
      return next
    }
    if let woken { c.makeReady(woken) }
  }

  public override var type: TypeSet { .cell }

  public override func hash() -> Int {
    Value.hash(ofInt: Int(bitPattern: Unmanaged.passUnretained(self).toOpaque()))
  }

  public override var memberNames: [String] { ["value"] }

  public override func member(_ name: Text, _ context: Context) -> Value? {
    context.schedulingPoint()
    return name.string == "value" ? value : nil
  }

  public override var heldValues: [Value] { [value] }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    if writer.isInsideCell { return writer.write("cell(...)") }
    writer.isInsideCell = true
    writer.write("cell(")
    writer.write(value, isDisplay: true)
    writer.write(")")
    writer.isInsideCell = false
  }
}
