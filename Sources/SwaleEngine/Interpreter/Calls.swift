import SwaleSyntax

/// One argument as written.
struct ArgumentNode {
  let label: String?
  let node: Node
  let isSpread: Bool
}

/// The arguments of a call.
struct Arguments {
  let written: [ArgumentNode]
  /// The arguments, where each is one value without a name.
  private let plain: Children<Node>?

  init(_ written: [ArgumentNode]) {
    self.written = written
    let isPlain = written.allSatisfy { $0.label == nil && !$0.isSpread }
    plain = isPlain ? Children(written.map(\.node)) : nil
  }

  /// Evaluates all, behind `first`, and calls `body` with the values and their labels.
  func withValues<R>(
    first: Value? = nil, _ f: Frame, _ c: Context,
    _ body: (UnsafeMutableBufferPointer<Value>, [String?]) throws -> R
  ) throws -> R {
    if let plain { return try plain.withValues(first: first, { try $0.evaluate(f, c) }) { try body($0, []) } }
    return try withArguments(written, first: first, f, c, body)
  }
}

/// Evaluates arguments with spreads and calls `body` with all of them and their labels.
func withArguments<R>(
  _ arguments: [ArgumentNode], first: Value? = nil, _ f: Frame, _ c: Context,
  _ body: (UnsafeMutableBufferPointer<Value>, [String?]) throws -> R
) throws -> R {
  var values: [Value] = []
  var labels: [String?] = []
  values.reserveCapacity(arguments.count + 1)
  if let first {
    values.append(first)
    labels.append(nil)
  }
  var hasLabels = false
  for argument in arguments {
    let value = try argument.node.evaluate(f, c)
    if !argument.isSpread {
      values.append(value)
      labels.append(argument.label)
      if argument.label != nil { hasLabels = true }
    } else if case .record(let record) = value {
      // A record spreads into arguments by name.
      try argument.node.locating {
        try record.forEach { key, value in
          guard case .string(let name) = key else {
            throw SwaleError(.type, "only string keys can name arguments, not \(key.typeNameWithArticle)")
          }
          values.append(value)
          labels.append(name.string)
        }
      }
      hasLabels = true
    } else {
      try argument.node.locating {
        try Operations.forEach(value, c) {
          values.append($0)
          labels.append(nil)
        }
      }
    }
  }
  if !hasLabels { labels = [] }
  return try values.withUnsafeMutableBufferPointer { try body($0, labels) }
}

extension FunctionValue {
  /// Calls with arguments as written.
  func call(
    _ arguments: UnsafeMutableBufferPointer<Value>, labels: [String?], general c: Context
  ) throws -> Value {
    if let function = self as? UserFunction { return try function.call(arguments, labels: labels, c) }
    if let function = self as? BuiltinFunction {
      let builtin = try function.overload(for: arguments, labels: labels, c)
      return try builtin.call(arguments, labels: labels, c)
    }
    if let label = labels.lazy.compactMap({ $0 }).first {
      throw SwaleError(.type, "\(name) takes no argument by the name \(label)")
    }
    return try call(arguments, c)
  }
}

/// A call of a function that is known by its declaration. Arguments are evaluated before the call
/// counts as one.
final class UserCallNode: Node {
  let code: FunctionCode
  /// What holds the closure; nil for a function that captures nothing.
  let callee: Variable?
  let arguments: [ArgumentNode]
  /// The parameter that each argument goes to, where that is known: no spreads, no rest parameter.
  let targets: [Int]?
  private let nodes: Children<Node>
  /// The slots that the arguments go to: parameters have the first slots of a function, in order.
  private let slots: SlotList
  /// A bit for each parameter that is given.
  private let given: UInt64
  init(_ at: Location, _ code: FunctionCode, callee: Variable?, _ arguments: [ArgumentNode], targets: [Int]?)
  {
    self.code = code
    self.callee = callee
    self.arguments = arguments
    self.targets = targets
    nodes = Children(arguments.map(\.node))
    slots = SlotList(targets ?? [])
    given = (targets ?? []).reduce(0) { $0 | 1 << UInt64($1) }
    super.init(at)
  }
  override var kind: NodeKind { .userCall }

  func closure(_ f: Frame) throws -> UserFunction? {
    guard let callee else { return nil }
    if case .function(let function) = try callee.read(f) {
      return unsafeDowncast(function, to: UserFunction.self)
    }
    unreachable("a function's name that holds no function")
  }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    if c.isStackLow(code.slotCount) { return try c.onDeepStack { _ in try evaluate(f, c) } }
    let function = try locating { try closure(f) }
    guard targets != nil else {
      return try withArguments(arguments, f, c) { values, labels in
        try tracing { try (function ?? UserFunction(code, captures: [])).call(values, labels: labels, c) }
      }
    }
    // Arguments are put into the new frame at once; the call counts when all are there.
    let new = c.top
    let slotCount = code.slotCount
    let end = new + slotCount &* Frame.slotSize
    if end > c.slotLimit { throw traced(c.depthFailure(), code.name) }
    c.openFrame(new, slotCount)
    defer { c.closeFrame(new, slotCount) }
    for i in 0..<nodes.count { new.slot(slots[i]).pointee = try nodes.with(i) { try $0.evaluate(f, c) } }
    return try tracing {
      try c.enterCall(end)
      defer { c.depth &-= 1 }
      if code.hasChecks { try code.checkTypes(given, new) }
      if nodes.count < code.parameterCount { try code.fillMissing(given, function, new, c) }
      return try code.run(function, new, c)
    }
  }

  /// Adds this call's place to an error: as its place where it has none, else to its trace.
  @inline(__always) func tracing<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch { throw traced(error, code.name) }
  }
}

extension Node {
  /// Returns the error with this call added to its trace.
  @inline(never) final func traced(_ error: any Error, _ name: String) -> any Error {
    guard let error = error as? SwaleError else { return error }
    if error.location == nil {
      error.location = at
    } else if error.trace.count < SwaleError.traceLimit {
      error.trace.append((name, at))
    }
    return error
  }

  /// The same for a function value. Builtins are in no trace, however they are called.
  final func traced(_ error: any Error, _ function: FunctionValue) -> any Error {
    function is BuiltinFunction ? located(error) : traced(error, function.name)
  }
}

extension SwaleError {
  /// The innermost calls are kept, no more.
  static let traceLimit = 20
}

/// A call of a builtin that is known by name.
final class BuiltinCallNode: Node {
  let function: BuiltinFunction
  let arguments: [ArgumentNode]
  private let argumentList: Arguments
  init(_ at: Location, _ function: BuiltinFunction, _ arguments: [ArgumentNode]) {
    self.function = function
    self.arguments = arguments
    argumentList = Arguments(arguments)
    super.init(at)
  }
  override var kind: NodeKind { .builtinCall }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    try argumentList.withValues(f, c) { values, labels in
      c.site = Unmanaged.passUnretained(self)
      return try locating {
        let builtin = try function.overload(for: values, labels: labels, c)
        return try builtin.call(values, labels: labels, c)
      }
    }
  }
}

/// A call of whatever value stands in call position.
final class DynamicCallNode: Node {
  /// Tried in order: a name in call position skips bindings that hold no function.
  let callees: [Node]
  let arguments: [ArgumentNode]
  private let argumentList: Arguments
  init(_ at: Location, _ callees: [Node], _ arguments: [ArgumentNode]) {
    self.callees = callees
    self.arguments = arguments
    argumentList = Arguments(arguments)
    super.init(at)
  }
  override var kind: NodeKind { .dynamicCall }

  func function(_ f: Frame, _ c: Context) throws -> FunctionValue {
    var first: Value?
    for callee in callees {
      let value = try callee.evaluate(f, c)
      if case .function(let function) = value { return function }
      first = first ?? value
    }
    throw failure(.type, "\(first!.typeNameWithArticle) is not a function and cannot be called")
  }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let function = try function(f, c)
    return try argumentList.withValues(f, c) { values, labels in
      c.site = Unmanaged.passUnretained(self)
      do { return try function.call(values, labels: labels, general: c) } catch {
        throw traced(error, function)
      }
    }
  }
}

/// `x.f(a)`: the function that the record `x` has under `f`, else `f(x, a)`.
final class MethodCallNode: Node {
  let receiver: Node
  let name: Text
  let isOptional: Bool
  /// What the name means as a function; empty where it means nothing.
  let callees: [Node]
  let arguments: [ArgumentNode]
  private let argumentList: Arguments
  init(
    _ at: Location, _ receiver: Node, _ name: Text, isOptional: Bool, _ callees: [Node],
    _ arguments: [ArgumentNode]
  ) {
    self.receiver = receiver
    self.name = name
    self.isOptional = isOptional
    self.callees = callees
    self.arguments = arguments
    argumentList = Arguments(arguments)
    super.init(at)
  }
  override var kind: NodeKind { .methodCall }

  /// Returns the function to call and whether the receiver is its first argument.
  func target(_ value: Value, _ f: Frame, _ c: Context) throws -> (FunctionValue, passesReceiver: Bool) {
    if case .record(let record) = value, case .function(let function) = record[name] {
      return (function, false)
    }
    for callee in callees {
      if case .function(let function) = try callee.evaluate(f, c) { return (function, true) }
    }
    throw unknown(value)
  }

  /// The same for compiled callees.
  func target(_ value: Value, _ callees: [Code], _ f: Frame, _ c: Context) throws -> (
    FunctionValue, passesReceiver: Bool
  ) {
    if case .record(let record) = value, case .function(let function) = record[name] {
      return (function, false)
    }
    for callee in callees {
      if case .function(let function) = try callee.value(f, c) { return (function, true) }
    }
    throw unknown(value)
  }

  private func unknown(_ value: Value) -> SwaleError {
    if case .record(let record) = value, let field = record[name] {
      return failure(.type, "the field \(name.string) is \(field.typeNameWithArticle), not a function")
    }
    return failure(
      .name, "there is no function \(name.string)",
      hint: ForeignWords.functionHint(for: name.string)
        ?? Operations.suggestion(for: name.string, among: Builtins.prelude.keys))
  }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let value = try receiver.evaluate(f, c)
    if isOptional, value.isNull { return .null }
    let (function, passesReceiver) = try target(value, f, c)
    return try argumentList.withValues(first: passesReceiver ? value : nil, f, c) { values, labels in
      c.site = Unmanaged.passUnretained(self)
      do { return try function.call(values, labels: labels, general: c) } catch {
        throw traced(error, function)
      }
    }
  }
}
