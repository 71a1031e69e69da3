import SwaleSyntax

// Calls of a function that is known by its declaration and compiled for how the arguments are held.

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
      do { try c.enterCall(new + target.frameSize, growing: true) } catch is StackEnd {
        return try callOnDeepStack(new, c, run)
      } catch {
        target.releaseParameters(new)
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

  /// Makes the call, whose arguments are in the new frame, on a large stack, where the frame is moved.
  @inline(never) final func callOnDeepStack<R>(
    _ new: Frame, _ c: Context, _ run: (Code, Frame) throws -> R
  ) throws -> R {
    try c.onDeepStack { moved in
      // Values are bitwise movable; the callee takes its parameters with it when it leaves.
      moved.copyMemory(from: new, byteCount: target.frameSize)
      do { try c.enterCall(moved + target.frameSize) } catch {
        target.releaseParameters(moved)
        throw error
      }
      let value =
        try target.isManaged
        ? target.managed(moved, nil) { try run($0, moved) }
        : body.pointee._withUnsafeGuaranteedRef { try run($0, moved) }
      c.depth &-= 1
      return value
    }
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
      try c.enterCall(new, growing: true)
      let value = try body.pointee._withUnsafeGuaranteedRef { try $0.int(new, c) }
      c.depth &-= 1
      return value
    } catch is StackEnd {
      do { return try callOnDeepStack(new, c) { try $0.int($1, c) } } catch {
        throw node.traced(error, target.code.name)
      }
    } catch { throw node.traced(error, target.code.name) }
  }
}
