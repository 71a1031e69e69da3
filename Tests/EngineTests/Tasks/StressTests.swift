import EngineTesting
import Glibc
import SwaleEngine
import SwaleSyntax
import Testing

/// The program of Tests/Stress, shorter than Scripts/stress runs it.
@Suite(.serialized) struct StressTests {
  private func run(_ session: Session, _ output: Output) throws -> String {
    let text = try ProjectFiles.text("Tests/Stress/tasks.swale")
    _ = try session.evaluate(Source(name: "tasks.swale", text: text), keepsNames: false)
    return String(decoding: output.takeBytes(), as: UTF8.self)
  }

  @Test(arguments: EngineKind.allCases, [1, 4]) func everyMessageArrivesOnce(engine: EngineKind, workers: Int)
    throws
  {
    var tasks = TaskOptions()
    tasks.workers = workers
    let output = Output()
    let session = Session(
      engine: engine, arguments: ["20000", "40"], output: output, errorOutput: Output(), tasks: tasks)
    #expect(try run(session, output) == "0 0\n")
    #expect(session.tasks.isEmpty)
  }

  /// Bytes of memory that the process uses.
  private var used: Int {
    let text = String(decoding: (try? Files.read("/proc/self/statm")) ?? [], as: UTF8.self)
    return (Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0) * Int(getpagesize())
  }

  @Test func memoryReturnsToItsStart() throws {
    let output = Output()
    let session = Session(
      engine: .compile, arguments: ["20000", "100"], output: output, errorOutput: Output())
    for _ in 0..<2 { #expect(try run(session, output) == "0 0\n") }
    let before = used
    for _ in 0..<5 { #expect(try run(session, output) == "0 0\n") }
    #expect(used - before < 8 << 20)
  }

  /// Far more tasks than are kept ready: the memory of their stacks goes back.
  @Test func stacksOfManyTasksGoBack() throws {
    let output = Output()
    let session = Session(engine: .compile, arguments: [], output: output, errorOutput: Output())
    let program = Source(
      name: "many.swale", text: "scope { for _ in 0..<30_000 { spawn sleep(100ms) } }\nprint(1)")
    let start = used
    _ = try session.evaluate(program, keepsNames: false)
    let before = used
    _ = try session.evaluate(program, keepsNames: false)
    #expect(used - before < 24 << 20)
    // A page for each would be 117 MB.
    #expect(used - start < 50 << 20)
  }
}
