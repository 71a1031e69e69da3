import Glibc
import Testing

@testable import SwaleShell

extension SerialTests {
  /// The whole program on a terminal, as a person uses it.
  @Suite struct TranscriptTests {
    let folder = TemporaryFolder()

    private func start(_ environment: [String: String] = [:], columns: Int = 60) throws -> Program {
      let program = try Program(columns: columns, folder: folder.path, environment: environment)
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

    @Test func controlDTypedAheadLeavesAfterwards() throws {
      let program = try start()
      program.terminal.type("sleep(500ms)\r")
      program.terminal.expect(containing: "swale> sleep(500ms)\n")
      program.terminal.type("\u{4}")
      #expect(program.wait() == 0)
    }

    @Test(arguments: [
      "sleep(100s)", "(1...1000000000000) | map . * 2 | sum", "len(str(list(1...100000000)))",
      "len(\"ab\" * 1000000000)", "input()", "!sleep 100", ":bench while true {}",
    ])
    func controlCStopsLongWork(code: String) throws {
      let program = try start()
      program.terminal.type(code + "\r")
      program.terminal.expect(containing: "swale> " + code)
      program.terminal.wait(seconds: 0.2) { _ in false }
      let clock = ContinuousClock()
      let start = clock.now
      program.terminal.type("\u{3}")
      program.terminal.wait { $0.acceptsMarkedPaste && $0.text.hasSuffix("\nswale>") }
      #expect(clock.now - start < .seconds(3))
      program.terminal.type("2 + 2\r")
      program.terminal.expect(containing: "swale> 2 + 2\n4\nswale>")
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

    @Test func twoPromptsWriteOneHistory() throws {
      let history = ["SWALE_HISTORY": folder.path + "/history"]
      let (first, second) = (try start(history), try start(history))
      for (program, code) in [(first, "1 + 1"), (second, "2 + 2"), (first, "3 + 3")] {
        program.terminal.type(code + "\r")
        program.terminal.expect(containing: code + "\n")
        program.terminal.wait { $0.text.hasSuffix("\nswale>") }
      }
      let third = try start(history)
      third.terminal.type("\u{1b}[A\u{1b}[A")
      third.terminal.expect(containing: "swale> 2 + 2")
      third.terminal.type("\u{3}")
      third.terminal.wait { $0.text.hasSuffix("^C\nswale>") }
      third.terminal.type("\u{12}1 +")
      third.terminal.expect(containing: "(search) 1 +: 1 + 1")
      third.terminal.type("\r")
      third.terminal.expect(containing: "swale> 1 + 1\n2\nswale>")
    }

    @Test func whatFlowsThroughAPipeIsCompleted() throws {
      folder.write("orders.csv", "region,qty\nnorth,2\n")
      let program = try start(columns: 100)
      func complete(_ typed: String, gives expected: String) {
        program.terminal.type(typed + "\t")
        program.terminal.expect(containing: "swale> " + expected)
        program.terminal.type("\u{5}\u{15}")
        program.terminal.wait { $0.text.hasSuffix("swale>") }
      }
      program.terminal.type("let t = read(\"orders.csv\")\r")
      program.terminal.expect(containing: "\")\nswale>")
      complete(
        "t | derive double: .qty * 2 | where .dou", gives: "t | derive double: .qty * 2 | where .double")
      complete(
        "t | summarize total: sum(.qty), by: .region | sort .reg",
        gives: "t | summarize total: sum(.qty), by: .region | sort .region")
      complete("read(\"orders.csv\") | where .re", gives: "read(\"orders.csv\") | where .region")
      complete("t | summ", gives: "t | summarize")
      complete("read(\"orders.csv\", deli", gives: "read(\"orders.csv\", delimiter:")
      complete("math.sqr", gives: "math.sqrt")
      complete(":his", gives: ":history")
      complete(":engine int", gives: ":engine interpret")
      complete(":example fi", gives: ":example fib")
    }

    @Test func aPasteOfManyLinesIsOneEntry() throws {
      let program = try start()
      program.terminal.paste("fn f(x) {\n  if x > 1 {\n    x\n  }\n}\nf(3)\n")
      program.terminal.expect(containing: "   ... f(3)")
      program.terminal.type("\r")
      program.terminal.expect(containing: "   ... f(3)\n3\nswale>")
      program.terminal.type("\u{1b}[A")
      program.terminal.expect(containing: "3\nswale> fn f(x) {\n   ...   if x > 1 {")
    }

    @Test func tablesAreCutToTheTerminal() throws {
      let program = try start()
      program.terminal.type(
        "let t = table({name: [\"漢字\", \"e\u{301}\"], number: [1, 22], more: [1.5, null]})\r")
      program.terminal.wait { $0.text.hasSuffix("\nswale>") }
      program.terminal.type("t\r")
      program.terminal.expect(
        containing:
          "swale> t\nname    number   more\nstring     int  float\n漢字         1    1.5\ne\u{301}           22   null\nswale>"
      )
      program.terminal.resize(columns: 20, rows: 10)
      program.terminal.type("\u{15}t\r")
      program.terminal.expect(containing: "2 of 3 columns show…\nswale>")
      program.terminal.resize(columns: 3, rows: 2)
      program.terminal.type("1 + 1\r")
      program.terminal.resize(columns: 60, rows: 14)
      program.terminal.type("\u{15}\"still here\"\r")
      program.terminal.expect(containing: "\n\"still here\"\nswale>")
    }

    @Test func otherProgramsFindTheTerminalAsItWas() throws {
      let report = folder.path + "/modes"
      let editor = folder.write("editor", "#!/bin/sh\nstty -a > \(report)\necho '40 + 2' > \"$1\"\n")
      let program = try start(["EDITOR": "sh " + editor])
      program.terminal.type("!stty -a | grep -c -e ' -icanon'\r")
      program.terminal.expect(containing: "icanon'\n0\n")
      program.terminal.type("1\r")
      program.terminal.expect(containing: "swale> 1\n1\nswale>")
      program.terminal.type(":edit\r")
      program.terminal.expect(containing: "│ 40 + 2\n42\nswale>")
      let modes = String(decoding: FileSystem.readFile(report) ?? [], as: UTF8.self)
      #expect(!modes.isEmpty && !modes.contains("-icanon") && !modes.contains("-isig"))
      // What was run instead of the command can be had again.
      program.terminal.type("\u{1b}[A")
      program.terminal.expect(containing: "42\nswale> 40 + 2")
    }

    @Test func theKeysOfViComeFromEditrc() throws {
      let file = folder.write("editrc", "bind -v\n")
      let program = try start(["EDITRC": file])
      program.terminal.type("10 + 2")
      program.terminal.expect(containing: "swale> 10 + 2")
      program.terminal.type("\u{1b}")
      program.terminal.wait(seconds: 0.2) { _ in false }
      program.terminal.type("0x\r")
      program.terminal.expect(containing: "swale> 0 + 2\n2\nswale>")
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

    @Test(arguments: [SIGTERM, SIGHUP, SIGSEGV, SIGILL])
    func theTerminalIsRestoredWhenASignalEndsIt(signal: Int32) throws {
      let program = try start()
      program.terminal.type("some text")
      program.terminal.expect(containing: "swale> some text")
      program.signal(signal)
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
