extension Channel {
  /// What a receive with a deadline comes to.
  enum Received {
    case value(Value)
    /// The channel is closed and empty.
    case closed
    /// The moment has come.
    case late
  }

  /// Receives a value, waiting for one until a moment of the scheduler's clock.
  func receive(until deadline: Int, _ c: Context) throws -> Received {
    c.schedulingPoint()
    let wait = c.wait!
    while true {
      try c.checkInterrupt()
      var waiter = Waiter(wait, ticket: 0)
      let received = try withUnsafeMutablePointer(to: &waiter) { waiter -> Received? in
        let found = locked { state -> ChannelState.Received in
          let found = state.receive()
          if case .empty = found, c.scheduler.now < deadline {
            waiter.pointee = Waiter(wait, ticket: wait.pointee.openTicket())
            state.receivers.append(waiter)
          }
          return found
        }
        switch found {
        case .value(let value, let woken):
          if let woken { c.makeReady(woken) }
          return .value(value)
        case .closed: return .closed
        case .empty where waiter.pointee.ticket == 0: return .late
        case .empty: break
        }
        let timer = Timer(deadline, .wake(c.task, ticket: waiter.pointee.ticket))
        c.scheduler.add(timer)
        let outcome = c.suspend(WaitReason(.receive, nil))
        c.scheduler.timers.remove(timer)
        locked { $0.receivers.remove(waiter) }
        switch outcome {
        case .done: return .value(wait.takeTransfer())
        case .closed: return .closed
        default:
          if let error = c.error(of: outcome, nil) { throw error }
          return nil
        }
      }
      if let received { return received }
    }
  }
}

extension ChannelValue {
  /// Receives a value, waiting for one until a moment of the scheduler's clock where there is one. Raises what
  /// ended the stage that filled the channel.
  func receive(until deadline: Int?, _ c: Context) throws -> Channel.Received {
    guard let deadline else { return try receive(nil, c).map { .value($0) } ?? .closed }
    let received = try withExtendedLifetime(self) { try channel.receive(until: deadline, c) }
    if case .closed = received, let error = failure(at: nil) { throw error }
    return received
  }
}
