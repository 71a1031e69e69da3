import Glibc
import Testing

@testable import SwaleShell

/// The built program at work on a terminal of its own, as a person starts it.
final class Program {
  let terminal: PseudoTerminal
  private var child: pid_t = 0
  private var status: Int32?

  /// Where the package's build puts its programs: beside the tests.
  static var path: String {
    var bundle = CommandLine.arguments[0]
    if let argument = CommandLine.arguments.drop(while: { $0 != "--test-bundle-path" }).dropFirst().first {
      bundle = argument
    }
    let folder = bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return folder.joined(separator: "/") + "/swale"
  }

  init(
    _ arguments: [String] = [], columns: Int = 60, rows: Int = 14, folder: String? = nil,
    environment: [String: String] = [:]
  ) throws {
    terminal = try PseudoTerminal(columns: columns, rows: rows)
    var variables = [
      "TERM": "xterm-256color", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin",
      "LC_ALL": "C.UTF-8", "SWALE_HISTORY": "", "NO_COLOR": "1",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    variables.merge(environment) { $1 }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Opened by the leader of a new session, it becomes the terminal that sends signals.
    posix_spawn_file_actions_addopen(&actions, 0, terminal.path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    posix_spawnattr_setsigmask(&attributes, &unblocked)
    var defaults = sigset_t()
    sigfillset(&defaults)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    // POSIX_SPAWN_SETSID, which Swift does not see.
    let newSession: Int16 = 0x80
    posix_spawnattr_setflags(
      &attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

    let line = ["sh", "-c", "cd \"$0\" && exec \"$@\"", folder ?? "/", Program.path] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in words + settings { free(pointer) } }
    let code = posix_spawn(&child, "/bin/sh", &actions, &attributes, &words, &settings)
    try #require(code == 0, "cannot start \(Program.path): \(FileSystem.message(for: code))")
  }

  deinit {
    if status == nil {
      kill(child, SIGKILL)
      var ignored: Int32 = 0
      waitpid(child, &ignored, 0)
    }
  }

  /// Waits for the end; returns the exit status, nil for one that a signal ended or that goes on.
  func wait(seconds: Double = 10) -> Int32? {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var code: Int32 = 0
    while waitpid(child, &code, WNOHANG) == 0 {
      if clock.now > end { return nil }
      terminal.wait(seconds: 0.02) { _ in false }
    }
    terminal.wait(seconds: 0.05) { _ in false }
    status = code
    return code & 0x7f == 0 ? (code >> 8) & 0xff : nil
  }

  /// Sends a signal to the program alone.
  func signal(_ number: Int32) { kill(child, number) }
}
