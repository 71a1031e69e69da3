import SwaleEngine
import SwaleSyntax
import SwaleTables

/// Runs a program on both engines: compares what comes out and times them.
///
/// Each run starts from the names as they are now, so that a program that changes them can be
/// repeated. What it prints and warns of is discarded.
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
    var value = Value.null
    var output: [UInt8] = []
    /// Nanoseconds.
    var time = 0
  }

  private static let shownRemarks = 8

  /// Returns the findings; raises what the program raises.
  func report() throws -> BenchReport {
    let runtime = session.runtime
    let (engine, warn) = (session.engine, runtime.warn)
    runtime.warn = { _ in }
    runtime.errorOutput.isMuted = true
    let start = session.snapshot()
    defer {
      session.restore(start)
      session.engine = engine
      runtime.warn = warn
      runtime.errorOutput.isMuted = false
      runtime.output.isMuted = false
    }
    let compileStart = Stopwatch.now()
    prepared.compile()
    let compileTime = Stopwatch.now() - compileStart

    let startedBefore = runtime.scheduler.startedCount
    let first = try outcome(of: .interpret, from: start)
    let hasTasks = runtime.scheduler.startedCount > startedBefore
    let changed = start.changed
    let second = try outcome(of: .compile, from: start)
    var difference = difference(first, second)
    var isSteady = true
    if difference != nil {
      // A program that never gives the same twice says nothing about the engines.
      let again = try outcome(of: .interpret, from: start)
      isSteady = self.difference(first, again) == nil
      if !isSteady { difference = nil }
    }

    runtime.output.isMuted = true
    session.restore(start)
    let contestants = [(EngineKind.interpret, first), (.compile, second)].map { engine, outcome in
      Bench.Contestant(name: engine.rawValue, firstRun: outcome.time) { times in
        session.engine = engine
        try prepared.run(times: times, from: changed, waiting: hasTasks, finish: EngineComparison.finish)
      }
    }
    var report = BenchReport(
      samplings: try bench.measure(contestants), compileTime: Double(compileTime))
    if hasTasks { report.scaling = try scaling(from: changed, firstRun: second.time) }
    report.difference = difference
    report.isSteady = isSteady
    report.changedNames = changed.names
    let remarks = prepared.remarks
    report.generalCount = remarks.count
    report.general = remarks.prefix(EngineComparison.shownRemarks).map {
      let function = $0.function == "main" ? "" : "\($0.function), "
      return .init(place: "\(function)line \($0.line)", reason: $0.message)
    }
    return report
  }

  /// Measures the compiled program with one worker, two, and so on up to all; nothing where there is but one.
  private func scaling(from changed: SessionSnapshot, firstRun: Int) throws -> [Sampling] {
    let scheduler: Scheduler = session.runtime.scheduler
    let all = scheduler.workerCount
    if all == 1 { return [] }
    defer { scheduler.workerCount = all }
    let counts = all <= 4 ? Array(1...all) : sequence(first: 1) { $0 * 2 }.prefix { $0 < all } + [all]
    session.engine = .compile
    return try bench.measure(
      counts.map { count in
        Bench.Contestant(name: count == 1 ? "1 worker" : "\(count) workers", firstRun: firstRun) { times in
          scheduler.workerCount = count
          try prepared.run(times: times, from: changed, waiting: true, finish: EngineComparison.finish)
        }
      })
  }

  /// A table is lazy: what its plan does belongs to the time.
  static func finish(_ value: Value, _ context: Context) throws {
    if case .object(let table as TableValue) = value { try table.force(context) }
  }

  private func outcome(of engine: EngineKind, from snapshot: SessionSnapshot) throws -> Outcome {
    session.engine = engine
    session.runtime.output.beginCapture()
    var outcome = Outcome()
    let start = Stopwatch.now()
    do {
      try prepared.run(times: 1, from: snapshot, waiting: true) { value, context in
        try EngineComparison.finish(value, context)
        outcome.value = value
      }
    } catch {
      _ = session.runtime.output.endCapture()
      throw error
    }
    outcome.time = Stopwatch.now() - start
    outcome.output = session.runtime.output.endCapture()
    return outcome
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
