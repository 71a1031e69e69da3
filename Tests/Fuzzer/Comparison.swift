import EngineTesting
import SwaleEngine
import SwaleSyntax

/// Runs a program on both engines and says where they differ.
///
/// A script runs twice from one preparation, so that code is met that is compiled already. A prompt
/// session gets all its entries, and then all of them again, which declares every name anew; there a
/// third session changes its engine from entry to entry. Tasks run in the order of one seed, with a clock that does
/// not wait.
struct Comparison {
  enum Verdict: Equatable {
    case same
    /// Stopped because it ran too long; nothing is known.
    case tooLong
    case different(String)
  }

  /// A program, and all that its runs gave.
  struct Report {
    let verdict: Verdict
    /// What the interpreter gave.
    let runs: [ProgramRun]
    /// True where the interpreter came to an end and compiled code did not.
    var isUnfinished = false
  }

  /// What the compiling engine is given in place of the program; a test of the fuzzer plants errors here.
  var planted: (String) -> String = { $0 }

  /// Milliseconds that one run may take.
  private var limit = 400

  func compare(_ program: FuzzProgram) -> Report {
    let report = compareOnce(program)
    // An interpreter that was just in time says nothing: the compiled code gets ample time.
    guard report.isUnfinished, limit < Comparison.ample else { return report }
    var patient = self
    patient.limit = Comparison.ample
    return patient.compareOnce(program)
  }

  private static let ample = 8000

  private func compareOnce(_ program: FuzzProgram) -> Report {
    let interpreted = run(program) { _ in .interpret }
    if interpreted.contains(where: \.isInterrupted) { return Report(verdict: .tooLong, runs: interpreted) }
    var compiled = run(program) { _ in .compile }
    if program.isPrompt, compiled == interpreted {
      compiled = run(program) { $0 % 2 == 0 ? .compile : .interpret }
    }
    return Report(
      verdict: difference(interpreted, compiled), runs: interpreted,
      isUnfinished: compiled.contains(where: \.isInterrupted))
  }

  private func difference(_ interpreted: [ProgramRun], _ other: [ProgramRun]) -> Verdict {
    for (i, (a, b)) in zip(interpreted, other).enumerated() where a != b {
      return .different(
        "run \(i + 1) differs\n-- interpreted:\n\(a.description)\n-- compiled:\n\(b.description)")
    }
    return .same
  }

  private func run(_ program: FuzzProgram, _ engine: (Int) -> EngineKind) -> [ProgramRun] {
    program.isPrompt ? runPrompt(program, engine) : runScript(program, engine(0))
  }

  private func source(_ text: String, _ engine: EngineKind) -> Source {
    Source(name: "<program>", text: engine == .compile ? planted(text) : text)
  }

  private func runScript(_ program: FuzzProgram, _ engine: EngineKind) -> [ProgramRun] {
    let (session, output) = ProgramRun.makeSession(engine, seed: 1)
    var prepared: Session.Prepared?
    let first = ProgramRun(session: session, output: output) {
      let code = try session.prepare(source(program.text, engine), keepsNames: false)
      prepared = code
      return try Watchdog.watch(milliseconds: limit) { try code.run() }
    }
    guard let prepared, !first.isInterrupted else { return [first] }
    return [
      first,
      ProgramRun(session: session, output: output) {
        try Watchdog.watch(milliseconds: limit) { try prepared.run() }
      },
    ]
  }

  private func runPrompt(_ program: FuzzProgram, _ engine: (Int) -> EngineKind) -> [ProgramRun] {
    let (session, output) = ProgramRun.makeSession(.interpret, seed: 1)
    var runs: [ProgramRun] = []
    for (i, entry) in (program.entries + program.entries).enumerated() {
      session.engine = engine(i)
      let run = ProgramRun(session: session, output: output) {
        try Watchdog.watch(milliseconds: limit) {
          try session.evaluate(source(entry, session.engine), keepsNames: true)
        }
      }
      runs.append(run)
      if run.isInterrupted { break }
    }
    return runs
  }
}

extension ProgramRun {
  var isInterrupted: Bool { exitStatus == ProgramRun.interrupted }
}
