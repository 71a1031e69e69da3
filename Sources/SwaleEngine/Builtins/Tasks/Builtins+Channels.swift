extension Builtins {
  /// Channels, and what is done with tasks.
  nonisolated(unsafe) static let channels: [Builtin] = [
    Builtin(
      "channel", [.init("capacity", .int, default: .int(0))],
      """
      Returns a channel between tasks that holds up to `capacity` values; without one each send waits \
      until somebody receives.
      """,
      example: ("let ch = channel(2); ch <- 1; ch <- 2; [<-ch, <-ch]", "[1, 2]")
    ) { call in
      let capacity = call.int(0)
      if capacity < 0 {
        throw SwaleError(.value, "channel: a channel holds 0 values or more, not \(capacity)")
      }
      return .object(Channel(capacity: capacity))
    },
    Builtin(
      "close", [.init("channel", .channel)],
      "Closes a channel: what is in it can still be received, nothing more can be sent.",
      example: (
        "let ch = channel(1); ch <- 7; close(ch); [<-ch, try <-ch else \"closed\"]", "[7, \"closed\"]"
      )
    ) { call in
      try call.object(0, as: Channel.self).close(call.context)
      return .null
    },
    Builtin(
      "ticker", [.init("interval", .duration)],
      """
      Returns a channel that gets the time each time the interval has passed; one that is not received \
      in time is left out.
      """,
      example: ("let t = ticker(1ms); <-t; type(<-t)", "\"datetime\"")
    ) { call in
      guard case .duration(let interval) = call[0] else { unreachable() }
      if interval <= 0 { throw SwaleError(.value, "ticker: the interval must be longer than 0s") }
      let channel = Channel(capacity: 1)
      _ = Ticker(channel, every: interval, call.context.scheduler)
      return .object(channel)
    },
    Builtin(
      "cancel", [.init("task", .task)],
      "Asks a task to end: it leaves what it is doing, its deferred blocks run, and awaiting it raises `cancelled`.",
      example: ("let t = spawn sleep(1h); t.cancel(); try await t else \"cancelled\"", "\"cancelled\"")
    ) { call in
      call.object(0, as: TaskValue.self).task.interrupt(.cancelled)
      return .null
    },
  ]
}
