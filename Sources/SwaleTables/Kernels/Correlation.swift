import SwaleEngine

/// Pearson's correlation of two columns.
enum Correlation {
  /// Sums over the pairs of a group.
  private struct Sums {
    var count = 0
    var (x, y) = (CompensatedSum(), CompensatedSum())
    var (xx, yy, xy) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
  }

  /// Returns the correlation over all rows in which both have an item.
  static func of(_ x: Column, _ y: Column, _ context: Context) throws -> Value {
    try of(x, y, Groups(all: x.count), context).value(0)
  }

  /// Returns the correlation in each group over the rows in which both have an item; null of fewer than two, or
  /// where one side does not vary.
  static func of(_ x: Column, _ y: Column, _ groups: Groups, _ context: Context) throws -> Column {
    guard x.count == y.count else {
      throw SwaleError(
        .value, "corr: the columns have \(x.count) and \(y.count) items, and must be of one length")
    }
    let (xs, ys) = (try numbers(x), try numbers(y))
    let validity = Bitmap.both(x.validity, y.validity)
    let sums = UnsafeMutablePointer<Sums>.allocate(capacity: groups.count)
    sums.initialize(repeating: Sums(), count: groups.count)
    defer { sums.deallocate() }
    func forEach(_ body: (_ row: Int, _ group: Int) -> Void) throws {
      guard let validity else { return try groups.forEach(context, body) }
      try groups.forEach(context) { if validity[$0] { body($0, $1) } }
    }
    try forEach { row, group in
      sums[group].count &+= 1
      sums[group].x.add(xs.base[row])
      sums[group].y.add(ys.base[row])
    }
    let means = Buffer<(x: Double, y: Double)>(uninitialized: groups.count)
    for group in 0..<groups.count {
      let count = Double(sums[group].count)
      means.base[group] = (sums[group].x.value / count, sums[group].y.value / count)
    }
    try forEach { row, group in
      let (dx, dy) = (xs.base[row] - means.base[group].x, ys.base[row] - means.base[group].y)
      sums[group].xx.add(dx * dx)
      sums[group].yy.add(dy * dy)
      sums[group].xy.add(dx * dy)
    }
    let result = Buffer<Double>(repeating: 0, count: groups.count)
    let isThere = Bitmap(repeating: true, count: groups.count)
    for group in 0..<groups.count {
      if let value = coefficient(sums[group]) { result.base[group] = value } else { isThere.clear(group) }
    }
    return Column(floats: result, validity: isThere.ifPartial)
  }

  private static func coefficient(_ sums: Sums) -> Double? {
    let (xx, yy) = (sums.xx.value, sums.yy.value)
    if sums.count < 2 || xx == 0 || yy == 0 { return nil }
    // One root of the product is the more exact one, as long as the product is in range.
    let product = xx * yy
    let result = sums.xy.value / (product.isNormal ? product.squareRoot() : xx.squareRoot() * yy.squareRoot())
    // Rounding may carry a perfect correlation past 1.
    return result.isNaN ? result : min(1, max(-1, result))
  }

  private static func numbers(_ column: Column) throws -> Buffer<Double> {
    let numbers = try Aggregate.mean.numbers(column, name: "corr")
    if numbers.isDuration { throw SwaleError(.type, "corr needs numbers, and a column holds durations") }
    return numbers.floats
  }
}
