import Synchronization

/// Tasks that a builtin starts to share one piece of work, and waits for: `workers: n`.
public struct Workers {
  /// What the tasks are called.
  let name: String
  let count: Int
  let context: Context

  /// Raises `value` for less than one worker, and `not_sendable` where tasks cannot share a function.
  public init(_ name: String, _ count: Int, calling functions: [FunctionValue], _ context: Context) throws {
    if count < 1 { throw SwaleError(.value, "\(name): workers must be at least 1, not \(count)") }
    for function in functions { try Sendability.check(.function(function), .spawned, at: nil) }
    (self.name, self.count, self.context) = (name, count, context)
  }

  /// Calls `body` with 0, 1, ..., each in a task of its own, and waits. The first error cancels the others and
  /// is raised.
  func run(_ tasks: Int, _ body: @escaping (Int, Context) throws -> Void) throws {
    let site = context.site?.takeUnretainedValue()
    let location = site?.at ?? context.task.spawnedAt
    try context.inScope(site) {
      for index in 0..<tasks {
        let function = NativeFunction(name) { c in try body(index, c) }
        _ = context.scheduler.spawn(function, at: location, context)
        // Spawning very many takes its time too.
        try context.tick()
      }
    }
  }

  /// Cuts `0..<count` into pieces and calls `body` with each, in the tasks; returns what it gave, in order.
  public func pieces<R>(_ count: Int, _ body: @escaping (Range<Int>, Context) throws -> R) throws -> [R] {
    // What shows a result belongs to no task.
    if context.task == nil { return count == 0 ? [] : [try body(0..<count, context)] }
    let size = max(1, min(Workers.largestPiece, count / self.count / Workers.piecesEach))
    let pieceCount = (count + size - 1) / size
    let next = Counter()
    let results = UnsafeMutablePointer<R?>.allocate(capacity: pieceCount)
    results.initialize(repeating: nil, count: pieceCount)
    defer {
      results.deinitialize(count: pieceCount)
      results.deallocate()
    }
    try run(min(self.count, pieceCount)) { _, c in
      while true {
        let piece = next.take()
        if piece >= pieceCount { return }
        // Each piece is taken once, so nobody else writes there; all tasks have ended before it is read.
        results[piece] = try body(piece * size..<min(count, piece * size + size), c)
      }
    }
    return (0..<pieceCount).map { results[$0]! }
  }

  /// Pieces are small enough that all tasks end at about the same time, and large enough that handing them
  /// out costs nothing beside the calls.
  private static let piecesEach = 16
  private static let largestPiece = 1024

  private final class Counter {
    private let next = Atomic<Int>(0)
    func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
  }
}
