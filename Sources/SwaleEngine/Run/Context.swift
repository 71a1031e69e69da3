import CStack

/// What running code carries along: the state of the task it runs in.
///
/// One context belongs to one task and is touched by no other. Hot paths read its stored
/// properties directly; it is passed to every node and every builtin.
public final class Context {
  /// Counted down at loop ends, calls and row batches; below zero `refill` looks for interrupts.
  public var budget = Context.fullBudget
  /// Calls of Swale functions that are running.
  public var depth = 0
  /// The lowest address that native frames may reach; nested calls beyond it are a `depth` error.
  public var stackLimit: UInt = 0
  /// The first free slot, from which callbacks of builtins take their frames.
  public var top: Frame
  /// The end of the slot stack.
  public var slotLimit: Frame
  /// True where the stacks are as large as they get.
  var isOnDeepStack: Bool
  // The scope holds the task as long as it runs, and the scheduler its workers.
  /// The task that runs; nil outside of all tasks.
  unowned(unsafe) var task: Task!
  var wait: UnsafeMutablePointer<TaskWait>!
  /// The worker that runs the task now.
  var worker: Unmanaged<Worker>?
  unowned(unsafe) let scheduler: Scheduler
  let isSeeded: Bool
  /// What the arms of a `select` are drawn from.
  var lot: UInt64 = 0
  // The session keeps both; counting references to it on each call would be in vain.
  public unowned(unsafe) let runtime: Runtime
  /// Where `random` takes its numbers from: each task has a generator of its own.
  public var random = RandomGenerator()
  /// The call of a builtin, or the loop, that has just begun: where it waits, and where tasks that it
  /// starts come from. Read it at once, for calls further inside set it anew.
  var site: Unmanaged<Node>?
  /// How many calls run where the task's own function does; -1 where no wait can be its last.
  var lastStepDepth = -1
  /// The value that a `return` on its way out carries.
  var result = Value.null

  public static let fullBudget = 1000
  /// More nested calls than this are a `depth` error.
  public static let depthLimit = 100_000

  init(runtime: Runtime, slots: Frame, slotLimit: Frame, stackLimit: UInt, isOnDeepStack: Bool = false) {
    self.runtime = runtime
    scheduler = runtime.scheduler
    isSeeded = scheduler.lottery != nil
    top = slots
    self.slotLimit = slotLimit
    self.stackLimit = stackLimit
    self.isOnDeepStack = isOnDeepStack
  }

  /// Forgets the task, which has ended.
  func detach() {
    task = nil
    wait = nil
    worker = nil
    site = nil
  }

  /// Makes the context as new, for another task on the same stack.
  func reset(slots: Frame) {
    budget = Context.fullBudget
    depth = 0
    top = slots
    random = RandomGenerator()
    result = .null
    detach()
  }

  /// Counts one step of a loop; ends the program where an interrupt was requested.
  @inline(__always) public func tick() throws {
    budget &-= 1
    if budget < 0 { try refill() }
  }

  /// Counts many small steps at once, such as a batch of rows.
  @inline(__always) public func tick(_ steps: Int) throws {
    budget &-= steps
    if budget < 0 { try refill() }
  }

  @inline(never) public func refill() throws {
    budget = Context.fullBudget
    try checkpoint()
  }

  public var output: Output { runtime.output }

  func takeResult() -> Value {
    var value = Value.null
    swap(&value, &result)
    return value
  }

  // MARK: Frames

  /// Counts a call and returns a frame of value slots that hold null; raises `depth` where calls are
  /// nested too deeply.
  func push(_ slotCount: Int) throws -> Frame {
    let f = top
    try enterCall(f + slotCount &* Frame.slotSize)
    openFrame(f, slotCount)
    return f
  }

  /// Gives back the frame of a call that was counted.
  func pop(_ f: Frame, _ slotCount: Int) {
    closeFrame(f, slotCount)
    depth &-= 1
  }

  /// Fills the slots of a frame at the top with null; there must be room.
  @inline(__always) func openFrame(_ f: Frame, _ slotCount: Int) {
    for i in 0..<slotCount { f.slot(i).initialize(to: .null) }
    top = f + slotCount &* Frame.slotSize
  }

  @inline(__always) func closeFrame(_ f: Frame, _ slotCount: Int) {
    for i in 0..<slotCount { f.slot(i).deinitialize(count: 1) }
    top = f
  }

  /// Counts a call whose frame ends at `end`; `depth` is one higher when it returns.
  /// With `growing`, the end of a small stack is a `StackEnd`, and the caller goes on with a large one.
  @inline(__always) func enterCall(_ end: Frame, growing: Bool = false) throws {
    depth &+= 1
    if depth > Context.depthLimit || end > slotLimit || Context.stackAddress() < stackLimit {
      depth &-= 1
      throw growing && !isOnDeepStack && depth < Context.depthLimit ? StackEnd() : depthFailure()
    }
    budget &-= 1
    if budget < 0 {
      do { try refill() } catch {
        depth &-= 1
        throw error
      }
    }
  }

  /// An address in the native frame of the caller.
  @inline(__always) static func stackAddress() -> UInt { UInt(bitPattern: cstack_address()) }

  @inline(never) func depthFailure() -> SwaleError {
    SwaleError(
      .depth, "calls are nested too deeply (\(depth) levels)",
      hint: "does the recursion have an end? a loop has no such limit")
  }
}
