extension Compiler {
  /// Returns code for an operation on two floats, or ints that become floats.
  func floatArithmetic(_ node: Node, _ operation: Operation, _ a: Code, _ b: Code) -> Code {
    guard let x = pureFloat(a), let y = pureFloat(b) else {
      switch operation {
      case .add: return AddFloat(a, b)
      case .subtract: return SubtractFloat(a, b)
      case .multiply: return MultiplyFloat(a, b)
      case .divide: return DivideFloat(a, b)
      default: return GeneralBinary(node, operation, a, b)
      }
    }
    switch operation {
    case .add:
      if let k = y as? FloatConstant { return AddPureConstant(x, k) }
      if let y = y as? FloatLocal {
        if let x = x as? FloatLocal { return AddLocals(x, y) }
        if let k = x as? FloatConstant { return AddConstantLocal(k, y) }
        return AddPureLocal(x, y)
      }
      if let x = x as? FloatLocal { return AddLocalPure(x, y) }
      if let x = x as? MultiplyLocals, let y = y as? MultiplyLocals { return AddProducts(x, y) }
      return AddPure(x, y)
    case .subtract:
      if let k = y as? FloatConstant { return SubtractPureConstant(x, k) }
      if let y = y as? FloatLocal {
        if let x = x as? FloatLocal { return SubtractLocals(x, y) }
        if let k = x as? FloatConstant { return SubtractConstantLocal(k, y) }
        return SubtractPureLocal(x, y)
      }
      if let x = x as? FloatLocal { return SubtractLocalPure(x, y) }
      if let x = x as? MultiplyLocals, let y = y as? MultiplyLocals { return SubtractProducts(x, y) }
      return SubtractPure(x, y)
    case .multiply:
      if let k = y as? FloatConstant { return MultiplyPureConstant(x, k) }
      if let y = y as? FloatLocal {
        if let x = x as? FloatLocal { return MultiplyLocals(x, y) }
        if let k = x as? FloatConstant { return MultiplyConstantLocal(k, y) }
        if let product = x as? MultiplyConstantLocal { return MultiplyConstantLocals(product, y) }
        return MultiplyPureLocal(x, y)
      }
      if let x = x as? FloatLocal { return MultiplyLocalPure(x, y) }
      return MultiplyPure(x, y)
    case .divide:
      if let k = y as? FloatConstant { return DividePureConstant(x, k) }
      if let y = y as? FloatLocal {
        if let x = x as? FloatLocal { return DivideLocals(x, y) }
        if let k = x as? FloatConstant { return DivideConstantLocal(k, y) }
        return DividePureLocal(x, y)
      }
      if let x = x as? FloatLocal { return DivideLocalPure(x, y) }
      return DividePure(x, y)
    default: return GeneralBinary(node, operation, a, b)
    }
  }

  /// Returns the operand as a pure float, nil where it is none.
  func pureFloat(_ code: Code) -> PureFloat? {
    switch code {
    case let code as PureFloat: code
    case let code as IntLocal: FloatOfIntLocal(code)
    case let code as IntConstant: FloatConstant(Double(code.constant))
    default: nil
    }
  }

  /// Returns code that stores a float into a slot.
  func storeFloat(_ code: Code, _ slot: Int) -> Code {
    switch code {
    case let code as AddLocals: StoreAddLocals(code, slot)
    case let code as SubtractLocals: StoreSubtractLocals(code, slot)
    case let code as MultiplyLocals: StoreMultiplyLocals(code, slot)
    case let code as AddPureLocal: StoreAddPureLocal(code, slot)
    case let code as SubtractPureLocal: StoreSubtractPureLocal(code, slot)
    case let code as MultiplyPureLocal: StoreMultiplyPureLocal(code, slot)
    case let code as FloatLocal: StoreFloatLocal(code, slot)
    case let code as PureFloat: StorePure(code, slot)
    default: StoreFloat(code, slot)
    }
  }
}
