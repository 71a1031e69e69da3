/// What a channel is: a buffer, tasks that wait for either side, and whether it is closed.
///
/// A pure state machine. Its owner calls it under a lock, and wakes what it returns outside of it.
struct ChannelState {
  typealias Wait = UnsafeMutablePointer<TaskWait>

  /// How many values wait in the channel itself; 0 makes every send meet a receive.
  let capacity: Int
  private var buffer: Ring<Value>
  var receivers = WaitList()
  var senders = WaitList()
  private(set) var isClosed = false

  init(capacity: Int) {
    self.capacity = capacity
    buffer = Ring(capacity: min(capacity, 8))
  }

  /// The number of values in the buffer.
  var count: Int { buffer.count }

  enum Sent {
    /// The value is on its way; a receiver that waited for it must be woken.
    case sent(wake: Wait?)
    case closed
    /// No room: the sender must wait.
    case full
  }

  mutating func send(_ value: Value) -> Sent {
    if isClosed { return .closed }
    if let receiver = receivers.claimFirst() {
      let wait = receiver.pointee.wait
      wait.pointee.outcome = .done(arm: receiver.pointee.arm)
      wait.pointee.transfer = value
      return .sent(wake: wait)
    }
    if buffer.count < capacity {
      buffer.append(value)
      return .sent(wake: nil)
    }
    return .full
  }

  enum Received {
    /// A value; a sender that now has room must be woken.
    case value(Value, wake: Wait?)
    /// Closed, and nothing is left.
    case closed
    case empty
  }

  mutating func receive() -> Received {
    if let value = buffer.popFirst() {
      guard let sender = takeSender() else { return .value(value, wake: nil) }
      buffer.append(sender.value)
      return .value(value, wake: sender.wait)
    }
    if let sender = takeSender() { return .value(sender.value, wake: sender.wait) }
    return isClosed ? .closed : .empty
  }

  /// Takes out a sender that waits, with what it sends.
  private mutating func takeSender() -> (wait: Wait, value: Value)? {
    guard let sender = senders.claimFirst() else { return nil }
    let wait = sender.pointee.wait
    wait.pointee.outcome = .done(arm: sender.pointee.arm)
    let value = sender.pointee.value
    sender.pointee.value = .null
    return (wait, value)
  }

  /// True if a send, or a receive, of the task would not wait; it cannot meet itself.
  func canSend(_ wait: Wait) -> Bool {
    isClosed || receivers.hasOther(than: wait) || buffer.count < capacity
  }
  func canReceive(_ wait: Wait) -> Bool { isClosed || senders.hasOther(than: wait) || !buffer.isEmpty }

  /// Closes the channel and returns the tasks that waited and must be woken; nil where it was closed.
  mutating func close() -> [Wait]? {
    if isClosed { return nil }
    isClosed = true
    var woken: [Wait] = []
    // Receivers wait only where nothing is left to be received.
    while let waiter = receivers.claimFirst() ?? senders.claimFirst() {
      waiter.pointee.value = .null
      waiter.pointee.wait.pointee.outcome = .closed(arm: waiter.pointee.arm)
      woken.append(waiter.pointee.wait)
    }
    return woken
  }

  /// The values in the buffer.
  var buffered: [Value] { buffer.elements }

  /// Releases what is left in the buffer.
  mutating func destroy() { buffer.destroy() }
}
