import Glibc
import Testing

@testable import SwaleShell

extension SerialTests {
  @Suite struct ScriptTests {
    let folder = TemporaryFolder()

    @Test func runsCodeAndItsArguments() {
      let run = ShellRun(["-e", "print(args, 1 + 2)", "a", "--engine", "x"])
      #expect(run.output == "[\"a\", \"--engine\", \"x\"] 3\n")
      #expect(run.errors == "")
      #expect(run.status == 0)
    }

    @Test(arguments: ["interpret", "compile"])
    func runsFilesAndTheStandardInput(engine: String) {
      let file = folder.write("a.swale", "#!/usr/bin/env swale\nfn f(x) = x * 2\nprint(f(21))\n")
      #expect(ShellRun(["--engine", engine, file]).output == "42\n")
      #expect(ShellRun(["run", "--engine=" + engine, file]).output == "42\n")
      #expect(ShellRun(["--engine", engine, "-"], input: "print(args)").output == "[]\n")
    }

    @Test func exitStatuses() {
      #expect(ShellRun(["-e", "exit(7)"]).status == 7)
      #expect(ShellRun(["-e", "fail \"no\""]).status == 1)
      #expect(ShellRun(["-e", "print(nothing_here)"]).status == 2)
      #expect(ShellRun(["-e", "1 +"]).status == 2)
      #expect(ShellRun(["--engin"]).status == 2)
      #expect(ShellRun(["/no/such/file.swale"]).status == 2)
      #expect(ShellRun(["help", "nosuchthing"]).status == 2)
    }

    @Test func outputBeforeAnErrorIsKept() {
      let run = ShellRun(["-e", "print(\"first\")\nprint([1][5])"])
      #expect(run.output == "first\n")
      #expect(run.errors.contains("<command>:2:"))
      #expect(run.status == 1)
    }

    @Test func checkReportsWithoutRunning() {
      let good = folder.write("good.swale", "print(1)\n")
      let bad = folder.write("bad.swale", "print(1)\nprnt(2)\nlet a = 1\na = 2\n")
      #expect(ShellRun(["check", good]).status == 0)
      #expect(ShellRun(["check", good, good]).output == "2 files checked, no problems\n")
      let run = ShellRun(["check", good, bad, "/no/such"])
      #expect(run.status == 2)
      #expect(run.output == "")
      #expect(run.errors.hasSuffix("3 problems in 2 of 3 files\n"))
      #expect(run.errors.contains("bad.swale:2:1"))
      #expect(run.errors.contains("bad.swale:4:1"))
      #expect(run.errors.contains("print"))
    }

    @Test func aClosedOutputEndsQuietly() throws {
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      close(ends[0])
      let streams = StandardStreams(input: 0, output: ends[1], error: ends[1]) { _ in nil }
      let status = Shell.run(["-e", "for i in 1...100000 { print(i) }"], streams: streams)
      close(ends[1])
      #expect(status == 141)
    }

    @Test func aFullDeviceIsAnErrorOfEveryCommand() {
      for (arguments, input) in [
        (["-e", "print(1)"], ""), (["--help"], ""), (["examples"], ""), (["help", "pipes"], ""),
        (["bench", "-e", "1", "--json"], ""), ([], "1 + 1\n"),
      ] {
        let full = open("/dev/full", O_WRONLY)
        let run = ShellRun(arguments, input: input, output: full)
        #expect(run.status == 1, "\(arguments)")
        #expect(run.errors.contains("cannot write the output"), "\(arguments)")
      }
    }

    @Test func aMistypedCommandIsSuggested() {
      let run = ShellRun(["chekc"])
      #expect(run.status == 2)
      #expect(run.errors.contains("did you mean swale check?"))
      #expect(ShellRun(["--vers"]).errors.contains("did you mean --version?"))
    }

    @Test func helpAndExamples() {
      #expect(ShellRun(["--version"]).output == "swale \(Version.current)\n")
      #expect(ShellRun(["--help"]).output.contains("swale -e CODE"))
      #expect(ShellRun(["help"]).output.contains("pipes"))
      #expect(ShellRun(["help", "pipes"]).output.contains("transform"))
      #expect(ShellRun(["help", "split"]).output.contains("split(text"))
      #expect(ShellRun(["help", "splitt"]).errors.contains("did you mean split?"))
      #expect(ShellRun(["examples"]).status == 0)
      #expect(ShellRun(["examples", "nosuch"]).status == 2)
    }

    @Test func benchComparesTheEngines() {
      let run = ShellRun(["bench", "-e", "var n = 0\nfor i in 1...1000 { n += i }\nprint(n)\nn", "--json"])
      #expect(run.status == 0)
      #expect(run.output.hasPrefix("{\"engines\":{\"interpret\":{\"median_ns\":"))
      #expect(run.output.contains("\"equal\":true"))
      let failing = ShellRun(["bench", "-e", "print(1)\nfail \"oh\""])
      #expect(failing.status == 1)
      #expect(failing.output == "")
      #expect(failing.errors.contains("oh"))
    }

    @Test func benchMeasuresTheWorkOfTablesAndMutesItsNoise() {
      let file = folder.write("ragged.csv", "a,b\n1,2\n3\n")
      let run = ShellRun(["bench", "-e", "print(\"x\", err: true)\nread(\"\(file)\") | sort desc(.a)"])
      #expect(run.status == 0)
      #expect(run.errors == "")
      #expect(run.output.contains("both results are equal"))
      let random = ShellRun(["bench", "-e", "random.float()"])
      #expect(random.status == 0)
      #expect(random.output.contains("not compared"))
    }

    @Test func benchStartsEachRunAnew() {
      // Doubled in every run, the list would soon be larger than the memory.
      let run = ShellRun.prompt("var xs = [1]\nfn twice() { xs = xs + xs }\n:bench twice()\nlen(xs)\n")
      #expect(run.output.contains("each run starts with xs as before"))
      #expect(run.output.hasSuffix("\n1\n"))
    }

    @Test func everyPageOfHelpHoldsCodeThatRuns() {
      for topic in Topic.all where topic.name != "keys" {
        for code in topic.code {
          let run = ShellRun(["-e", code])
          #expect(run.status == 0, "\(topic.name): \(code)\n\(run.errors)")
        }
      }
    }
  }
}
