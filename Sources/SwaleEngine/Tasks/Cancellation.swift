/// The cancelling of very many tasks, a few at a time, so that whoever waits for the program's end need not wait
/// for all of that.
final class Cancellation {
  private let tasks: [Task]
  private var next = 0
  private static let step = 256

  init(_ tasks: [Task]) { self.tasks = tasks }

  /// Cancels some more; false when all are.
  func goOn() -> Bool {
    let end = min(tasks.count, next + Cancellation.step)
    for task in tasks[next..<end] { task.interrupt(.cancelled) }
    next = end
    return next < tasks.count
  }
}
