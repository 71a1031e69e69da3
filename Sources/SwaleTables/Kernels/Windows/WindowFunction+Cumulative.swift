import SwaleEngine

/// Figures of all items up to each.
extension WindowFunction {
  func sums(_ items: Column, _ partition: Partition, _ context: Context) throws -> Column {
    switch items.data {
    case .floats(let floats):
      let result = Buffer<Double>(repeating: 0, count: items.count)
      var sum = CompensatedSum()
      try partition.forEachPlace(context) { place, isFirst in
        if isFirst { sum = CompensatedSum() }
        if items.isNull(place) { return }
        sum.add(floats.base[place])
        result.base[place] = sum.value
      }
      return Column(floats: result, validity: items.validity)
    case .ints(let ints) where items.type == .int || items.type == .duration:
      return try sums(items, as: items.type, partition, context) { ints.base[$0] }
    case .bools(let bools): return try sums(items, as: .int, partition, context) { bools.base[$0] ? 1 : 0 }
    case .values(let values): return try sums(values.values, items, partition, context)
    case .ints, .strings, .codes:
      if items.nullCount == items.count { return items }
      throw wrongType(items, needs: "numbers or durations")
    }
  }

  @inline(__always)
  private func sums(
    _ items: Column, as type: ColumnType, _ partition: Partition, _ context: Context, _ item: (Int) -> Int
  ) throws -> Column {
    let result = Buffer<Int>(repeating: 0, count: items.count)
    var sum = 0
    try partition.forEachPlace(context) { place, isFirst in
      if isFirst { sum = 0 }
      if items.isNull(place) { return }
      let (next, overflow) = sum.addingReportingOverflow(item(place))
      if overflow {
        throw SwaleError(
          .overflow, "cumsum: the sum up to item \(place) does not fit in 64 bits",
          hint: "float(x) has a larger range")
      }
      sum = next
      result.base[place] = sum
    }
    return Column(ints: result, as: type, validity: items.validity)
  }

  /// Adds values as single ones are added.
  private func sums(_ values: [Value], _ items: Column, _ partition: Partition, _ context: Context) throws
    -> Column
  {
    var builder = ColumnBuilder()
    var sum = Value.null
    try partition.forEachPlace(context) { place, isFirst in
      if isFirst { sum = .null }
      var item = values[place]
      if case .bool(let flag) = item { item = .int(flag ? 1 : 0) }
      if !item.isNull {
        guard item.type.isSubset(of: [.int, .float, .duration]) else {
          throw wrongType(items, needs: "numbers or durations")
        }
        sum = sum.isNull ? item : try Operations.add(sum, item, context)
      }
      builder.append(item.isNull ? .null : sum)
    }
    return builder.finish()
  }

  func extremes(_ items: Column, _ partition: Partition, _ context: Context, isMaximum: Bool) throws -> Column
  {
    let precedes = try items.precedence(context)
    let rows = Buffer<Int>(uninitialized: items.count)
    var best = -1
    try partition.forEachPlace(context) { place, isFirst in
      if isFirst { best = -1 }
      if items.isNull(place) {
        rows.base[place] = -1
        return
      }
      if try best < 0 || (isMaximum ? precedes(best, place) : precedes(place, best)) { best = place }
      rows.base[place] = best
    }
    return try items.gather(rows, context)
  }
}
