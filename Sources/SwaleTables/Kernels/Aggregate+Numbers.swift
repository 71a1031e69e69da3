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
      let sums = try groups.fold(IntSumFold(items: items), column.validity, context)
      let result = Buffer<Int>(uninitialized: groups.count)
      for group in 0..<groups.count {
        guard let sum = Int(exactly: sums.base[group]) else {
          throw SwaleError(
            .overflow, "the sum is \(sums.base[group]), which does not fit in 64 bits",
            hint: "float(x) has a larger range")
        }
        result.base[group] = sum
      }
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

  private func sums(_ items: Buffer<Double>, _ column: Column, _ groups: Groups, _ context: Context) throws
    -> Buffer<Double>
  {
    values(try groups.fold(FloatSumFold(items: items), column.validity, context))
  }

  private func values(_ sums: Buffer<CompensatedSum>) -> Buffer<Double> {
    let result = Buffer<Double>(uninitialized: sums.count)
    for group in 0..<sums.count { result.base[group] = sums.base[group].value }
    return result
  }

  func means(_ column: Column, _ groups: Groups, _ context: Context) throws -> Column {
    let counts = try groups.counts(column, context)
    if case .ints(let items) = column.data, column.type == .int || column.type == .duration {
      let sums = try groups.fold(IntSumFold(items: items), column.validity, context)
      return result(groups, counts, isDuration: column.type == .duration) {
        Double(sums.base[$0]) / Double(counts.base[$0])
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
    let counts = try groups.counts(column, context)
    let means = try sums(numbers.floats, column, groups, context)
    for group in 0..<groups.count where counts.base[group] > 0 {
      means.base[group] /= Double(counts.base[group])
    }
    let squares = values(
      try groups.fold(
        SquaredDifferenceFold(items: numbers.floats, means: means), column.validity, context))
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
    let counts = Buffer<Int>(repeating: 0, count: groups.count)
    let results = Buffer<Double>(repeating: 0, count: groups.count)
    func find(_ range: Range<Int>, _ look: (_ work: Int) throws -> Void) throws {
      var items = GrowingBuffer<Double>()
      for group in range {
        items.removeAll()
        var hasNaN = false
        for k in members.range(group) where !column.isNull(members.rows.base[k]) {
          let item = numbers.floats.base[members.rows.base[k]]
          hasNaN = hasNaN || item.isNaN
          items.append(item)
        }
        try look(items.count / 16 + 1)
        counts.base[group] = items.count
        if items.count == 0 { continue }
        // NaN stands last, and makes every quantile one.
        results.base[group] = hasNaN ? .nan : try Quantile.of(items.items, p, look)
      }
    }
    // Many groups are divided over threads.
    let pieces = groups.rowCount < Parallel.leastRows ? 1 : Swift.min(groups.count, 64)
    if pieces <= 1 {
      try find(0..<groups.count) { try context.tick($0) }
    } else {
      try Parallel.forEach(pieces, context, worker: {}) { _, i in
        try find(groups.count * i / pieces..<groups.count * (i + 1) / pieces) { _ in
          try Parallel.stopIfInterrupted()
        }
      }
    }
    return result(groups, counts, isDuration: numbers.isDuration) { results.base[$0] }
  }

  /// The order of floats in which NaN stands after all others.
  @inline(__always) static func precedes(_ a: Double, _ b: Double) -> Bool { a < b || b.isNaN && !a.isNaN }
}
