import Glibc

/// What one run of some code cost.
struct Measurement: Equatable, Sendable {
  /// Nanoseconds that passed.
  var wall: Int
  /// Nanoseconds of work, on all processors together.
  var cpu: Int
  /// How much the process grew beyond what it held before, in bytes; nil where the system does not tell.
  var memory: Int?
}

/// Clocks and memory of this process.
enum Stopwatch {
  /// Nanoseconds of a clock that never goes back.
  static func now() -> Int { read(CLOCK_MONOTONIC) }

  /// Runs the body and measures it; an error it raises is passed on together with the figures.
  static func measure<T>(_ body: () throws -> T) -> (result: Result<T, any Error>, Measurement) {
    let before = ProcessMemory.resetPeak()
    let cpu = read(CLOCK_PROCESS_CPUTIME_ID)
    let start = now()
    let result = Result(catching: body)
    let wall = now() - start
    let work = read(CLOCK_PROCESS_CPUTIME_ID) - cpu
    let peak = ProcessMemory.peak()
    let memory = before.flatMap { before in peak.map { max(0, $0 - before) } }
    return (result, Measurement(wall: wall, cpu: work, memory: memory))
  }

  private static func read(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}

/// The memory of this process as the system counts it.
enum ProcessMemory {
  /// Makes the present size the peak and returns it in bytes.
  static func resetPeak() -> Int? {
    let descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    if descriptor >= 0 {
      // 5 resets the peak and nothing else.
      Descriptor.write("5", to: descriptor)
      close(descriptor)
      return field("VmRSS:")
    }
    // Without the reset only growth beyond the earlier peak can be seen.
    return field("VmHWM:")
  }

  /// The largest size since the peak was reset, in bytes.
  static func peak() -> Int? { field("VmHWM:") }

  private static func field(_ name: String) -> Int? {
    guard let bytes = FileSystem.readFile("/proc/self/status") else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix(name) {
      let digits = line.filter { $0.isASCII && $0.isNumber }
      return Int(digits).map { $0 * 1024 }
    }
    return nil
  }
}
