import SwaleEngine

/// Reads entries as plain lines, where the input is no terminal or one that cannot be drawn on.
///
/// It takes no more of the input than the entry needs: what follows is there for a script's
/// `input()`, which reads from the same place.
final class PlainEditor: LineEditor {
  /// Where the prompt goes; nil to show none.
  private let output: Int32?
  private let isIncomplete: (String) -> Bool

  /// How long an entry from a pipe waits for a line that might continue it. A program that types
  /// into the pipe and waits for the answer gets it after that.
  private static let patience: Int32 = 50

  init(output: Int32?, isIncomplete: @escaping (String) -> Bool) {
    self.output = output
    self.isIncomplete = isIncomplete
  }

  func read(_ prompt: PromptText) -> EditorResult {
    var text = ""
    var isFirst = true
    do {
      while true {
        show(isFirst ? prompt.first : prompt.continuation)
        guard let line = try StandardInput.readLine() else {
          if isFirst { show("\n") }
          return isFirst ? .end : .entry(text)
        }
        text += (isFirst ? "" : "\n") + String(decoding: line, as: UTF8.self)
        isFirst = false
        if !isIncomplete(text) {
          return .entry(output == nil ? text + (try continuation()) : text)
        }
      }
    } catch ProgramExit.interrupted {
      show("\n")
      return .cancelled
    } catch { return .failed(error) }
  }

  /// Returns the lines that continue a complete entry because of how they begin; only where nobody
  /// sees the prompt.
  private func continuation() throws -> String {
    var text = ""
    while StandardInput.isReadable(withinMilliseconds: PlainEditor.patience),
      let bytes = try StandardInput.readLine()
    {
      let line = String(decoding: bytes, as: UTF8.self)
      guard PlainEditor.continues(line) else {
        StandardInput.unread(bytes)
        break
      }
      text += "\n" + line
    }
    return text
  }

  /// True for a line that belongs to the one above.
  private static func continues(_ line: String) -> Bool {
    let start = line.drop { $0 == " " || $0 == "\t" }
    let word = start.prefix { $0.isLetter }
    let isMember = start.hasPrefix(".") && start.dropFirst().first?.isLetter ?? false
    return start.hasPrefix("|") || isMember || word == "catch" || word == "else"
  }

  private func show(_ text: String) {
    if let output { Descriptor.write(text, to: output) }
  }
}
