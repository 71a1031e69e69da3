/// A queue between tasks; what a program holds is a `ChannelValue`.
final class Channel {
  private let lock = SpinLock()
  // Guarded by the lock.
  private var state: ChannelState
  /// What the program holds, as long as it does; nil too for what belongs to a builtin.
  unowned(unsafe) var value: ChannelValue?
  /// True if a timer fills it.
  var isTicked = false

  init(capacity: Int) { state = ChannelState(capacity: capacity) }

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
        if c.isLastStep(node), let node, let handle = self.value {
          lock.unlock()
          return c.leave(.send(value, to: handle, at: .passUnretained(node)))
        }
        var waiter = Waiter(wait, ticket: wait.pointee.openTicket(), sending: value)
        let outcome = withUnsafeMutablePointer(to: &waiter) { waiter in
          state.senders.append(waiter)
          lock.unlock()
          let outcome = c.suspend(WaitReason(.send, node, for: self))
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
          let outcome = c.suspend(WaitReason(.receive, node, for: self))
          if case .done = outcome { return outcome }
          locked { $0.receivers.remove(waiter) }
          return outcome
        }
        switch outcome {
        case .done: return wait.takeTransfer()
        case .closed: return nil
        default: if let error = c.error(of: outcome, node) { throw error }
        }
      }
    }
  }

  /// Closes the channel and calls `makeReady` with all that waited; false where it is closed already.
  func close(_ makeReady: (UnsafeMutablePointer<TaskWait>) -> Void) -> Bool {
    guard let woken = locked({ $0.close() }) else { return false }
    for wait in woken { makeReady(wait) }
    return true
  }

  @inline(never) static func closedForSending(_ node: Node?) -> SwaleError {
    SwaleError(.channelClosed, "the channel is closed: nothing can be sent to it", at: node?.at)
  }

  @inline(never) static func closedForReceiving(_ node: Node?) -> SwaleError {
    SwaleError(
      .channelClosed, "the channel is closed and empty",
      hint: "`for v in ch` ends there, `let v = <-ch else { ... }` runs its block", at: node?.at)
  }
}
