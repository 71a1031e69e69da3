import Glibc

/// This program, run once more with other arguments, so that its end does not end this one.
struct Child {
  let status: Int32
  /// The last line that it wrote with this word at its start.
  let lastTried: Int?

  /// True where a signal ended it or it hung.
  var hasCrashed: Bool { status & 0x7f != 0 || (status >> 8) & 0xff == Watchdog.hanging }

  var description: String {
    status & 0x7f != 0 ? "ended by signal \(status & 0x7f)" : "exit status \((status >> 8) & 0xff)"
  }

  /// Runs to the end; each line of output that does not say what is tried is given to `show`.
  init(_ arguments: [String], program: String = "/proc/self/exe", show: (String) -> Void) {
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0, "no pipe")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    var words: [UnsafeMutablePointer<CChar>?] = (["fuzz"] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, program, &actions, nil, &words, environ)
    close(ends[1])
    precondition(code == 0, "cannot start another process: \(code)")
    var lastTried: Int?
    Child.readLines(ends[0]) { line in
      if line.hasPrefix(Worker.trying) {
        lastTried = Int(line.dropFirst(Worker.trying.count))
      } else {
        show(line)
      }
    }
    close(ends[0])
    var status: Int32 = 0
    waitpid(process, &status, 0)
    self.status = status
    self.lastTried = lastTried
  }

  private static func readLines(_ descriptor: Int32, _ body: (String) -> Void) {
    var rest: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      rest += buffer[..<count]
      while let end = rest.firstIndex(of: 0x0A) {
        body(String(decoding: rest[..<end], as: UTF8.self))
        rest.removeSubrange(...end)
      }
    }
    if !rest.isEmpty { body(String(decoding: rest, as: UTF8.self)) }
  }
}
