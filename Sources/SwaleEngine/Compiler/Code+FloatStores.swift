// Float variables given the value of arithmetic that cannot fail.

final class StorePure: StatementCode {
  let offset: Int
  let operand: PureFloat
  init(_ operand: PureFloat, _ slot: Int) {
    self.operand = operand
    offset = slot * Frame.slotSize
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(offset, operand.pure(f)) }
}

/// `x = y`
final class StoreFloatLocal: StatementCode {
  let target: Int
  let offset: Int
  init(_ operand: FloatLocal, _ slot: Int) {
    target = slot * Frame.slotSize
    offset = operand.offset
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, f.float(offset)) }
}

final class StoreAddLocals: StatementCode {
  let target: Int
  let offset: Int
  let other: Int
  init(_ operation: AddLocals, _ slot: Int) {
    target = slot * Frame.slotSize
    offset = operation.offset
    other = operation.other
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, f.float(offset) + f.float(other)) }
}

final class StoreAddPureLocal: StatementCode {
  let target: Int
  let a: PureFloat
  let offset: Int
  init(_ operation: AddPureLocal, _ slot: Int) {
    target = slot * Frame.slotSize
    a = operation.a
    offset = operation.offset
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, a.pure(f) + f.float(offset)) }
}

final class StoreSubtractLocals: StatementCode {
  let target: Int
  let offset: Int
  let other: Int
  init(_ operation: SubtractLocals, _ slot: Int) {
    target = slot * Frame.slotSize
    offset = operation.offset
    other = operation.other
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, f.float(offset) - f.float(other)) }
}

final class StoreSubtractPureLocal: StatementCode {
  let target: Int
  let a: PureFloat
  let offset: Int
  init(_ operation: SubtractPureLocal, _ slot: Int) {
    target = slot * Frame.slotSize
    a = operation.a
    offset = operation.offset
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, a.pure(f) - f.float(offset)) }
}

final class StoreMultiplyLocals: StatementCode {
  let target: Int
  let offset: Int
  let other: Int
  init(_ operation: MultiplyLocals, _ slot: Int) {
    target = slot * Frame.slotSize
    offset = operation.offset
    other = operation.other
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, f.float(offset) * f.float(other)) }
}

final class StoreMultiplyPureLocal: StatementCode {
  let target: Int
  let a: PureFloat
  let offset: Int
  init(_ operation: MultiplyPureLocal, _ slot: Int) {
    target = slot * Frame.slotSize
    a = operation.a
    offset = operation.offset
  }
  override func run(_ f: Frame, _ c: Context) throws { f.set(target, a.pure(f) * f.float(offset)) }
}
