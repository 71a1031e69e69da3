import SwaleEngine
import SwaleSyntax

/// Runs a program on both engines: compares what comes out and times them.
struct EngineComparison {
  private let session: Session
  private let prepared: Session.Prepared
  var bench = Bench()

  init(_ session: Session, _ prepared: Session.Prepared) {
    self.session = session
    self.prepared = prepared
  }

  /// What one run of the program gave.
  private struct Outcome {
    var value: Value
    var output: [UInt8]
  }

  private static let shownRemarks = 8

  /// Returns the findings; raises what the program raises.
  ///
  /// Each run starts from the names as they are now, so that one that changes them can be repeated.
  func report() throws -> BenchReport {
    let compileStart = Stopwatch.now()
    session.engine = .compile
    let remarks = prepared.compile()
    let compileTime = Double(Stopwatch.now() - compileStart)

    let snapshot = session.snapshot()
    defer { session.restore(snapshot) }
    var outcomes: [Outcome] = []
    for engine in EngineKind.allCases {
      session.restore(snapshot)
      outcomes.append(try outcome(of: engine))
    }

    session.runtime.output.isMuted = true
    defer { session.runtime.output.isMuted = false }
    let contestants = EngineKind.allCases.map { engine in
      Bench.Contestant(name: engine.rawValue) {
        session.engine = engine
        session.restore(snapshot)
      } run: { times in
        for _ in 0..<times { _ = try run() }
      }
    }
    var report = BenchReport(samplings: try bench.measure(contestants), compileTime: compileTime)
    report.difference = difference(outcomes[0], outcomes[1])
    report.generalCount = remarks.count
    report.general = remarks.prefix(EngineComparison.shownRemarks).map {
      .init(place: "line \($0.line)", reason: $0.message)
    }
    return report
  }

  /// A program that ends itself with `exit(0)` has come to its end.
  private func run() throws -> Value {
    do { return try prepared.run() } catch ProgramExit.exit { return .null }
  }

  private func outcome(of engine: EngineKind) throws -> Outcome {
    session.engine = engine
    session.runtime.output.beginCapture()
    do {
      let value = try run()
      return Outcome(value: value, output: session.runtime.output.endCapture())
    } catch {
      _ = session.runtime.output.endCapture()
      throw error
    }
  }

  private func difference(_ left: Outcome, _ right: Outcome) -> String? {
    if left.output != right.output {
      return "what is printed is not the same (\(left.output.count) and \(right.output.count) bytes)"
    }
    // Equal texts stand for values without an equality of their own, such as functions and nan.
    let isEqual =
      left.value.typeName == right.value.typeName
      && (Value.isEqual(left.value, right.value)
        || left.value.displayString == right.value.displayString)
    if isEqual { return nil }
    let texts = [left, right].map { BoundedText.cut($0.value, limit: 60) }
    return "interpret gives \(texts[0]), compile \(texts[1])"
  }
}
