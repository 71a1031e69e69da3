import SwaleEngine

/// Measures what the tables of a plan take while it is run.
final class TableMeter: @unchecked Sendable {
  private let lock = Lock()
  // Used under the lock only.
  private var own: [ObjectIdentifier: Duration] = [:]
  /// What is being computed, outermost first, with what parts of it have taken that are others' own.
  private var running: [(table: ObjectIdentifier, start: ContinuousClock.Instant, others: Duration)] = []

  func begin(_ table: TableValue) {
    lock.withLock { running.append((ObjectIdentifier(table), ContinuousClock.now, .zero)) }
  }

  func end() {
    lock.withLock {
      guard let (table, start, others) = running.popLast() else { return }
      let all = ContinuousClock.now - start
      own[table, default: .zero] += all - others
      if !running.isEmpty { running[running.count - 1].others += all }
    }
  }

  /// Returns the rows and the time of a table whose plan has been run.
  func text(of table: TableValue) -> String {
    let seconds = lock.withLock { own[ObjectIdentifier(table)] ?? .zero } / .seconds(1)
    let rows = table.knownRowCount.map { "\($0) row\($0 == 1 ? "" : "s")" } ?? "rows not counted"
    return "\(rows), \(Value.float((seconds * 10_000).rounded() / 10).displayString) ms"
  }
}
