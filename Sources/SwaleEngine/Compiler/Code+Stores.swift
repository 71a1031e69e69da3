import SwaleSyntax

// Statements that give variables their values.

final class StoreInt: StatementCode {
  let operand: Code
  let offset: Int
  init(_ operand: Code, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(offset, try operand.int(f, c)) }
}

final class StoreFloat: StatementCode {
  let operand: Code
  let offset: Int
  init(_ operand: Code, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(offset, try operand.float(f, c)) }
}

final class StoreBool: StatementCode {
  let operand: Code
  let offset: Int
  init(_ operand: Code, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(offset, try operand.bool(f, c)) }
}

final class StoreValue: StatementCode {
  let operand: Code
  let offset: Int
  init(_ operand: Code, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let value = try operand.value(f, c)
    f.value(offset).pointee = value
  }
}

/// A boxed variable given the value of arithmetic, which is on floats mostly.
final class StoreArithmetic: StatementCode {
  let operand: Code
  let offset: Int
  /// True once the value was something else: then asking for a float first does not pay.
  private var isGeneral = false
  init(_ operand: Code, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws {
    if !isGeneral {
      if let number = operand.floatIfAny(f, c) { return f.value(offset).setFloat(number) }
      isGeneral = true
    }
    let value = try operand.value(f, c)
    f.value(offset).pointee = value
  }
}

/// The first value of a variable in a box.
final class StoreBoxed: StatementCode {
  let operand: Code
  let variable: Variable
  init(_ operand: Code, _ variable: Variable) {
    self.operand = operand
    self.variable = variable
  }
  override func run(_ f: Frame, _ c: Context) throws { variable.initialize(try operand.value(f, c), f) }
}

/// A further value of a variable in a box.
final class AssignBoxed: StatementCode {
  let operand: Code
  let node: AssignNode
  init(_ operand: Code, _ node: AssignNode) {
    self.operand = operand
    self.node = node
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let value = try operand.value(f, c)
    try node.place.withRoot(f, lends: false) { $0.pointee = value }
  }
}

/// `x += k` on an int.
final class AddToInt: StatementCode {
  let node: AssignNode
  let offset: Int
  let constant: Int
  init(_ node: AssignNode, _ slot: Int, _ constant: Int) {
    self.node = node
    offset = slot * Frame.slotSize
    self.constant = constant
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let old = f.int(offset)
    let (sum, overflow) = old.addingReportingOverflow(constant)
    if overflow { _ = try node.locating { try Operations.binary(.add, .int(old), .int(constant), c) } }
    f.set(offset, sum)
  }
}

/// `x += e` on a boxed value, in place where that is possible.
final class UpdateLocal: StatementCode {
  let node: AssignNode
  let operation: Operation
  let offset: Int
  let operand: Code
  init(_ node: AssignNode, _ operation: Operation, _ slot: Int, _ operand: Code) {
    self.node = node
    self.operation = operation
    offset = slot * Frame.slotSize
    self.operand = operand
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let place = f.value(offset)
    if let old = place.floatIfAny, let new = operand.floatIfAny(f, c),
      let number = operation.ofFloats(old, new)
    {
      return place.setFloat(number)
    }
    let value = try operand.value(f, c)
    if operation == .add, case .int(let x) = place.pointee, case .int(let y) = value {
      let (sum, overflow) = x.addingReportingOverflow(y)
      if !overflow {
        place.pointee = .int(sum)
        return
      }
    }
    try node.locating { try Operations.update(&place.pointee, operation, value, c) }
  }
}

final class UpdateBoxed: StatementCode {
  let node: AssignNode
  let operation: Operation
  let operand: Code
  init(_ node: AssignNode, _ operation: Operation, _ operand: Code) {
    self.node = node
    self.operation = operation
    self.operand = operand
  }
  override func run(_ f: Frame, _ c: Context) throws {
    let value = try operand.value(f, c)
    try node.place.withRoot(f, lends: false) { place in
      try node.locating { try Operations.update(&place.pointee, operation, value, c) }
    }
  }
}
