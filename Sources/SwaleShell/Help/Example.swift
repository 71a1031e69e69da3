import SwaleSyntax

/// A program of the folder Examples, kept in the binary.
struct Example: Sendable {
  let name: String
  let text: String

  /// What it teaches: its first comment.
  var summary: String {
    for line in text.split(separator: "\n") where line.hasPrefix("#") && !line.hasPrefix("#!") {
      return String(line.drop { $0 == "#" || $0 == " " })
    }
    return ""
  }

  static let all: [Example] = EmbeddedExamples.files.map { Example(name: $0.name, text: $0.text) }

  static func named(_ name: String) -> Example? {
    let base = name.hasSuffix(".swale") ? String(name.dropLast(6)) : name
    return all.first { $0.name == base }
  }

  static func suggestion(for name: String) -> String {
    closestName(to: name, among: all.map(\.name)).map { "did you mean \($0)?" }
      ?? "without a name all of them are listed"
  }

  /// Returns a line for each example.
  static func list(_ styled: (String, Style) -> String) -> [String] {
    let width = all.map(\.name.count).max() ?? 0
    return all.map {
      styled($0.name, .bold) + String(repeating: " ", count: width - $0.name.count + 2) + $0.summary
    }
  }
}
