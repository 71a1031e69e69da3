import Glibc

/// What all tasks of a program share: its output, arguments and engine.
public final class Runtime {
  public let output: Output
  public let errorOutput: Output
  public var arguments: [String]
  public var engine: EngineKind
  /// Runs the tasks; set once, before anything runs.
  public private(set) var scheduler: Scheduler!
  /// What the main task runs with.
  public internal(set) var mainContext: Context?
  /// Warnings that are not errors, such as rejected rows; shown by whoever runs the program.
  public var warn: (String) -> Void = { _ in }

  public init(
    output: Output, errorOutput: Output, arguments: [String], engine: EngineKind,
    tasks: TaskOptions = TaskOptions()
  ) {
    self.output = output
    self.errorOutput = errorOutput
    self.arguments = arguments
    self.engine = engine
    scheduler = Scheduler(self, workers: tasks.workers, seed: tasks.seed)
  }
}

/// How tasks are run.
public struct TaskOptions: Equatable, Sendable {
  /// How many run at the same time: as many as there are cores.
  public var workers = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  /// Draws the order of tasks from this number, on one worker, with a clock that does not wait.
  public var seed: Int?
  public init() {}
}

/// Which of the two engines runs a program.
public enum EngineKind: String, Sendable, CaseIterable {
  case interpret, compile
}
