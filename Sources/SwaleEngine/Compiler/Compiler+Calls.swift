import Glibc
import SwaleSyntax

extension Compiler {
  func compile(userCall node: UserCallNode) -> Code {
    // A function that was declared anew at the prompt is another one by now.
    if let global = node.callee?.global, global.state == .set, case .function(let function) = global.value,
      (function as? UserFunction)?.code !== node.code
    {
      remark(node, "\(node.code.name) was declared anew")
      return DynamicCode(
        node, [compile(VariableNode(node.at, node.callee!))], node.arguments,
        node.arguments.map { compile($0.node) }, self)
    }
    let isClosure = !node.code.captures.isEmpty || node.code.selfVariable != nil
    let arguments = node.arguments.map { compile($0.node) }
    guard let targets = node.targets, node.code.parameters.allSatisfy({ $0.passing == .plain }) else {
      remark(node, "what is passed to \(node.code.name) is found out at each call")
      return SpreadCall(node, arguments, self)
    }
    var given = [Representation](repeating: .never, count: node.code.parameters.count)
    for (i, target) in targets.enumerated() { given[target] = arguments[i].representation }
    if isClosure || given.contains(.value) && node.code.parameters.contains(where: { $0.check == nil })
      || targets.count < node.code.parameters.count
    {
      // Which code runs depends on what the values are when the call is made.
      remark(node, "which form of \(node.code.name) runs is chosen at each call, by what is passed")
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
    let general = BuiltinCode(node, node.function, node.arguments, arguments, self)
    return intrinsic(node, node.function, arguments, general) ?? general
  }

  func compile(dynamicCall node: DynamicCallNode) -> Code {
    remark(node, "which function is called is not known before it runs")
    return DynamicCode(
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
      let general = BuiltinCode(node, function, all, [receiver] + arguments, self)
      return intrinsic(node, function, [receiver] + arguments, general) ?? general
    }
    remark(node, "what .\(node.name.string) calls depends on the value before it")
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
  private func intrinsic(
    _ node: Node, _ function: BuiltinFunction, _ arguments: [Code], _ general: BuiltinCode
  ) -> Code? {
    if arguments.count == 1, general.isSimple {
      let a = arguments[0]
      switch (function.name, a.representation) {
      case ("sqrt", .float), ("sqrt", .int):
        return pureFloat(a).map { SquareRootPure($0) } ?? FloatFunctionCode(a, { $0.squareRoot() })
      case ("sqrt", .value) where a.mayBeFloat:
        return FloatFunctionOfValue(a, { $0.squareRoot() }, general)
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
    let places = node.places.map { compile(place: $0) }
    let arguments = node.arguments.map { compile($0.node) }
    guard places.count == 1, node.callees.count == 1,
      node.arguments.allSatisfy({ $0.label == nil && !$0.isSpread }),
      case .function(let function as BuiltinFunction) = (node.callees[0] as? ConstantNode)?.value
    else {
      remark(node, "\(node.name) gets a path that it may change")
      return InPlaceCallCode(node, node.callees.map { compile($0) }, places, arguments, self)
    }
    if function.name == "push", arguments.count == 1 {
      return PushCode(node, function, places[0], arguments[0], self)
    }
    return InPlaceCode(node, function, places[0], arguments, self)
  }
}
