import SwaleSyntax

/// A task that has not ended, for people.
public struct TaskInfo: Sendable {
  public let id: Int
  public let name: String
  /// What it does, such as "runs" or "waits to receive from a channel".
  public let state: String
  /// True if it waits for a channel that nobody else holds, and so for ever.
  public let isLeaked: Bool
  /// Where it waits.
  public let location: Location?
  public let spawnedAt: Location?
  /// Nanoseconds since it was spawned.
  public let age: Int
}

extension Session {
  /// The tasks of earlier entries that have not ended, oldest first.
  public var tasks: [TaskInfo] {
    let tasks = runtime.scheduler.scopes.tasks
    // What is read below does not change while a task is kept from running.
    let held = tasks.filter { $0.wait.pointee.holdParked() }
    defer {
      for task in held where task.wait.pointee.park() { runtime.scheduler.inject(.passUnretained(task)) }
    }
    let isHeld = Set(held.map(\.id))
    // A task that runs may hold anything.
    let leaked = held.count == tasks.count ? LeakSearch.leaked(among: held, globals: globalValues) : []
    return tasks.map { task in
      let reason = isHeld.contains(task.id) ? task.wait.pointee.reason : nil
      let state =
        reason.map { "waits \($0.description)" }
        ?? (task.wait.pointee.context == nil ? "has not begun" : "runs")
      return TaskInfo(
        id: task.id, name: task.name, state: state, isLeaked: leaked.contains(task.id),
        location: reason.flatMap { $0.node?.takeUnretainedValue().at ?? task.spawnedAt },
        spawnedAt: task.spawnedAt, age: runtime.scheduler.now - task.startedAt)
    }
  }

  /// Cancels a task; false where none has the number.
  public func cancelTask(_ id: Int) -> Bool {
    guard let task = runtime.scheduler.scopes.tasks.first(where: { $0.id == id }) else { return false }
    task.interrupt(.cancelled)
    return true
  }

  /// Called, by any thread, with the error of a task that nobody can await any more, outside of all scopes.
  public var onUnhandledError: (SwaleError) -> Void {
    get { runtime.scheduler.onUnhandled }
    set { runtime.scheduler.onUnhandled = newValue }
  }
}
