/// The tasks that wait for file descriptors.
final class DescriptorWaits {
  private let lock = SpinLock()
  private var waiting: [Int32: [(task: Task, ticket: UInt64)]] = [:]
  let poller: Poller

  init(_ poller: Poller) { self.poller = poller }

  var isEmpty: Bool { lock.withLock { waiting.isEmpty } }

  /// Registers a wait of the task and returns its ticket; nil where the descriptor is of a kind that
  /// never waits, such as a file.
  func add(_ descriptor: Int32, writing: Bool, _ task: Task) -> UInt64? {
    lock.withLock {
      let ticket = task.wait.pointee.openTicket()
      guard poller.register(descriptor, writing: writing, key: UInt64(descriptor) + 1) else {
        return task.wait.pointee.claim(ticket) ? nil : ticket
      }
      waiting[descriptor, default: []].append((task, ticket))
      return ticket
    }
  }

  func remove(_ descriptor: Int32, _ task: Task) {
    lock.withLock {
      waiting[descriptor]?.removeAll { $0.task === task }
      if waiting[descriptor]?.isEmpty == true {
        waiting[descriptor] = nil
        poller.unregister(descriptor)
      }
    }
  }

  /// Takes out who waits for the descriptor of a key that the poller returned.
  func take(key: UInt64) -> [(task: Task, ticket: UInt64)] {
    let descriptor = Int32(key) - 1
    return lock.withLock {
      let found = waiting.removeValue(forKey: descriptor) ?? []
      if !found.isEmpty { poller.unregister(descriptor) }
      return found
    }
  }
}

extension Context {
  /// Waits until a descriptor can be read or written; other tasks run meanwhile. A descriptor that
  /// never waits, such as a file's, is ready at once.
  func wait(forDescriptor descriptor: Int32, writing: Bool) throws {
    let waits = scheduler.descriptors!
    while true {
      try checkInterrupt()
      if waits.add(descriptor, writing: writing, task) == nil { return }
      let outcome = suspend(WaitReason(.input, at: site))
      if case .done = outcome { return }
      waits.remove(descriptor, task)
      if let error = error(of: outcome, nil) { throw error }
    }
  }
}
