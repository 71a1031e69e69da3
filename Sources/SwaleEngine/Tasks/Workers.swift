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
    if count > Workers.limit {
      throw SwaleError(.value, "\(name): workers must be at most \(Workers.limit), not \(count)")
    }
    for function in functions { try Sendability.check(.function(function), .spawned, at: nil) }
    (self.name, self.count, self.context) = (name, count, context)
  }

  /// Calls `body` with 0, 1, ..., each in a task of its own, and waits. The first error cancels the others and
  /// is raised. Ctrl-C may leave tasks behind that are about to end: `body` owns all that it uses.
  func run(_ tasks: Int, _ body: @escaping (Int, Context) throws -> Void) throws {
    let site = context.site?.takeUnretainedValue()
    let location = site?.at ?? context.task.spawnedAt
    try context.inScope(site) {
      let scope = context.task.scope
      for index in 0..<tasks {
        let function = NativeFunction(name) { c in
          do { try body(index, c) } catch TaskInterrupt.cancelled where !scope.isBeingCancelled {
            // Somebody cancelled this one alone: what it had in hand is missing.
            throw SwaleError(.cancelled, "\(c.task.name) was cancelled", at: location)
          }
        }
        _ = context.scheduler.spawn(function, at: location, context)
        // Spawning very many takes its time too.
        try context.tick()
      }
    }
  }

  /// Cuts `0..<count` into pieces and calls `body` with each, in the tasks.
  func forEachPiece(_ count: Int, _ body: @escaping (_ piece: Int, Range<Int>, Context) throws -> Void) throws
  {
    let size = max(1, min(Workers.largestPiece, count / self.count / Workers.piecesEach))
    let pieceCount = count / size + (count % size == 0 ? 0 : 1)
    let next = Counter()
    try run(min(self.count, pieceCount)) { _, c in
      while true {
        let piece = next.add(1)
        if piece >= pieceCount { return }
        try body(piece, piece * size..<piece * size + min(size, count - piece * size), c)
      }
    }
  }

  /// The same with results, which it returns in order.
  public func pieces<R>(_ count: Int, _ body: @escaping (Range<Int>, Context) throws -> R) throws -> [R] {
    // What shows a result belongs to no task.
    if context.task == nil { return count == 0 ? [] : [try body(0..<count, context)] }
    let results = Results<R>()
    try forEachPiece(count) { piece, range, c in results.add(piece, try body(range, c)) }
    return results.inOrder
  }

  /// Pieces are small enough that all tasks end at about the same time, and large enough that handing them
  /// out costs nothing beside the calls.
  private static let piecesEach = 16
  private static let largestPiece = 1024
  /// More tasks than memory is likely to hold are a mistake.
  private static let limit = 1_000_000

  final class Counter {
    private let value = Atomic<Int>(0)
    /// Returns what it was before.
    func add(_ number: Int) -> Int { value.add(number, ordering: .relaxed).oldValue }
  }

  private final class Results<R> {
    private let lock = Lock()
    private var results: [(piece: Int, result: R)] = []

    func add(_ piece: Int, _ result: R) { lock.withLock { results.append((piece, result)) } }

    var inOrder: [R] { lock.withLock { results.sorted { $0.piece < $1.piece }.map(\.result) } }
  }
}
