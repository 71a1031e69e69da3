/// An operation on two values of which at least one is boxed.
class ValueBinary: Code {
  let node: Node
  let a: Code
  let b: Code
  init(_ node: Node, _ a: Code, _ b: Code) {
    self.node = node
    self.a = a
    self.b = b
  }
  override var isPlain: Bool { a.isPlain && b.isPlain }

  /// Does the general operation; its error is reported here.
  @inline(never) final func general(_ operation: Operation, _ x: Value, _ y: Value, _ c: Context) throws
    -> Value
  {
    try node.locating { try Operations.binary(operation, x, y, c) }
  }
}

final class AddValues: ValueBinary {
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    var x = try a.value(f, c)
    let y = try b.value(f, c)
    switch (x, y) {
    case (.float(let x), .float(let y)): return .float(x + y)
    case (.int(let i), .int(let j)):
      let (result, overflow) = i.addingReportingOverflow(j)
      return overflow ? try general(.add, x, y, c) : .int(result)
    default:
      // Text and lists that nobody else holds grow in place.
      try node.locating { try Operations.update(&x, .add, y, c) }
      return x
    }
  }
}

/// A float at the right.
final class AddValueFloat: ValueBinary {
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    let y = try b.float(f, c)
    if case .float(let x) = x { return .float(x + y) }
    return try general(.add, x, .float(y), c)
  }
}

/// A float at the left.
final class AddFloatValue: ValueBinary {
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.float(f, c)
    let y = try b.value(f, c)
    if case .float(let y) = y { return .float(x + y) }
    return try general(.add, .float(x), y, c)
  }
}

final class SubtractValues: ValueBinary {
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    let y = try b.value(f, c)
    switch (x, y) {
    case (.float(let x), .float(let y)): return .float(x - y)
    case (.int(let i), .int(let j)):
      let (result, overflow) = i.subtractingReportingOverflow(j)
      return overflow ? try general(.subtract, x, y, c) : .int(result)
    default: return try general(.subtract, x, y, c)
    }
  }
}

/// A float at the right.
final class SubtractValueFloat: ValueBinary {
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    let y = try b.float(f, c)
    if case .float(let x) = x { return .float(x - y) }
    return try general(.subtract, x, .float(y), c)
  }
}

/// A float at the left.
final class SubtractFloatValue: ValueBinary {
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.float(f, c)
    let y = try b.value(f, c)
    if case .float(let y) = y { return .float(x - y) }
    return try general(.subtract, .float(x), y, c)
  }
}

final class MultiplyValues: ValueBinary {
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    let y = try b.value(f, c)
    switch (x, y) {
    case (.float(let x), .float(let y)): return .float(x * y)
    case (.int(let i), .int(let j)):
      let (result, overflow) = i.multipliedReportingOverflow(by: j)
      return overflow ? try general(.multiply, x, y, c) : .int(result)
    default: return try general(.multiply, x, y, c)
    }
  }
}

/// A float at the right.
final class MultiplyValueFloat: ValueBinary {
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    let y = try b.float(f, c)
    if case .float(let x) = x { return .float(x * y) }
    return try general(.multiply, x, .float(y), c)
  }
}

/// A float at the left.
final class MultiplyFloatValue: ValueBinary {
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.float(f, c)
    let y = try b.value(f, c)
    if case .float(let y) = y { return .float(x * y) }
    return try general(.multiply, .float(x), y, c)
  }
}

final class DivideValues: ValueBinary {
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    let y = try b.value(f, c)
    if case .float(let x) = x, case .float(let y) = y { return .float(x / y) }
    return try general(.divide, x, y, c)
  }
}

/// Any operation, as the general one defines it.
final class GeneralBinary: ValueBinary {
  let operation: Operation
  init(_ node: Node, _ operation: Operation, _ a: Code, _ b: Code) {
    self.operation = operation
    super.init(node, a, b)
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    return try general(operation, x, try b.value(f, c), c)
  }
}

final class GeneralUnary: Code {
  let node: UnaryNode
  let a: Code
  init(_ node: UnaryNode, _ a: Code) {
    self.node = node
    self.a = a
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let x = try a.value(f, c)
    if node.operation == .negate, case .float(let x) = x { return .float(-x) }
    return try node.locating {
      node.operation == .negate ? try Operations.negate(x, c) : try Operations.not(x, c)
    }
  }
}
