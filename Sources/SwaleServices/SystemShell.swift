import Glibc

/// The system's own shell, for `!command` at the prompt.
public enum SystemShell {
  /// How a command ended.
  public enum Outcome: Equatable, Sendable {
    case exited(Int32)
    case signaled(Int32)
    /// The command could not be started; the error number of the system.
    case failed(Int32)

    /// What a person should be told; nil after success.
    public var message: String? {
      switch self {
      case .exited(0): nil
      case .exited(127): "exit status 127: the command was not found"
      case .exited(126): "exit status 126: the command cannot be executed"
      case .exited(let status): "exit status \(status)"
      case .signaled(let signal): "ended by signal \(signal): \(String(cString: strsignal(signal)))"
      case .failed(let code): "cannot start /bin/sh: \(String(cString: strerror(code)))"
      }
    }
  }

  /// Runs a command line on the descriptors of this process and waits for its end.
  ///
  /// Meanwhile Ctrl-C and Ctrl-\ are for the command alone, as in any shell.
  public static func run(_ command: String) -> Outcome {
    var ignoring = sigaction()
    ignoring.__sigaction_handler.sa_handler = SIG_IGN
    var oldInterrupt = sigaction()
    var oldQuit = sigaction()
    sigaction(SIGINT, &ignoring, &oldInterrupt)
    sigaction(SIGQUIT, &ignoring, &oldQuit)
    defer {
      sigaction(SIGINT, &oldInterrupt, nil)
      sigaction(SIGQUIT, &oldQuit, nil)
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The command starts with the usual meaning of signals, whatever this process ignores.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGINT, SIGQUIT, SIGPIPE, SIGTSTP] { sigaddset(&defaults, signal) }
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setsigmask(&attributes, &unblocked)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))

    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(command), nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, "/bin/sh", nil, &attributes, &arguments, environ)
    guard code == 0 else { return .failed(code) }
    return wait(for: child)
  }

  private static func wait(for child: pid_t) -> Outcome {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      if errno != EINTR { return .failed(errno) }
    }
    // The macros of <sys/wait.h> are not imported: the low seven bits hold the signal.
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .signaled(signal)
  }
}
