import Glibc

/// The clocks of the system, in nanoseconds, and waiting.
public enum Clock {
  /// The time since 1970-01-01T00:00Z.
  public static var now: Int { read(CLOCK_REALTIME) }

  /// The time since some moment in the past; never goes backwards.
  public static var monotonic: Int { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
  }

  /// Waits for so many nanoseconds; other tasks run meanwhile, and an interrupt ends it.
  public static func sleep(_ nanoseconds: Int) throws {
    if let context = Context.current, context.task != nil { return try context.sleep(nanoseconds) }
    if nanoseconds <= 0 { return try Interrupt.check() }
    let (end, overflow) = monotonic.addingReportingOverflow(nanoseconds)
    let deadline = overflow ? Int.max : end
    while true {
      try Interrupt.check()
      let rest = deadline - monotonic
      if rest <= 0 { return }
      // In slices: a signal that comes just before the wait does not end it.
      var slice = timespec(tv_sec: 0, tv_nsec: min(rest, 50_000_000))
      nanosleep(&slice, nil)
    }
  }
}
