import EngineTesting
import Glibc
import SwaleEngine
import Testing

@testable import fuzz

/// Random programs do the same on both engines; see Scripts/fuzz for longer runs.
@Suite(.serialized) struct FuzzerTests {
  /// Where the package's build puts its programs: beside the tests.
  private var path: String {
    var bundle = CommandLine.arguments[0]
    if let argument = CommandLine.arguments.drop(while: { $0 != "--test-bundle-path" }).dropFirst().first {
      bundle = argument
    }
    let folder = bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return folder.joined(separator: "/") + "/fuzz"
  }

  /// Each time other programs; what fails is printed with its seed, whatever ends the process.
  @Test func enginesAgreeOnNewPrograms() {
    var output: [String] = []
    let child = Child(["--seconds", "20"], program: path) { output.append($0) }
    #expect(child.status == 0, "\(child.description)\n\(output.joined(separator: "\n"))")
    #expect(output.contains { $0.hasSuffix("0 crashed or hung") }, "\(output.joined(separator: "\n"))")
  }
}

/// The generator does what it says.
@Suite struct ProgramGeneratorTests {
  @Test func aSeedAlwaysGivesTheSameProgram() {
    for seed in 0..<50 {
      #expect(ProgramGenerator.program(seed: seed).text == ProgramGenerator.program(seed: seed).text)
    }
    #expect(Set((0..<50).map { ProgramGenerator.program(seed: $0).text }).count == 50)
  }

  @Test func aTextIsReadAsItWasWritten() {
    for seed in 0..<50 {
      let program = ProgramGenerator.program(seed: seed)
      let read = FuzzProgram(text: program.text)
      #expect(read.isPrompt == program.isPrompt && read.text == program.text)
    }
  }

  /// Programs that a slow machine stops as too long are not counted: they say nothing of the generator.
  @Test func mostProgramsRun() {
    var statistics = Statistics()
    for seed in 0..<40 {
      let program = ProgramGenerator.program(seed: seed)
      statistics.count(program, Comparison().compare(program))
    }
    #expect(statistics.refused < 15 && statistics.failed < 30, "\(statistics)")
  }
}

/// What must not pass the fuzzer does not.
@Suite struct FuzzerHarnessTests {
  /// A comparison with an engine that takes `//` for `%`.
  private var planted: Comparison {
    var comparison = Comparison()
    comparison.planted = { text in text.split(separator: "//").joined(separator: "%") }
    return comparison
  }

  @Test func aPlantedDifferenceIsFoundAndMadeSmall() throws {
    let worker = Worker(comparison: planted)
    let found = (0..<300).lazy.map { ProgramGenerator.program(seed: $0) }.first {
      if case .different = worker.comparison.compare($0).verdict { true } else { false }
    }
    let program = try #require(found)
    let smallest = worker.minimized(program.text)
    #expect(smallest.contains("//") && smallest.utf8.count < 60, "\(smallest)")
  }

  @Test(arguments: [
    ("print(7 // 2)", true), ("7 // 2", true), ("print(2 // 2)\n1 // 0", true), ("print(6)", false),
    ("# prompt\nlet a = 7\n# entry\nprint(a // 2)", true), ("# prompt\nlet a = 7\n# entry\nprint(a)", false),
  ]) func differencesOfAllSortsAreSeen(text: String, isDifferent: Bool) {
    let verdict = planted.compare(FuzzProgram(text: text)).verdict
    #expect((verdict != .same) == isDifferent, "\(verdict)")
    #expect(Comparison().compare(FuzzProgram(text: text)).verdict == .same)
  }

  @Test func whatNeverEndsIsStopped() {
    #expect(Comparison().compare(FuzzProgram(text: "while true {}")).verdict == .tooLong)
  }

  @Test func theLeastTextIsFound() {
    var minimizer = Minimizer { $0.contains("x") && $0.contains("y") }
    #expect(minimizer.minimize("let x = f(1, [2])\nlet z = 3\nif a { y }").utf8.count <= 3)
  }
}
