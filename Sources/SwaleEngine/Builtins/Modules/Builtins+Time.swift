import Glibc

extension Builtins {
  /// The module `time`, and `sleep`.
  nonisolated(unsafe) static let time: [Builtin] = [
    Builtin(
      "sleep", [.init("duration", .duration)], "Waits; other tasks go on meanwhile.",
      example: ("sleep(1ms)", "null")
    ) { call in try sleep(call) },
    Builtin(
      "sleep", module: "time", [.init("duration", .duration)], "Waits; other tasks go on meanwhile.",
      example: ("time.sleep(1ms)", "null")
    ) { call in try sleep(call) },
    Builtin(
      "now", module: "time", [], "Returns the present moment, in UTC.",
      example: ("type(time.now())", "\"datetime\"")
    ) {
      call in .dateTime(call.context.scheduler.timeOfDay)
    },
    Builtin(
      "since", module: "time", [.init("start", .dateTime)], "Returns how long ago a moment was.",
      example: ("let start = time.now(); sleep(2ms); time.since(start) >= 2ms", "true")
    ) { call in
      guard case .dateTime(let start) = call[0] else { unreachable() }
      return .duration(try difference(call.context.scheduler.timeOfDay, start))
    },
    Builtin(
      "since", module: "time", [.init("start", .duration)],
      "Returns how much later than a reading of `time.monotonic` it is.",
      example: ("let start = time.monotonic(); time.since(start) < 1h", "true")
    ) { call in
      guard case .duration(let start) = call[0] else { unreachable() }
      return .duration(try difference(call.context.scheduler.now, start))
    },
    Builtin(
      "monotonic", module: "time", [],
      "Returns a clock that only goes forward, for measuring; it counts from some moment in the past.",
      example: ("time.monotonic() <= time.monotonic()", "true")
    ) { call in .duration(call.context.scheduler.now) },
  ]

  private static func sleep(_ call: Call) throws -> Value {
    guard case .duration(let nanoseconds) = call[0] else { unreachable() }
    try call.context.output.flush()
    try call.context.sleepAtEnd(nanoseconds)
    return .null
  }

  private static func difference(_ end: Int, _ start: Int) throws -> Int {
    let (result, overflow) = end.subtractingReportingOverflow(start)
    if overflow { throw SwaleError(.overflow, "time.since: that is too long ago for a duration") }
    return result
  }
}
