// Sums and differences of floats, by the shapes of their operands.

final class AddFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) + b.float(f, c) }
}

final class AddPure: PureBinary {
  override func pure(_ f: Frame) -> Double { a.pure(f) + b.pure(f) }
}

final class AddLocals: PureFloat {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) + f.float(other) }
}

final class AddPureLocal: PureFloat {
  let a: PureFloat
  let offset: Int
  init(_ a: PureFloat, _ b: FloatLocal) {
    self.a = a
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) + f.float(offset) }
}

final class AddLocalPure: PureFloat {
  let offset: Int
  let b: PureFloat
  init(_ a: FloatLocal, _ b: PureFloat) {
    offset = a.offset
    self.b = b
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) + b.pure(f) }
}

final class AddConstantLocal: PureFloat {
  let constant: Double
  let offset: Int
  init(_ a: FloatConstant, _ b: FloatLocal) {
    constant = a.constant
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { constant + f.float(offset) }
}

final class AddPureConstant: PureFloat {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) + constant }
}

/// `x * y + z * w`, as in dot products and squared lengths.
final class AddProducts: PureFloat {
  let x, y, z, w: Int
  init(_ a: MultiplyLocals, _ b: MultiplyLocals) { (x, y, z, w) = (a.offset, a.other, b.offset, b.other) }
  override func pure(_ f: Frame) -> Double { f.float(x) * f.float(y) + f.float(z) * f.float(w) }
}

/// `x * y - z * w`, as in determinants and complex products.
final class SubtractProducts: PureFloat {
  let x, y, z, w: Int
  init(_ a: MultiplyLocals, _ b: MultiplyLocals) { (x, y, z, w) = (a.offset, a.other, b.offset, b.other) }
  override func pure(_ f: Frame) -> Double { f.float(x) * f.float(y) - f.float(z) * f.float(w) }
}

final class SubtractFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) - b.float(f, c) }
}

final class SubtractPure: PureBinary {
  override func pure(_ f: Frame) -> Double { a.pure(f) - b.pure(f) }
}

final class SubtractLocals: PureFloat {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) - f.float(other) }
}

final class SubtractPureLocal: PureFloat {
  let a: PureFloat
  let offset: Int
  init(_ a: PureFloat, _ b: FloatLocal) {
    self.a = a
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) - f.float(offset) }
}

final class SubtractLocalPure: PureFloat {
  let offset: Int
  let b: PureFloat
  init(_ a: FloatLocal, _ b: PureFloat) {
    offset = a.offset
    self.b = b
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) - b.pure(f) }
}

final class SubtractConstantLocal: PureFloat {
  let constant: Double
  let offset: Int
  init(_ a: FloatConstant, _ b: FloatLocal) {
    constant = a.constant
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { constant - f.float(offset) }
}

final class SubtractPureConstant: PureFloat {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) - constant }
}
