import SwaleSyntax

// Calls of builtins and of functions that are found when the call is made.

/// A call of a builtin by name.
final class BuiltinCode: Code {
  let node: Node
  let function: BuiltinFunction
  let written: [ArgumentNode]
  let arguments: CodeList
  /// True if all arguments are positional.
  let isSimple: Bool
  unowned(unsafe) let specialization: Specialization

  init(
    _ node: Node, _ function: BuiltinFunction, _ written: [ArgumentNode], _ arguments: [Code],
    _ compiler: Compiler
  ) {
    self.node = node
    self.function = function
    self.written = written
    self.arguments = CodeList(arguments)
    isSimple = written.allSatisfy { $0.label == nil && !$0.isSpread }
    specialization = compiler.specialization
  }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    if !isSimple { return try withLabels(f, c) }
    return try arguments.withValues(f, c) { values in
      c.top = f + specialization.frameSize
      c.site = Unmanaged.passUnretained(node)
      return try node.locating {
        let builtin = try function.overload(for: values, labels: [], c)
        return try builtin.call(values, labels: [], c)
      }
    }
  }

  private func withLabels(_ f: Frame, _ c: Context) throws -> Value {
    try withArguments(written, arguments.all, f, c) { values, labels in
      c.top = f + specialization.frameSize
      c.site = Unmanaged.passUnretained(node)
      return try node.locating {
        let builtin = try function.overload(for: values, labels: labels, c)
        return try builtin.call(values, labels: labels, c)
      }
    }
  }
}

/// Evaluates compiled arguments with labels and spreads, as `withArguments` does for nodes.
func withArguments<R>(
  _ written: [ArgumentNode], _ codes: [Code], first: Value? = nil, _ f: Frame, _ c: Context,
  _ body: (UnsafeMutableBufferPointer<Value>, [String?]) throws -> R
) throws -> R {
  try withArguments(
    zip(written, codes).map {
      ArgumentNode(label: $0.label, node: CodeNode($0.node.at, $1), isSpread: $0.isSpread)
    },
    first: first, f, c, body)
}

/// Compiled code in the place of a node.
final class CodeNode: Node {
  let code: Code
  init(_ at: Location, _ code: Code) {
    self.code = code
    super.init(at)
  }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value { try code.value(f, c) }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow { try code.execute(f, c) }
}

/// A call of whatever value stands in call position.
final class DynamicCode: Code {
  let node: Node
  let callees: [Code]
  let written: [ArgumentNode]
  let arguments: CodeList
  let isSimple: Bool
  unowned(unsafe) let specialization: Specialization

  init(_ node: Node, _ callees: [Code], _ written: [ArgumentNode], _ arguments: [Code], _ compiler: Compiler)
  {
    self.node = node
    self.callees = callees
    self.written = written
    self.arguments = CodeList(arguments)
    isSimple = written.allSatisfy { $0.label == nil && !$0.isSpread }
    specialization = compiler.specialization
  }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let function = try function(f, c)
    if isSimple {
      return try arguments.withValues(f, c) { values in
        c.top = f + specialization.frameSize
        c.site = Unmanaged.passUnretained(node)
        do { return try function.call(values, c) } catch { throw node.traced(error, function) }
      }
    }
    return try withArguments(written, arguments.all, f, c) { values, labels in
      c.top = f + specialization.frameSize
      c.site = Unmanaged.passUnretained(node)
      do { return try function.call(values, labels: labels, general: c) } catch {
        throw node.traced(error, function)
      }
    }
  }

  private func function(_ f: Frame, _ c: Context) throws -> FunctionValue {
    var first: Value?
    for callee in callees {
      let value = try callee.value(f, c)
      if case .function(let function) = value { return function }
      first = first ?? value
    }
    throw node.failure(.type, "\(first!.typeNameWithArticle) is not a function and cannot be called")
  }
}

/// `x.f(a)` where `x` may be a record with a function of its own.
final class MethodCode: Code {
  let node: MethodCallNode
  let receiver: Code
  let callees: [Code]
  let arguments: CodeList
  let isSimple: Bool
  unowned(unsafe) let specialization: Specialization

  init(_ node: MethodCallNode, _ receiver: Code, _ callees: [Code], _ arguments: [Code], _ compiler: Compiler)
  {
    self.node = node
    self.receiver = receiver
    self.callees = callees
    self.arguments = CodeList(arguments)
    isSimple = node.arguments.allSatisfy { $0.label == nil && !$0.isSpread }
    specialization = compiler.specialization
  }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let value = try receiver.value(f, c)
    if node.isOptional, value.isNull { return .null }
    let (function, passesReceiver) = try node.target(value, callees, f, c)
    if isSimple {
      return try arguments.withValues(first: passesReceiver ? value : nil, f, c) { values in
        c.top = f + specialization.frameSize
        c.site = Unmanaged.passUnretained(node)
        do { return try function.call(values, c) } catch { throw node.traced(error, function) }
      }
    }
    return try withArguments(node.arguments, arguments.all, first: passesReceiver ? value : nil, f, c) {
      values, labels in
      c.top = f + specialization.frameSize
      c.site = Unmanaged.passUnretained(node)
      do { return try function.call(values, labels: labels, general: c) } catch {
        throw node.traced(error, function)
      }
    }
  }
}

/// A builtin of a float that is a function of the machine.
final class FloatFunctionCode: FloatCode {
  let operand: Code
  let function: @Sendable (Double) -> Double
  init(_ operand: Code, _ function: @escaping @Sendable (Double) -> Double) {
    self.operand = operand
    self.function = function
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double { function(try operand.float(f, c)) }
  override var isPlain: Bool { operand.isPlain }
}

/// `len(x)`
final class LengthCode: IntCode {
  let node: Node
  let function: BuiltinFunction
  let operand: Code
  init(_ node: Node, _ function: BuiltinFunction, _ operand: Code) {
    self.node = node
    self.function = function
    self.operand = operand
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    if operand.canPeek, let place = operand.peek(f, c) {
      if place.isList { return place.withList { $0.count } }
      return try length(place.pointee, c)
    }
    return try length(try operand.value(f, c), c)
  }
  private func length(_ value: Value, _ c: Context) throws -> Int {
    try node.locating {
      // The builtin knows what to say of a value without a length.
      try function.overloads[0].check(value, function.overloads[0].parameters[0])
      return try Operations.length(value, c)
    }
  }
  override var isPlain: Bool { operand.isPlain }
}

// MARK: Calls that change a place

/// A builtin method on a path whose root is in this frame.
final class InPlaceCode: Code {
  let node: InPlaceCallNode
  let function: BuiltinFunction
  let place: PlaceCode
  let arguments: CodeList
  private let name: Text
  unowned(unsafe) let specialization: Specialization

  init(
    _ node: InPlaceCallNode, _ function: BuiltinFunction, _ place: PlaceCode, _ arguments: [Code],
    _ compiler: Compiler
  ) {
    self.node = node
    self.function = function
    self.place = place
    self.arguments = CodeList(arguments)
    name = Text.of(node.name)
    specialization = compiler.specialization
  }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    try arguments.withValues(f, c) { values in
      try place.evaluateKeys(f, c)
      return try call(values, f, c)
    }
  }

  /// Makes the call on what the path leads to; its keys are evaluated.
  func call(_ values: UnsafeMutableBufferPointer<Value>, _ f: Frame, _ c: Context) throws -> Value {
    c.top = f + specialization.frameSize
    if node.receiverIsFirst, let own = try ownFunction(f, c) {
      do { return try own.call(values, c) } catch { throw node.traced(error, own) }
    }
    c.site = Unmanaged.passUnretained(node)
    return try place.withLeaf(f, c, lends: true) { leaf in
      do { return try function.callInPlace(&leaf.pointee, values, [], c) } catch {
        throw node.traced(error, function)
      }
    }
  }

  /// Returns the function that the receiver, a record, has under the name.
  private func ownFunction(_ f: Frame, _ c: Context) throws -> FunctionValue? {
    try place.withLeaf(f, c) { leaf in
      guard leaf.isRecord, case .function(let own)? = leaf.withRecord({ $0[name] }) else { return nil }
      return own
    }
  }
}

/// Any other call that changes variable paths.
final class InPlaceCallCode: Code {
  let node: InPlaceCallNode
  let callees: CodeList
  let places: Children<PlaceCode>
  let arguments: CodeList
  private let isSimple: Bool
  private let hasOnePlace: Bool
  unowned(unsafe) let specialization: Specialization

  init(
    _ node: InPlaceCallNode, _ callees: [Code], _ places: [PlaceCode], _ arguments: [Code],
    _ compiler: Compiler
  ) {
    self.node = node
    self.callees = CodeList(callees)
    self.places = Children(places)
    self.arguments = CodeList(arguments)
    isSimple = node.arguments.allSatisfy { $0.label == nil && !$0.isSpread }
    hasOnePlace = isSimple && places.count == 1 && !node.receiverIsFirst
    specialization = compiler.specialization
  }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let function = try node.function(callees.count) { try callees.value($0, f, c) }
    if hasOnePlace, let function = function as? UserFunction { return try call(function, f, c) }
    if isSimple { return try arguments.withValues(f, c) { try call(function, $0, [], f, c) } }
    return try withArguments(node.arguments, arguments.all, f, c) { try call(function, $0, $1, f, c) }
  }

  /// Makes the call with the value of the one place, taken out of it, before the arguments.
  private func call(_ function: UserFunction, _ f: Frame, _ c: Context) throws -> Value {
    try arguments.withValues(first: .null, f, c) { values in
      try places.with(0) { place in
        try place.evaluateKeys(f, c)
        c.top = f + specialization.frameSize
        return try place.withLeaf(f, c, lends: true) { leaf in
          let lent = values.baseAddress!
          swap(&leaf.pointee, &lent.pointee)
          defer { swap(&leaf.pointee, &lent.pointee) }
          return try node.call(function, values, [], c)
        }
      }
    }
  }

  private func call(
    _ function: FunctionValue, _ values: UnsafeMutableBufferPointer<Value>, _ labels: [String?], _ f: Frame,
    _ c: Context
  ) throws -> Value {
    for i in 0..<places.count { try places.with(i) { try $0.evaluateKeys(f, c) } }
    c.top = f + specialization.frameSize
    if node.receiverIsFirst {
      let own = try places.with(0) { try $0.withLeaf(f, c) { node.ownFunction(of: &$0.pointee) } }
      if let own { return try node.call(own, values, labels, c) }
    }
    return try withUnsafeTemporaryAllocation(of: Value.self, capacity: places.count) { lent in
      try lend(0, lent, f, c) { try node.call(function, lent, values, labels, c) }
    }
  }

  /// Takes the values out of the places from `k` on, makes the call, and puts the new values back,
  /// after an error too.
  private func lend(
    _ k: Int, _ lent: UnsafeMutableBufferPointer<Value>, _ f: Frame, _ c: Context, _ call: () throws -> Value
  ) throws -> Value {
    if k == places.count { return try call() }
    return try places.with(k) { place in
      try place.withLeaf(f, c, lends: true) { leaf in
        (lent.baseAddress! + k).moveInitialize(from: leaf, count: 1)
        leaf.initialize(to: .null)
        defer { leaf.moveUpdate(from: lent.baseAddress! + k, count: 1) }
        return try lend(k + 1, lent, f, c, call)
      }
    }
  }
}

/// `path.push(x)`
final class PushCode: Code {
  let general: InPlaceCode
  let place: PlaceCode
  let leaf: PlaceStep
  let argument: Code

  init(
    _ node: InPlaceCallNode, _ function: BuiltinFunction, _ place: PlaceCode, _ argument: Code,
    _ compiler: Compiler
  ) {
    general = InPlaceCode(node, function, place, [argument], compiler)
    self.place = place
    leaf = place.leaf
    self.argument = argument
  }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let item = try argument.value(f, c)
    try place.evaluateKeys(f, c)
    if let leaf = leaf.find(f, c), leaf.isList {
      leaf.withUniqueList { $0.append(item) }
      return .null
    }
    return try withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { values in
      values.initializeElement(at: 0, to: item)
      defer { values.deinitialize() }
      return try general.call(values, f, c)
    }
  }
}
