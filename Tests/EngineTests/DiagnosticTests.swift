import Glibc
import SwaleEngine
import SwaleSyntax
import SwaleTables
import Testing

/// What a person reads: the programs of Tests/Diagnostics, most of them mistakes of someone who knows
/// another language, give the messages that lie beside them.
///
/// With SWALE_WRITE_DIAGNOSTICS set the messages are written anew, to be read in the change.
@Suite(.serialized) struct DiagnosticTests {
  static let isWriting = getenv("SWALE_WRITE_DIAGNOSTICS") != nil

  @Test(arguments: ProjectFiles.programs(in: "Tests/Diagnostics")) func message(path: String) throws {
    let text = try ProjectFiles.text(path)
    let name = String(path.split(separator: "/").last!)
    let rendered = EngineKind.allCases.map { render(text, name, $0) }
    #expect(Set(rendered).count == 1, "\(path): the engines differ")
    let expected = path.dropLast(6) + ".txt"
    if DiagnosticTests.isWriting { try write(rendered[0], to: String(expected)) }
    #expect(try ProjectFiles.text(String(expected)) == rendered[0], "\(path)")
  }

  /// Returns what is wrong with a program, before or while it runs, as it is shown.
  private func render(_ text: String, _ name: String, _ engine: EngineKind) -> String {
    Tables.install()
    let session = Session(engine: engine, arguments: [], output: Output(), errorOutput: Output())
    var diagnostics: [Diagnostic] = []
    do { _ = try session.evaluate(Source(name: name, text: text), keepsNames: false) } catch {
      if let failure = error as? ProgramFailure { diagnostics = failure.diagnostics }
      if let error = error as? SwaleError { diagnostics = [error.diagnostic] }
    }
    let renderer = DiagnosticRenderer(width: 80)
    return diagnostics.map { renderer.render($0) + "\n" }.joined(separator: "\n")
  }

  private func write(_ text: String, to path: String) throws {
    guard let file = fopen(ProjectFiles.root + "/" + path, "w") else { return }
    fputs(text, file)
    fclose(file)
  }
}
