import Glibc
import Synchronization

/// The request to stop what is running, made by Ctrl-C.
public enum Interrupt {
  // A signal handler stores it, running code reads it a moment later.
  private static let flag = Atomic<Bool>(false)

  /// Touches the flag once, so that a handler finds it initialized.
  public static func prepare() { clear() }

  /// An event descriptor that wakes the worker that waits for descriptors and timers; -1 for none.
  nonisolated(unsafe) static var wakeup: Int32 = -1

  /// Asks running code to stop; safe in a signal handler after `prepare`.
  public static func request() {
    flag.store(true, ordering: .relaxed)
    if wakeup >= 0 {
      var one: UInt64 = 1
      _ = write(wakeup, &one, 8)
    }
  }

  public static func clear() { flag.store(false, ordering: .relaxed) }

  public static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Forgets a request; true if there was one.
  static func takeRequest() -> Bool {
    isRequested && flag.exchange(false, ordering: .relaxed)
  }

  /// True if the code that runs on this thread is to stop: by Ctrl-C, or because its task is cancelled
  /// or out of time.
  public static var isPending: Bool {
    isRequested || Context.current?.isStopDue ?? false
  }

  /// Raises what stops the running code, if anything does; what works for long or waits in system
  /// calls polls with it.
  public static func check() throws {
    if let context = Context.current { return try context.checkpoint() }
    if takeRequest() { throw ProgramExit.interrupted }
  }
}
