import SwaleSyntax

// Tasks in compiled code: the nodes do what they do in the interpreter, with compiled code for parts.

extension Compiler {
  /// Returns the node's part as a node that runs compiled code.
  private func part(_ node: Node) -> Node { CodeNode(node.at, compile(node)) }

  func compile(spawn node: SpawnNode) -> Code {
    TaskCode(SpawnNode(node.at, node.call.withParts(part) as! any PreparableCall), [], self)
  }

  func compile(await node: AwaitNode) -> Code { TaskCode(AwaitNode(node.at, part(node.operand)), [], self) }

  func compile(receive node: ReceiveNode) -> Code { ReceiveCode(node, compile(node.channel)) }

  func compile(send node: SendNode) -> Code { SendCode(node, compile(node.channel), compile(node.value)) }

  /// `compileBody` compiles the bodies of arms and blocks, as values or as statements.
  func compile(select node: SelectNode, _ compileBody: (Node) -> Code) -> Code {
    var bodies: [Code] = []
    let arms = node.arms.map { arm -> SelectNode.Arm in
      let event: SelectNode.Event
      switch arm.event {
      case .receive(let pattern, let channel):
        event = .receive(pattern, part(channel))
        NodeChildren.variables(of: pattern) { if isLocal($0) { widen($0.slot, .value) } }
      case .send(let channel, let value): event = .send(part(channel), part(value))
      case .after(let duration): event = .after(part(duration))
      case .otherwise: event = .otherwise
      }
      bodies.append(compileBody(arm.body))
      return .init(event: event, body: CodeNode(arm.body.at, bodies.last!))
    }
    return TaskCode(SelectNode(node.at, arms), bodies, self)
  }

  func compile(scope node: ScopeNode, _ compileBody: (Node) -> Code) -> Code {
    let body = compileBody(node.body)
    return TaskCode(ScopeNode(node.at, CodeNode(node.body.at, body)), [body], self)
  }

  func compile(timeout node: TimeoutNode, _ compileBody: (Node) -> Code) -> Code {
    let duration = part(node.duration)
    let body = compileBody(node.body)
    return TaskCode(TimeoutNode(node.at, duration, CodeNode(node.body.at, body)), [body], self)
  }
}

/// A node whose parts are compiled.
final class TaskCode: Code {
  let node: Node
  private let leaves: Bool
  unowned(unsafe) let specialization: Specialization

  init(_ node: Node, _ bodies: [Code], _ compiler: Compiler) {
    self.node = node
    leaves = bodies.contains(where: \.mayLeave)
    specialization = compiler.specialization
  }

  override var mayLeave: Bool { leaves }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    c.top = f + specialization.frameSize
    return try node.evaluate(f, c)
  }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    c.top = f + specialization.frameSize
    return try node.execute(f, c)
  }
}

final class ReceiveCode: Code {
  let node: ReceiveNode
  let channel: Code
  init(_ node: ReceiveNode, _ channel: Code) {
    self.node = node
    self.channel = channel
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    try node.receive(try channel.value(f, c), c)
  }
}

final class SendCode: StatementCode {
  let node: SendNode
  let channel: Code
  let sent: Code
  init(_ node: SendNode, _ channel: Code, _ sent: Code) {
    self.node = node
    self.channel = channel
    self.sent = sent
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let channel = try channel.value(f, c)
    try node.send(channel, try sent.value(f, c), c)
  }
}
