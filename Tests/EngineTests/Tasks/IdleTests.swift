import Glibc
import SwaleEngine
import SwaleSyntax
import Testing

/// While all tasks wait, nothing runs.
@Suite(.serialized) struct IdleTests {
  /// Microseconds of processor time that this process took.
  private var processorTime: Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }

  @Test func waitingTasksTakeNoTime() throws {
    var tasks = TaskOptions()
    tasks.workers = 4
    let session = Session(
      engine: .compile, arguments: [], output: Output(), errorOutput: Output(), tasks: tasks)
    let text = """
      for _ in 0..<1000 { spawn sleep(1h) }
      let never = channel()
      for _ in 0..<100 { spawn { <-never } }
      spawn { for _ in ticker(1h) {} }
      sleep(10ms)
      """
    _ = try session.evaluate(Source(name: "<entry>", text: text), keepsNames: true)
    usleep(200_000)
    let before = processorTime
    usleep(1_000_000)
    // A worker that looks again and again would take most of the second.
    #expect(processorTime - before < 100_000)
    #expect(session.tasks.count == 1101)
  }
}
