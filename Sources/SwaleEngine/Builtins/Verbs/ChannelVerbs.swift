/// What verbs do with channels: a stage, whose results come through a channel of its own.
enum ChannelVerbs {
  /// Makes one step after the other.
  static func stage(_ verb: String, _ source: ChannelValue, _ step: @escaping VerbStep, _ c: Context) -> Value
  {
    ChannelStage.start(verb, c) { stage in
      var index = 0
      try stage.forEach(source) { item in
        if let item = try step(item, index, stage.context) { try stage.send(item) }
        index += 1
      }
    }
  }

  /// Lets workers make the steps. The results leave in the order of the items: each worker waits for the one
  /// that took the item before its own.
  static func stage(
    _ verb: String, _ source: ChannelValue, workers: Int, _ step: @escaping VerbStep, _ c: Context
  ) -> Value {
    ChannelStage.start(verb, c) { stage in
      // Who has the turn takes an item, and leaves a channel through which it says that its result is sent.
      let turn = Channel(capacity: 1)
      let start = ChannelValue(Channel(capacity: 1))
      try start.send(.null, nil, stage.context)
      try turn.send(.object(start), nil, stage.context)
      let count = Count()
      try Workers(verb, workers, calling: [], stage.context).run(workers) { _, c in
        let stage = ChannelStage(output: stage.output, context: c)
        while case .object(let object)? = try turn.receive(nil, c), let before = object as? ChannelValue {
          let result: Value?
          let mine = ChannelValue(Channel(capacity: 1))
          do {
            guard let item = try source.receive(nil, c) else {
              // The others find out themselves.
              try turn.send(.object(before), nil, c)
              return
            }
            let index = count.next()
            try turn.send(.object(mine), nil, c)
            result = try step(item, index, c)
          } catch let error as SwaleError {
            // What was made of the items before is not lost.
            _ = try before.receive(nil, c)
            throw error
          }
          _ = try before.receive(nil, c)
          if let result { try stage.send(result) }
          try mine.send(.null, nil, c)
        }
      }
    }
  }

  private final class Count {
    private var count = 0
    func next() -> Int {
      count += 1
      return count - 1
    }
  }

  static func take(_ n: Int, _ source: ChannelValue, _ call: Call) throws -> Value {
    try checkUngrouped(call, "take")
    return ChannelStage.start("take", call.context) { stage in
      for _ in 0..<n {
        guard let item = try source.receive(nil, stage.context) else { return }
        try stage.send(item)
      }
    }
  }

  static func skip(_ n: Int, _ source: ChannelValue, _ call: Call) throws -> Value {
    try checkUngrouped(call, "skip")
    return stage("skip", source, { item, index, _ in index < n ? nil : item }, call.context)
  }

  private static func checkUngrouped(_ call: Call, _ verb: String) throws {
    if !call.isNull(2) { throw noGroups(verb) }
  }

  static func noGroups(_ verb: String) -> SwaleError {
    SwaleError(
      .type, "\(verb): the groups of a channel are not known before it is closed",
      hint: "`ch | list` collects what comes")
  }

  /// Collects items: `size` at most, and for `time` at most from the first of them on.
  static func batch(_ size: Int, within time: Int?, _ source: ChannelValue, _ c: Context) -> Value {
    ChannelStage.start("batch", c) { stage in
      var items = ListStorage()
      var deadline: Int?
      func send() throws {
        if items.count == 0 { return }
        let batch = items
        (items, deadline) = (ListStorage(), nil)
        try stage.send(.list(batch))
      }
      while true {
        let received: Channel.Received
        do { received = try source.receive(until: deadline, stage.context) } catch let error as SwaleError {
          // What came before the error is not lost.
          try send()
          throw error
        }
        switch received {
        case .value(let item):
          if items.count == 0 { deadline = time.map { stage.context.scheduler.deadline(in: $0) } }
          items.append(item)
          if items.count == size { try send() }
        case .late: try send()
        case .closed: return try send()
        }
      }
    }
  }

  /// Lets through `limit` items in any span of `time`; the others wait.
  static func throttle(_ limit: Int, every time: Int, _ source: ChannelValue, _ c: Context) -> Value {
    ChannelStage.start("throttle", c) { stage in
      let scheduler = stage.context.scheduler
      // When the last items left, as far as that still counts.
      var moments = Ring<Int>()
      defer { moments.destroy() }
      try stage.forEach(source) { item in
        if moments.count == limit, let first = moments.first {
          let (moment, overflow) = first.addingReportingOverflow(time)
          try stage.context.sleep(until: overflow ? .max : moment, nil)
        }
        let now = scheduler.now
        while let first = moments.first, now - first >= time { _ = moments.popFirst() }
        try stage.send(item)
        moments.append(scheduler.now)
      }
    }
  }

  /// Takes from all channels what comes first, until all are closed.
  static func merge(_ sources: [ChannelValue], _ c: Context) -> Value {
    ChannelStage.start("merge", c) { stage in
      try Workers("merge", sources.count, calling: [], stage.context).run(sources.count) { index, c in
        let stage = ChannelStage(output: stage.output, context: c)
        try stage.forEach(sources[index], stage.send)
      }
    }
  }
}
