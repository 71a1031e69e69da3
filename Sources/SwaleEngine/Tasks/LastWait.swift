/// A wait that is the last thing a task does.
///
/// It needs no stack, since nothing is left to be done there: a task that ends with a send or a sleep takes a few
/// hundred bytes while it waits, and no page. The resolver marks the last steps of functions
/// (`Node.isLastStep`), what waits there leaves a `LastWait` in `Task.work` and returns as if it were over, and
/// the worker waits in the task's place when the task has left its stack.
enum LastWait {
  case send(Value, to: ChannelValue, at: Unmanaged<Node>)
  case sleep(until: Int, at: Unmanaged<Node>?)
}

/// What is left of what a task was spawned for.
enum TaskWork {
  /// It runs, or has ended.
  case none
  case call(FunctionValue, [Value], [String?])
  /// The function owns the node that waits.
  case last(LastWait, in: FunctionValue?)
}

extension Context {
  /// True where `node`, which waits, is the last thing that the task does.
  func isLastStep(_ node: Node?) -> Bool {
    depth == lastStepDepth && (depth == 0 || node?.isLastStep ?? false)
  }

  /// Leaves a wait to who takes over when the task has returned from its function.
  func leave(_ wait: LastWait) { task.work = .last(wait, in: nil) }
}

extension Task {
  /// True if its last wait has begun.
  var isInLastWait: Bool { if case .last = work { true } else { false } }

  /// Begins the last wait, or goes on with it after it was woken with an outcome; returns the task's
  /// result, or nil where it waits. On a worker's own stack, without a context.
  func waitLast(after outcome: WaitOutcome?) -> TaskResult? {
    guard case .last(let last, let function) = work, let function else { unreachable("no last wait") }
    do {
      if let outcome, try isOver(last, outcome) { return .value(.null) }
      if try begin(last) { return .value(.null) }
      return nil
    } catch { return result(of: error, in: function) }
  }

  /// True if the wait is over with this outcome; false where it begins anew.
  private func isOver(_ last: LastWait, _ outcome: WaitOutcome) throws -> Bool {
    switch (last, outcome) {
    case (.send, .done): return true
    case (.send(_, _, let node), .closed): throw Channel.closedForSending(node.takeUnretainedValue())
    case (.sleep, .deadline): return true
    default:
      withdraw(last)
      if let error = takeInterrupt() { throw error }
      return false
    }
  }

  /// True if there is nothing to wait for.
  private func begin(_ last: LastWait) throws -> Bool {
    let ticket = wait.pointee.openTicket()
    switch last {
    case .send(let value, let channel, let node):
      let waiter = self.waiter ?? .allocate(capacity: 1)
      self.waiter = waiter
      wait.pointee.reason = WaitReason(.send, node.takeUnretainedValue(), for: channel.channel)
      let sent = channel.channel.locked { state in
        let sent = state.send(value)
        if case .full = sent {
          waiter.initialize(to: Waiter(wait, ticket: ticket, sending: value))
          state.senders.append(waiter)
        }
        return sent
      }
      switch sent {
      case .sent(let woken):
        if let woken { scheduler.makeReady(woken) }
        return true
      case .closed: throw Channel.closedForSending(node.takeUnretainedValue())
      case .full: break
      }
    case .sleep(let deadline, let node):
      wait.pointee.reason = WaitReason(.sleep, at: node)
      let timer = Timer(deadline, .wake(self, ticket: ticket))
      self.timer = timer
      scheduler.add(timer)
    }
    // Who interrupts it says so first and looks for a ticket afterwards.
    if wait.pointee.isInterrupted.load(ordering: .sequentiallyConsistent), hasDueInterrupt,
      wait.pointee.claim(ticket)
    {
      withdraw(last)
      if let error = takeInterrupt() { throw error }
      return try begin(last)
    }
    return false
  }

  /// Takes the task out of where it waits.
  private func withdraw(_ last: LastWait) {
    switch last {
    case .send(_, let channel, _):
      channel.channel.locked { $0.senders.remove(waiter!) }
      waiter!.deinitialize(count: 1)
    case .sleep: scheduler.timers.remove(timer!)
    }
  }
}
