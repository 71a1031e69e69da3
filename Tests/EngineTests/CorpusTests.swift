import EngineTesting
import SwaleEngine
import Testing

/// The programs of Tests/Corpus do what their marks say, on both engines.
@Suite(.serialized) struct CorpusTests {
  @Test(arguments: ProjectFiles.programs(in: "Tests/Corpus")) func program(path: String) throws {
    let program = CorpusProgram(name: ProjectFiles.root + "/" + path, text: try ProjectFiles.text(path))
    #expect(program.error != nil || !program.expected.isEmpty, "\(path) has no mark")
    let problems = program.check()
    #expect(problems.isEmpty, "\(path)\n\(problems.joined(separator: "\n"))")
  }

  /// Programs with tasks do what their marks say in whatever order the tasks run.
  @Test(arguments: ProjectFiles.programs(in: "Tests/Corpus/tasks").filter { !$0.contains("deep_") })
  func seeds(path: String) throws {
    let program = CorpusProgram(name: ProjectFiles.root + "/" + path, text: try ProjectFiles.text(path))
    for engine in EngineKind.allCases {
      for seed in 1...5 {
        let run = ProgramRun(program.text, name: program.name, engine: engine, seed: seed)
        let problems = program.problems(run)
        #expect(problems.isEmpty, "\(path) \(engine), seed \(seed)\n\(problems.joined(separator: "\n"))")
        if !problems.isEmpty { break }
      }
    }
  }

  /// The examples give the output that lies beside them.
  @Test(arguments: ProjectFiles.programs(in: "Examples")) func example(path: String) throws {
    let name = path.split(separator: "/").last!.dropLast(6)
    let expected = try ProjectFiles.text("Examples/expected/\(name).txt")
    let text = try ProjectFiles.text(path)
    for engine in EngineKind.allCases {
      let run = ProgramRun(text, name: ProjectFiles.root + "/" + path, engine: engine)
      #expect(run.failure == nil, "\(path) \(engine): \(run.failure?.description ?? "")")
      #expect(run.lines.map { $0 + "\n" }.joined() == expected, "\(path) \(engine)")
    }
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 60, "\(path) is too long")
  }
}

/// What must not pass the harness does not.
@Suite(.serialized) struct CorpusHarnessTests {
  func check(_ text: String) -> [String] { CorpusProgram(name: "<planted>", text: text).check() }

  @Test func rightMarksPass() {
    #expect(check("print(1 + 1)  # expect: 2\nprint([1][5])  # error: index").isEmpty)
    #expect(check("print(\"a\\n\\nb\")\n# expect: a\n# expect:\n# expect: b").isEmpty)
    #expect(check("let a = 1\na = 2  # check-error: name").isEmpty)
  }

  @Test(arguments: [
    "print(1 + 1)  # expect: 3", "print(1)", "# expect: 1", "print(1)\nprint(2)  # expect: 1",
    "print(1 // 0)", "print(1 // 0)  # error: overflow", "# error: zero_division 1:1\nprint(1 // 0)",
    "print(1 // 0)  # error: zero_division :1", "print(1 // 0)  # error: zero_division no such words",
    "print(1 // 0)  # check-error: zero_division", "print(nothing)  # error: name",
    "print(1)  # expect: 1\n# error: type",
  ]) func wrongMarksAreFound(text: String) {
    #expect(!check(text).isEmpty)
  }

  @Test func aDifferenceBetweenTheEnginesIsFound() {
    let program = CorpusProgram(name: "<planted>", text: "1  # expect: 1")
    let one = ProgramRun("print(1); 2", engine: .interpret)
    let other = ProgramRun("print(1); 3", engine: .compile)
    #expect(program.verdict(one, one).isEmpty)
    #expect(!program.verdict(one, other).isEmpty)
    let left = ProgramRun("print(1)\n 1 // 0", engine: .interpret)
    let right = ProgramRun("print(1)\n  1 // 0", engine: .compile)
    #expect(left != right)
  }
}
