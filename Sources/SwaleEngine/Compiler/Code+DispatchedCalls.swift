import SwaleSyntax

// Calls whose function is compiled for what the arguments turn out to be when they are made.

/// A call of a function that is known by its declaration.
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
      return try node.tracing { try node.code.callCompiled(values, targets: node.targets, function, c) }
    }
  }
}

/// A call of a function that is known by its declaration, with spreads, or with arguments that are
/// collected.
final class SpreadCall: Code {
  let node: UserCallNode
  let arguments: [Code]
  unowned(unsafe) let specialization: Specialization
  init(_ node: UserCallNode, _ arguments: [Code], _ compiler: Compiler) {
    self.node = node
    self.arguments = arguments
    specialization = compiler.specialization
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let function = try node.locating { try node.closure(f) } ?? UserFunction(node.code, captures: [])
    return try withArguments(node.arguments, arguments, f, c) { values, labels in
      c.top = f + specialization.frameSize
      return try node.tracing { try function.call(values, labels: labels, c) }
    }
  }
}

extension FunctionCode {
  /// Calls with boxed arguments, each for the parameter that `targets` says, in order without it;
  /// compiled for what they are. The arguments are moved; the final values of `var` parameters are left
  /// in their place.
  func callCompiled(
    _ arguments: UnsafeMutableBufferPointer<Value>, targets: [Int]?, _ function: UserFunction?, _ c: Context
  ) throws -> Value {
    if c.isStackLow(slotCount) {
      return try c.onDeepStack { _ in try callCompiled(arguments, targets: targets, function, c) }
    }
    var given = 0 as UInt64
    var signature = Signature(all: .value)
    for i in arguments.indices {
      let k = targets?[i] ?? i
      given |= 1 << UInt64(k)
      if hasChecks { arguments[i] = try checked(arguments[i], parameters[k]) }
      signature[k] = Representation(of: arguments[i])
    }
    return try Compiler.specialization(of: self, for: signature)._withUnsafeGuaranteedRef { target in
      let f = c.top
      try c.enterCall(f + target.frameSize)
      for i in arguments.indices { target.pass(arguments.baseAddress! + i, targets?[i] ?? i, f) }
      c.top = f + target.frameSize
      // What a call changed stays changed where it fails.
      defer { if hasInPlaceParameters { takeBack(arguments, targets, f) } }
      if arguments.count < parameters.count {
        parameters.indices.forEach {
          if given & (1 << UInt64($0)) == 0 { f.slot($0).initialize(to: .null) }
        }
        do { try fillDefaults(given, target, function, f, c) } catch {
          target.releaseParameters(f)
          throw error
        }
      }
      let value = try target.call(f, function, c)
      c.top = f
      c.depth &-= 1
      return value
    }
  }

  /// Sets missing parameters, which are boxed; defaults see the parameters before them, boxed too.
  private func fillDefaults(
    _ given: UInt64, _ target: Specialization, _ function: UserFunction?, _ f: Frame, _ c: Context
  ) throws {
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
    try fillMissing(given, function, values, c)
    for (i, parameter) in parameters.enumerated()
    where given & (1 << UInt64(i)) == 0 || parameter.variable.isBoxed {
      f.slot(parameter.variable.slot).pointee = values.slot(parameter.variable.slot).pointee
    }
  }

  private func takeBack(_ arguments: UnsafeMutableBufferPointer<Value>, _ targets: [Int]?, _ f: Frame) {
    for i in arguments.indices {
      let parameter = targets?[i] ?? i
      if inPlaceParameters & 1 << UInt64(parameter) != 0 { arguments[i] = f.slot(parameter).move() }
    }
  }

  /// Runs a frame of boxed values, as the interpreter sets it up, on compiled code.
  func runCompiled(_ function: UserFunction?, _ f: Frame, _ c: Context) throws -> Value {
    let all = Compiler.specialization(of: self, for: Signature(all: .value))
    return try all._withUnsafeGuaranteedRef { target in
      let new = c.top
      for (i, parameter) in parameters.enumerated() { target.pass(f.slot(parameter.variable.slot), i, new) }
      c.top = new + target.frameSize
      defer { c.top = new }
      defer {
        for parameter in parameters where parameter.passing == .inPlace {
          f.slot(parameter.variable.slot).pointee = new.slot(parameter.variable.slot).move()
        }
      }
      return try target.call(new, function, c)
    }
  }
}

extension Specialization {
  /// Moves an argument to its parameter, in the way that is held; its type is known to fit.
  @inline(__always) func pass(_ argument: UnsafeMutablePointer<Value>, _ parameter: Int, _ f: Frame) {
    let value = argument.move()
    argument.initialize(to: .null)
    let slot = f.slot(parameter)
    switch (parameters[parameter], value) {
    case (.int, .int(let number)): UnsafeMutableRawPointer(slot).storeBytes(of: number, as: Int.self)
    case (.float, .float(let number)): UnsafeMutableRawPointer(slot).storeBytes(of: number, as: Double.self)
    case (.bool, .bool(let truth)): UnsafeMutableRawPointer(slot).storeBytes(of: truth, as: Bool.self)
    default: slot.initialize(to: value)
    }
  }

  /// Returns an argument boxed.
  func load(_ parameter: Int, _ f: Frame) -> Value {
    let slot = f.slot(parameter)
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
    guard let most = code.arity.most, arguments.count >= code.leastPositional, arguments.count <= most else {
      return nil
    }
    return try code.callCompiled(arguments, targets: nil, self, c)
  }
}
