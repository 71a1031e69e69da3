/// A queue between tasks, as a value of the language; equal only to itself.
public final class Channel: ObjectValue {
  private let lock = SpinLock()
  // Guarded by the lock.
  private var state: ChannelState

  public init(capacity: Int) { state = ChannelState(capacity: capacity) }

  deinit { state.destroy() }

  /// Calls `body` with the state, which nobody else touches meanwhile.
  @inline(__always) func locked<R>(_ body: (inout ChannelState) throws -> R) rethrows -> R {
    lock.lock()
    defer { lock.unlock() }
    return try body(&state)
  }

  /// Sends a value, waiting for room; raises `channel_closed`. `node` is what is reported.
  func send(_ value: Value, _ node: Node?, _ c: Context) throws {
    try Sendability.check(value, .sent, at: node?.at)
    c.schedulingPoint()
    let wait = c.wait!
    while true {
      if wait.pointee.isInterrupted.load(ordering: .relaxed) { try c.checkInterrupt() }
      lock.lock()
      switch state.send(value) {
      case .sent(let woken):
        lock.unlock()
        if let woken { c.makeReady(woken) }
        return
      case .closed:
        lock.unlock()
        throw Channel.closedForSending(node)
      case .full:
        var waiter = Waiter(wait, ticket: wait.pointee.openTicket(), sending: value)
        let outcome = withUnsafeMutablePointer(to: &waiter) { waiter in
          state.senders.append(waiter)
          lock.unlock()
          let outcome = c.suspend(WaitReason(.send, node))
          if case .done = outcome { return outcome }
          locked { $0.senders.remove(waiter) }
          return outcome
        }
        switch outcome {
        case .done: return
        case .closed: throw Channel.closedForSending(node)
        default: if let error = c.error(of: outcome, node) { throw error }
        }
      }
    }
  }

  /// Receives a value, waiting for one; nil where the channel is closed and empty.
  func receive(_ node: Node?, _ c: Context) throws -> Value? {
    c.schedulingPoint()
    let wait = c.wait!
    while true {
      if wait.pointee.isInterrupted.load(ordering: .relaxed) { try c.checkInterrupt() }
      lock.lock()
      switch state.receive() {
      case .value(let value, let woken):
        lock.unlock()
        if let woken { c.makeReady(woken) }
        return value
      case .closed:
        lock.unlock()
        return nil
      case .empty:
        var waiter = Waiter(wait, ticket: wait.pointee.openTicket())
        let outcome = withUnsafeMutablePointer(to: &waiter) { waiter in
          state.receivers.append(waiter)
          lock.unlock()
          let outcome = c.suspend(WaitReason(.receive, node))
          if case .done = outcome { return outcome }
          locked { $0.receivers.remove(waiter) }
          return outcome
        }
        switch outcome {
        case .done: return wait.pointee.takeTransfer()
        case .closed: return nil
        default: if let error = c.error(of: outcome, node) { throw error }
        }
      }
    }
  }

  /// Closes the channel; raises `channel_closed` where it is closed.
  func close(_ c: Context) throws {
    guard let woken = locked({ $0.close() }) else {
      throw SwaleError(.channelClosed, "the channel is closed already")
    }
    for wait in woken { c.makeReady(wait) }
  }

  @inline(never) static func closedForSending(_ node: Node?) -> SwaleError {
    SwaleError(.channelClosed, "the channel is closed: nothing can be sent to it", at: node?.at)
  }

  @inline(never) static func closedForReceiving(_ node: Node?) -> SwaleError {
    SwaleError(
      .channelClosed, "the channel is closed and empty",
      hint: "`for v in ch` ends there, `let v = <-ch else { ... }` runs its block", at: node?.at)
  }

  // MARK: As a value

  public override var type: TypeSet { .channel }

  public override func hash() -> Int {
    Value.hash(ofInt: Int(bitPattern: Unmanaged.passUnretained(self).toOpaque()))
  }

  public override func count(_ context: Context) -> Int? { locked { $0.count } }

  public override func makeIterator(_ context: Context) -> ValueIterator? { ChannelIterator(self) }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    let (count, capacity, isClosed) = locked { ($0.count, $0.capacity, $0.isClosed) }
    writer.write("<channel")
    if capacity > 0 { writer.write(", \(count) of \(capacity)") }
    if isClosed { writer.write(", closed") }
    writer.write(">")
  }
}

/// Receives until the channel is closed and empty.
private final class ChannelIterator: ValueIterator {
  private let channel: Channel
  init(_ channel: Channel) { self.channel = channel }
  override func next(_ context: Context) throws -> Value? { try channel.receive(nil, context) }
}
