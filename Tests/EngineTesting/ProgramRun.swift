import SwaleEngine
import SwaleSyntax
import SwaleTables

/// What came of running a program on one engine: all that the engines must agree on.
package struct ProgramRun: Equatable {
  /// An error, found before running or raised and not caught.
  package struct Failure: Equatable {
    package let kind: String
    package let message: String
    package let line: Int
    package let column: Int
    /// The rest of what a person sees of it: where the caret ends, the hint, the calls that were running.
    package let details: String
    package let isFoundBeforeRunning: Bool

    init(_ diagnostic: Diagnostic, trace: [String] = [], isFoundBeforeRunning: Bool) {
      kind = diagnostic.kind.name
      message = diagnostic.message
      let location = diagnostic.location
      line = location?.position.line ?? 0
      column = location?.position.column ?? 0
      let end = location.map { "to byte \($0.span.upper)" } ?? "nowhere"
      details = ([end, diagnostic.hint ?? "no hint"] + trace).joined(separator: "; ")
      self.isFoundBeforeRunning = isFoundBeforeRunning
    }

    init(_ error: SwaleError) {
      let trace = error.trace.map { call in
        "in \(call.function) \(call.location.position.line):\(call.location.position.column)"
      }
      self.init(error.diagnostic, trace: trace, isFoundBeforeRunning: false)
    }

    package var description: String {
      "\(isFoundBeforeRunning ? "check-error" : "error"): \(kind) \(line):\(column) \(message)"
    }
  }

  package let lines: [String]
  /// The display form of the value; nil after an error.
  package let value: String?
  package let failure: Failure?
  package let exitStatus: Int32?

  /// The exit status of a run that was stopped from outside.
  package static let interrupted: Int32 = 130

  /// Runs a text in a session of its own. The name decides where modules are looked for, the seed, where there
  /// is one, the order of tasks.
  package init(_ text: String, name: String = "<program>", engine: EngineKind, seed: Int? = nil) {
    let (session, output) = ProgramRun.makeSession(engine, seed: seed)
    self.init(session: session, output: output) {
      try session.evaluate(Source(name: name, text: text), keepsNames: false)
    }
  }

  /// Makes a session that writes into memory.
  package static func makeSession(_ engine: EngineKind, seed: Int? = nil) -> (Session, Output) {
    Tables.install()
    let output = Output()
    var tasks = TaskOptions()
    tasks.seed = seed
    return (
      Session(engine: engine, arguments: [], output: output, errorOutput: Output(), tasks: tasks), output
    )
  }

  /// Runs something in a session, whose output is given too.
  package init(session: Session, output: Output, _ body: () throws -> Value) {
    var value: String?
    var failure: Failure?
    var exitStatus: Int32?
    do {
      value = try body().displayString
    } catch let error as ProgramFailure {
      failure = error.diagnostics.first.map { Failure($0, isFoundBeforeRunning: true) }
    } catch let error as SwaleError {
      failure = Failure(error)
    } catch ProgramExit.exit(let status) {
      exitStatus = status
    } catch { exitStatus = ProgramRun.interrupted }
    var text = String(decoding: output.takeBytes(), as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    lines = text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.value = value
    self.failure = failure
    self.exitStatus = exitStatus
  }

  package var description: String {
    var parts = lines
    if let value { parts.append("value: \(value)") }
    if let failure { parts.append("\(failure.description) (\(failure.details))") }
    if let exitStatus { parts.append("exit: \(exitStatus)") }
    return parts.joined(separator: "\n")
  }
}
