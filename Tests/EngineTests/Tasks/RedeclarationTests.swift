import SwaleEngine
import SwaleSyntax
import Testing

/// A name that is declared again at the prompt while tasks read it.
@Suite struct RedeclarationTests {
  private func session(_ engine: EngineKind) -> Session {
    var tasks = TaskOptions()
    tasks.workers = 3
    return Session(engine: engine, arguments: [], output: Output(), errorOutput: Output(), tasks: tasks)
  }

  private func enter(_ text: String, _ session: Session) throws -> Value {
    try session.evaluate(Source(name: "<entry>", text: text), keepsNames: true)
  }

  @Test(arguments: EngineKind.allCases) func tasksSeeOneValueOrTheOther(engine: EngineKind) throws {
    let session = session(engine)
    _ = try enter("let shared = [0, 0, 0]", session)
    _ = try enter("let stop = channel()", session)
    _ = try enter(
      """
      fn look() {
        var n = 0
        while true {
          let seen = shared
          assert len(seen) == 3 and seen[0] == seen[2]
          n += 1
          if n % 100 == 0 { select { let v = <-stop => break, after 0s => null } }
        }
        n
      }
      """, session)
    _ = try enter("let tasks = (0..<4).map(i => spawn look())", session)
    for k in 1...300 { _ = try enter("let shared = [\(k), \"\(k)\", \(k)]", session) }
    // Older functions see what was declared last.
    #expect(try enter("fn newest() { shared[0] }; newest()", session).displayString == "300")
    _ = try enter("let shared = [\"last\", 1, \"last\"]", session)
    #expect(try enter("newest()", session).displayString == "\"last\"")
    #expect(
      try enter("for _ in tasks { stop <- true }; (await tasks) | all (n => n > 0)", session).displayString
        == "true")
    _ = try enter("let shared = [7, 7, 7]", session)
    #expect(try enter("newest()", session).displayString == "7")
  }

  @Test(arguments: EngineKind.allCases) func aDeclarationThatFailsKeepsTheValue(engine: EngineKind) throws {
    let session = session(engine)
    _ = try enter("let x = 1", session)
    _ = try enter("let t = spawn sleep(1h)", session)
    _ = try enter("let x = 2", session)
    #expect(throws: SwaleError.self) { try enter("let x = 1 // 0", session) }
    #expect(try enter("x", session).displayString == "2")
  }
}
