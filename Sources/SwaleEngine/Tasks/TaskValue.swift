/// A task as a value of the language; equal only to itself. While a program holds it, its error may
/// still be awaited.
public final class TaskValue: ObjectValue {
  let task: Task

  /// Holds a task that was spawned as held.
  init(_ task: Task) {
    self.task = task
  }

  deinit { task.letGoByProgram() }

  public override var type: TypeSet { .task }

  public override func hash() -> Int { Value.hash(ofInt: task.id) }

  public override var memberNames: [String] { ["done", "name"] }

  public override func member(_ name: Text, _ context: Context) -> Value? {
    switch name.string {
    case "done": .bool(task.isDone)
    case "name": .text(task.name)
    default: nil
    }
  }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    let state =
      switch task.currentResult {
      case nil: "running"
      case .value: "done"
      case .failure: "failed"
      case .cancelled: "cancelled"
      }
    writer.write("<\(task.name), \(state)>")
  }
}

extension Context {
  /// Waits for tasks and returns their values; raises the error of one that failed, and `cancelled`
  /// where one was cancelled, as soon as that is known.
  func await(_ tasks: [Task], _ node: Node) throws -> [Value] {
    while true {
      try checkInterrupt()
      let pending = tasks.filter { !$0.isDone }
      if pending.isEmpty || tasks.contains(where: \.hasFailed) { break }
      let awaiter = Awaiter(self, ticket: wait.pointee.openTicket(), count: pending.count)
      for other in pending {
        if let result = other.addAwaiter(awaiter) { awaiter.taskEnded(result) }
      }
      let outcome = suspend(WaitReason(tasks.count == 1 ? .task(tasks[0].id) : .tasks(tasks.count), node))
      for other in pending { other.removeAwaiter(awaiter) }
      if case .done = outcome { continue }
      if let error = error(of: outcome, node) { throw error }
    }
    if let failed = tasks.first(where: \.hasFailed) { throw failed.takeFailure(at: node.at) }
    return tasks.map { $0.takeValue() }
  }
}
