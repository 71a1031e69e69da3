import Glibc
import SwaleEngine

/// Work on several threads at once.
enum Parallel {
  /// The number of cores.
  static let coreCount = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  private final class Job {
    let body: (Int) -> Void
    let index: Int
    init(_ body: @escaping (Int) -> Void, _ index: Int) {
      self.body = body
      self.index = index
    }
  }

  /// Calls `body` with 0, 1, ... on `count` threads, one of them this one, and waits for all. Where a
  /// thread cannot be had, this one does its work too.
  private static func run(_ count: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      var threads: [pthread_t] = []
      var left: [Int] = [0]
      for index in 1..<max(1, count) {
        let job = Unmanaged.passRetained(Job(body, index))
        var thread = pthread_t()
        let code = pthread_create(
          &thread, nil,
          { pointer in
            let job = Unmanaged<Job>.fromOpaque(pointer!).takeRetainedValue()
            job.body(job.index)
            return nil
          }, job.toOpaque())
        if code == 0 {
          threads.append(thread)
        } else {
          job.release()
          left.append(index)
        }
      }
      for index in left { body(index) }
      for thread in threads { pthread_join(thread, nil) }
    }
  }

  /// Does the pieces of work 0, 1, ... in any order, on as many threads as there are cores. Each thread has
  /// a worker of its own, which `worker` makes before they start. The error of the first piece that fails
  /// is raised, and an interrupt ends all within a piece.
  @discardableResult
  static func forEach<Worker>(
    _ pieces: Int, _ context: Context, worker: () throws -> Worker,
    _ body: (Worker, Int) throws -> Void
  ) throws -> [Worker] {
    if Interrupt.isRequested { try Interrupt.check() }
    let threadCount = max(1, min(pieces, coreCount))
    let workers = try (0..<threadCount).map { _ in try worker() }
    let queue = Queue(pieces)
    run(threadCount) { index in
      while let piece = queue.next() {
        do {
          // This thread is the task's own, and the one to look whether the task is to stop.
          if index == 0 { try context.tick(Context.fullBudget) }
          try body(workers[index], piece)
        } catch { queue.fail(error, at: piece) }
      }
    }
    try Interrupt.check()
    if let error = queue.failure { throw error }
    return workers
  }

  /// The pieces that nobody has taken yet.
  private final class Queue {
    private let lock = Lock()
    private let count: Int
    private var position = 0
    private var failed: (piece: Int, error: any Error)?

    init(_ count: Int) { self.count = count }

    func next() -> Int? {
      lock.withLock {
        if position >= count || failed != nil || Interrupt.isRequested { return nil }
        position += 1
        return position - 1
      }
    }

    func fail(_ error: any Error, at piece: Int) {
      lock.withLock {
        if let failed, failed.piece < piece { return }
        failed = (piece, error)
      }
    }

    var failure: (any Error)? { lock.withLock { failed?.error } }
  }
}
