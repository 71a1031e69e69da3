/// The request to stop what is running, made by Ctrl-C.
public enum Interrupt {
  // One aligned word: a signal handler stores it, running code reads it a moment later.
  nonisolated(unsafe) private static let flag: UnsafeMutablePointer<Int> = {
    let pointer = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    pointer.initialize(to: 0)
    return pointer
  }()

  /// Touches the flag once, so that a handler finds it initialized.
  public static func prepare() { flag.pointee = 0 }

  /// Asks running code to stop; safe in a signal handler after `prepare`.
  public static func request() { flag.pointee = 1 }

  public static func clear() { flag.pointee = 0 }

  public static var isRequested: Bool { flag.pointee != 0 }

  /// Ends the program where a stop was asked for; what waits in system calls polls with it.
  public static func check() throws {
    if isRequested {
      clear()
      throw ProgramExit.interrupted
    }
  }
}
