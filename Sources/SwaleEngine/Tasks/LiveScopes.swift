/// The scopes that have tasks or may get some.
final class LiveScopes {
  private let lock = SpinLock()
  private var scopes: [TaskScope] = []

  func add(_ scope: TaskScope) { lock.withLock { scopes.append(scope) } }

  func remove(_ scope: TaskScope) {
    lock.withLock {
      if let index = scopes.lastIndex(where: { $0 === scope }) { scopes.remove(at: index) }
    }
  }

  func forgetEmpty() { lock.withLock { scopes.removeAll { $0.isEmpty } } }

  var haveTasks: Bool { lock.withLock { scopes.contains { !$0.isEmpty } } }

  /// All tasks that have not ended, oldest first; the main task is not among them.
  var tasks: [Task] { lock.withLock { scopes }.flatMap(\.tasks).sorted { $0.id < $1.id } }
}
