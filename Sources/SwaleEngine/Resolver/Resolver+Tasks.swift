import SwaleSyntax

// Tasks: `spawn`, `select` and their like, and which functions may run in a task.

extension Resolver {
  func newBlock(_ location: Location) -> BlockNode {
    let block = BlockNode(location)
    blocks.append(block)
    return block
  }

  // MARK: Expressions

  func resolveSpawn(_ operand: Expression, _ location: Location) -> Node {
    var operand = operand
    while case .parenthesized(let inner) = operand.kind { operand = inner }
    let node: Node
    if case .block(let block) = operand.kind {
      let code = FunctionCode("task", at: at(block.span), parent: function)
      codes.append(code)
      withFunction(code) { code.body = tail(resolve(block)) }
      markLastSteps(code.body)
      spawned.append((code, location))
      node = DynamicCallNode(at(operand.span), [LambdaNode(at(block.span), code)], [])
    } else {
      node = resolve(operand)
    }
    guard let call = node as? any PreparableCall else {
      if node is InPlaceCallNode {
        report(
          .notSendable, "a task cannot change a variable of another one in place", operand.span,
          hint: "pass the value, and take the new one from `await`")
      }
      return node
    }
    if let call = node as? UserCallNode { spawned.append((call.code, location)) }
    return SpawnNode(location, call)
  }

  /// Resolves the value of a binding. A receive with an `else` gives null where the channel is closed.
  func resolveBound(_ value: Expression, hasElse: Bool) -> Node {
    var inner = value
    while case .parenthesized(let expression) = inner.kind { inner = expression }
    if hasElse, case .receive(let channel) = inner.kind {
      return ReceiveNode(at(inner.span), resolve(channel), isNullAtEnd: true)
    }
    return resolve(value)
  }

  func resolveSelect(_ arms: [SwaleSyntax.SelectArm], _ location: Location) -> Node {
    var seenAfter = false
    var seenElse = false
    return SelectNode(
      location,
      arms.map { arm in
        withScope(block: nil) {
          let event: SelectNode.Event
          switch arm.event {
          case .receive(let isMutable, let pattern, let channel):
            // The channel is evaluated before the names are bound.
            let channel = resolve(channel)
            event = .receive(resolvePattern(pattern, isMutable: isMutable, isStatement: false), channel)
          case .send(let channel, let value): event = .send(resolve(channel), resolve(value))
          case .after(let duration):
            if seenAfter { report(.syntax, "a select has one `after` at most", arm.span) }
            seenAfter = true
            event = .after(resolve(duration))
          case .otherwise:
            if seenElse { report(.syntax, "a select has one `else` at most", arm.span) }
            seenElse = true
            event = .otherwise
          }
          let body: Node =
            switch arm.body {
            case .expression(let expression): resolve(expression)
            case .statement(let statement): resolve(statement) ?? placeholder(statement.span)
            }
          return .init(event: event, body: body)
        }
      })
  }

  // MARK: What tasks must not share

  /// Notes that the present function, and those around it up to the variable's own, use a variable.
  func noteUse(of variable: Variable, _ span: Span) {
    // A variable of the top level may outlive the code that declared it.
    let owner =
      variable.global != nil
      ? 0 : variable.function.flatMap { function in functions.firstIndex { $0 === function } } ?? 0
    for code in functions.dropFirst(owner + 1) {
      if let function = variable.code {
        if function !== code, !code.callees.contains(where: { $0.code === function }) {
          code.callees.append((function, at(span)))
        }
      } else if variable.isMutable {
        code.share([SharedUse(variable: variable, at: at(span))])
      } else if variable.global != nil, !variable.isLiteral {
        code.useGlobals([variable])
      }
    }
  }

  /// Passes on what functions share to those that name them, until nothing new comes up.
  func findSharedUses() {
    var isChanging = true
    while isChanging {
      isChanging = false
      for code in codes {
        for (callee, _) in code.callees {
          let uses = callee.sharedUses.filter { !code.isAround($0.variable) }
          if code.share(uses) { isChanging = true }
          if code.useGlobals(callee.usedGlobals) { isChanging = true }
        }
      }
    }
  }

  /// Notes the functions that a verb lets tasks call: those beside `workers: n`.
  func noteWorkers(_ function: BuiltinFunction, _ arguments: some Collection<ArgumentNode>) {
    guard arguments.contains(where: { $0.label == "workers" && !($0.node is LambdaNode) }),
      function.overloads.contains(where: \.takesWorkers)
    else { return }
    for argument in arguments {
      switch argument.node {
      case let node as LambdaNode: spawned.append((node.code, argument.node.at))
      case let node as VariableNode: if let code = node.variable.code { spawned.append((code, node.at)) }
      default: continue
      }
    }
  }

  /// Reports tasks that would share a variable.
  func checkSpawns() {
    for (code, location) in spawned {
      guard let use = code.sharedUse else { continue }
      let who =
        switch code.name {
        case "task": "this task"
        case "row expression", "lambda": "this function"
        default: code.name
        }
      report(
        .notSendable, "\(who) uses the variable \(use.variable.name), which tasks cannot share",
        location.span,
        hint: use.hint, notes: use.notes)
    }
  }
}

extension FunctionCode {
  /// Adds variables from outside that it uses; true if one is new.
  @discardableResult
  func share(_ uses: [SharedUse]) -> Bool {
    let new = uses.filter { use in !sharedUses.contains { $0.variable === use.variable } }
    sharedUses += new
    return !new.isEmpty
  }

  @discardableResult
  func useGlobals(_ variables: [Variable]) -> Bool {
    let new = variables.filter { variable in !usedGlobals.contains { $0 === variable } }
    usedGlobals += new
    return !new.isEmpty
  }

  /// True if the variable belongs to the function itself or one inside it.
  func isAround(_ variable: Variable) -> Bool {
    if variable.global != nil { return false }
    var current = variable.function
    while let function = current {
      if function === self { return true }
      current = function.parent
    }
    return false
  }
}
