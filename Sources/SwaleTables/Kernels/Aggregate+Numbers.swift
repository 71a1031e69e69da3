import Glibc
import SwaleEngine

/// Items to compute with, of a column of numbers, durations or bools.
struct NumericItems {
  let floats: Buffer<Double>
  let column: Column
  /// Durations stay durations where the result is one of the same unit.
  let isDuration: Bool
}

extension Aggregate {
  // MARK: Sums and means

  func sums(_ column: Column, _ groups: Groups, _ context: Context) throws -> Column {
    switch column.data {
    case .floats(let items):
      return Column(floats: try sums(items, column, groups, context))
    case .ints(let items) where column.type == .int || column.type == .duration:
      let result = Buffer<Int>(repeating: 0, count: groups.count)
      var anyOverflow = false
      try groups.forEach(in: column, context) { row, group in
        let (sum, overflow) = result.base[group].addingReportingOverflow(items.base[row])
        result.base[group] = sum
        anyOverflow = anyOverflow || overflow
      }
      if anyOverflow { try raiseUnlessInRange(items, column, groups, context) }
      return Column(ints: result, as: column.type)
    case .bools(let items):
      let result = Buffer<Int>(repeating: 0, count: groups.count)
      try groups.forEach(in: column, context) { result.base[$1] &+= items.base[$0] ? 1 : 0 }
      return Column(ints: result)
    case .values(let items):
      var result = Array(repeating: Value.int(0), count: groups.count)
      var isFirst = Array(repeating: true, count: groups.count)
      try groups.forEach(in: column, context) { row, group in
        var item = items.values[row]
        if case .bool(let flag) = item { item = .int(flag ? 1 : 0) }
        guard item.type.isSubset(of: [.int, .float, .duration]) else {
          throw wrongType(column, needs: "numbers or durations")
        }
        result[group] = isFirst[group] ? item : try Operations.add(result[group], item, context)
        isFirst[group] = false
      }
      return Column(result)
    case .ints, .strings, .codes:
      if column.nullCount == column.count { return Column(ints: Buffer(repeating: 0, count: groups.count)) }
      throw wrongType(column, needs: "numbers or durations")
    }
  }

  /// Sums floats and keeps what rounding loses, as the sum of a list does.
  private func sums(
    _ items: Buffer<Double>, _ column: Column, _ groups: Groups, _ context: Context
  ) throws -> Buffer<Double> {
    let sums = UnsafeMutablePointer<CompensatedSum>.allocate(capacity: groups.count)
    sums.initialize(repeating: CompensatedSum(), count: groups.count)
    defer { sums.deallocate() }
    try groups.forEach(in: column, context) { sums[$1].add(items.base[$0]) }
    let result = Buffer<Double>(uninitialized: groups.count)
    for group in 0..<groups.count { result.base[group] = sums[group].value }
    return result
  }

  /// Sums with more bits: the order of the items must not decide whether a sum fits.
  private func raiseUnlessInRange(
    _ items: Buffer<Int>, _ column: Column, _ groups: Groups, _ context: Context
  ) throws {
    var sums = Array(repeating: Int128(0), count: groups.count)
    try groups.forEach(in: column, context) { sums[$1] += Int128(items.base[$0]) }
    for sum in sums where Int(exactly: sum) == nil {
      throw SwaleError(
        .overflow, "the sum is \(sum), which does not fit in 64 bits", hint: "float(x) has a larger range")
    }
  }

  func means(_ column: Column, _ groups: Groups, _ context: Context) throws -> Column {
    let counts = Buffer<Int>(repeating: 0, count: groups.count)
    try groups.forEach(in: column, context) { counts.base[$1] &+= 1 }
    if case .ints(let items) = column.data, column.type == .int || column.type == .duration {
      var sums = Array(repeating: Int128(0), count: groups.count)
      try groups.forEach(in: column, context) { sums[$1] += Int128(items.base[$0]) }
      return result(groups, counts, isDuration: column.type == .duration) {
        Double(sums[$0]) / Double(counts.base[$0])
      }
    }
    let numbers = try self.numbers(column)
    let sums = try sums(numbers.floats, column, groups, context)
    return result(groups, counts, isDuration: numbers.isDuration) { sums.base[$0] / Double(counts.base[$0]) }
  }

  /// Makes floats, or durations, of the groups that have at least `least` items; the others are missing.
  private func result(
    _ groups: Groups, _ counts: Buffer<Int>, least: Int = 1, isDuration: Bool, _ body: (Int) -> Double
  ) -> Column {
    let items = Buffer<Double>(repeating: 0, count: groups.count)
    let validity = Bitmap(repeating: true, count: groups.count)
    for group in 0..<groups.count {
      if counts.base[group] >= least { items.base[group] = body(group) } else { validity.clear(group) }
    }
    guard isDuration else { return Column(floats: items, validity: validity.ifPartial) }
    let nanoseconds = Buffer<Int>(uninitialized: groups.count)
    // A mean of durations lies between them, so it fits; rounding may step over the largest.
    for i in 0..<groups.count {
      nanoseconds.base[i] = Int(exactly: items.base[i].rounded()) ?? (items.base[i] < 0 ? Int.min : Int.max)
    }
    return Column(ints: nanoseconds, as: .duration, validity: validity.ifPartial)
  }

  /// Returns the items as floats; raises `type` for a column of others.
  func numbers(_ column: Column, name: String? = nil) throws -> NumericItems {
    func wrongType() -> SwaleError { self.wrongType(column, needs: "numbers", name: name) }
    let result = Buffer<Double>(repeating: 0, count: column.count)
    switch column.data {
    case .floats(let items): return NumericItems(floats: items, column: column, isDuration: false)
    case .ints(let items) where column.type == .int || column.type == .duration:
      for i in 0..<column.count { result.base[i] = Double(items.base[i]) }
      return NumericItems(floats: result, column: column, isDuration: column.type == .duration)
    case .bools(let items):
      for i in 0..<column.count { result.base[i] = items.base[i] ? 1 : 0 }
    case .values(let items):
      var (hasNumbers, hasDurations) = (false, false)
      for i in 0..<column.count where !column.isNull(i) {
        switch items.values[i] {
        case .int(let item): result.base[i] = Double(item)
        case .float(let item): result.base[i] = item
        case .bool(let item): result.base[i] = item ? 1 : 0
        case .duration(let item):
          result.base[i] = Double(item)
          hasDurations = true
          continue
        default: throw wrongType()
        }
        hasNumbers = true
      }
      if hasNumbers, hasDurations { throw wrongType() }
      return NumericItems(floats: result, column: column, isDuration: hasDurations)
    case .ints, .strings, .codes:
      if column.nullCount < column.count { throw wrongType() }
    }
    return NumericItems(floats: result, column: column, isDuration: false)
  }

  // MARK: Spread and position

  func variances(_ column: Column, _ groups: Groups, _ context: Context, isRoot: Bool) throws -> Column {
    let numbers = try self.numbers(column)
    if numbers.isDuration, !isRoot {
      throw SwaleError(
        .type, "the variance of durations is no duration", hint: "std gives the standard deviation")
    }
    let counts = Buffer<Int>(repeating: 0, count: groups.count)
    try groups.forEach(in: column, context) { counts.base[$1] &+= 1 }
    let means = try sums(numbers.floats, column, groups, context)
    for group in 0..<groups.count where counts.base[group] > 0 {
      means.base[group] /= Double(counts.base[group])
    }
    // A second pass over the differences loses fewer digits than sums of squares do.
    let differences = Buffer<Double>(repeating: 0, count: column.count)
    try groups.forEach(in: column, context) { row, group in
      let difference = numbers.floats.base[row] - means.base[group]
      differences.base[row] = difference * difference
    }
    let squares = try sums(differences, column, groups, context)
    return result(groups, counts, least: 2, isDuration: numbers.isDuration) {
      let variance = squares.base[$0] / Double(counts.base[$0] - 1)
      return isRoot ? variance.squareRoot() : variance
    }
  }

  /// The item at the fraction `p` of the sorted ones, between two of them by linear interpolation.
  func quantiles(
    _ column: Column, _ groups: Groups, _ p: Double, _ context: Context, name: String? = nil
  ) throws -> Column {
    let numbers = try self.numbers(column, name: name)
    let members = try groups.members(context)
    let (rows, starts) = (members.rows, members.starts)
    let counts = Buffer<Int>(repeating: 0, count: groups.count)
    let results = Buffer<Double>(repeating: 0, count: groups.count)
    var items = GrowingBuffer<Double>()
    for group in 0..<groups.count {
      items.removeAll()
      var hasNaN = false
      for k in starts.base[group]..<starts.base[group + 1] where !column.isNull(rows.base[k]) {
        let item = numbers.floats.base[rows.base[k]]
        hasNaN = hasNaN || item.isNaN
        items.append(item)
      }
      try context.tick(items.count / 16 + 1)
      counts.base[group] = items.count
      if items.count == 0 { continue }
      // NaN stands last, and makes every quantile one.
      results.base[group] = hasNaN ? .nan : try Quantile.of(items.items, p, context)
    }
    return result(groups, counts, isDuration: numbers.isDuration) { results.base[$0] }
  }

  /// The order of floats in which NaN stands after all others.
  @inline(__always) static func precedes(_ a: Double, _ b: Double) -> Bool { a < b || b.isNaN && !a.isNaN }
}
