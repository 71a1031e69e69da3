import SwaleEngine
import SwaleSyntax

/// The two outputs of the shell, with what is known about how to write on them.
final class Console {
  let streams: StandardStreams
  let isColored: Bool
  let isErrorColored: Bool
  /// What the program prints; the shell's own lines go the same way, so that they keep their order.
  let output: Output
  let errorOutput: Output
  /// The exit status that follows from an output that cannot be written; nil while it can.
  private(set) var lostOutput: Int32?
  /// True once a problem was reported.
  private(set) var hasReported = false

  init(_ streams: StandardStreams, color: ColorChoice) {
    self.streams = streams
    isColored = streams.isColored(streams.output, color)
    isErrorColored = streams.isColored(streams.error, color)
    output = Output(descriptor: streams.output)
    errorOutput = Output(descriptor: streams.error)
  }

  var size: (columns: Int, rows: Int) { Descriptor.size(of: streams.output) }

  func write(_ text: String) { attempt { try output.write(text) } }

  func writeLine(_ text: String = "") { write(text + "\n") }

  /// Writes out what is buffered.
  func flush() {
    attempt { try output.flush() }
    try? errorOutput.flush()
  }

  private func attempt(_ write: () throws -> Void) {
    do { try write() } catch ProgramExit.interrupted {
      // Ctrl-C drops what was being written, nothing more.
    } catch ProgramExit.exit(let status) {
      lostOutput = status
    } catch {
      guard lostOutput == nil else { return }
      lostOutput = ExitStatus.uncaughtError
      ErrorReport(self).show(error)
    }
  }

  /// Writes a line about what went wrong.
  func writeError(_ text: String) {
    flush()
    Descriptor.write(text + "\n", to: streams.error)
  }

  /// Writes a problem of the shell itself, with what to do about it.
  func report(_ message: String, hint: String? = nil) {
    noteProblem()
    writeError(
      Style.error.paint("error:", when: isErrorColored) + " "
        + Style.bold.paint(message, when: isErrorColored))
    if let hint { writeError(Style.hint.paint("hint:", when: isErrorColored) + " " + hint) }
  }

  func noteProblem() { hasReported = true }

  func warn(_ message: String) {
    writeError(Style.warning.paint("warning:", when: isErrorColored) + " " + message)
  }

  /// Returns text in a style, where the output is coloured.
  func styled(_ text: String, _ style: Style) -> String { style.paint(text, when: isColored) }
}
