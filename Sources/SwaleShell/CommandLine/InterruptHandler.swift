import Glibc
import SwaleEngine

/// What Ctrl-C does while code runs: asks it to stop, and ends the program where it does not.
enum InterruptHandler {
  // Written by the handler and by the prompt between evaluations.
  nonisolated(unsafe) private static var requests: sig_atomic_t = 0

  /// After this many requests that had no effect the program ends at once.
  private static let patience: sig_atomic_t = 3

  /// Installs the handler. System calls that wait are interrupted, so that `input()` ends too.
  static func install() {
    Interrupt.prepare()
    requests = 0
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      InterruptHandler.requests += 1
      Interrupt.request()
      // History and output are written as they come, so nothing is lost.
      if InterruptHandler.requests >= InterruptHandler.patience { _exit(130) }
    }
    sigaction(SIGINT, &action, nil)
    // Whoever closed the other end of the output shows in the result of writing.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Forgets requests made so far, before something new runs.
  static func clear() {
    requests = 0
    Interrupt.clear()
  }
}
