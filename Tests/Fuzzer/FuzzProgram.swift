/// A program to compare the engines on: a script, or entries of a prompt.
///
/// As text, a prompt session begins with the line `# prompt`, and lines `# entry` part its entries.
struct FuzzProgram {
  let entries: [String]
  let isPrompt: Bool

  private static let promptMark = "# prompt"
  private static let entryMark = "# entry"

  init(entries: [String], isPrompt: Bool) {
    self.entries = entries
    self.isPrompt = isPrompt
  }

  init(text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    isPrompt = lines.first.map { $0 == FuzzProgram.promptMark } ?? false
    guard isPrompt else {
      entries = [text]
      return
    }
    lines.removeFirst()
    entries = lines.split { $0 == FuzzProgram.entryMark }.map { $0.joined(separator: "\n") }
  }

  var text: String {
    if !isPrompt { return entries.joined(separator: "\n") }
    return FuzzProgram.promptMark + "\n" + entries.joined(separator: "\n\(FuzzProgram.entryMark)\n")
  }
}
