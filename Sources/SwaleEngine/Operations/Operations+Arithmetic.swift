// `+ - * / // %`: ints and floats first, all other types in +ArithmeticOfOthers.

extension Operations {
  public static func add(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.int(let x), .int(let y)):
      let (result, overflow) = x.addingReportingOverflow(y)
      if overflow { throw self.overflow(.add, l, r) }
      return .int(result)
    case (.float(let x), .float(let y)): return .float(x + y)
    case (.int(let x), .float(let y)): return .float(Double(x) + y)
    case (.float(let x), .int(let y)): return .float(x + Double(y))
    case (.string(let x), .string(let y)): return .string(try concatenate(x, y))
    default: return try addOthers(l, r, c)
    }
  }

  public static func subtract(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.int(let x), .int(let y)):
      let (result, overflow) = x.subtractingReportingOverflow(y)
      if overflow { throw self.overflow(.subtract, l, r) }
      return .int(result)
    case (.float(let x), .float(let y)): return .float(x - y)
    case (.int(let x), .float(let y)): return .float(Double(x) - y)
    case (.float(let x), .int(let y)): return .float(x - Double(y))
    default: return try subtractOthers(l, r, c)
    }
  }

  public static func multiply(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.int(let x), .int(let y)):
      let (result, overflow) = x.multipliedReportingOverflow(by: y)
      if overflow { throw self.overflow(.multiply, l, r) }
      return .int(result)
    case (.float(let x), .float(let y)): return .float(x * y)
    case (.int(let x), .float(let y)): return .float(Double(x) * y)
    case (.float(let x), .int(let y)): return .float(x * Double(y))
    default: return try multiplyOthers(l, r, c)
    }
  }

  /// Always a float for numbers; only an int divided by int zero is an error.
  public static func divide(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.int(let x), .int(let y)):
      if y == 0 { throw zeroDivision(.divide, l) }
      return .float(Double(x) / Double(y))
    case (.float(let x), .float(let y)): return .float(x / y)
    case (.int(let x), .float(let y)): return .float(Double(x) / y)
    case (.float(let x), .int(let y)): return .float(x / Double(y))
    default: return try divideOthers(l, r, c)
    }
  }

  public static func floorDivide(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.int(let x), .int(let y)):
      if y == 0 { throw zeroDivision(.floorDivide, l) }
      guard let result = floorDivide(x, y) else { throw overflow(.floorDivide, l, r) }
      return .int(result)
    case (.float(let x), .float(let y)): return .float(floorDivide(x, y))
    case (.int(let x), .float(let y)): return .float(floorDivide(Double(x), y))
    case (.float(let x), .int(let y)): return .float(floorDivide(x, Double(y)))
    default: return try floorDivideOthers(l, r, c)
    }
  }

  public static func remainder(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.int(let x), .int(let y)):
      if y == 0 { throw zeroDivision(.remainder, l) }
      return .int(remainder(x, y))
    case (.float(let x), .float(let y)): return .float(remainder(x, y))
    case (.int(let x), .float(let y)): return .float(remainder(Double(x), y))
    case (.float(let x), .int(let y)): return .float(remainder(x, Double(y)))
    default: return try remainderOthers(l, r, c)
    }
  }

  public static func negate(_ value: Value, _ c: Context) throws -> Value {
    switch value {
    case .int(let x):
      if x == Int.min {
        throw SwaleError(
          .overflow, "-(\(x)) is too large for an int", hint: "an int has 64 bits; float(x) has no such limit"
        )
      }
      return .int(-x)
    case .float(let x): return .float(-x)
    case .null: return .null
    case .duration(let x):
      if x == Int.min { throw overflow(.subtract, .duration(0), value) }
      return .duration(-x)
    default:
      if let result = try operate(.negate, value, .null, c) { return result }
      throw SwaleError(.type, "`-` is not defined for \(value.typeNameWithArticle)")
    }
  }

  // MARK: Rounding downwards, for divisors other than zero where these are ints

  /// Returns the quotient rounded down; nil on overflow.
  @inlinable public static func floorDivide(_ x: Int, _ y: Int) -> Int? {
    if y == -1 { return x == Int.min ? nil : -x }
    let quotient = x / y
    return quotient &* y != x && (x < 0) != (y < 0) ? quotient - 1 : quotient
  }

  /// Returns the remainder with the sign of the divisor.
  @inlinable public static func remainder(_ x: Int, _ y: Int) -> Int {
    if y == -1 { return 0 }
    let remainder = x % y
    return remainder != 0 && (remainder < 0) != (y < 0) ? remainder + y : remainder
  }

  /// Returns the remainder with the sign of the divisor; NaN for the divisor zero.
  public static func remainder(_ x: Double, _ y: Double) -> Double {
    let remainder = x.truncatingRemainder(dividingBy: y)
    if remainder == 0 { return y.sign == .minus ? -0.0 : 0.0 }
    return (remainder < 0) != (y < 0) && !remainder.isNaN ? remainder + y : remainder
  }

  /// Returns the quotient rounded down; what IEEE defines for `/` where that is not finite.
  public static func floorDivide(_ x: Double, _ y: Double) -> Double {
    let quotient = x / y
    if !quotient.isFinite { return quotient }
    // The quotient may have been rounded up to a whole number; the exact remainder tells.
    let rest = x.truncatingRemainder(dividingBy: y)
    var exact = (x - rest) / y
    if rest != 0, (rest < 0) != (y < 0) { exact -= 1 }
    if exact == 0 { return quotient.sign == .minus ? -0.0 : 0.0 }
    let floor = exact.rounded(.down)
    return exact - floor > 0.5 ? floor + 1 : floor
  }
}
