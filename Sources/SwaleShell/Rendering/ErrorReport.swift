import SwaleEngine
import SwaleSyntax

/// Shows errors on the error output: what, where, why and what to do, and the calls that led there.
struct ErrorReport {
  private let console: Console
  private let renderer: DiagnosticRenderer

  /// How many calls are shown at either end of a long trace.
  private static let shownCalls = 6

  init(_ console: Console) {
    self.console = console
    renderer = DiagnosticRenderer(
      colors: console.isErrorColored, width: Descriptor.size(of: console.streams.error).columns)
  }

  func show(_ diagnostics: [Diagnostic]) {
    for (index, diagnostic) in diagnostics.enumerated() {
      if index > 0 { console.writeError("") }
      console.writeError(renderer.render(diagnostic))
    }
    if diagnostics.count >= Limits.problems {
      console.writeError(Style.dim.paint("… further problems are not shown", when: console.isErrorColored))
    }
  }

  /// Shows whatever code may raise.
  func show(_ error: any Error) {
    console.noteProblem()
    switch error {
    case let failure as ProgramFailure: show(failure.diagnostics)
    case let diagnostic as Diagnostic: show([diagnostic])
    case let error as SwaleError:
      console.writeError(text(of: error))
    default: console.report("\(error)")
    }
  }

  /// Returns an error as it is shown, without the last line end.
  func text(of error: SwaleError) -> String {
    ([renderer.render(error.diagnostic)] + trace(of: error)).joined(separator: "\n")
  }

  private func trace(of error: SwaleError) -> [String] {
    let lines = error.trace.map { call in
      let position = call.location.position
      let place = "\(VisibleText.of(call.location.source.name)):\(position.line):\(position.column)"
      return Style.dim.paint("  in \(call.function), called at \(place)", when: console.isErrorColored)
    }
    let shown = ErrorReport.shownCalls
    guard lines.count > 2 * shown + 1 else { return lines }
    let hidden = TableRenderer.count(lines.count - 2 * shown, "more call")
    return lines.prefix(shown)
      + [Style.dim.paint("  … \(hidden)", when: console.isErrorColored)] + lines.suffix(shown)
  }
}
