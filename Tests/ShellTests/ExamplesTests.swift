import Glibc
import Testing

@testable import SwaleShell

extension SerialTests {
  /// The programs of the folder Examples, as files and as they are kept in the binary.
  @Suite struct ExamplesTests {
    private static let folder: String = {
      // This file is two folders below the project's.
      let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      return parts.joined(separator: "/") + "/Examples"
    }()

    @Test func theBinaryHoldsTheFiles() {
      let names = FileSystem.names(in: ExamplesTests.folder).filter { $0.hasSuffix(".swale") }.sorted()
      #expect(
        Example.all.map { $0.name + ".swale" } == names, "run Scripts/embed-examples")
      for example in Example.all {
        let bytes = FileSystem.readFile(ExamplesTests.folder + "/" + example.name + ".swale") ?? []
        #expect(
          example.text == String(decoding: bytes, as: UTF8.self),
          "\(example.name) was changed: run Scripts/embed-examples")
        #expect(!example.summary.isEmpty, "\(example.name) begins without a comment that says what it shows")
        #expect(example.text.split(separator: "\n").count < 60, "\(example.name) is long")
      }
    }

    @Test(arguments: Example.all.map(\.name))
    func runsTheSameOnBothEngines(name: String) throws {
      let example = try #require(Example.named(name))
      let compiled = ShellRun(["-"], input: example.text)
      #expect(compiled.status == 0, "\(compiled.errors)")
      #expect(!compiled.output.isEmpty)
      let interpreted = ShellRun(["--engine", "interpret", "-"], input: example.text)
      #expect(interpreted.output == compiled.output)
      #expect(interpreted.status == 0)
    }

    @Test func anExampleIsShownAndRunAtThePrompt() throws {
      let example = try #require(Example.all.first)
      let run = ShellRun.prompt(":examples\n:example \(example.name)\n")
      #expect(run.output.contains(example.summary))
      #expect(run.output.contains("│ " + example.text.split(separator: "\n")[0]))
    }
  }
}
