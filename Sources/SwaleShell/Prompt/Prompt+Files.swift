import Glibc
import SwaleEngine
import SwaleServices
import SwaleSyntax

extension Prompt {
  private var home: String? { console.streams.environment("HOME") }

  /// `:load`
  func load(_ argument: String) {
    let path = FileSystem.expandTilde(Prompt.unquoted(argument), home: home)
    guarded { run(Source(name: path, bytes: try Files.read(path))) }
  }

  /// `:cd`
  func changeFolder(_ argument: String) {
    guard !argument.isEmpty else {
      console.writeLine(Files.workingDirectory ?? "the present folder was removed")
      return
    }
    let path = FileSystem.expandTilde(Prompt.unquoted(argument), home: home)
    if chdir(path) == 0 {
      console.writeLine(Files.workingDirectory ?? path)
    } else {
      console.report("cannot go to \(VisibleText.of(path)): \(FileSystem.message(for: errno))")
    }
  }

  /// A path may be written with quotes, as in code.
  private static func unquoted(_ text: String) -> String {
    for quote in ["\"", "'"] where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      return String(text.dropFirst().dropLast())
    }
    return text
  }

  // MARK: Examples

  /// `:examples`
  func listExamples() {
    Example.list(console.styled).forEach(console.writeLine)
    console.writeLine(console.styled(":example NAME shows and runs one", .dim))
  }

  /// `:example`
  func runExample(_ name: String) {
    guard let example = Example.named(name) else {
      console.report("there is no example \(VisibleText.of(name))", hint: Example.suggestion(for: name))
      return
    }
    for line in example.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      console.writeLine(console.styled("│ ", .dim) + line)
    }
    console.writeLine()
    run(Source(name: example.name + ".swale", text: example.text))
  }

  // MARK: History and editing

  /// `:history`
  func showHistory(_ argument: String) {
    guard let count = argument.isEmpty ? 20 : Int(argument), count > 0 else {
      console.report(":history takes a number of entries", hint: ":history 50")
      return
    }
    let entries = history.entries
    let width = String(entries.count).count
    for (number, entry) in zip(1..., entries).suffix(count) {
      let lines = entry.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        let digits = index == 0 ? String(number) : ""
        let margin = String(repeating: " ", count: width - digits.count) + digits + "  "
        console.writeLine(console.styled(margin, .dim) + VisibleText.of(String(line)))
      }
    }
  }

  /// `:edit`
  func edit(_ name: String) {
    guard let text = textToEdit(name) else { return }
    var template = Array("\(console.streams.environment("TMPDIR") ?? "/tmp")/swale-XXXXXX.swale".utf8CString)
    let descriptor = mkstemps(&template, 6)
    guard descriptor >= 0 else {
      console.report("cannot make a file to edit: \(FileSystem.message(for: errno))")
      return
    }
    let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    defer { unlink(path) }
    let before = text.hasSuffix("\n") ? text : text + "\n"
    let isWritten = Descriptor.write(before, to: descriptor)
    close(descriptor)
    guard isWritten else {
      console.report("cannot write \(path)")
      return
    }
    let variable = ["VISUAL", "EDITOR"].lazy.compactMap { self.console.streams.environment($0) }
      .first { !$0.isEmpty }
    let quoted = "'" + path.replacing("'", with: "'\\''") + "'"
    console.flush()
    let outcome = SystemShell.run((variable ?? "vi") + " " + quoted)
    if isInteractive { TerminalGuard.restoreModes() }
    if let message = outcome.message {
      console.report(
        "the editor ended with \(message)",
        hint: variable == nil ? "set EDITOR to one that is installed" : nil)
      return
    }
    guard let bytes = FileSystem.readFile(path) else {
      console.report("cannot read what was saved: \(FileSystem.message(for: errno))")
      return
    }
    let after = String(decoding: bytes, as: UTF8.self)
    guard after != before else {
      console.writeLine(console.styled("nothing was changed", .dim))
      return
    }
    for line in after.trimmed.split(separator: "\n", omittingEmptySubsequences: false) {
      console.writeLine(console.styled("│ ", .dim) + VisibleText.of(String(line)))
    }
    perform(after)
  }

  private func textToEdit(_ name: String) -> String? {
    if name.isEmpty { return lastCode ?? "" }
    guard let info = session.names.first(where: { $0.name == name }), let location = info.location,
      location.source.name != "<session>"
    else {
      let known = session.names.filter { $0.location != nil }.map(\.name)
      console.report(
        "there is no declaration of \(VisibleText.of(name)) to edit",
        hint: closestName(to: name, among: known).map { "did you mean \($0)?" }
          ?? ":vars lists the names")
      return nil
    }
    return Declaration.text(at: location, transforms: session.transforms)
  }
}

/// The text of a declaration in its source.
enum Declaration {
  /// Returns the whole statement around a place, with the comments that document it.
  static func text(at location: Location, transforms: Set<String>) -> String {
    let source = location.source
    guard let program = try? Parser.parse(source, transforms: transforms),
      let statement = program.statements.first(where: {
        $0.span.lower <= location.span.lower && location.span.lower < $0.span.upper
      })
    else { return source.text(Span(0, source.bytes.count)) }
    var line = source.position(of: Int(statement.span.lower)).line
    while line > 1, source.line(line - 1).drop(while: \.isWhitespace).hasPrefix("##") { line -= 1 }
    let start = min(source.lineStarts[line - 1], Int(statement.span.lower))
    return source.text(Span(start, Int(statement.span.upper)))
  }
}
