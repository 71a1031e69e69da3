import SwaleSyntax

/// Statements with a scope of their own. As a value it is its last expression statement.
final class BlockNode: Node {
  var statements: [Node] = [] {
    didSet {
      owned = Children(statements)
      list = owned.view
    }
  }
  private var owned: Children<Node>
  /// The statements, reached without counting references.
  private var list: Children<Node>.View
  /// Whether there is something to make when the block is entered; found out when it first is.
  /// True if entering it makes boxes or functions.
  private var hasEntry = false
  /// Variables declared here; those that are boxed get a new box each time the block is entered.
  var declared: [Variable] = []
  /// Functions declared here, made when the block is entered, so that they can be used above.
  var functions: [(variable: Variable, code: FunctionCode)] = [] { didSet { noteEntry() } }
  var hasDefers = false
  /// Those of them that are boxed; set when the whole text is resolved.
  var boxes: [Variable] = [] { didSet { noteEntry() } }

  override init(_ at: Location) {
    owned = Children([])
    list = owned.view
    super.init(at)
  }
  override var kind: NodeKind { .block }

  private func noteEntry() { hasEntry = !boxes.isEmpty || !functions.isEmpty }

  /// Makes the boxes and functions that the block declares.
  func enter(_ f: Frame) {
    if !hasEntry { return }
    for variable in boxes { f.slot(variable.slot).pointee = .object(Box()) }
    for (variable, code) in functions { variable.initialize(.function(code.makeFunction(f)), f) }
  }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    enter(f)
    if hasDefers { return try withDefers(f, c) { try executeStatements(f, c, &$0) } }
    return try execute(list.count, f, c)
  }

  /// Runs the first statements.
  @inline(__always) private func execute(_ count: Int, _ f: Frame, _ c: Context) throws -> Flow {
    let list = list
    for i in 0..<count {
      let flow = try list.with(i) { try $0.execute(f, c) }
      if flow != .next { return flow }
    }
    return .next
  }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    enter(f)
    if hasDefers { return try withDefers(f, c) { try evaluateStatements(f, c, &$0) } }
    let last = list.count - 1
    if last < 0 { return .null }
    try BlockNode.signal(try execute(last, f, c))
    return try list.with(last) { try $0.evaluate(f, c) }
  }

  override func result(_ f: Frame, _ c: Context) throws -> Value {
    if hasDefers || list.count == 0 { return try super.result(f, c) }
    enter(f)
    let last = list.count - 1
    if try execute(last, f, c) == .returning { return c.takeResult() }
    return try list.with(last) { try $0.result(f, c) }
  }

  private func executeStatements(_ f: Frame, _ c: Context, _ defers: inout [DeferNode]) throws -> Flow {
    for statement in statements {
      if statement.kind == .deferred {
        defers.append(unsafeDowncast(statement, to: DeferNode.self))
        continue
      }
      let flow = try statement.execute(f, c)
      if flow != .next { return flow }
    }
    return .next
  }

  private func evaluateStatements(_ f: Frame, _ c: Context, _ defers: inout [DeferNode]) throws -> Value {
    for (i, statement) in statements.enumerated() {
      if statement.kind == .deferred {
        defers.append(unsafeDowncast(statement, to: DeferNode.self))
      } else if i == statements.count - 1 {
        return try statement.evaluate(f, c)
      } else {
        try BlockNode.signal(try statement.execute(f, c))
      }
    }
    return .null
  }

  /// Turns a flow that an expression cannot pass on into a signal.
  static func signal(_ flow: Flow) throws {
    switch flow {
    case .next: return
    case .breaking: throw ControlSignal.breaking
    case .continuing: throw ControlSignal.continuing
    case .returning: throw ControlSignal.returning
    }
  }

  /// Runs `body` and then the deferred blocks that it reached, newest first, however it ends.
  func withDefers<R>(_ f: Frame, _ c: Context, _ body: (inout [DeferNode]) throws -> R) throws -> R {
    var defers: [DeferNode] = []
    let result: R
    do { result = try body(&defers) } catch {
      try run(defers, f, c)
      throw error
    }
    try run(defers, f, c)
    return result
  }

  private func run(_ defers: [DeferNode], _ f: Frame, _ c: Context) throws {
    let result = c.takeResult()
    var failure: (any Error)?
    for node in defers.reversed() {
      do { _ = try node.body.execute(f, c) } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
    c.result = result
  }

  /// Runs the block as a loop's body: signals from inside expressions become flows.
  @inline(__always) func executeLoopBody(_ f: Frame, _ c: Context) throws -> Flow {
    do { return try execute(f, c) } catch let signal as ControlSignal {
      switch signal {
      case .breaking: return .breaking
      case .continuing: return .continuing
      case .returning: throw signal
      }
    }
  }
}

final class DeferNode: Node {
  let body: BlockNode
  init(_ at: Location, _ body: BlockNode) {
    self.body = body
    super.init(at)
  }
  override var kind: NodeKind { .deferred }
}

final class ConditionalNode: Node {
  let condition: Node
  let then: Node
  let otherwise: Node?
  init(_ at: Location, _ condition: Node, _ then: Node, _ otherwise: Node?) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    super.init(at)
  }
  override var kind: NodeKind { .conditional }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    if try condition.isTrue(f, c) { return try then.evaluate(f, c) }
    return try otherwise?.evaluate(f, c) ?? .null
  }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    if try condition.isTrue(f, c) { return try then.execute(f, c) }
    return try otherwise?.execute(f, c) ?? .next
  }
  override func result(_ f: Frame, _ c: Context) throws -> Value {
    if try condition.isTrue(f, c) { return try then.result(f, c) }
    return try otherwise?.result(f, c) ?? .null
  }
}

extension Node {
  /// Evaluates a condition: a bool, or null, which counts as false.
  @inline(__always) final func isTrue(_ f: Frame, _ c: Context) throws -> Bool {
    let value = try evaluate(f, c)
    if case .bool(let truth) = value { return truth }
    return try locating { try Operations.isTrue(value) }
  }
}

final class WhileNode: Node {
  let condition: Node
  let body: BlockNode
  init(_ at: Location, _ condition: Node, _ body: BlockNode) {
    self.condition = condition
    self.body = body
    super.init(at)
  }
  override var kind: NodeKind { .whileLoop }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    try BlockNode.signal(try execute(f, c))
    return .null
  }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    while try condition.isTrue(f, c) {
      try c.tick()
      switch try body.executeLoopBody(f, c) {
      case .next, .continuing: break
      case .breaking: return .next
      case .returning: return .returning
      }
    }
    return .next
  }
}

final class ForNode: Node {
  enum Head {
    case one(PatternNode)
    /// Key and value of a record, index and item of anything else.
    case two(PatternNode, PatternNode)
  }
  let head: Head
  let sequence: Node
  let body: BlockNode
  init(_ at: Location, _ head: Head, _ sequence: Node, _ body: BlockNode) {
    self.head = head
    self.sequence = sequence
    self.body = body
    super.init(at)
  }
  override var kind: NodeKind { .forLoop }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    try BlockNode.signal(try execute(f, c))
    return .null
  }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try loop(try sequence.evaluate(f, c), f, c) { try body.executeLoopBody(f, c) }
  }

  /// Runs `body` for each item of a value, with the loop's variables set.
  func loop(_ value: Value, _ f: Frame, _ c: Context, _ body: () throws -> Flow) throws -> Flow {
    switch head {
    case .one(let pattern):
      return try ForNode.forEach(value, self, c) { item in
        try pattern.bind(item, f, c)
        return try body()
      }
    case .two(let first, let second):
      if case .record(let record) = value {
        return try ForNode.forEach(.list(ListStorage(record.keys)), self, c) { key in
          try first.bind(key, f, c)
          try second.bind(record.values[try record.find(key)], f, c)
          return try body()
        }
      }
      var index = 0
      return try ForNode.forEach(value, self, c) { item in
        try first.bind(.int(index), f, c)
        try second.bind(item, f, c)
        index += 1
        return try body()
      }
    }
  }

  private static func forEach(_ value: Value, _ node: ForNode, _ c: Context, _ body: (Value) throws -> Flow)
    throws -> Flow
  {
    var iterator: ValueIterator?
    var list: ListStorage?
    if case .list(let storage) = value {
      list = storage
    } else {
      c.site = Unmanaged.passUnretained(node.sequence)
      iterator = try node.sequence.locating { try Operations.iterator(value, c) }
    }
    var i = 0
    while true {
      try c.tick()
      let item: Value
      if let list {
        if i >= list.count { return .next }
        item = list[i]
        i += 1
      } else {
        guard let next = try node.sequence.locating({ try iterator!.next(c) }) else { return .next }
        item = next
      }
      switch try body(item) {
      case .next, .continuing: break
      case .breaking: return .next
      case .returning: return .returning
      }
    }
  }
}

/// `return e`; as a tail it is what a function's body ends with.
final class ReturnNode: Node {
  let value: Node?
  init(_ at: Location, _ value: Node?) {
    self.value = value
    super.init(at)
  }
  override var kind: NodeKind { .returning }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    c.result = try value?.evaluate(f, c) ?? .null
    return .returning
  }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    _ = try execute(f, c)
    throw ControlSignal.returning
  }
  override func result(_ f: Frame, _ c: Context) throws -> Value { try value?.evaluate(f, c) ?? .null }
}

final class BreakNode: Node {
  override var kind: NodeKind { .breaking }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow { .breaking }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value { throw ControlSignal.breaking }
}

final class ContinueNode: Node {
  override var kind: NodeKind { .continuing }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow { .continuing }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value { throw ControlSignal.continuing }
}
