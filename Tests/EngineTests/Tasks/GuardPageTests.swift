import Glibc
import SwaleEngine
import SwaleSyntax
import Testing

/// The end of a stack, for code that asks nobody whether there is room: a page that must not be touched.
@Suite struct GuardPageTests {
  /// Goes down the stack without end, as no builtin may.
  @inline(never) static func descend(_ depth: Int) -> Int {
    withUnsafeTemporaryAllocation(byteCount: 512, alignment: 8) { bytes in
      bytes[depth & 511] = 1
      return descend(depth &+ 1) &+ Int(bytes[0])
    }
  }

  @Test(arguments: ["await spawn descend()", "await spawn { [1].map(x => descend()) }"])
  func runningOverTheEndOfATasksStackSaysSo(program: String) async throws {
    let result = try await #require(
      processExitsWith: .signal(SIGSEGV), observing: [\.standardErrorContent]
    ) { [program] in
      Builtins.install([
        Builtin("descend", [], "Runs over the end of the stack.", example: ("null", "null")) { _ in
          .int(GuardPageTests.descend(0))
        }
      ])
      let session = Session(engine: .compile, arguments: [], output: Output(), errorOutput: Output())
      _ = try session.evaluate(Source(name: "<test>", text: program), keepsNames: false)
    }
    let said = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(said.contains("needed more stack than there is"), "\(said)")
  }
}
