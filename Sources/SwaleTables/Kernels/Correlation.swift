import SwaleEngine

/// Pearson's correlation of two columns.
enum Correlation {
  /// Returns the correlation over the rows in which both have an item; null of fewer than two, or where one
  /// side does not vary.
  static func of(_ x: Column, _ y: Column) throws -> Value {
    guard x.count == y.count else {
      throw SwaleError(
        .value, "corr: the columns have \(x.count) and \(y.count) items, and must be of one length")
    }
    let (xs, ys) = (try numbers(x), try numbers(y))
    let rows = (0..<x.count).filter { !x.isNull($0) && !y.isNull($0) }
    if rows.count < 2 { return .null }
    var (sumX, sumY) = (CompensatedSum(), CompensatedSum())
    for row in rows {
      sumX.add(xs.base[row])
      sumY.add(ys.base[row])
    }
    let (meanX, meanY) = (sumX.value / Double(rows.count), sumY.value / Double(rows.count))
    var (xx, yy, xy) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for row in rows {
      let (dx, dy) = (xs.base[row] - meanX, ys.base[row] - meanY)
      xx.add(dx * dx)
      yy.add(dy * dy)
      xy.add(dx * dy)
    }
    if xx.value == 0 || yy.value == 0 { return .null }
    // One root of the product is the more exact one, as long as the product is in range.
    let product = xx.value * yy.value
    let scale = product.isNormal ? product.squareRoot() : xx.value.squareRoot() * yy.value.squareRoot()
    let result = xy.value / scale
    // Rounding may carry a perfect correlation past 1.
    return .float(result.isNaN ? result : min(1, max(-1, result)))
  }

  private static func numbers(_ column: Column) throws -> Buffer<Double> {
    let numbers = try Aggregate.mean.numbers(column)
    if numbers.isDuration { throw SwaleError(.type, "corr needs numbers, and a column holds durations") }
    return numbers.floats
  }
}
