/// One arm of a `select` that waits for a channel, and its place in the channel's queue.
struct SelectArm {
  // Reached without counting references: the arm, or who made it, holds the channel.
  let channel: Unmanaged<ChannelValue>
  private let holdsChannel: Bool
  let isSend: Bool
  /// What is sent.
  let value: Value
  fileprivate(set) var waiter: Waiter

  /// An arm that sends a value, or receives where there is none. Without `holdsChannel` the caller
  /// sees to it that the channel stays.
  init(_ channel: Unmanaged<ChannelValue>, holdsChannel: Bool, sending value: Value?, _ c: Context) {
    self.channel = holdsChannel ? channel.retain() : channel
    self.holdsChannel = holdsChannel
    isSend = value != nil
    self.value = value ?? .null
    waiter = Waiter(c.wait, ticket: 0)
  }

  @inline(__always) fileprivate func letGo() { if holdsChannel { channel.release() } }

  /// Calls `body` with the state of the channel, which nobody else touches meanwhile.
  @inline(__always) func locked<R>(_ body: (inout ChannelState) -> R) -> R {
    channel._withUnsafeGuaranteedRef { $0.channel.locked(body) }
  }
}

/// The arms of a `select`, on the stack of the task that selects.
struct SelectArms {
  private let base: UnsafeMutablePointer<SelectArm>
  private(set) var count = 0

  private init(_ base: UnsafeMutablePointer<SelectArm>) { self.base = base }

  /// Calls `body` with room for so many arms.
  @inline(__always) static func with<R>(_ capacity: Int, _ body: (inout SelectArms) throws -> R) rethrows -> R
  {
    try withUnsafeTemporaryAllocation(of: SelectArm.self, capacity: max(1, capacity)) { memory in
      var arms = SelectArms(memory.baseAddress!)
      defer { arms.destroy() }
      return try body(&arms)
    }
  }

  mutating func append(_ arm: SelectArm) {
    (base + count).initialize(to: arm)
    count += 1
  }

  private func destroy() {
    for number in 0..<count { base[number].letGo() }
    base.deinitialize(count: count)
  }

  @inline(__always) subscript(number: Int) -> UnsafeMutablePointer<SelectArm> { base + number }

  /// Puts the arm into its channel's queue; the channel is locked.
  func enqueue(_ number: Int, ticket: UInt64, _ state: inout ChannelState) {
    let arm = base + number
    arm.pointee.waiter.prepare(ticket: ticket, arm: number, sending: arm.pointee.value)
    if arm.pointee.isSend { state.senders.append(arm.waiter) } else { state.receivers.append(arm.waiter) }
  }

  /// Takes all arms out of the queues.
  func dequeue() {
    for number in 0..<count {
      let arm = base + number
      arm.pointee.locked { state in
        if arm.pointee.isSend { state.senders.remove(arm.waiter) } else { state.receivers.remove(arm.waiter) }
      }
      arm.pointee.waiter.value = .null
    }
  }
}

extension UnsafeMutablePointer<SelectArm> {
  /// The place of the waiter in memory.
  fileprivate var waiter: UnsafeMutablePointer<Waiter> {
    UnsafeMutableRawPointer(self).advanced(by: MemoryLayout<SelectArm>.offset(of: \.waiter)!)
      .assumingMemoryBound(to: Waiter.self)
  }
}
