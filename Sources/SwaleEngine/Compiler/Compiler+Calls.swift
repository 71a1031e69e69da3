import Glibc
import SwaleSyntax

extension Compiler {
  func compile(userCall node: UserCallNode) -> Code {
    // A function that was declared anew at the prompt is another one by now.
    if let global = node.callee?.global, global.state == .set, case .function(let function) = global.value,
      (function as? UserFunction)?.code !== node.code
    {
      return DynamicCode(
        node, [compile(VariableNode(node.at, node.callee!))], node.arguments,
        node.arguments.map { compile($0.node) }, self)
    }
    guard let targets = node.targets, node.code.parameters.allSatisfy({ $0.passing == .plain }) else {
      return general(node, "the call of \(node.code.name) spreads or collects its arguments")
    }
    let isClosure = !node.code.captures.isEmpty || node.code.selfVariable != nil
    let arguments = node.arguments.map { compile($0.node) }
    var given = [Representation](repeating: .never, count: node.code.parameters.count)
    for (i, target) in targets.enumerated() { given[target] = arguments[i].representation }
    if isClosure || given.contains(.value) && node.code.parameters.contains(where: { $0.check == nil })
      || targets.count < node.code.parameters.count
    {
      // Which code runs depends on what the values are when the call is made.
      return DispatchedCall(node, arguments, self)
    }
    let target = Compiler.specialize(node.code, given)
    var passed: [PassedArguments.Argument] = []
    for (i, parameter) in targets.enumerated() {
      // What runs other code uses the memory of the new frame, so nothing may be there yet: such
      // arguments, and those before them, wait in temporaries.
      let mustWait = !arguments[(i + 1)...].allSatisfy(\.isPlain) || i > 0 && !arguments[i].isPlain
      passed.append(
        .init(
          code: Unmanaged.passUnretained(arguments[i]),
          offset: node.code.parameters[parameter].variable.slot * Frame.slotSize,
          wanted: target.parameters[parameter],
          given: arguments[i].representation, waiting: mustWait ? newTemporary(.value) * Frame.slotSize : -1,
          parameter: parameter))
    }
    let list = PassedArguments(arguments, passed)
    let isOneInt = passed.count == 1 && passed[0].wanted == .int && passed[0].given == .int
    let call = isOneInt ? OneIntCall(node, target, arguments[0], list) : CallCode(node, target, list)
    calls.append(call)
    return call
  }

  func compile(builtinCall node: BuiltinCallNode) -> Code {
    let arguments = node.arguments.map { compile($0.node) }
    if let code = intrinsic(node, node.function, arguments) { return code }
    return BuiltinCode(node, node.function, node.arguments, arguments, self)
  }

  func compile(dynamicCall node: DynamicCallNode) -> Code {
    DynamicCode(
      node, node.callees.map { compile($0) }, node.arguments, node.arguments.map { compile($0.node) }, self)
  }

  func compile(methodCall node: MethodCallNode) -> Code {
    let receiver = compile(node.receiver)
    let arguments = node.arguments.map { compile($0.node) }
    if receiver.representation != .value && receiver.representation != .never || !mayBeRecord(node.receiver),
      !node.isOptional, node.callees.count == 1,
      case .function(let function as BuiltinFunction) = (node.callees[0] as? ConstantNode)?.value
    {
      let all = [ArgumentNode(label: nil, node: node.receiver, isSpread: false)] + node.arguments
      if let code = intrinsic(node, function, [receiver] + arguments),
        node.arguments.allSatisfy({ $0.label == nil })
      {
        return code
      }
      return BuiltinCode(node, function, all, [receiver] + arguments, self)
    }
    return MethodCode(node, receiver, node.callees.map { compile($0) }, arguments, self)
  }

  /// False for what is surely no record, whose own functions come before all others.
  private func mayBeRecord(_ node: Node) -> Bool {
    switch node {
    case is ListNode, is InterpolationNode, is RangeNode, is LambdaNode: false
    case let node as ConstantNode: if case .record = node.value { true } else { false }
    default: true
    }
  }

  /// Returns code that does what a builtin does on values held unboxed; nil where there is none.
  private func intrinsic(_ node: Node, _ function: BuiltinFunction, _ arguments: [Code]) -> Code? {
    if arguments.count == 1 {
      let a = arguments[0]
      switch (function.name, a.representation) {
      case ("sqrt", .float), ("sqrt", .int):
        return pureFloat(a).map { SquareRootPure($0) } ?? FloatFunctionCode(a, { $0.squareRoot() })
      case ("math.sin", .float): return FloatFunctionCode(a, { sin($0) })
      case ("math.cos", .float): return FloatFunctionCode(a, { cos($0) })
      case ("math.exp", .float): return FloatFunctionCode(a, { exp($0) })
      case ("math.log", .float): return FloatFunctionCode(a, { log($0) })
      case ("float", .int), ("float", .float): return FloatFunctionCode(a, { $0 })
      case ("abs", .float): return FloatFunctionCode(a, { abs($0) })
      case ("int", .int): return a
      case ("len", .value): return LengthCode(node, function, a)
      default: break
      }
    }
    return nil
  }

  // MARK: Calls that change a place

  func compile(inPlaceCall node: InPlaceCallNode) -> Code {
    guard node.places.count == 1, node.callees.count == 1,
      node.arguments.allSatisfy({ $0.label == nil && !$0.isSpread }),
      case .function(let function as BuiltinFunction) = (node.callees[0] as? ConstantNode)?.value,
      isLocal(node.places[0].root), let place = compile(place: node.places[0])
    else { return general(node, "the call of \(node.name) changes a variable in place") }
    let arguments = node.arguments.map { compile($0.node) }
    if function.name == "push", arguments.count == 1 {
      return PushCode(node, function, place, arguments[0], self)
    }
    return InPlaceCode(node, function, place, arguments, self)
  }
}

/// The arguments of a call, as it passes them to the new frame.
///
/// Safety: the list owns its codes as long as it lives, and a call owns its list.
final class PassedArguments {
  struct Argument {
    let code: Unmanaged<Code>
    /// Where in the new frame it goes.
    let offset: Int
    /// How the function wants it, and how the argument is held.
    let wanted: Representation
    let given: Representation
    /// The temporary where it waits for later arguments that run other code; -1 for none.
    let waiting: Int
    let parameter: Int
  }
  let base: UnsafeMutablePointer<Argument>
  let count: Int
  let hasWaiting: Bool
  private let owned: [Code]

  init(_ codes: [Code], _ arguments: [Argument]) {
    owned = codes
    count = arguments.count
    hasWaiting = arguments.contains { $0.waiting >= 0 }
    base = .allocate(capacity: max(1, arguments.count))
    for (i, argument) in arguments.enumerated() { (base + i).initialize(to: argument) }
  }

  deinit { base.deallocate() }
}

/// A call of a function compiled for the representations of its arguments.
class CallCode: Code {
  let node: UserCallNode
  let target: Specialization
  let body: UnsafeMutablePointer<Unmanaged<Code>>
  let arguments: PassedArguments
  /// Where the new frame begins: behind this function's own.
  var base = 0
  private let result: Representation

  init(_ node: UserCallNode, _ target: Specialization, _ arguments: PassedArguments) {
    self.node = node
    self.target = target
    body = target.body
    self.arguments = arguments
    result = target.result
  }

  override final var representation: Representation { result }

  override func int(_ f: Frame, _ c: Context) throws -> Int { try call(f, c) { try $0.int($1, c) } }
  override func float(_ f: Frame, _ c: Context) throws -> Double { try call(f, c) { try $0.float($1, c) } }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try call(f, c) { try $0.bool($1, c) } }
  override func value(_ f: Frame, _ c: Context) throws -> Value { try call(f, c) { try $0.value($1, c) } }
  override func test(_ f: Frame, _ c: Context) throws -> Bool {
    if result == .bool { return try bool(f, c) }
    let value = try value(f, c)
    return try node.locating { try Operations.isTrue(value) }
  }

  @inline(__always) final func call<R>(_ f: Frame, _ c: Context, _ run: (Code, Frame) throws -> R) throws -> R
  {
    let new = f + base
    try passArguments(f, new, c)
    do {
      do { try c.enterCall(new + target.frameSize) } catch {
        for slot in target.valueParameters { new.slot(slot).deinitialize(count: 1) }
        throw error
      }
      let value: R
      if target.isManaged {
        value = try target.managed(new, nil) { try run($0, new) }
      } else {
        value = try body.pointee._withUnsafeGuaranteedRef { try run($0, new) }
      }
      c.depth &-= 1
      return value
    } catch { throw node.traced(error, target.code.name) }
  }

  /// Evaluates the arguments and moves them to the new frame.
  private final func passArguments(_ f: Frame, _ new: Frame, _ c: Context) throws {
    let list = arguments.base
    let count = arguments.count
    if arguments.hasWaiting {
      for i in 0..<count where list[i].waiting >= 0 {
        let value = try list[i].code._withUnsafeGuaranteedRef { try $0.value(f, c) }
        f.value(list[i].waiting).pointee = value
      }
    }
    var passed = 0
    do {
      while passed < count {
        let argument = list[passed]
        let slot = new + argument.offset
        if argument.waiting >= 0 {
          let place = f.value(argument.waiting)
          let value = place.move()
          place.initialize(to: .null)
          try pass(value, argument, slot)
        } else {
          switch (argument.wanted, argument.given) {
          case (.int, .int):
            let number = try argument.code._withUnsafeGuaranteedRef { try $0.int(f, c) }
            slot.storeBytes(of: number, as: Int.self)
          case (.float, .float), (.float, .int):
            let number = try argument.code._withUnsafeGuaranteedRef { try $0.float(f, c) }
            slot.storeBytes(of: number, as: Double.self)
          case (.bool, .bool):
            let truth = try argument.code._withUnsafeGuaranteedRef { try $0.bool(f, c) }
            slot.storeBytes(of: truth, as: Bool.self)
          default:
            let value = try argument.code._withUnsafeGuaranteedRef { try $0.value(f, c) }
            try pass(value, argument, slot)
          }
        }
        passed += 1
      }
    } catch {
      for i in 0..<passed where list[i].wanted == .value {
        (new + list[i].offset).assumingMemoryBound(to: Value.self).deinitialize(count: 1)
      }
      throw error
    }
  }

  /// Checks a boxed argument and stores it as the function wants it.
  private final func pass(_ value: Value, _ argument: PassedArguments.Argument, _ slot: Frame) throws {
    let value = try node.locating {
      try target.code.checked(value, target.code.parameters[argument.parameter])
    }
    switch (argument.wanted, value) {
    case (.int, .int(let number)): slot.storeBytes(of: number, as: Int.self)
    case (.float, .float(let number)): slot.storeBytes(of: number, as: Double.self)
    case (.bool, .bool(let truth)): slot.storeBytes(of: truth, as: Bool.self)
    default: slot.assumingMemoryBound(to: Value.self).initialize(to: value)
    }
  }
}

/// The call that recursion on numbers is made of: one int, nothing boxed.
final class OneIntCall: CallCode {
  private let argument: Code
  private let offset: Int
  init(_ node: UserCallNode, _ target: Specialization, _ argument: Code, _ arguments: PassedArguments) {
    self.argument = argument
    offset = arguments.base[0].offset
    super.init(node, target, arguments)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    if target.isManaged { return try super.int(f, c) }
    let new = f + base
    new.storeBytes(of: try argument.int(f, c), toByteOffset: offset, as: Int.self)
    do {
      // A frame is small and the slot stack has room to spare beyond its limit: its start decides.
      try c.enterCall(new)
      let value = try body.pointee._withUnsafeGuaranteedRef { try $0.int(new, c) }
      c.depth &-= 1
      return value
    } catch { throw node.traced(error, target.code.name) }
  }
}

/// A call whose function is compiled for what the arguments turn out to be.
final class DispatchedCall: Code {
  let node: UserCallNode
  let arguments: CodeList
  unowned(unsafe) let specialization: Specialization
  init(_ node: UserCallNode, _ arguments: [Code], _ compiler: Compiler) {
    self.node = node
    self.arguments = CodeList(arguments)
    specialization = compiler.specialization
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let function = try node.locating { try node.closure(f) }
    return try arguments.withValues(f, c) { values in
      c.top = f + specialization.frameSize
      return try node.tracing { try node.code.callCompiled(values, targets: node.targets!, function, c) }
    }
  }
}

extension FunctionCode {
  /// Calls with boxed arguments, each for the parameter that `targets` says; compiled for what they
  /// are. The arguments are moved; the final values of `var` parameters are left in their place.
  func callCompiled(
    _ arguments: UnsafeMutableBufferPointer<Value>, targets: [Int], _ function: UserFunction?, _ c: Context
  ) throws -> Value {
    var given = 0 as UInt64
    var representations = [Representation](repeating: .value, count: parameters.count)
    for (i, target) in targets.enumerated() {
      given |= 1 << UInt64(target)
      arguments[i] = try checked(arguments[i], parameters[target])
      representations[target] = Representation(of: arguments[i])
    }
    let target = Compiler.specialize(self, representations)
    let f = c.top
    try c.enterCall(f + target.frameSize)
    for (i, k) in targets.enumerated() { target.store(arguments[i], k, f) }
    for i in arguments.indices { arguments[i] = .null }
    let top = f + target.frameSize
    c.top = top
    if given != (1 << UInt64(parameters.count)) - 1 {
      for (i, parameter) in parameters.enumerated() where given & (1 << UInt64(i)) == 0 {
        f.slot(parameter.variable.slot).initialize(to: .null)
      }
      do { try fillDefaults(given, target, f, c) } catch {
        for slot in target.valueParameters { f.slot(slot).deinitialize(count: 1) }
        throw error
      }
    }
    let value = try target.call(f, function, c)
    if hasInPlaceParameters { takeBack(targets, arguments, f) }
    c.top = f
    c.depth &-= 1
    return value
  }

  /// Sets missing parameters, which are boxed; defaults see the parameters before them, boxed too.
  private func fillDefaults(_ given: UInt64, _ target: Specialization, _ f: Frame, _ c: Context) throws {
    let values = c.top
    let size = slotCount * Frame.slotSize
    values.slot(0).initialize(repeating: .null, count: slotCount)
    c.top = values + size
    defer {
      values.slot(0).deinitialize(count: slotCount)
      c.top = values
    }
    for (i, parameter) in parameters.enumerated() {
      let slot = parameter.variable.slot
      if given & (1 << UInt64(i)) != 0 { values.slot(slot).pointee = target.load(i, f) }
    }
    try fillMissing(given, values, c)
    for (i, parameter) in parameters.enumerated() where given & (1 << UInt64(i)) == 0 {
      f.slot(parameter.variable.slot).pointee = values.slot(parameter.variable.slot).pointee
    }
  }

  private func takeBack(_ targets: [Int], _ arguments: UnsafeMutableBufferPointer<Value>, _ f: Frame) {
    for (i, k) in targets.enumerated() where parameters[k].passing == .inPlace {
      arguments[i] = f.slot(parameters[k].variable.slot).move()
    }
  }

  /// Runs a frame of boxed values, as the interpreter sets it up, on compiled code.
  func runCompiled(_ function: UserFunction?, _ f: Frame, _ c: Context) throws -> Value {
    let target = Compiler.specialize(self, [Representation](repeating: .value, count: parameters.count))
    let new = c.top
    for (i, parameter) in parameters.enumerated() {
      target.store(f.slot(parameter.variable.slot).pointee, i, new)
    }
    c.top = new + target.frameSize
    defer { c.top = new }
    let value = try target.call(new, function, c)
    for parameter in parameters where parameter.passing == .inPlace {
      f.slot(parameter.variable.slot).pointee = new.slot(parameter.variable.slot).move()
    }
    return value
  }
}

extension Specialization {
  /// Stores an argument in the way its parameter is held; its type is known to fit.
  @inline(__always) func store(_ value: Value, _ parameter: Int, _ f: Frame) {
    let slot = f.slot(code.parameters[parameter].variable.slot)
    switch (parameters[parameter], value) {
    case (.int, .int(let number)): UnsafeMutableRawPointer(slot).storeBytes(of: number, as: Int.self)
    case (.float, .float(let number)): UnsafeMutableRawPointer(slot).storeBytes(of: number, as: Double.self)
    case (.bool, .bool(let truth)): UnsafeMutableRawPointer(slot).storeBytes(of: truth, as: Bool.self)
    default: slot.initialize(to: value)
    }
  }

  /// Returns an argument boxed.
  func load(_ parameter: Int, _ f: Frame) -> Value {
    let slot = f.slot(code.parameters[parameter].variable.slot)
    switch parameters[parameter] {
    case .int: return .int(UnsafeRawPointer(slot).load(as: Int.self))
    case .float: return .float(UnsafeRawPointer(slot).load(as: Double.self))
    case .bool: return .bool(UnsafeRawPointer(slot).load(as: Bool.self))
    case .value, .never: return slot.pointee
    }
  }
}

extension UserFunction {
  /// Calls compiled code with positional arguments; nil where they do not simply fit the parameters.
  func callCompiled(_ arguments: UnsafeMutableBufferPointer<Value>, _ c: Context) throws -> Value? {
    guard arguments.count <= code.parameters.count, code.isSimple else { return nil }
    for parameter in code.parameters[arguments.count...] where parameter.isRequired { return nil }
    return try code.callCompiled(arguments, targets: code.identity(arguments.count), self, c)
  }
}

extension FunctionCode {
  /// True if no parameter collects a rest.
  var isSimple: Bool { parameters.last?.passing != .rest }

  /// The first `count` parameters in order.
  func identity(_ count: Int) -> [Int] { Array(0..<count) }
}
