/// What the aggregates share: the numbers of a list, and figures of them.
enum Aggregation {
  static func noNumber(_ name: String, _ item: Value, _ index: Int) -> SwaleError {
    var hint: String?
    if case .string = item {
      hint =
        name == "sum" ? "join(xs) joins strings; float(text) reads a number" : "float(text) reads a number"
    }
    return SwaleError(
      .type, "\(name): item \(index) is \(item.typeNameWithArticle), not a number", hint: hint)
  }

  /// Numbers as floats, without nulls; durations as nanoseconds.
  struct Numbers {
    var values: [Double] = []
    var areDurations = false

    /// Turns a figure of the numbers back into a value.
    func value(_ figure: Double?) -> Value {
      guard let figure else { return .null }
      if areDurations { return .duration(Int(exactly: figure.rounded()) ?? (figure < 0 ? .min : .max)) }
      return .float(figure)
    }
  }

  /// Returns the numbers among the items, which must be numbers, bools, durations or null.
  static func numbers(_ value: Value, _ name: String, _ c: Context) throws -> Numbers {
    var result = Numbers()
    if case .list(let list) = value, list.kind == .floats {
      try c.tick(list.count)
      result.values = Array(UnsafeBufferPointer(start: list.floats, count: list.count))
      return result
    }
    var index = 0
    var hasNumbers = false
    try Operations.checkRange(value)
    try Operations.forEach(value, c) { item in
      switch item {
      case .null: break
      case .int(let number):
        result.values.append(Double(number))
        hasNumbers = true
      case .float(let number):
        result.values.append(number)
        hasNumbers = true
      case .bool(let flag):
        result.values.append(flag ? 1 : 0)
        hasNumbers = true
      case .duration(let nanoseconds):
        result.values.append(Double(nanoseconds))
        result.areDurations = true
      default: throw noNumber(name, item, index)
      }
      if hasNumbers, result.areDurations {
        throw SwaleError(.type, "\(name): numbers and durations do not go together")
      }
      index += 1
    }
    return result
  }

  /// Returns the quantile of a share from 0 to 1, between two numbers in linear proportion; nan
  /// where one of the numbers is, nil of nothing.
  static func quantile(_ numbers: inout [Double], _ share: Double, _ c: Context) throws -> Double? {
    if numbers.isEmpty { return nil }
    try c.tick(numbers.count)
    if numbers.contains(where: \.isNaN) { return .nan }
    try numbers.withUnsafeMutableBufferPointer { try RadixSort.sort($0, c) { SortKey.word($0) } }
    let position = share * Double(numbers.count - 1)
    let lower = Int(position.rounded(.down))
    let fraction = position - Double(lower)
    let low = numbers[lower]
    // Also keeps infinities from becoming nan.
    if fraction == 0 || lower + 1 >= numbers.count || numbers[lower + 1] == low { return low }
    return low + (numbers[lower + 1] - low) * fraction
  }

  static func mean(_ numbers: [Double]) -> Double {
    var sum = CompensatedSum()
    for number in numbers { sum.add(number) }
    return sum.value / Double(numbers.count)
  }

  /// Returns the variance with the divisor n - 1; nil of fewer than two numbers.
  static func variance(_ numbers: [Double], _ c: Context) throws -> Double? {
    if numbers.count < 2 { return nil }
    try c.tick(numbers.count)
    let center = mean(numbers)
    var squares = CompensatedSum()
    for number in numbers { squares.add((number - center) * (number - center)) }
    return squares.value / Double(numbers.count - 1)
  }

  /// Returns Pearson's correlation; nil of fewer than two pairs, or where one side does not vary.
  static func correlation(_ x: [Double], _ y: [Double], _ c: Context) throws -> Double? {
    if x.count < 2 { return nil }
    try c.tick(x.count)
    let (meanX, meanY) = (mean(x), mean(y))
    var (xx, yy, xy) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for i in 0..<x.count {
      let (dx, dy) = (x[i] - meanX, y[i] - meanY)
      xx.add(dx * dx)
      yy.add(dy * dy)
      xy.add(dx * dy)
    }
    if xx.value == 0 || yy.value == 0 { return nil }
    // One root of the product is more exact, where the product can be had.
    let product = xx.value * yy.value
    let result =
      xy.value / (product.isNormal ? product.squareRoot() : xx.value.squareRoot() * yy.value.squareRoot())
    // Rounding may carry a perfect correlation past 1.
    return result.isNaN ? result : min(1, max(-1, result))
  }
}
