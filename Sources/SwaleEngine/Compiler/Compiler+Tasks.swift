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
    var events: [SelectEvent] = []
    var after: (duration: Code, at: Node, body: Code)?
    var otherwise: Code?
    for arm in node.arms {
      switch arm.event {
      case .receive(let pattern, let channel):
        let channel = compile(channel)
        NodeChildren.variables(of: pattern) { hold($0) }
        events.append(SelectEvent(channel, nil, pattern, compileBody(arm.body)))
      case .send(let channel, let value):
        events.append(SelectEvent(compile(channel), compile(value), nil, compileBody(arm.body)))
      case .after(let duration): after = (compile(duration), duration, compileBody(arm.body))
      case .otherwise: otherwise = compileBody(arm.body)
      }
    }
    return SelectCode(node, events, after, otherwise)
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
