import Glibc
import SwaleEngine
import Synchronization

/// Stops what runs too long or takes too much memory: asks first, ends the process when that is no use.
enum Watchdog {
  /// The exit status of a process that did not stop when asked.
  static let hanging: Int32 = 97
  /// How often it looks, and how much longer than allowed a run may take to stop.
  private static let step = 20
  private static let patience = 20_000
  /// Bytes that a run may take beyond what the process has already: others may have run in it.
  private static let memoryLimit = 1 << 30

  /// Milliseconds that the present run has taken; negative while none is running.
  private static let elapsed = Atomic<Int>(-1)
  /// Milliseconds that it may take.
  private static let limit = Atomic<Int>(0)
  /// Bytes that the process had when the present run began.
  private static let before = Atomic<Int>(0)
  private static let isStarted = Atomic<Bool>(false)

  /// Calls `body`, which an interrupt ends when it takes too long.
  static func watch<R>(milliseconds: Int, _ body: () throws -> R) rethrows -> R {
    start()
    Interrupt.clear()
    limit.store(milliseconds, ordering: .relaxed)
    before.store(residentBytes(), ordering: .relaxed)
    elapsed.store(0, ordering: .relaxed)
    defer { elapsed.store(-1, ordering: .relaxed) }
    return try body()
  }

  private static func start() {
    if isStarted.exchange(true, ordering: .relaxed) { return }
    Interrupt.prepare()
    var thread = pthread_t()
    pthread_create(&thread, nil, patrol, nil)
  }

  private static let patrol: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { _ in
    while Watchdog.isStarted.load(ordering: .relaxed) {
      usleep(UInt32(Watchdog.step * 1000))
      Watchdog.look()
    }
    return nil
  }

  private static func look() {
    let now = elapsed.load(ordering: .relaxed)
    if now < 0 { return }
    // A run that ends meanwhile is not counted on.
    _ = elapsed.compareExchange(expected: now, desired: now + step, ordering: .relaxed)
    let limit = limit.load(ordering: .relaxed)
    if now > limit + patience { _exit(hanging) }
    if now > limit || residentBytes() - before.load(ordering: .relaxed) > memoryLimit { Interrupt.request() }
  }

  private static func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let words = text.split(separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
  }
}
