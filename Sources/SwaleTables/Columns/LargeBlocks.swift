import Glibc
import SwaleEngine

/// Memory of large columns, kept for the next ones when it is let go: getting it anew from the system, which
/// clears it, can take longer than filling it.
///
/// What is kept is marked as free to take: where the system needs memory it takes it back.
enum LargeBlocks {
  private static let lock = Lock()
  // Used under the lock only.
  nonisolated(unsafe) private static var kept: [Int: [UnsafeMutableRawPointer]] = [:]
  nonisolated(unsafe) private static var keptSize = 0
  private static let hugePage = 1 << 21
  /// No more than an eighth of the machine's memory is kept.
  private static let limit = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 8

  /// The least size, in bytes, that is kept.
  static let leastSize = 2 * hugePage

  /// Returns the size of a block with room for `size` bytes: few different ones, so that blocks fit again.
  static func roundedUp(_ size: Int) -> Int {
    let step = max(hugePage, 1 << (Int.bitWidth - size.leadingZeroBitCount - 4))
    return (size + step - 1) / step * step
  }

  /// Returns a block of a size that is rounded up.
  static func take(_ size: Int) -> UnsafeMutableRawPointer {
    let known = lock.withLock { () -> UnsafeMutableRawPointer? in
      guard let block = kept[size]?.popLast() else { return nil }
      keptSize -= size
      return block
    }
    if let known { return known }
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, hugePage, size) == 0, let memory else {
      fatalError("out of memory: \(size) bytes for a column")
    }
    // First touching small pages costs as much as filling them.
    madvise(memory, size, MADV_HUGEPAGE)
    return memory
  }

  static func giveBack(_ block: UnsafeMutableRawPointer, _ size: Int) {
    madvise(block, size, MADV_FREE)
    let isKept = lock.withLock {
      if keptSize + size > limit { return false }
      keptSize += size
      kept[size, default: []].append(block)
      return true
    }
    if !isKept { free(block) }
  }
}
