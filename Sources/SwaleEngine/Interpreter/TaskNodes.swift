import SwaleSyntax

/// A call whose function and arguments can be evaluated now and called later, by a task.
protocol PreparableCall: Node {
  func prepare(_ f: Frame, _ c: Context) throws -> PreparedCall
  /// Returns the same call with other arguments.
  func withParts(_ parts: (Node) -> Node) -> Node
}

struct PreparedCall {
  let function: FunctionValue
  let arguments: [Value]
  let labels: [String?]

  init(_ function: FunctionValue, _ arguments: [ArgumentNode], first: Value? = nil, _ f: Frame, _ c: Context)
    throws
  {
    self.function = function
    (self.arguments, labels) = try withArguments(arguments, first: first, f, c) { (Array($0), $1) }
  }
}

/// `spawn f(x)`, `spawn { ... }`
final class SpawnNode: Node {
  let call: any PreparableCall
  init(_ at: Location, _ call: any PreparableCall) {
    self.call = call
    super.init(at)
  }
  override var kind: NodeKind { .spawn }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let prepared = try call.prepare(f, c)
    try Sendability.check(.function(prepared.function), .spawned, at: at)
    for argument in prepared.arguments { try Sendability.check(argument, .sent, at: at) }
    return .object(
      TaskValue(
        c.scheduler.spawn(
          prepared.function, prepared.arguments, prepared.labels, at: at, isHeld: true, c)))
  }
}

/// `await task`, `await [t, u]`
final class AwaitNode: Node {
  let operand: Node
  init(_ at: Location, _ operand: Node) {
    self.operand = operand
    super.init(at)
  }
  override var kind: NodeKind { .await }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    try result(try operand.evaluate(f, c), c)
  }

  func result(_ value: Value, _ c: Context) throws -> Value {
    do {
      switch value {
      case .object(let object):
        if let task = object as? TaskValue { return try c.await([task.task], self)[0] }
      case .list(let list):
        let tasks = try list.array.map { item -> Task in
          guard case .object(let object) = item, let task = object as? TaskValue else {
            throw failure(.type, "`await` waits for tasks, not for a list with \(item.typeNameWithArticle)")
          }
          return task.task
        }
        return .list(ListStorage(try c.await(tasks, self)))
      default: break
      }
      throw failure(
        .type, "`await` waits for a task or a list of tasks, not for \(value.typeNameWithArticle)",
        hint: "`spawn f(x)` makes a task, `<-ch` receives from a channel")
    } catch { throw traced(error, "await") }
  }
}

extension Node {
  /// Returns the channel that a value is; raises `type` where it is none.
  final func channel(_ value: Value) throws -> ChannelValue {
    if case .object(let object) = value, let channel = object as? ChannelValue { return channel }
    throw failure(
      .type, "`<-` needs a channel, not \(value.typeNameWithArticle)", hint: "channel() makes one")
  }
}

/// `<-channel`
final class ReceiveNode: Node {
  let channel: Node
  /// True where the end of the channel gives null: in `let v = <-ch else { ... }`.
  let isNullAtEnd: Bool
  init(_ at: Location, _ channel: Node, isNullAtEnd: Bool = false) {
    self.channel = channel
    self.isNullAtEnd = isNullAtEnd
    super.init(at)
  }
  override var kind: NodeKind { .receive }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    try receive(try channel.evaluate(f, c), c)
  }

  func receive(_ value: Value, _ c: Context) throws -> Value {
    try channel(value).receive(self, c) ?? end()
  }

  /// What a channel gives that is closed and empty.
  func end() throws -> Value {
    if isNullAtEnd { return .null }
    throw Channel.closedForReceiving(self)
  }
}

/// `channel <- value`
final class SendNode: Node {
  let channel: Node
  let value: Node
  init(_ at: Location, _ channel: Node, _ value: Node) {
    self.channel = channel
    self.value = value
    super.init(at)
  }
  override var kind: NodeKind { .send }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let channel = try channel.evaluate(f, c)
    try send(channel, try value.evaluate(f, c), c)
    return .null
  }

  func send(_ channel: Value, _ value: Value, _ c: Context) throws {
    try self.channel(channel).send(value, self, c)
  }
}

/// `select { ... }`
final class SelectNode: Node {
  enum Event {
    case receive(PatternNode, Node)
    case send(Node, Node)
    case after(Node)
    case otherwise
  }
  struct Arm {
    let event: Event
    let body: Node
  }
  let arms: [Arm]
  /// The arms that wait for channels, in order.
  private let events: [(channel: Node, value: Node?, pattern: PatternNode?, body: Node)]
  private let after: (duration: Node, body: Node)?
  private let otherwise: Node?
  init(_ at: Location, _ arms: [Arm]) {
    self.arms = arms
    events = arms.compactMap { arm in
      switch arm.event {
      case .receive(let pattern, let channel): (channel, nil, pattern, arm.body)
      case .send(let channel, let value): (channel, value, nil, arm.body)
      case .after, .otherwise: nil
      }
    }
    var after: (duration: Node, body: Node)?
    var otherwise: Node?
    for arm in arms {
      switch arm.event {
      case .after(let duration): after = (duration, arm.body)
      case .otherwise: otherwise = arm.body
      case .receive, .send: break
      }
    }
    (self.after, self.otherwise) = (after, otherwise)
    super.init(at)
  }
  override var kind: NodeKind { .select }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value { try take(f, c).evaluate(f, c) }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow { try take(f, c).execute(f, c) }

  /// Waits for an arm, binds what it received, and returns its body.
  private func take(_ f: Frame, _ c: Context) throws -> Node {
    let selected = try SelectArms.with(events.count) { arms in
      for event in events {
        let channel = try channel(try event.channel.evaluate(f, c))
        let value = try event.value?.evaluate(f, c)
        arms.append(SelectArm(.passUnretained(channel), holdsChannel: true, sending: value, c))
      }
      let limit = try after.map {
        try TimeoutNode.nanoseconds(try $0.duration.evaluate(f, c), $0.duration)
      }
      return try c.select(arms, after: limit, hasElse: otherwise != nil, self)
    }
    switch selected {
    case .arm(let number, let value):
      try events[number].pattern?.bind(value, f, c)
      return events[number].body
    case .after: return after!.body
    case .otherwise: return otherwise!
    }
  }
}

/// `scope { ... }`
final class ScopeNode: Node {
  let body: Node
  init(_ at: Location, _ body: Node) {
    self.body = body
    super.init(at)
  }
  override var kind: NodeKind { .scope }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    try c.inScope(self) { try body.evaluate(f, c) }
  }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try c.inScope(self) { try body.execute(f, c) }
  }
}

/// `timeout 2s { ... }`
final class TimeoutNode: Node {
  let duration: Node
  let body: Node
  init(_ at: Location, _ duration: Node, _ body: Node) {
    self.duration = duration
    self.body = body
    super.init(at)
  }
  override var kind: NodeKind { .timeout }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    try running(try duration.evaluate(f, c), c) { try body.evaluate(f, c) }
  }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try running(try duration.evaluate(f, c), c) { try body.execute(f, c) }
  }

  static func nanoseconds(_ value: Value, _ node: Node) throws -> Int {
    if case .duration(let nanoseconds) = value { return nanoseconds }
    throw node.failure(
      .type, "this must be a duration, such as 500ms, not \(value.typeNameWithArticle)")
  }

  /// Runs the block; what it is doing when the time is over is interrupted.
  func running<R>(_ duration: Value, _ c: Context, _ block: () throws -> R) throws -> R {
    let nanoseconds = try TimeoutNode.nanoseconds(duration, self.duration)
    let task = c.task!
    let scheduler = c.scheduler
    let number = task.enterBlock()
    let timer = Timer(scheduler.deadline(in: nanoseconds), .interrupt(task, .leaveBlock(number)))
    scheduler.add(timer)
    let state = c.callState
    defer {
      scheduler.timers.remove(timer)
      task.leaveBlock(number)
    }
    do { return try block() } catch TaskInterrupt.leaveBlock(number) {
      c.restore(state)
      throw failure(.timeout, "this took longer than \(duration.displayString)")
    }
  }
}

// MARK: Calls that tasks run

extension UserCallNode: PreparableCall {
  func prepare(_ f: Frame, _ c: Context) throws -> PreparedCall {
    let function = try locating { try closure(f) } ?? UserFunction(code, captures: [])
    return try PreparedCall(function, arguments, f, c)
  }
  func withParts(_ parts: (Node) -> Node) -> Node {
    UserCallNode(at, code, callee: callee, arguments.map { $0.withNode(parts) }, targets: targets)
  }
}

extension BuiltinCallNode: PreparableCall {
  func prepare(_ f: Frame, _ c: Context) throws -> PreparedCall {
    try PreparedCall(function, arguments, f, c)
  }
  func withParts(_ parts: (Node) -> Node) -> Node {
    BuiltinCallNode(at, function, arguments.map { $0.withNode(parts) })
  }
}

extension DynamicCallNode: PreparableCall {
  func prepare(_ f: Frame, _ c: Context) throws -> PreparedCall {
    try PreparedCall(try function(f, c), arguments, f, c)
  }
  func withParts(_ parts: (Node) -> Node) -> Node {
    DynamicCallNode(at, callees.map(parts), arguments.map { $0.withNode(parts) })
  }
}

extension MethodCallNode: PreparableCall {
  func prepare(_ f: Frame, _ c: Context) throws -> PreparedCall {
    let value = try receiver.evaluate(f, c)
    let (function, passesReceiver) = try target(value, f, c)
    return try PreparedCall(function, arguments, first: passesReceiver ? value : nil, f, c)
  }
  func withParts(_ parts: (Node) -> Node) -> Node {
    MethodCallNode(
      at, parts(receiver), name, isOptional: isOptional, callees.map(parts),
      arguments.map { $0.withNode(parts) })
  }
}

extension ArgumentNode {
  func withNode(_ part: (Node) -> Node) -> ArgumentNode {
    ArgumentNode(label: label, node: part(node), isSpread: isSpread)
  }
}
