extension Scheduler {
  /// Returns the error that says who waits for what.
  func deadlockError(_ node: Node?) -> SwaleError {
    let tasks = scopes.tasks.filter { $0.wait.pointee.isParked }
    let count = tasks.count + 1
    let error = SwaleError(
      .deadlock,
      count == 1
        ? "this waits for something that no task will ever do"
        : "all \(count) tasks wait for something that no task will ever do",
      hint: "a receive needs a task that sends or closes the channel, a send one that receives", at: node?.at)
    for task in tasks.prefix(Scheduler.reportLimit) {
      guard let waiting = task.wait.pointee.reason else { continue }
      let words = "\(task.name) waits \(waiting.description)"
      if let node = waiting.node {
        error.notes.append(.init(words, node.takeUnretainedValue().at))
        error.notes.append(.init("\(task.name) was spawned here", task.spawnedAt))
      } else {
        // A task of a builtin waits where that was called.
        error.notes.append(.init(words, task.spawnedAt))
      }
    }
    if tasks.count > Scheduler.reportLimit {
      error.notes.append(.init("and \(tasks.count - Scheduler.reportLimit) more tasks"))
    }
    return error
  }

  private static let reportLimit = 10
}
