import SwaleEngine
import SwaleSyntax
import Testing

/// What `:tasks` says of tasks of earlier entries.
@Suite struct LeakTests {
  /// Runs entries of a prompt and returns the tasks that are left, once all of them wait.
  private func tasks(after entries: String..., engine: EngineKind) throws -> [TaskInfo] {
    let session = Session(engine: engine, arguments: [], output: Output(), errorOutput: Output())
    for text in entries + ["sleep(20ms)"] {
      _ = try session.evaluate(Source(name: "<prompt>", text: text), keepsNames: true)
    }
    return session.tasks
  }

  @Test(arguments: EngineKind.allCases) func whoWaitsForWhatNobodyHoldsIsLeaked(engine: EngineKind) throws {
    let tasks = try tasks(
      after: "fn receive() { let ch = channel(); spawn { for v in ch { print(v) } }; null }\nreceive()",
      "fn send() { let ch = channel(); spawn { ch <- 1 }; null }\nsend()",
      "fn both() { let ch = channel(); spawn { <-ch }; spawn { <-ch }; null }\nboth()", engine: engine)
    #expect(tasks.map(\.isLeaked) == [true, true, true, true])
    #expect(tasks.first?.state == "waits to receive from a channel")
    #expect(tasks.first?.location?.position.column == 53)
  }

  @Test(arguments: EngineKind.allCases) func whoWaitsForWhatOthersHoldIsNot(engine: EngineKind) throws {
    let tasks = try tasks(
      after: "let c = channel()\nlet d = {inside: [channel()]}\nspawn { <-c }\nspawn { <-d.inside[0] }",
      "fn later() { let ch = channel(); spawn { sleep(1h); ch <- 1 }; spawn { <-ch }; null }\nlater()",
      "fn listed() { let ch = channel(); spawn { let xs = [ch]; sleep(1h); xs[0] <- 1 }; spawn { <-ch }; null }",
      "listed()", "spawn { for t in ticker(1h) { print(t) } }",
      "let f = (() => { let ch = channel(); spawn { <-ch }; () => ch })()",
      "let out = channel() | map . + 1", engine: engine)
    #expect(tasks.count == 9)
    // The stage's source is held by nobody else.
    #expect(tasks.map(\.isLeaked) == [false, false, false, false, false, false, false, false, true])
  }

  @Test(arguments: EngineKind.allCases) func aSelectIsLeakedWithAllItsChannels(engine: EngineKind) throws {
    let tasks = try tasks(
      after: "let held = channel()",
      "fn both() { let a = channel(); let b = channel(); spawn { select { let v = <-a => 1, b <- 1 => 2 } }; null }",
      "fn one() { let a = channel(); spawn { select { let v = <-a => 1, let v = <-held => 2 } }; null }",
      "fn timed() { let a = channel(); spawn { select { let v = <-a => 1, after 1h => 2 } }; null }",
      "fn ticked() { let a = channel(); spawn { select { let v = <-a => 1, let v = <-ticker(1h) => 2 } }; null }",
      // The first may yet be woken, and then send to the second.
      "fn two() { let a = channel(); spawn { select { let v = <-a => 1, let v = <-held => 2 } }; spawn { <-a }; null }",
      "both(); one(); timed(); ticked(); two()", engine: engine)
    #expect(tasks.map(\.isLeaked) == [true, false, false, false, false, false])
  }

  /// What a worker had in hand when it was cancelled alone is not left out silently.
  @Test(arguments: [
    "1...4 | map((n => { sleep(1h); n }), workers: 2)",
    "ticker(1ms) | map((n => { sleep(1h); n }), workers: 2) | list",
    "ticker(1ms) | each((n => sleep(1h)), workers: 2)",
  ]) func aCancelledWorkerFailsTheCall(call: String) throws {
    for engine in EngineKind.allCases {
      let session = Session(engine: engine, arguments: [], output: Output(), errorOutput: Output())
      func run(_ text: String) throws -> Value {
        try session.evaluate(Source(name: "<prompt>", text: text), keepsNames: true)
      }
      _ = try run("let t = spawn { \(call) }\nsleep(30ms)")
      #expect(session.cancelTask(try #require(session.tasks.last).id))
      #expect(try run("try { await t } catch e { e.kind }").displayString == "\"cancelled\"")
      #expect(session.tasks.isEmpty)
    }
  }

  @Test(arguments: EngineKind.allCases) func waitsSayWhere(engine: EngineKind) throws {
    let tasks = try tasks(
      after: "let ch = channel()", "spawn {\n  sleep(1h)\n}\nspawn {\n\n  for v in ch { print(v) }\n}",
      engine: engine)
    #expect(tasks.map(\.state) == ["waits for the end of a sleep", "waits to receive from a channel"])
    #expect(tasks.map { $0.location?.position.line } == [2, 6])
  }
}
