import Glibc
import Testing

@testable import SwaleShell

extension SerialTests {
  /// The sessions of README.md: each block marked `console` shows what its entries give.
  @Suite struct ReadmeTests {
    private struct Entry {
      var code: String
      var shown: [Substring] = []
    }

    @Test func sessions() throws {
      let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
      let text = String(decoding: try #require(FileSystem.readFile(root + "/README.md")), as: UTF8.self)
      let blocks = text.components(between: "```console\n", and: "\n```")
      #expect(blocks.count == 2)
      let folder = TemporaryFolder()
      try #require(symlink(root + "/Examples", folder.path + "/Examples") == 0)
      defer { unlink(folder.path + "/Examples") }
      for block in blocks {
        let entries = ReadmeTests.entries(of: block)
        let code = entries.map(\.code).joined(separator: "\n")
        let run = ShellRun.prompt(":cd \(folder.path)\n" + code + "\n:cd /\n")
        let printed = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        var lines = printed.dropLast(2)
        var errors = run.errors.split(separator: "\n")[...]
        for entry in entries {
          for line in entry.shown {
            if entry.shown[0].hasPrefix("error: ") {
              #expect(errors.popFirst() == line)
            } else if entry.code.hasPrefix(":bench") {
              // The figures are those of some machine on some day.
              #expect(lines.popFirst().map(ReadmeTests.words) == ReadmeTests.words(line))
            } else {
              #expect(lines.popFirst() == line)
            }
          }
        }
        #expect(lines.isEmpty && errors.isEmpty)
      }
    }

    private static func entries(of block: String) -> [Entry] {
      var entries: [Entry] = []
      for line in block.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("swale> ") {
          entries.append(Entry(code: String(line.dropFirst(7))))
        } else if line.hasPrefix("   ... ") {
          entries[entries.count - 1].code += "\n" + line.dropFirst(7)
        } else if !entries.isEmpty {
          entries[entries.count - 1].shown.append(line)
        }
      }
      return entries
    }

    /// The words of a line without figures, their units and bars.
    private static func words(_ line: Substring) -> [Substring] {
      line.split(separator: " ").filter { word in
        word.allSatisfy { $0.isASCII && $0.isLetter } && !["ns", "ms", "s"].contains(word)
      }
    }
  }
}

extension String {
  /// Returns the texts between a beginning and the end that follows it.
  fileprivate func components(between start: String, and end: String) -> [String] {
    split(separator: start, omittingEmptySubsequences: false).dropFirst().compactMap { rest in
      rest.split(separator: end, omittingEmptySubsequences: false).first.map(String.init)
    }
  }
}
