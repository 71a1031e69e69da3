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
      return .object(ChannelValue(Channel(capacity: capacity)))
    },
    Builtin(
      "close", [.init("channel", .channel)],
      "Closes a channel: what is in it can still be received, nothing more can be sent.",
      example: (
        "let ch = channel(1); ch <- 7; close(ch); [<-ch, try <-ch else \"closed\"]", "[7, \"closed\"]"
      )
    ) { call in
      try call.object(0, as: ChannelValue.self).close(call.context)
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
      let interval = try call.interval(0, "ticker")
      let channel = ChannelValue(Channel(capacity: 1))
      _ = Ticker(channel, every: interval, call.context.scheduler)
      return .object(channel)
    },
    Builtin(
      "merge", [.init("channels", [.channel, .list]), .rest("more", .channel)],
      "Returns a channel of what comes from any of the channels; it is closed when all of them are.",
      example: (
        "let a = channel(1); let b = channel(1); a <- 1; b <- 2; close(a); close(b); merge(a, b) | list | sort",
        "[1, 2]"
      )
    ) { call in
      let first: [Value] = if case .list(let list) = call[0] { list.array } else { [call[0]] }
      let sources = try (first + call.list(1).array).enumerated().map { index, value -> ChannelValue in
        if case .object(let object) = value, let channel = object as? ChannelValue { return channel }
        throw SwaleError(
          .type, "merge joins channels, and argument \(index + 1) is \(value.typeNameWithArticle)")
      }
      if sources.isEmpty { throw SwaleError(.value, "merge needs at least one channel") }
      return ChannelVerbs.merge(sources, call.context)
    },
    Builtin(
      "batch", [.init("channel", .channel), .optional("n", .int), .optional("every", .duration)],
      """
      Returns a channel of lists of n items that came one after the other; the last may be shorter.
      With `every:` a list leaves at the latest so long after its first item came.
      """,
      example: (
        "let ch = channel(3); ch <- 1; ch <- 2; ch <- 3; close(ch); ch | batch(2, every: 1s) | list",
        "[[1, 2], [3]]"
      )
    ) { call in
      if call.isNull(1), call.isNull(2) {
        throw SwaleError(.value, "batch needs a number of items or a time", hint: "batch(100, every: 1s)")
      }
      let size = call.isNull(1) ? Int.max : try call.int(1, atLeast: 1, "batch: n")
      let time = call.isNull(2) ? nil : try call.interval(2, "batch")
      return ChannelVerbs.batch(size, within: time, call.object(0, as: ChannelValue.self), call.context)
    },
    Builtin(
      "throttle",
      [
        .init("channel", .channel), .init("n", .int),
        .init("every", .duration, default: .duration(1_000_000_000)),
      ],
      """
      Returns a channel that lets n items through in any span of the time `every:`, a second where it is not given.
      The others wait, and so do those who send them.
      """,
      example: (
        "let ch = channel(3); ch <- 1; ch <- 2; close(ch); ch | throttle(1, every: 1ms) | list", "[1, 2]"
      )
    ) { call in
      let limit = try call.int(1, atLeast: 1, "throttle: n")
      return ChannelVerbs.throttle(
        limit, every: try call.interval(2, "throttle"), call.object(0, as: ChannelValue.self), call.context)
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

extension Call {
  /// A duration that must be longer than none.
  fileprivate func interval(_ index: Int, _ name: String) throws -> Int {
    guard case .duration(let interval) = self[index] else { unreachable() }
    if interval <= 0 { throw SwaleError(.value, "\(name): the interval must be longer than 0s") }
    return interval
  }
}
