/// The choices and the clock of a seeded run: which task runs next, and whether the running one gives way where
/// tasks touch what they share, is drawn from the seed. Time goes on when all tasks wait, and a little where one
/// computes for long.
final class Lottery {
  /// What computing between two checkpoints takes, in nanoseconds.
  static let turn = 10_000
  /// A task that goes on computing gives way after so many checkpoints. That is not drawn: engines that count their
  /// steps differently would draw differently.
  private static let patience = 100
  private var checkpoints = 0

  private var generator: RandomGenerator
  private var tasks: [Unmanaged<Task>] = []
  private(set) var now = 0

  init(seed: Int) { generator = RandomGenerator(seed: seed) }

  /// 2026-01-01T00:00Z and what has passed since the start.
  var timeOfDay: Int { 1_767_225_600_000_000_000 + now }

  func add(_ task: Unmanaged<Task>) { tasks.append(task) }

  /// Takes out one of the tasks that are ready.
  func draw() -> Unmanaged<Task>? {
    checkpoints = 0
    if tasks.isEmpty { return nil }
    tasks.swapAt(Int(generator.next() % UInt64(tasks.count)), tasks.count - 1)
    return tasks.removeLast()
  }

  /// True if the running task gives way here.
  var givesWay: Bool { !tasks.isEmpty && generator.next() & 1 == 0 }

  /// Notes that the running task has computed for a while; true if others are to have their turn.
  func endTurn() -> Bool {
    advance(to: now + Lottery.turn)
    checkpoints += 1
    return checkpoints >= Lottery.patience && !tasks.isEmpty
  }

  /// Returns a number from 0 up to but not including the limit.
  func choice(_ limit: Int) -> Int { Int(generator.next() % UInt64(limit)) }

  /// A generator for the numbers of `random` in a task.
  func splitGenerator() -> RandomGenerator { generator.split() }

  func advance(to moment: Int) { now = max(now, moment) }
}
