/// A page of help about a part of the language or the program.
///
/// In the text, lines indented by four blanks are code; every other line is for reading.
struct Topic: Sendable {
  let name: String
  let summary: String
  let text: String
  /// Other words by which it is found, such as keywords.
  var words: [String] = []

  static let all: [Topic] = language + data + cookbook + program

  static func named(_ name: String) -> Topic? {
    all.first { $0.name == name } ?? all.first { $0.words.contains(name) }
  }

  /// The code of the page, block by block.
  var code: [String] {
    var blocks: [String] = []
    var isInBlock = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("    ") {
        let code = String(line.dropFirst(4))
        if isInBlock { blocks[blocks.count - 1] += "\n" + code } else { blocks.append(code) }
        isInBlock = true
      } else {
        isInBlock = false
      }
    }
    return blocks
  }
}
