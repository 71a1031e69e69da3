import SwaleEngine

extension Elementwise {
  /// Returns the result for ints and floats, nil for other types and operations.
  static func arithmetic(_ operation: Operation, _ l: Operand, _ r: Operand, _ count: Int) throws -> Column? {
    guard let lt = l.type, let rt = r.type else { return nil }
    if operation == .add, lt == .string, rt == .string { return concatenation(l, r, count) }
    guard lt.isNumeric, rt.isNumeric else { return nil }
    let validity = Bitmap.both(l.validity, r.validity)
    if lt == .int, rt == .int, operation != .divide {
      return try integers(operation, l.ints!, r.ints!, count, validity)
    }
    if operation == .divide, rt == .int, lt == .int {
      try checkDivisors(r.ints!, count, validity)
    }
    guard let x = l.floats, let y = r.floats else { return nil }
    let result: Buffer<Double>
    switch operation {
    case .add: result = zip(x, y, count) { $0 + $1 }
    case .subtract: result = zip(x, y, count) { $0 - $1 }
    case .multiply: result = zip(x, y, count) { $0 * $1 }
    case .divide: result = zip(x, y, count) { $0 / $1 }
    default: return nil
    }
    clean(result, validity)
    return Column(floats: result, validity: validity)
  }

  /// Joins strings; nil where some are so long that the operation on single values must say whether they may be.
  private static func concatenation(_ l: Operand, _ r: Operand, _ count: Int) -> Column? {
    let limit = 1 << 24
    let validity = Bitmap.both(l.validity, r.validity)
    let offsets = Buffer<Int>(uninitialized: count + 1)
    var bytes = GrowingBuffer<UInt8>()
    offsets.base[0] = 0
    for row in 0..<count {
      if validity?[row] ?? true {
        let (a, b) = (l.stringBytes(row), r.stringBytes(row))
        if a.count > limit || b.count > limit { return nil }
        bytes.append(contentsOf: a.baseAddress!, count: a.count)
        bytes.append(contentsOf: b.baseAddress!, count: b.count)
      }
      offsets.base[row + 1] = bytes.count
    }
    return Column(strings: StringBuffer(offsets: offsets, bytes: bytes.finish()), validity: validity)
  }

  /// Puts zero where an item is missing, which is what columns promise.
  private static func clean<T: BitwiseCopyable & Numeric>(_ items: Buffer<T>, _ validity: Bitmap?) {
    guard let validity else { return }
    for i in 0..<items.count where !validity[i] { items.base[i] = 0 }
  }

  private static func integers(
    _ operation: Operation, _ x: Operand.Items<Int>, _ y: Operand.Items<Int>, _ count: Int,
    _ validity: Bitmap?
  ) throws -> Column? {
    var anyOverflow = false
    let result: Buffer<Int>
    switch operation {
    case .add:
      result = zip(x, y, count) {
        let (item, overflow) = $0.addingReportingOverflow($1)
        anyOverflow = anyOverflow || overflow
        return item
      }
    case .subtract:
      result = zip(x, y, count) {
        let (item, overflow) = $0.subtractingReportingOverflow($1)
        anyOverflow = anyOverflow || overflow
        return item
      }
    case .multiply:
      result = zip(x, y, count) {
        let (item, overflow) = $0.multipliedReportingOverflow(by: $1)
        anyOverflow = anyOverflow || overflow
        return item
      }
    case .floorDivide:
      try checkDivisors(y, count, validity)
      result = zip(x, y, count) {
        if $1 == 0 { return 0 }
        let (quotient, overflow) = $0.dividedReportingOverflow(by: $1)
        anyOverflow = anyOverflow || overflow
        return !overflow && quotient &* $1 != $0 && ($0 < 0) != ($1 < 0) ? quotient &- 1 : quotient
      }
    case .remainder:
      try checkDivisors(y, count, validity)
      result = zip(x, y, count) {
        if $1 == 0 || $1 == -1 { return 0 }
        let rest = $0 % $1
        return rest != 0 && (rest < 0) != ($1 < 0) ? rest &+ $1 : rest
      }
    default: return nil
    }
    // Which row it was, and the message, is for the operation on single values to say.
    if anyOverflow { return nil }
    clean(result, validity)
    return Column(ints: result, validity: validity)
  }

  private static func checkDivisors(_ y: Operand.Items<Int>, _ count: Int, _ validity: Bitmap?) throws {
    switch y {
    case .one(let divisor): if divisor != 0 || count == 0 || validity?.setCount == 0 { return }
    case .many(let divisors):
      var row = 0
      while row < count, divisors.base[row] != 0 || validity.map({ !$0[row] }) ?? false { row += 1 }
      if row == count { return }
      throw SwaleError(.zeroDivision, "division of an int by zero in item \(row)")
    }
    throw SwaleError(.zeroDivision, "division of an int by zero")
  }
}
