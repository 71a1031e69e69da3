import Glibc
import Testing

@testable import SwaleShell

extension SerialTests {
  /// The whole program on a terminal, as a person uses it.
  @Suite struct TranscriptTests {
    let folder = TemporaryFolder()

    private func start(_ environment: [String: String] = [:]) throws -> Program {
      let program = try Program(folder: folder.path, environment: environment)
      program.terminal.wait { $0.acceptsMarkedPaste && $0.text.hasSuffix("swale>") }
      return program
    }

    @Test func aFirstSession() throws {
      let program = try start()
      program.terminal.type("1 + 2\r")
      program.terminal.expect(containing: "swale> 1 + 2\n3\nswale>")
      program.terminal.type("fn double(x) {\rx * 2\r}\r")
      program.terminal.expect(containing: "   ... }\nswale>")
      program.terminal.type("double(_)\r")
      program.terminal.expect(containing: "swale> double(_)\n6\nswale>")
      program.terminal.type("dobule(1)\r")
      program.terminal.expect(containing: "double")
      program.terminal.type("\u{4}")
      #expect(program.wait() == 0)
    }

    @Test func controlCStopsWhatRuns() throws {
      let program = try start()
      program.terminal.type("while true {}\r")
      program.terminal.expect(containing: "swale> while true {}")
      program.terminal.wait(seconds: 0.3) { _ in false }
      let clock = ContinuousClock()
      let start = clock.now
      program.terminal.type("\u{3}")
      program.terminal.expect(containing: "interrupted\nswale>")
      #expect(clock.now - start < .seconds(2))
      program.terminal.type("2 + 2\r")
      program.terminal.expect(containing: "swale> 2 + 2\n4\nswale>")
    }

    @Test func historyIsThereInTheNextSession() throws {
      let history = ["SWALE_HISTORY": folder.path + "/state/history"]
      let first = try start(history)
      first.terminal.type("let a = [\r1\r]\r")
      first.terminal.expect(containing: "   ... ]\nswale>")
      // Ends badly, with no chance to write anything.
      first.signal(SIGKILL)
      _ = first.wait()
      let second = try start(history)
      second.terminal.type("\u{1b}[A")
      second.terminal.expect(containing: "swale> let a = [\n   ... 1\n   ... ]")
      second.terminal.type("\r")
      second.terminal.expect(containing: "   ... ]\nswale>")
      second.terminal.type("\u{4}")
      #expect(second.wait() == 0)
    }

    @Test func namesMembersAndPathsAreCompleted() throws {
      folder.write("orders.csv", "region,qty\nnorth,2\n")
      let program = try start()
      program.terminal.type("let customer = {address: {street: \"A\"}}\r")
      program.terminal.expect(containing: "}}\nswale>")
      program.terminal.type("custo\t.addr\t.str\t\r")
      program.terminal.expect(containing: "swale> customer.address.street\n\"A\"\nswale>")
      program.terminal.type("let t = read(\"ord\t)\r")
      program.terminal.expect(containing: "swale> let t = read(\"orders.csv\")")
      program.terminal.type("t | where .reg\t == \"north\"\r")
      program.terminal.expect(containing: "where .region == \"north\"")
      program.terminal.expect(containing: "region  qty")
    }

    @Test func theTerminalIsRestoredWhenASignalEndsIt() throws {
      let program = try start()
      program.terminal.type("some text")
      program.terminal.expect(containing: "swale> some text")
      program.signal(SIGTERM)
      #expect(program.wait() == nil)
      #expect(!program.terminal.screen.acceptsMarkedPaste)
      var modes = termios()
      tcgetattr(program.terminal.device, &modes)
      #expect(modes.c_lflag & tcflag_t(ICANON) != 0 && modes.c_lflag & tcflag_t(ECHO) != 0)
    }

    @Test func aDumbTerminalGetsPlainLines() throws {
      let program = try Program(environment: ["TERM": "dumb"])
      program.terminal.expect(containing: "swale>")
      program.terminal.type("[1,\r")
      program.terminal.expect(containing: "   ...")
      program.terminal.type("2]\r")
      program.terminal.expect(containing: "[1, 2]\nswale>")
      program.terminal.type("\u{4}")
      #expect(program.wait() == 0)
    }

    @Test func aScriptReadsItsTerminalAndIsInterrupted() throws {
      let file = folder.write(
        "a.swale", "print(\"name?\")\nlet n = input()\nprint(\"hello {n}\")\nwhile true {}\n")
      let program = try Program([file])
      program.terminal.expect(containing: "name?")
      program.terminal.type("Ada\r")
      program.terminal.expect(containing: "hello Ada")
      program.terminal.type("\u{3}")
      #expect(program.wait() == 130)
    }
  }
}
