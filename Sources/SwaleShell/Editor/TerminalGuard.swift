import Glibc

/// Puts the terminal back as it was found, however the program ends while it is being edited on.
///
/// The state is in globals because a signal handler has no other way to reach it.
enum TerminalGuard {
  // Written while no key is being read, and read by a handler that does not return.
  nonisolated(unsafe) private static var saved = termios()
  nonisolated(unsafe) private static var input: Int32 = -1
  nonisolated(unsafe) private static var output: Int32 = -1
  nonisolated(unsafe) private static var isEditing: sig_atomic_t = 0
  nonisolated(unsafe) private static var pipe: (reading: Int32, writing: Int32) = (-1, -1)

  /// The signals that end the program and leave no other chance to restore the terminal.
  private static let fatal = [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT]

  /// What was done on each signal before, by number.
  nonisolated(unsafe) private static let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)

  /// What the terminal is told when editing ends: no marks around pasted text, cursor visible.
  static let leaving: StaticString = "\u{1b}[?2004l\u{1b}[?25h\u{1b}[0m"

  /// Returns the descriptor that becomes readable when the window changes its size.
  static func prepare(input: Int32, output: Int32) -> Int32 {
    self.input = input
    self.output = output
    tcgetattr(input, &saved)
    if pipe.reading < 0 {
      var ends: [Int32] = [-1, -1]
      if Glibc.pipe(&ends) == 0 {
        for end in ends {
          _ = fcntl(end, F_SETFL, O_NONBLOCK)
          _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        pipe = (ends[0], ends[1])
      }
      // Written once before, so that the handlers find it formed.
      _ = leaving.utf8CodeUnitCount
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in TerminalGuard.wake() }
      sigaction(SIGWINCH, &action, nil)
    }
    return pipe.reading
  }

  /// Makes the descriptor of `prepare` readable; may be called in a signal handler and by any thread.
  static func wake() {
    let code = errno
    var byte: UInt8 = 1
    _ = write(pipe.writing, &byte, 1)
    errno = code
  }

  /// Says that the terminal's modes are being changed from here on.
  static func beginEditing() {
    guard isEditing == 0 else { return }
    isEditing = 1
    for signal in fatal {
      sigaction(signal, nil, previous + Int(signal))
      // A signal that is ignored stays so.
      if unsafeBitCast((previous + Int(signal)).pointee.__sigaction_handler.sa_handler, to: Int.self) == 1 {
        continue
      }
      var action = sigaction()
      action.__sigaction_handler.sa_sigaction = { signal, information, _ in
        TerminalGuard.restore()
        // Whoever would have had the signal without us has it now.
        sigaction(signal, TerminalGuard.previous + Int(signal), nil)
        // A fault comes again by itself when this handler returns; what was sent does not.
        if (information?.pointee.si_code ?? 0) <= 0 { raise(signal) }
      }
      action.sa_flags = SA_SIGINFO | Int32(SA_ONSTACK)
      sigaction(signal, &action, nil)
    }
  }

  static func endEditing() {
    guard isEditing != 0 else { return }
    isEditing = 0
    for signal in fatal { sigaction(signal, previous + Int(signal), nil) }
  }

  private static func restore() {
    guard isEditing != 0 else { return }
    isEditing = 0
    tcsetattr(input, TCSANOW, &saved)
    _ = write(output, leaving.utf8Start, leaving.utf8CodeUnitCount)
    var newline: (UInt8, UInt8) = (13, 10)
    _ = write(output, &newline, 2)
  }

  /// Gives the terminal the modes that it had at first, after a program that may have left others.
  static func restoreModes() {
    if input >= 0 { tcsetattr(input, TCSADRAIN, &saved) }
  }

  /// Stops the program as Ctrl-Z does and returns when it goes on.
  static func suspend() {
    var editing = termios()
    tcgetattr(input, &editing)
    tcsetattr(input, TCSADRAIN, &saved)
    kill(0, SIGTSTP)
    tcsetattr(input, TCSADRAIN, &editing)
  }
}
