import CLibEdit
import Glibc

/// The user's `~/.editrc`, the configuration that all programs with libedit share.
struct EditorConfiguration {
  /// The words of each line, as the shell would split them.
  private(set) var lines: [[String]] = []

  init(lines: [[String]] = []) { self.lines = lines }

  /// Reads the file that `EDITRC` names, or `.editrc` in the home folder.
  static func load(environment: (String) -> String?) -> EditorConfiguration {
    let path = environment("EDITRC") ?? environment("HOME").map { $0 + "/.editrc" }
    guard let path, let bytes = FileSystem.readFile(path) else { return EditorConfiguration() }
    return EditorConfiguration(text: String(decoding: bytes, as: UTF8.self))
  }

  init(text: String) {
    guard let tokenizer = tok_init(nil) else { return }
    defer { tok_end(tokenizer) }
    for line in text.split(separator: "\n") {
      let trimmed = line.drop { $0 == " " || $0 == "\t" }
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      tok_reset(tokenizer)
      var count: Int32 = 0
      var words: UnsafeMutablePointer<UnsafePointer<CChar>?>?
      guard tok_str(tokenizer, String(trimmed), &count, &words) == 0, let words else { continue }
      lines.append((0..<Int(count)).compactMap { words[$0].map { String(cString: $0) } })
    }
  }

  /// True for a line that chooses between the key maps of emacs and vi, which resets all keys.
  private static func choosesMap(_ words: [String]) -> Bool {
    command(words) == "bind" && (words.contains("-v") || words.contains("-e"))
  }

  /// The command of a line, which may be preceded by the name of a program and a colon.
  private static func command(_ words: [String]) -> String {
    words.first.map { String($0.split(separator: ":").last ?? "") } ?? ""
  }

  /// The lines that have to come before Swale's own keys are bound.
  var mapChoices: [[String]] { lines.filter(EditorConfiguration.choosesMap) }

  /// The lines that come after, so that the user's keys win.
  var rest: [[String]] {
    lines.filter {
      !EditorConfiguration.choosesMap($0) && EditorConfiguration.command($0) != "edit"
    }
  }

  /// The escape sequences that the user bound, without their Escape.
  var boundSequences: Set<[UInt8]> {
    var found: Set<[UInt8]> = []
    for words in rest where EditorConfiguration.command(words) == "bind" {
      for word in words.dropFirst() {
        for prefix in ["\\e", "^[", "\\033", "\\E", "\u{1b}"] where word.hasPrefix(prefix) {
          let rest = word.dropFirst(prefix.count)
          if !rest.isEmpty { found.insert(Array(rest.utf8)) }
        }
      }
    }
    return found
  }
}
