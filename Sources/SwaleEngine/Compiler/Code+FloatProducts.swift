// Products and quotients of floats, by the shapes of their operands.

final class MultiplyFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) * b.float(f, c) }
}

final class MultiplyPure: PureBinary {
  override func pure(_ f: Frame) -> Double { a.pure(f) * b.pure(f) }
}

final class MultiplyLocals: PureFloat {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) * f.float(other) }
}

final class MultiplyPureLocal: PureFloat {
  let a: PureFloat
  let offset: Int
  init(_ a: PureFloat, _ b: FloatLocal) {
    self.a = a
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) * f.float(offset) }
}

final class MultiplyLocalPure: PureFloat {
  let offset: Int
  let b: PureFloat
  init(_ a: FloatLocal, _ b: PureFloat) {
    offset = a.offset
    self.b = b
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) * b.pure(f) }
}

final class MultiplyConstantLocal: PureFloat {
  let constant: Double
  let offset: Int
  init(_ a: FloatConstant, _ b: FloatLocal) {
    constant = a.constant
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { constant * f.float(offset) }
}

final class MultiplyPureConstant: PureFloat {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) * constant }
}

final class DivideFloat: FloatBinary {
  override func float(_ f: Frame, _ c: Context) throws -> Double { try a.float(f, c) / b.float(f, c) }
}

final class DividePure: PureBinary {
  override func pure(_ f: Frame) -> Double { a.pure(f) / b.pure(f) }
}

final class DivideLocals: PureFloat {
  let offset: Int
  let other: Int
  init(_ a: FloatLocal, _ b: FloatLocal) {
    offset = a.offset
    other = b.offset
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) / f.float(other) }
}

final class DividePureLocal: PureFloat {
  let a: PureFloat
  let offset: Int
  init(_ a: PureFloat, _ b: FloatLocal) {
    self.a = a
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) / f.float(offset) }
}

final class DivideLocalPure: PureFloat {
  let offset: Int
  let b: PureFloat
  init(_ a: FloatLocal, _ b: PureFloat) {
    offset = a.offset
    self.b = b
  }
  override func pure(_ f: Frame) -> Double { f.float(offset) / b.pure(f) }
}

final class DivideConstantLocal: PureFloat {
  let constant: Double
  let offset: Int
  init(_ a: FloatConstant, _ b: FloatLocal) {
    constant = a.constant
    offset = b.offset
  }
  override func pure(_ f: Frame) -> Double { constant / f.float(offset) }
}

final class DividePureConstant: PureFloat {
  let a: PureFloat
  let constant: Double
  init(_ a: PureFloat, _ b: FloatConstant) {
    self.a = a
    constant = b.constant
  }
  override func pure(_ f: Frame) -> Double { a.pure(f) / constant }
}
