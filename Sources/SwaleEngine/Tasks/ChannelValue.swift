/// A channel as a value of the language; equal only to itself.
///
/// Where a task fills it and nobody holds it any more, that task has nothing left to do and is cancelled.
public final class ChannelValue: ObjectValue {
  let channel: Channel
  /// The stage of a pipe whose results these are.
  private let producer: Task?

  init(_ channel: Channel, from producer: Task? = nil) {
    self.channel = channel
    self.producer = producer
    super.init()
    channel.value = self
  }

  deinit {
    channel.value = nil
    producer?.abandon()
  }

  /// Sends a value, waiting for room; raises `channel_closed`. `site` is what is reported.
  func send(_ value: Value, _ node: Node?, _ c: Context) throws {
    try withExtendedLifetime(self) { try channel.send(value, node, c) }
  }

  /// Receives a value, waiting for one; nil where the channel is closed and empty. Raises what ended the
  /// stage that filled it.
  func receive(_ node: Node?, _ c: Context) throws -> Value? {
    try withExtendedLifetime(self) {
      if let value = try channel.receive(node, c) { return value }
      if let error = failure(at: node) { throw error }
      return nil
    }
  }

  /// Returns what ended the stage that filled the channel, which is closed, where that was an error.
  func failure(at node: Node?) -> SwaleError? {
    if let producer, producer.hasFailed { return producer.takeFailure(at: node?.at) }
    return nil
  }

  /// Closes the channel; raises `channel_closed` where it is closed.
  func close(_ c: Context) throws {
    if !channel.close(c.makeReady) { throw SwaleError(.channelClosed, "the channel is closed already") }
  }

  public override var type: TypeSet { .channel }

  public override func hash() -> Int {
    Value.hash(ofInt: Int(bitPattern: Unmanaged.passUnretained(self).toOpaque()))
  }

  public override func count(_ context: Context) -> Int? { channel.locked { $0.count } }

  public override func makeIterator(_ context: Context) -> ValueIterator? {
    ChannelIterator(self, context.site)
  }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    let (count, capacity, isClosed) = channel.locked { ($0.count, $0.capacity, $0.isClosed) }
    writer.write("<channel")
    if capacity > 0 { writer.write(", \(count) of \(capacity)") }
    if isClosed { writer.write(", closed") }
    writer.write(">")
  }
}

/// Receives until the channel is closed and empty.
private final class ChannelIterator: ValueIterator {
  private let channel: ChannelValue
  /// What goes through the channel, and lives as long as it does.
  private let site: Unmanaged<Node>?

  init(_ channel: ChannelValue, _ site: Unmanaged<Node>?) {
    self.channel = channel
    self.site = site
  }

  override func next(_ context: Context) throws -> Value? {
    try channel.receive(site?.takeUnretainedValue(), context)
  }
}
