import Testing

@testable import SwaleShell

@Suite struct CommandLineParserTests {
  private func parse(_ line: String) throws -> Invocation {
    try CommandLineParser.parse(line.split(separator: " ").map(String.init))
  }

  private func failure(_ line: String) -> UsageError? {
    do {
      _ = try parse(line)
      return nil
    } catch { return error as? UsageError }
  }

  @Test func nothingIsThePrompt() throws {
    #expect(try parse("").action == .prompt)
    let invocation = try parse("--engine interpret --color=never")
    #expect(invocation == Invocation(action: .prompt, engine: .interpret, color: .never))
  }

  @Test func whatFollowsAFileIsTheScripts() throws {
    let file = Invocation.Program(origin: .file("a.swale"), arguments: ["--engine", "x", "-e", "--"])
    #expect(try parse("a.swale --engine x -e --").action == .run(file))
    #expect(try parse("run a.swale --engine x -e --").action == .run(file))
    #expect(try parse("run --engine=compile a.swale --engine x -e --").action == .run(file))
    #expect(try parse("-e 1 2 -h").action == .run(.init(origin: .code("1"), arguments: ["2", "-h"])))
    #expect(try parse("- x").action == .run(.init(origin: .standardInput, arguments: ["x"])))
    #expect(try parse("-- run").action == .run(.init(origin: .file("run"))))
    #expect(try parse("run -- -odd").action == .run(.init(origin: .file("-odd"))))
  }

  @Test func commands() throws {
    #expect(try parse("check a b").action == .check(files: ["a", "b"]))
    #expect(try parse("bench -e 1 --json").action == .bench(.init(origin: .code("1")), json: true))
    #expect(
      try parse("bench --json f x").action == .bench(.init(origin: .file("f"), arguments: ["x"]), json: true))
    #expect(try parse("examples").action == .examples(name: nil))
    #expect(try parse("help tables").action == .help(topic: "tables"))
    #expect(try parse("--version").action == .version)
    #expect(try parse("check -h").action == .usage)
    #expect(try parse("run --help").action == .usage)
  }

  @Test func wrongUsageSaysWhatToDo() {
    #expect(failure("--engin x")?.hint == "did you mean --engine?")
    #expect(failure("--engine fast")?.message == "--engine is interpret or compile, not \"fast\"")
    #expect(failure("--engine interpet")?.hint == "did you mean --engine interpret?")
    #expect(failure("--engine")?.message == "--engine needs a value: interpret or compile")
    #expect(failure("--version=1")?.message == "--version takes no value")
    #expect(failure("-e")?.message == "-e needs a program to run")
    #expect(failure("run")?.message == "run: which file?")
    #expect(failure("check")?.message == "check: which files?")
    #expect(failure("examples a b")?.message == "examples takes a NAME, not 2")
  }
}
