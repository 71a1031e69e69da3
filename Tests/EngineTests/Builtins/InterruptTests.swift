import Glibc
import SwaleEngine
import SwaleSyntax
import Testing

/// Builtins that run long stop soon after they are told to.
@Suite(.serialized) struct InterruptTests {
  @Test(arguments: LongCall.all) func stops(call: LongCall) throws {
    _ = builtinsAreInstalled
    try inEmptyFolder { try check(call) }
  }

  /// A new builtin is measured, or listed with the reason why it cannot take long.
  @Test func noBuiltinIsForgotten() {
    _ = builtinsAreInstalled
    let quick = Set(LongCall.quick.values.joined())
    for builtin in Builtins.all where !builtin.isElementwise {
      let name = builtin.qualifiedName
      let isMeasured = LongCall.words.contains(name)
      #expect(isMeasured || quick.contains(name), "\(name) is neither measured nor listed as quick")
    }
    let names = Set(Builtins.all.map(\.qualifiedName))
    for name in quick { #expect(names.contains(name), "there is no \(name)") }
  }

  @Test func stopsWaitingForAPipe() throws {
    _ = builtinsAreInstalled
    try inEmptyFolder {
      try #require(mkfifo("pipe", 0o600) == 0)
      try check(LongCall(#"fs.read_text("pipe")"#))
      try check(LongCall(#"read("pipe", format: "txt")"#))
      try check(LongCall(#"fs.write_text("pipe", "a")"#))
    }
  }

  /// Stops a call as Ctrl-C does, and by cancelling the task that makes it.
  private func check(_ call: LongCall) throws {
    let session = Session(engine: .compile, arguments: [], output: Output(), errorOutput: Output())
    func run(_ name: String, _ text: String, keepsNames: Bool = false) throws -> Value {
      try session.evaluate(Source(name: name, text: text), keepsNames: keepsNames)
    }
    _ = try run("<setup>", call.setup, keepsNames: true)
    let (ending, overtime) = stopping(after: .milliseconds(50)) { () -> String in
      do {
        _ = try run("<call>", call.call)
        return "ended"
      } catch ProgramExit.interrupted { return "stopped" } catch { return "\(error)" }
    }
    let cancelled = try run(
      "<cancel>",
      """
      let t = spawn {
        \(call.call)
      }
      sleep(50ms)
      let ended = t.done
      let start = time.monotonic()
      t.cancel()
      let kind = try { await t; "ended" } catch e { e.kind }
      [if ended { "ended" } else { kind }, time.since(start)]
      """)
    guard case .list(let figures) = cancelled, case .duration(let latency) = figures[1] else {
      Issue.record("\(cancelled.displayString)")
      return
    }
    let ways =
      "\(ending) after \(overtime), as a task \(figures[0].printString) after \(figures[1].printString)"
    // A busy machine says little, so the bounds are generous; the figures are shown on demand.
    if getenv("SWALE_SHOW_LATENCY") != nil { print("\(ways):  \(call.call)") }
    #expect(ending == "stopped" || ending == "ended")
    #expect(["ended", "cancelled"].contains(figures[0].printString), "\(call.call) \(ways)")
    #expect(overtime < .seconds(5) && latency < 5_000_000_000, "\(call.call) \(ways)")
  }
}
