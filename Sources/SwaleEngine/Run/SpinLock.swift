import CStack
import Glibc
import Synchronization

/// Mutual exclusion for a few instructions, in one word: nothing that may take long is done while it
/// is held.
struct SpinLock: ~Copyable {
  private let isTaken = Atomic<Bool>(false)

  @inline(__always) borrowing func lock() {
    if isTaken.exchange(true, ordering: .acquiring) { wait() }
  }

  // The compiler may retain what was read under the lock only where it is used, behind an atomic store:
  // by then another thread may have released it. It moves nothing of that kind behind a call.
  @inline(__always) borrowing func unlock() {
    cstack_barrier()
    isTaken.store(false, ordering: .releasing)
  }

  /// Calls `body` while no other thread is inside.
  @inline(__always) borrowing func withLock<R>(_ body: () throws -> R) rethrows -> R {
    lock()
    defer { unlock() }
    return try body()
  }

  // Whoever holds the lock may have lost its processor, so waiting soon turns to yielding.
  @inline(never) private borrowing func wait() {
    var tries = 0
    while isTaken.load(ordering: .relaxed) || isTaken.exchange(true, ordering: .acquiring) {
      tries += 1
      if tries < 64 { cstack_pause() } else { sched_yield() }
    }
  }
}
