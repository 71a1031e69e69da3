import Glibc

extension Operations {
  /// An int for ints and an exponent of at least zero, else a float.
  public static func power(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.int(let base), .int(let exponent)):
      if exponent < 0 {
        if base == 0 { throw SwaleError(.zeroDivision, "0 cannot be raised to a negative power") }
        return .float(pow(Double(base), Double(exponent)))
      }
      guard let result = power(base, exponent) else { throw overflow(.power, l, r) }
      return .int(result)
    case (.float(let base), .float(let exponent)): return .float(pow(base, exponent))
    case (.int(let base), .float(let exponent)): return .float(pow(Double(base), exponent))
    case (.float(let base), .int(let exponent)): return .float(pow(base, Double(exponent)))
    default: return try fallback(.power, l, r, c)
    }
  }

  /// Returns a power of an exponent of at least zero; nil on overflow.
  public static func power(_ base: Int, _ exponent: Int) -> Int? {
    var result = 1
    var square = base
    var rest = exponent
    while true {
      if rest & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: square)
        if overflow { return nil }
        result = product
      }
      rest >>= 1
      if rest == 0 { return result }
      let (next, overflow) = square.multipliedReportingOverflow(by: square)
      // A further square is needed, since a bit of the exponent is left.
      if overflow { return nil }
      square = next
    }
  }
}
