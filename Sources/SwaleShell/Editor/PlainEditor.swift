import Glibc

/// Reads entries as plain lines, where the input is no terminal or one that cannot be drawn on.
///
/// It takes no more of the input than the entry needs: what follows is there for a script's
/// `input()`.
final class PlainEditor: LineEditor {
  private let input: Int32
  /// Where the prompt goes; nil to show none.
  private let output: Int32?
  private let isIncomplete: (String) -> Bool
  /// True if the input is a file, in which it is possible to go back.
  private let isSeekable: Bool
  /// A line that was read to see whether it continues the entry before it.
  private var pending: String?

  init(input: Int32, output: Int32?, isIncomplete: @escaping (String) -> Bool) {
    self.input = input
    self.output = output
    self.isIncomplete = isIncomplete
    isSeekable = lseek(input, 0, SEEK_CUR) >= 0
  }

  func read(_ prompt: PromptText) -> EditorResult {
    var text = ""
    var isFirst = true
    while true {
      show(isFirst ? prompt.first : prompt.continuation)
      switch line() {
      case .interrupted:
        show("\n")
        return .cancelled
      case .end:
        if isFirst { show("\n") }
        return isFirst ? .end : .entry(text)
      case .line(let line):
        text += isFirst ? line : "\n" + line
        isFirst = false
        if !isIncomplete(text) { return .entry(output == nil ? text + continuation() : text) }
      }
    }
  }

  /// Returns the lines that continue a complete entry because of how they begin; only where nobody
  /// waits for the entry to run.
  private func continuation() -> String {
    var text = ""
    while case .line(let line) = line() {
      let start = line.drop { $0 == " " || $0 == "\t" }
      let word = start.prefix { $0.isLetter }
      let isMember = start.hasPrefix(".") && start.dropFirst().first?.isLetter ?? false
      guard start.hasPrefix("|") || isMember || word == "catch" || word == "else" else {
        pending = line
        break
      }
      text += "\n" + line
    }
    return text
  }

  private func show(_ text: String) {
    if let output { Descriptor.write(text, to: output) }
  }

  private enum Line {
    case line(String)
    case end
    case interrupted
  }

  private func line() -> Line {
    if let line = pending {
      pending = nil
      return .line(line)
    }
    var bytes: [UInt8] = []
    while true {
      // On a terminal each read gives at most one line; on a pipe only single bytes are safe.
      let block = isSeekable ? 4096 : 1
      guard let read = Descriptor.read(input, upTo: block, stopsOnSignal: output != nil) else {
        return errno == EINTR ? .interrupted : .end
      }
      if read.isEmpty { return bytes.isEmpty ? .end : .line(PlainEditor.decode(bytes)) }
      if let newline = read.firstIndex(of: UInt8(ascii: "\n")) {
        bytes += read[..<newline]
        let unused = read.count - newline - 1
        if unused > 0 { lseek(input, -unused, SEEK_CUR) }
        return .line(PlainEditor.decode(bytes))
      }
      bytes += read
    }
  }

  private static func decode(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasSuffix("\r") ? String(text.dropLast()) : text
  }
}
