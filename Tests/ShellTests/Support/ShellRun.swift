import Glibc

@testable import SwaleShell

/// One run of the shell in this process, with files for its streams.
struct ShellRun {
  var status: Int32
  var output: String
  var errors: String

  /// Runs a command line; `input` is what comes on the standard input, `output` another place for
  /// what it prints.
  init(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], output other: Int32? = nil
  ) {
    let streams = StandardStreams(
      input: ShellRun.temporary(input), output: other ?? ShellRun.temporary(),
      error: ShellRun.temporary()
    ) { environment[$0] }
    status = Shell.run(arguments, streams: streams)
    output = ShellRun.contents(streams.output)
    errors = ShellRun.contents(streams.error)
    for descriptor in [streams.input, streams.output, streams.error] { close(descriptor) }
  }

  /// Types entries at a prompt without a terminal.
  static func prompt(_ entries: String, _ arguments: [String] = []) -> ShellRun {
    ShellRun(arguments, input: entries)
  }

  private static func temporary(_ text: String = "") -> Int32 {
    var template = Array("/tmp/swale-test-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    unlink(template)
    Descriptor.write(text, to: descriptor)
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  private static func contents(_ descriptor: Int32) -> String {
    lseek(descriptor, 0, SEEK_SET)
    return String(decoding: Descriptor.readAll(descriptor) ?? [], as: UTF8.self)
  }
}
