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
  /// Set when nobody can read the output any more.
  private(set) var isClosed = false

  init(_ streams: StandardStreams, color: ColorChoice) {
    self.streams = streams
    isColored = streams.isColored(streams.output, color)
    isErrorColored = streams.isColored(streams.error, color)
    output = Output(descriptor: streams.output)
    errorOutput = Output(descriptor: streams.error)
  }

  var size: (columns: Int, rows: Int) { Descriptor.size(of: streams.output) }

  func write(_ text: String) {
    do { try output.write(text) } catch { isClosed = true }
  }

  func writeLine(_ text: String = "") { write(text + "\n") }

  /// Writes out what is buffered.
  func flush() {
    do { try output.flush() } catch { isClosed = true }
    try? errorOutput.flush()
  }

  /// Writes a line about what went wrong.
  func writeError(_ text: String) {
    flush()
    Descriptor.write(text + "\n", to: streams.error)
  }

  /// Writes a problem of the shell itself, with what to do about it.
  func report(_ message: String, hint: String? = nil) {
    writeError(Style.error.paint("error", when: isErrorColored) + ": " + message)
    if let hint { writeError("  " + Style.dim.paint("hint: ", when: isErrorColored) + hint) }
  }

  func warn(_ message: String) {
    writeError(Style.heading.paint("warning", when: isErrorColored) + ": " + message)
  }

  /// Returns text in a style, where the output is coloured.
  func styled(_ text: String, _ style: Style) -> String { style.paint(text, when: isColored) }
}
