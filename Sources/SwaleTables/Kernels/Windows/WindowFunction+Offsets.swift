import SwaleEngine

/// Items some places away.
extension WindowFunction {
  func shifted(_ items: Column, _ options: Options, _ partition: Partition, _ context: Context) throws
    -> Column
  {
    let rows = try places(options.n, ahead: self == .lead, partition, context)
    let shifted = try items.gather(rows, context)
    if options.filler.isNull { return shifted }
    let filler = Operand(options.filler)
    if let column = filler.column, column.count != items.count {
      throw SwaleError(
        .value,
        "\(rawValue): the default has \(column.count) items and the column \(items.count)")
    }
    return try Elementwise.choose(.column(shifted), filler, items.count, context) { rows.base[$0] >= 0 }
  }

  /// Returns for each place the one `n` before or behind it; -1 where that is outside of the group.
  private func places(_ n: Int, ahead: Bool, _ partition: Partition, _ context: Context) throws
    -> Buffer<Int>
  {
    let rows = Buffer<Int>(uninitialized: partition.count)
    try partition.forEachGroup(context) { group in
      let n = min(n, group.count)
      for place in group {
        let other = ahead ? place &+ n : place &- n
        rows.base[place] = other < group.lowerBound || other >= group.upperBound ? -1 : other
      }
    }
    return rows
  }

  /// Returns by what share each item differs from the one `n` places before.
  func changes(_ items: Column, _ n: Int, _ partition: Partition, _ context: Context) throws -> Column {
    if !items.type.isNumeric, items.type != .duration, items.type != .general, items.nullCount < items.count {
      throw wrongType(items, needs: "numbers")
    }
    let numbers = try Aggregate.mean.numbers(items, name: rawValue).floats
    let before = try places(n, ahead: false, partition, context)
    let result = Buffer<Double>(repeating: 0, count: items.count)
    let validity = Bitmap(repeating: true, count: items.count)
    try context.forEachRow(items.count) { place in
      let other = before.base[place]
      if other < 0 || items.isNull(place) || items.isNull(other) {
        validity.clear(place)
      } else {
        result.base[place] = numbers.base[place] / numbers.base[other] - 1
      }
    }
    return Column(floats: result, validity: validity.ifPartial)
  }
}
