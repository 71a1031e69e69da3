import SwaleEngine
import SwaleSyntax
import SwaleTables

/// What came of running a program on one engine: all that the engines must agree on.
struct ProgramRun: Equatable {
  /// An error, found before running or raised and not caught.
  struct Failure: Equatable {
    let kind: String
    let message: String
    let line: Int
    let column: Int
    let isFoundBeforeRunning: Bool

    init(_ diagnostic: Diagnostic, isFoundBeforeRunning: Bool) {
      kind = diagnostic.kind.name
      message = diagnostic.message
      let position = diagnostic.location?.position
      line = position?.line ?? 0
      column = position?.column ?? 0
      self.isFoundBeforeRunning = isFoundBeforeRunning
    }

    var description: String {
      "\(isFoundBeforeRunning ? "check-error" : "error"): \(kind) \(line):\(column) \(message)"
    }
  }

  let lines: [String]
  /// The display form of the value; nil after an error.
  let value: String?
  let failure: Failure?
  let exitStatus: Int32?

  /// Runs a text in a session of its own. The name decides where modules are looked for.
  init(_ text: String, name: String = "<program>", engine: EngineKind) {
    Tables.install()
    let output = Output()
    let session = Session(engine: engine, arguments: [], output: output, errorOutput: Output())
    self.init(text, name: name, session: session, output: output)
  }

  /// Runs a text in a session, whose output is given too.
  init(_ text: String, name: String, session: Session, output: Output) {
    var value: String?
    var failure: Failure?
    var exitStatus: Int32?
    do {
      value = try session.evaluate(Source(name: name, text: text), keepsNames: false).displayString
    } catch let error as ProgramFailure {
      failure = error.diagnostics.first.map { Failure($0, isFoundBeforeRunning: true) }
    } catch let error as SwaleError {
      failure = Failure(error.diagnostic, isFoundBeforeRunning: false)
    } catch ProgramExit.exit(let status) {
      exitStatus = status
    } catch { exitStatus = 130 }
    var text = String(decoding: output.takeBytes(), as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    lines = text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.value = value
    self.failure = failure
    self.exitStatus = exitStatus
  }

  var description: String {
    var parts = lines
    if let value { parts.append("value: \(value)") }
    if let failure { parts.append(failure.description) }
    if let exitStatus { parts.append("exit: \(exitStatus)") }
    return parts.joined(separator: "\n")
  }
}
