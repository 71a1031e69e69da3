import EngineTesting
import SwaleEngine
import Testing

/// The snippets of README.md run: each block marked `swale` is a program whose `# expect:` marks hold.
@Suite(.serialized) struct ReadmeTests {
  @Test func snippets() throws {
    let blocks = ReadmeTests.blocks(of: try ProjectFiles.text("README.md"))
    #expect(blocks.count >= 6)
    for block in blocks {
      let program = CorpusProgram(name: "README.md", text: block.replacing("# → ", with: "# expect: "))
      let problems = program.check()
      #expect(problems.isEmpty, "\(block)\n\(problems.joined(separator: "\n"))")
    }
  }

  static func blocks(of text: String) -> [String] {
    var blocks: [String] = []
    var block: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = block {
        if line == "```" {
          blocks.append(lines.joined(separator: "\n"))
          block = nil
        } else {
          block = lines + [line]
        }
      } else if line == "```swale" {
        block = []
      }
    }
    return blocks
  }
}
