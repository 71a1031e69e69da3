import EngineTesting
import SwaleEngine

/// A program with marks that say what it must do.
///
/// - `# expect: text` is the next line of its output,
/// - `# error: kind [line]:column part` the error it ends with, `part` a part of the message or hint,
/// - `# check-error: ...` the same, found before anything runs.
///
/// A mark stands on a line of its own or after code. Without a line number it means the line it stands
/// on; the position as a whole may be left out, which means that line and any column.
struct CorpusProgram {
  struct ErrorMark {
    let kind: String
    let line: Int
    let column: Int?
    let part: String
    let isFoundBeforeRunning: Bool
  }

  let name: String
  let text: String
  let expected: [String]
  let error: ErrorMark?

  init(name: String, text: String) {
    self.name = name
    self.text = text
    var expected: [String] = []
    var error: ErrorMark?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let mark = CorpusProgram.mark("# expect:", in: line) {
        expected.append(mark)
      } else if let mark = CorpusProgram.mark("# check-error:", in: line) {
        error = ErrorMark(mark, on: index + 1, isFoundBeforeRunning: true)
      } else if let mark = CorpusProgram.mark("# error:", in: line) {
        error = ErrorMark(mark, on: index + 1, isFoundBeforeRunning: false)
      }
    }
    self.expected = expected
    self.error = error
  }

  /// Returns what follows a mark in a line, without the space after the colon.
  private static func mark(_ mark: String, in line: Substring) -> String? {
    var rest = line
    while let start = rest.firstIndex(of: "#") {
      rest = rest[start...]
      if rest.hasPrefix(mark) {
        let text = rest.dropFirst(mark.count)
        return String(text.hasPrefix(" ") ? text.dropFirst() : text)
      }
      rest = rest.dropFirst()
    }
    return nil
  }

  /// Returns how a run differs from the marks; empty where it does not.
  func problems(_ run: ProgramRun) -> [String] {
    var problems: [String] = []
    if run.lines != expected {
      let first = zip(run.lines, expected).enumerated().first { $0.element.0 != $0.element.1 }
      if let first {
        problems.append(
          "output line \(first.offset + 1) is \(first.element.0), expected \(first.element.1)")
      } else {
        problems.append("\(run.lines.count) lines of output, expected \(expected.count): \(run.lines)")
      }
    }
    guard let failure = run.failure else {
      if let error { problems.append("no error, expected \(error.kind) on line \(error.line)") }
      return problems
    }
    guard let error else { return problems + ["unexpected \(failure.description)"] }
    let agrees =
      failure.kind == error.kind && failure.line == error.line
      && (error.column == nil || error.column == failure.column)
      && (contains(failure.message, error.part) || contains(failure.details, error.part))
      && failure.isFoundBeforeRunning == error.isFoundBeforeRunning
    if !agrees {
      problems.append(
        "\(failure.description), expected \(error.isFoundBeforeRunning ? "check-error" : "error"): "
          + "\(error.kind) \(error.line):\(error.column.map(String.init) ?? "") \(error.part)")
    }
    return problems
  }

  private func contains(_ text: String, _ part: String) -> Bool {
    if part.isEmpty { return true }
    return text.indices.contains { text[$0...].hasPrefix(part) }
  }

  /// Runs it on both engines; returns how they differ from the marks and from each other.
  func check() -> [String] {
    let interpreted = ProgramRun(text, name: name, engine: .interpret)
    let compiled = ProgramRun(text, name: name, engine: .compile)
    return verdict(interpreted, compiled)
  }

  /// Returns what is wrong with two runs.
  func verdict(_ interpreted: ProgramRun, _ compiled: ProgramRun) -> [String] {
    var result = problems(interpreted).map { "interpret: \($0)" }
    result += problems(compiled).map { "compile: \($0)" }
    if interpreted != compiled {
      result.append("the engines differ:\n\(interpreted.description)\n---\n\(compiled.description)")
    }
    return result
  }
}

extension CorpusProgram.ErrorMark {
  /// Reads `kind [line]:column part`.
  init(_ text: String, on line: Int, isFoundBeforeRunning: Bool) {
    var words = text.split(separator: " ", maxSplits: 1).map(String.init)
    kind = words.isEmpty ? "" : words.removeFirst()
    var part = words.first ?? ""
    var place: (line: Int, column: Int)?
    let head = part.prefix { $0 != " " }
    if let colon = head.firstIndex(of: ":"), let column = Int(head[head.index(after: colon)...]) {
      if colon == head.startIndex {
        place = (line, column)
      } else if let number = Int(head[..<colon]) {
        place = (number, column)
      }
    }
    if place != nil { part = String(part.dropFirst(head.count).drop { $0 == " " }) }
    self.line = place?.line ?? line
    column = place?.column
    self.part = part
    self.isFoundBeforeRunning = isFoundBeforeRunning
  }
}
