/// Which arm of a `select` was taken.
enum Selected {
  /// The arm by its number, with what it received.
  case arm(Int, Value)
  case after
  case otherwise
}

extension Context {
  /// Takes one arm that is ready, each with the same chance, or waits for one; `after` is how long, in
  /// nanoseconds, and with `hasElse` it does not wait. Raises `channel_closed` where no arm can ever
  /// be ready.
  func select(_ arms: SelectArms, after: Int?, hasElse: Bool, _ node: Node) throws -> Selected {
    for number in 0..<arms.count where arms[number].pointee.isSend {
      try Sendability.check(arms[number].pointee.value, .sent, at: node.at)
    }
    schedulingPoint()
    let wait = wait!
    let deadline = after.map { scheduler.deadline(in: $0) }
    while true {
      if wait.pointee.isInterrupted.load(ordering: .relaxed) { try checkInterrupt() }
      switch try takeReady(arms, node) {
      case .taken(let selected): return selected
      case .noneOpen where deadline == nil && !hasElse:
        throw SwaleError(
          .channelClosed, "all channels of the select are closed",
          hint: "an arm `after` or `else` is taken then", at: node.at)
      default: break
      }
      if hasElse { return .otherwise }
      if let after, after <= 0 { return .after }
      let ticket = wait.pointee.openTicket()
      let timer = deadline.map { Timer($0, .wake(task, ticket: ticket)) }
      if let timer { scheduler.add(timer) }
      if timer == nil { wait.pointee.arms = arms }
      // Whoever claimed the ticket while arms were registered has the task made ready.
      let outcome =
        register(arms, ticket, hasDeadline: timer != nil) ? suspend(WaitReason(.select, node)) : nil
      wait.pointee.arms = nil
      arms.dequeue()
      if let timer { scheduler.timers.remove(timer) }
      switch outcome {
      case nil, .closed: continue
      case .done(let arm): return .arm(arm, wait.takeTransfer())
      case .deadline where deadline.map({ scheduler.now >= $0 }) ?? false: return .after
      case .some(let outcome): if let error = error(of: outcome, node) { throw error }
      }
    }
  }

  private enum Ready {
    case taken(Selected)
    case none, noneOpen
  }

  /// Takes an arm that is ready, beginning with any.
  private func takeReady(_ arms: SelectArms, _ node: Node) throws -> Ready {
    if arms.count == 0 { return .noneOpen }
    var number = choice(arms.count)
    var isOpen = false
    for _ in 0..<arms.count {
      number = number + 1 == arms.count ? 0 : number + 1
      let arm = arms[number]
      if arm.pointee.isSend {
        switch arm.pointee.locked({ $0.send(arm.pointee.value) }) {
        case .sent(let woken):
          if let woken { makeReady(woken) }
          return .taken(.arm(number, .null))
        case .full: isOpen = true
        case .closed: break
        }
      } else {
        switch arm.pointee.locked({ $0.receive() }) {
        case .value(let value, let woken):
          if let woken { makeReady(woken) }
          return .taken(.arm(number, value))
        case .empty: isOpen = true
        case .closed:
          if let error = arm.pointee.channel._withUnsafeGuaranteedRef({ $0.failure(at: node) }) {
            throw error
          }
        }
      }
    }
    return isOpen ? .none : .noneOpen
  }

  /// Stands in the queues of all open channels. False where the wait was called off, since an arm
  /// became ready meanwhile, or the last channel was closed and nothing else ends the wait.
  private func register(_ arms: SelectArms, _ ticket: UInt64, hasDeadline: Bool) -> Bool {
    let wait = wait!
    var isWaiting = hasDeadline
    for number in 0..<arms.count {
      let isSend = arms[number].pointee.isSend
      let isReady = arms[number].pointee.locked { state -> Bool in
        if isSend ? state.canSend(wait) : state.canReceive(wait) {
          return !state.isClosed || !isSend && state.count > 0
        }
        arms.enqueue(number, ticket: ticket, &state)
        isWaiting = true
        return false
      }
      if isReady { return !wait.pointee.claim(ticket) }
    }
    return isWaiting || !wait.pointee.claim(ticket)
  }

  /// A number below the limit, of which each has the same chance.
  private func choice(_ limit: Int) -> Int {
    if limit == 1 { return 0 }
    if isSeeded { return scheduler.lottery!.choice(limit) }
    // A linear congruence, of which the high bits are good enough here.
    lot = lot &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((lot >> 32) &* UInt64(limit) >> 32)
  }
}
