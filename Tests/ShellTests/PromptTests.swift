import Testing

@testable import SwaleShell

extension SerialTests {
  /// The prompt without a terminal: entries come in lines, results go out.
  @Suite struct PromptTests {
    let folder = TemporaryFolder()

    @Test func resultsAreShownAndKept() {
      let run = ShellRun.prompt("1 + 2\n_ * 10\nlet x = 5\nnull\nprint(x)\n\"a{x}\"\n")
      #expect(run.output == "3\n30\n5\n\"a5\"\n")
      #expect(run.errors == "")
      #expect(run.status == 0)
    }

    @Test func entriesMayHaveManyLines() {
      let run = ShellRun.prompt("fn f(x) {\n  x + 1\n}\nf(\n  1\n)\n[1, 2]\n  | map . * 2\n")
      #expect(run.output == "2\n[2, 4]\n")
    }

    @Test func errorsDoNotEndThePrompt() {
      let run = ShellRun.prompt("nope\n1 // 0\n1 + 1\n)\nlet a = 1\na = 2\nlet a = 3\na\n")
      #expect(run.output == "2\n3\n")
      #expect(run.errors.contains("<prompt>:1:1"))
      #expect(run.errors.contains("nope"))
    }

    @Test func recordsInAListAreATable() {
      let run = ShellRun.prompt("[{name: \"Ada\", n: 1}, {name: \"Bo\", extra: 2.5}]\n")
      #expect(
        run.output == """
          name       n  extra
          string   int  float
          Ada        1   null
          Bo      null    2.5

          """)
    }

    @Test func longResultsAreCutAndSaySo() {
      let run = ShellRun.prompt("list(1...1000)\n\"x\" * 100000\n{a: list(1...1000), b: {c: \"y\" * 100}}\n")
      #expect(run.output.contains("more items"))
      #expect(run.output.contains("a string of 100,000 bytes"))
      #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 * 24 })
    }

    @Test func commands() {
      let run = ShellRun.prompt(
        ":engine\n:engine interpret\n:engine\n:engine fast\n:type [1, 2.5]\n:type {a: 1}\nlet a = 1\nvar b = \"x\"\n:vars\n:reset\na\n"
      )
      #expect(run.output.contains("compile\nengine: interpret\ninterpret\n"))
      #expect(run.output.contains("list of 2 items: number"))
      #expect(run.output.contains("record {a: int}"))
      #expect(run.output.contains("a     int"))
      #expect(run.output.contains("var string"))
      #expect(run.errors.contains("there is no engine fast"))
      #expect(run.errors.contains("unknown name a"))
    }

    @Test func unknownCommandsAreSuggested() {
      let run = ShellRun.prompt(":hlep\n:tim 1\n:time\n:vars x\n")
      #expect(run.errors.contains("did you mean :help?"))
      #expect(run.errors.contains("did you mean :time?"))
      #expect(run.errors.contains(":time needs an expression behind it"))
      #expect(run.errors.contains(":vars takes nothing behind it"))
      let bare = ShellRun.prompt("help sum\nload()\ntime.since\nlet reset = 4\nreset\n!cd /\n")
      #expect(bare.errors.contains("hint: write :help\n"))
      #expect(bare.errors.contains("load is a command of the prompt"))
      #expect(bare.errors.contains("hint: write :cd /\n"))
      #expect(bare.output.hasSuffix("4\n"))
    }

    @Test func loadKeepsNamesAndChangesFolder() {
      let file = folder.write("lib.swale", "## Doubles.\nfn twice(x) = x * 2\nlet base = 21\n")
      let run = ShellRun.prompt(
        ":load \(file)\ntwice(base)\n:help twice\n:load /no/such\n:cd \(folder.path)\n:cd /no/such\n:cd /\n")
      #expect(run.output.contains("42\n"))
      #expect(run.output.contains("Doubles."))
      #expect(run.output.contains(folder.path + "\n"))
      #expect(run.errors.contains("/no/such"))
    }

    @Test func timeShowsTheResultAndFigures() {
      let run = ShellRun.prompt(":time 6 * 7\n:time fail \"oh\"\n")
      #expect(run.output.hasPrefix("42\nwall "))
      #expect(run.output.contains("cpu "))
      #expect(run.errors.contains("oh"))
      #expect(run.output.split(separator: "wall").count == 2)
    }

    @Test func benchLeavesTheNamesAsTheyWere() {
      let run = ShellRun.prompt(
        "var xs = [1]\n:bench xs.push(2)\nxs\n:bench print(\"quiet\")\n:bench fail \"oh no\"\n")
      #expect(run.output.contains("both results are equal"))
      #expect(run.output.contains("[1]"))
      #expect(!run.output.contains("quiet"))
      // Once in the message, once in the line that it stands in.
      #expect(run.errors.split(separator: "oh no").count == 3)
    }

    @Test func theSystemShellRunsCommands() {
      let run = ShellRun.prompt("!exit 3\n!\n1\n")
      #expect(run.output.contains("exit status 3"))
      #expect(run.errors.contains("! needs a command"))
      #expect(run.output.hasSuffix("1\n"))
    }

    @Test func editRunsWhatWasSaved() {
      let editor = folder.write("editor", "#!/bin/sh\nsed -i s/1/5/ \"$1\"\n")
      let variables = ["EDITOR": "sh " + editor]
      let run = ShellRun(
        [], input: "fn f() = 1\nf()\n:edit f\nf()\n:edit nosuch\n:edit\n", environment: variables)
      #expect(run.output.contains("1\n│ fn f() = 5\n5\n"))
      #expect(run.errors.contains("there is no declaration of nosuch"))
    }

    @Test func inputTakesTheLineBehindItsEntry() {
      let run = ShellRun.prompt("let a = input()\nnot an entry\na\ninput() + input()\nx\ny\n1 + 1\n")
      #expect(run.output == "\"not an entry\"\n\"xy\"\n2\n")
      let rest = ShellRun.prompt("read(\"-\", format: \"txt\")\na\nb\n")
      #expect(rest.output == "[\"a\", \"b\"]\n")
    }

    @Test func pipedEntriesThatFailShowInTheStatus() {
      #expect(ShellRun.prompt("nope\n1\n").status == 1)
      #expect(ShellRun.prompt(":nope\n1\n").status == 1)
      #expect(ShellRun.prompt("1\n").status == 0)
    }

    @Test func coloursAreForTerminals() throws {
      let terminal = try PseudoTerminal()
      func isColored(_ variables: [String: String], _ choice: ColorChoice = .auto) -> Bool {
        StandardStreams(input: 0, output: terminal.device, error: 2) { variables[$0] }
          .isColored(terminal.device, choice)
      }
      #expect(isColored(["TERM": "xterm"]))
      #expect(!isColored(["TERM": "xterm", "NO_COLOR": "1"]))
      #expect(isColored(["TERM": "xterm", "NO_COLOR": ""]))
      #expect(!isColored(["TERM": "dumb"]))
      #expect(isColored(["NO_COLOR": "1"], .always))
      #expect(!isColored(["TERM": "xterm"], .never))
      #expect(!ShellRun(["-e", "nope"]).errors.contains("\u{1b}"))
      #expect(ShellRun(["--color=always", "-e", "nope"]).errors.contains("\u{1b}[1;31merror:"))
    }

    @Test func bareWordsLeave() {
      #expect(ShellRun.prompt("exit\n1\n").output == "")
      #expect(ShellRun.prompt("quit\n1\n").output == "")
      #expect(ShellRun.prompt("let quit = 5\nquit\n").output == "5\n")
    }

    @Test func exitEndsThePromptWithItsStatus() {
      #expect(ShellRun.prompt("exit(4)\n1\n").status == 4)
      #expect(ShellRun.prompt(":quit\n1\n").output == "")
    }
  }
}
