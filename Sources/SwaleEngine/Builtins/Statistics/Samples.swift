/// The numbers that functions of `stats` work on.
enum Samples {
  static let types: TypeSet = [.list, .set, .range, .column]

  /// Returns the numbers of an argument without nulls.
  static func numbers(_ call: Call, _ index: Int, _ name: String) throws -> [Double] {
    let numbers = try Aggregation.numbers(call[index], "stats." + name, call.context)
    if numbers.areDurations {
      throw SwaleError(
        .type, "stats.\(name) takes numbers, not durations", hint: "d / 1s makes a number of a duration")
    }
    return numbers.values
  }

  /// Returns the numbers of two arguments of one length, leaving out the pairs of which one is null.
  static func pairs(_ call: Call, _ first: Int, _ second: Int, _ name: String) throws -> (
    x: [Double], y: [Double]
  ) {
    let (left, right) = (try call.items(first), try call.items(second))
    guard left.count == right.count else {
      throw SwaleError(
        .value,
        "stats.\(name) takes two lists of one length, but there are \(left.count) and \(right.count) items")
    }
    var x: [Double] = []
    var y: [Double] = []
    x.reserveCapacity(left.count)
    y.reserveCapacity(left.count)
    for i in 0..<left.count {
      try call.context.tick()
      let (a, b) = (left[i], right[i])
      if a.isNull || b.isNull { continue }
      x.append(try number(a, i, name))
      y.append(try number(b, i, name))
    }
    return (x, y)
  }

  /// A number as a float; raises `type` for anything else.
  static func number(_ value: Value, _ index: Int, _ name: String) throws -> Double {
    switch value {
    case .int(let number): return Double(number)
    case .float(let number): return number
    case .bool(let flag): return flag ? 1 : 0
    default: throw Aggregation.noNumber("stats." + name, value, index)
    }
  }

  /// The mean of powers of the distances from the mean; nil of nothing.
  static func centralMoment(_ numbers: [Double], _ power: Int) -> Double? {
    if numbers.isEmpty { return nil }
    let center = Aggregation.mean(numbers)
    var sum = CompensatedSum()
    for number in numbers {
      let distance = number - center
      sum.add(
        power == 2
          ? distance * distance
          : power == 3 ? distance * distance * distance : distance * distance * distance * distance)
    }
    return sum.value / Double(numbers.count)
  }

  /// Returns the sum of the products of the distances from the means.
  static func comoment(_ x: [Double], _ y: [Double]) -> Double {
    let (meanX, meanY) = (Aggregation.mean(x), Aggregation.mean(y))
    var sum = CompensatedSum()
    for i in 0..<x.count { sum.add((x[i] - meanX) * (y[i] - meanY)) }
    return sum.value
  }

  /// Returns the rank of each number, from 1; equal numbers share the mean of their ranks.
  static func ranks(_ numbers: [Double], _ c: Context) throws -> [Double] {
    var order = Array(numbers.indices)
    try order.withUnsafeMutableBufferPointer { try MergeSort.sort($0, c) { numbers[$0] < numbers[$1] } }
    var result = [Double](repeating: 0, count: numbers.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, numbers[order[end]] == numbers[order[start]] { end += 1 }
      for i in start..<end { result[order[i]] = Double(start + end + 1) / 2 }
      start = end
    }
    return result
  }
}

extension Value {
  /// A float, or null where there is none.
  static func optional(_ number: Double?) -> Value { number.map { .float($0) } ?? .null }
}
