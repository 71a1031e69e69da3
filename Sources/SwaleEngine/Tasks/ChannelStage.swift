/// A task that takes what comes from channels and puts what it makes of it into a channel of its own: a verb
/// in a pipe of channels.
///
/// It ends when the channels that it takes from do, when its results are wanted no more, or with an error,
/// which whoever receives from it gets. When it has ended it lets go of the channels that it took from, and so
/// ends the stages before it.
struct ChannelStage {
  let output: Channel
  let context: Context

  /// Starts a task that runs `body`; returns the channel of its results.
  static func start(_ name: String, _ c: Context, _ body: @escaping (ChannelStage) throws -> Void) -> Value {
    let output = Channel(capacity: 0)
    let function = NativeFunction(name) { c in
      do { try body(ChannelStage(output: output, context: c)) } catch is IsClosed {}
    }
    let location = c.site?.takeUnretainedValue().at ?? c.task.spawnedAt
    let task = c.scheduler.spawn(function, at: location, output: output, c)
    return .object(ChannelValue(output, from: task))
  }

  /// The program has closed the channel of the results: there is nothing left to do.
  private struct IsClosed: Error {}

  /// Gives a result to whoever receives next, and waits for that.
  func send(_ value: Value) throws {
    do { try output.send(value, nil, context) } catch let error as SwaleError
      where error.kind == .channelClosed
    {
      throw IsClosed()
    }
  }

  /// Calls `body` with what comes, until the channel is closed.
  func forEach(_ source: ChannelValue, _ body: (Value) throws -> Void) throws {
    while let item = try source.receive(nil, context) { try body(item) }
  }
}
