// Sending, receiving and waiting for either. A channel in a local variable is reached without counting
// references: nobody else sets the variable while the task waits.

final class ReceiveCode: Code {
  let node: ReceiveNode
  let channel: Code
  /// Where the channel is, if it is in a local variable; else -1.
  private let local: Int
  init(_ node: ReceiveNode, _ channel: Code) {
    self.node = node
    self.channel = channel
    local = (channel as? ValueLocal)?.offset ?? -1
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    if local >= 0, let channel = f.value(local).channel {
      return try channel._withUnsafeGuaranteedRef { try $0.receive(node, c) } ?? node.end()
    }
    return try node.receive(try channel.value(f, c), c)
  }
}

final class SendCode: StatementCode {
  let node: SendNode
  let channel: Code
  let sent: Code
  private let local: Int
  init(_ node: SendNode, _ channel: Code, _ sent: Code) {
    self.node = node
    self.channel = channel
    self.sent = sent
    // What is sent is evaluated after the channel, and might set the variable.
    local = sent.isPlain ? (channel as? ValueLocal)?.offset ?? -1 : -1
  }
  override func run(_ f: Frame, _ c: Context) throws {
    if local >= 0, let channel = f.value(local).channel {
      let value = try sent.value(f, c)
      return try channel._withUnsafeGuaranteedRef { try $0.send(value, node, c) }
    }
    let channel = try channel.value(f, c)
    try node.send(channel, try sent.value(f, c), c)
  }
}

/// An arm of a `select` that waits for a channel.
final class SelectEvent {
  let channel: Code
  /// What is sent.
  let sent: Code?
  let pattern: PatternNode?
  let body: Code
  /// Where the channel is, if it is in a local variable; else -1.
  let local: Int
  init(_ channel: Code, _ sent: Code?, _ pattern: PatternNode?, _ body: Code) {
    self.channel = channel
    self.sent = sent
    self.pattern = pattern
    self.body = body
    local = (channel as? ValueLocal)?.offset ?? -1
  }
  var isPlain: Bool { local >= 0 && sent?.isPlain ?? true }
}

final class SelectCode: Code {
  let node: SelectNode
  private let events: Children<SelectEvent>
  private let after: (duration: Code, at: Node, body: Code)?
  private let otherwise: Code?
  private let leaves: Bool
  /// True if no arm's parts run code that could set a variable.
  private let isPlainUntilWait: Bool

  init(
    _ node: SelectNode, _ events: [SelectEvent], _ after: (duration: Code, at: Node, body: Code)?,
    _ otherwise: Code?
  ) {
    self.node = node
    self.events = Children(events)
    self.after = after
    self.otherwise = otherwise
    isPlainUntilWait = events.allSatisfy(\.isPlain) && after?.duration.isPlain ?? true
    leaves =
      events.contains(where: \.body.mayLeave) || after?.body.mayLeave ?? false || otherwise?.mayLeave ?? false
  }

  override var mayLeave: Bool { leaves }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    try taking(f, c) { body in
      if !body.mayLeave { return try body.value(f, c) }
      try BlockNode.signal(try body.execute(f, c))
      return .null
    }
  }
  override func run(_ f: Frame, _ c: Context) throws { try taking(f, c) { try $0.run(f, c) } }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try taking(f, c) { try $0.execute(f, c) }
  }

  /// Waits for an arm, binds what it received, and calls `run` with its body.
  @inline(__always) private func taking<R>(_ f: Frame, _ c: Context, _ run: (Code) throws -> R) throws -> R {
    switch try wait(f, c) {
    case .arm(let number, let value):
      return try events.with(number) { event in
        try event.pattern?.bind(value, f, c)
        return try run(event.body)
      }
    case .after: return try run(after!.body)
    case .otherwise: return try run(otherwise!)
    }
  }

  private func wait(_ f: Frame, _ c: Context) throws -> Selected {
    try SelectArms.with(events.count) { arms in
      for number in 0..<events.count {
        arms.append(try events.with(number) { try arm($0, f, c) })
      }
      let limit = try after.map { try TimeoutNode.nanoseconds(try $0.duration.value(f, c), $0.at) }
      return try c.select(arms, after: limit, hasElse: otherwise != nil, node)
    }
  }

  @inline(__always) private func arm(_ event: SelectEvent, _ f: Frame, _ c: Context) throws -> SelectArm {
    if isPlainUntilWait, let channel = f.value(event.local).channel {
      return SelectArm(channel, holdsChannel: false, sending: try event.sent?.value(f, c), c)
    }
    let channel = try node.channel(try event.channel.value(f, c))
    return SelectArm(
      .passUnretained(channel), holdsChannel: true, sending: try event.sent?.value(f, c), c)
  }
}
