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
  public let slotLimit: Frame
  public unowned let runtime: Runtime

  public static let fullBudget = 1000
  /// More nested calls than this are a `depth` error.
  public static let depthLimit = 100_000

  init(runtime: Runtime, slots: Frame, slotLimit: Frame) {
    self.runtime = runtime
    top = slots
    self.slotLimit = slotLimit
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
    if Interrupt.isRequested {
      Interrupt.clear()
      throw ProgramExit.interrupted
    }
  }

  public var output: Output { runtime.output }
}
