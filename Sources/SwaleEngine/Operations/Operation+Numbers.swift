// What operations on numbers of one type come to mostly: the machine's own, without a detour through the
// general definitions, to which all else and every error is left.

extension Operation {
  /// Returns the result for two ints or two floats; nil for all others, and for errors.
  @inline(__always) func ofNumbers(_ l: Value, _ r: Value) -> Value? {
    if case .int(let x) = l, case .int(let y) = r { return ofInts(x, y) }
    if case .float(let x) = l, case .float(let y) = r {
      return comparison(x, y) ?? ofFloats(x, y).map { .float($0) }
    }
    return nil
  }

  @inline(__always) private func ofInts(_ x: Int, _ y: Int) -> Value? {
    switch self {
    case .add:
      let (sum, overflow) = x.addingReportingOverflow(y)
      return overflow ? nil : .int(sum)
    case .subtract:
      let (difference, overflow) = x.subtractingReportingOverflow(y)
      return overflow ? nil : .int(difference)
    case .multiply:
      let (product, overflow) = x.multipliedReportingOverflow(by: y)
      return overflow ? nil : .int(product)
    default: return comparison(x, y)
    }
  }

  @inline(__always) private func comparison<Number: Comparable>(_ x: Number, _ y: Number) -> Value? {
    switch self {
    case .less: .bool(x < y)
    case .lessEqual: .bool(x <= y)
    case .greater: .bool(x > y)
    case .greaterEqual: .bool(x >= y)
    case .equal: .bool(x == y)
    case .notEqual: .bool(x != y)
    default: nil
    }
  }

  @inline(__always) func ofFloats(_ x: Double, _ y: Double) -> Double? {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    default: nil
    }
  }
}
