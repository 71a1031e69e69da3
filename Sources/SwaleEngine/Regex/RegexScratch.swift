import CLibraries

/// What a match works with: its limits, its stack, and the callout that polls.
///
/// Making one takes system calls, so they are kept and lent out; one serves one match at a time.
final class RegexScratch {
  let context: OpaquePointer
  private let stack: OpaquePointer?

  /// Steps of one attempt; they take some 20 ms where patterns are compiled to machine code.
  private static let stepLimit: UInt32 = 10_000_000
  /// Kibibytes of what the interpreter must remember.
  private static let heapLimit: UInt32 = 256 * 1024
  private static let stackSize = 64 << 20

  private init() {
    context = pcre2_match_context_create_8(nil)!
    pcre2_set_match_limit_8(context, RegexScratch.stepLimit)
    pcre2_set_heap_limit_8(context, RegexScratch.heapLimit)
    // Only reserved: pages are used as matches need them.
    stack = pcre2_jit_stack_create_8(32 << 10, RegexScratch.stackSize, nil)
    if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
  }

  /// Lets the match stop when the task is to stop.
  func poll(for task: Context) {
    _ = pcre2_set_callout_8(
      context,
      { _, data in
        // Whoever matches holds the context.
        let isWanted = Unmanaged<Context>.fromOpaque(data!)._withUnsafeGuaranteedRef { $0.isStopDue }
        return isWanted ? PCRE2_ERROR_CALLOUT : 0
      }, Unmanaged.passUnretained(task).toOpaque())
  }

  // Guarded by the lock.
  nonisolated(unsafe) private static var idle: [RegexScratch] = []
  private static let lock = Lock()

  static func take() -> RegexScratch { lock.withLock { idle.popLast() } ?? RegexScratch() }

  func giveBack() { RegexScratch.lock.withLock { RegexScratch.idle.append(self) } }
}
