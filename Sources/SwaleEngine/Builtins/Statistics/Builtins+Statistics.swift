import Glibc

extension Builtins {
  /// The module `stats`: figures of lists and columns of numbers. Nulls are left out.
  nonisolated(unsafe) static let statistics: [Builtin] = figures + spreads + relations + distributions

  nonisolated(unsafe) private static let figures: [Builtin] = [
    Builtin(
      "summary", module: "stats", [.init("xs", Samples.types)],
      "Returns count, mean, std, min, quartiles and max as a record.",
      example: (
        "stats.summary([1, 2, 3])",
        "{count: 3, mean: 2.0, std: 1.0, min: 1.0, p25: 1.5, median: 2.0, p75: 2.5, max: 3.0}"
      )
    ) { call in
      var numbers = try Samples.numbers(call, 0, "summary")
      let mean = numbers.isEmpty ? nil : Aggregation.mean(numbers)
      let deviation = try Aggregation.variance(numbers, call.context)?.squareRoot()
      let shares = try [0, 0.25, 0.5, 0.75, 1].map { try Aggregation.quantile(&numbers, $0, call.context) }
      return .record(
        RecordStorage([
          "count": .int(numbers.count), "mean": .optional(mean), "std": .optional(deviation),
          "min": .optional(shares[0]), "p25": .optional(shares[1]), "median": .optional(shares[2]),
          "p75": .optional(shares[3]), "max": .optional(shares[4]),
        ]))
    },
    Builtin(
      "percentiles", module: "stats",
      [
        .init("xs", Samples.types),
        .init("percents", .list, default: .list(ListStorage([.int(25), .int(50), .int(75)]))),
      ],
      """
      Returns a list of the numbers below which so many percent lie, in linear proportion; nulls of \
      nothing.
      """,
      example: ("stats.percentiles(1...101, [5, 95])", "[6.0, 96.0]")
    ) { call in
      var numbers = try Samples.numbers(call, 0, "percentiles")
      let result = ListStorage()
      for (i, item) in call.list(1).array.enumerated() {
        let percent = try Samples.number(item, i, "percentiles")
        guard percent >= 0, percent <= 100 else {
          throw SwaleError(
            .value, "stats.percentiles: a percentage is from 0 to 100, not \(item.displayString)")
        }
        result.append(.optional(try Aggregation.quantile(&numbers, percent / 100, call.context)))
      }
      return .list(result)
    },
    Builtin(
      "histogram", module: "stats",
      [
        .init("xs", Samples.types), .init("bins", .int, default: .int(10)), .optional("low", .number),
        .optional("high", .number),
      ],
      """
      Returns how many numbers lie in each of some bins of one width, as a list of records {low, high, count}.
      Bins go from the least number to the greatest unless low and high are given; a number at an inner \
      border belongs to
      the bin above.
      """,
      example: (
        "stats.histogram([1, 2, 2, 5], bins: 2)",
        "[{low: 1.0, high: 3.0, count: 3}, {low: 3.0, high: 5.0, count: 1}]"
      )
    ) { call in try histogram(call) },
    Builtin(
      "geometric_mean", module: "stats", [.init("xs", Samples.types)],
      "Returns the geometric mean of positive numbers; null of nothing.",
      example: ("stats.geometric_mean([2, 8])", "4.0")
    ) { call in
      let numbers = try Samples.numbers(call, 0, "geometric_mean")
      if let wrong = numbers.first(where: { $0 < 0 }) {
        throw SwaleError(
          .value, "stats.geometric_mean takes positive numbers, not \(Value.float(wrong).displayString)")
      }
      if numbers.isEmpty { return .null }
      return .float(exp2(Aggregation.mean(numbers.map { log2($0) })))
    },
    Builtin(
      "harmonic_mean", module: "stats", [.init("xs", Samples.types)],
      "Returns the harmonic mean of positive numbers; null of nothing.",
      example: ("stats.harmonic_mean([1, 3])", "1.5")
    ) { call in
      let numbers = try Samples.numbers(call, 0, "harmonic_mean")
      if let wrong = numbers.first(where: { $0 < 0 }) {
        throw SwaleError(
          .value, "stats.harmonic_mean takes positive numbers, not \(Value.float(wrong).displayString)")
      }
      return .optional(numbers.isEmpty ? nil : 1 / Aggregation.mean(numbers.map { 1 / $0 }))
    },
    Builtin(
      "weighted_mean", module: "stats", [.init("xs", Samples.types), .init("weights", Samples.types)],
      "Returns the mean of numbers of different weight; null where all weigh nothing.",
      example: ("stats.weighted_mean([1, 5], [3, 1])", "2.0")
    ) { call in
      let (x, weights) = try Samples.pairs(call, 0, 1, "weighted_mean")
      var (total, weight) = (CompensatedSum(), CompensatedSum())
      for i in 0..<x.count {
        total.add(x[i] * weights[i])
        weight.add(weights[i])
      }
      return .optional(weight.value == 0 ? nil : total.value / weight.value)
    },
  ]

  nonisolated(unsafe) private static let spreads: [Builtin] = [
    Builtin(
      "zscore", module: "stats", [.init("xs", Samples.types)],
      "Returns a list with each number's distance from the mean in standard deviations (n - 1); nulls stay.",
      example: ("stats.zscore([1, 2, 3])", "[-1.0, 0.0, 1.0]")
    ) { call in
      let numbers = try Samples.numbers(call, 0, "zscore")
      let mean = numbers.isEmpty ? 0 : Aggregation.mean(numbers)
      let deviation = try Aggregation.variance(numbers, call.context)?.squareRoot() ?? .nan
      let result = ListStorage()
      for (i, item) in try call.items(0).array.enumerated() {
        result.append(
          item.isNull ? .null : .float((try Samples.number(item, i, "zscore") - mean) / deviation))
      }
      return .list(result)
    },
    Builtin(
      "iqr", module: "stats", [.init("xs", Samples.types)],
      "Returns the distance between the first and the third quartile; null of nothing.",
      example: ("stats.iqr([1, 2, 3, 4, 5])", "2.0")
    ) { call in
      var numbers = try Samples.numbers(call, 0, "iqr")
      guard let low = try Aggregation.quantile(&numbers, 0.25, call.context),
        let high = try Aggregation.quantile(&numbers, 0.75, call.context)
      else { return .null }
      return .float(high - low)
    },
    Builtin(
      "mad", module: "stats", [.init("xs", Samples.types)],
      "Returns the median of the distances from the median; null of nothing.",
      example: ("stats.mad([1, 1, 2, 2, 4, 6, 9])", "1.0")
    ) { call in
      var numbers = try Samples.numbers(call, 0, "mad")
      guard let median = try Aggregation.quantile(&numbers, 0.5, call.context) else { return .null }
      var distances = numbers.map { ($0 - median).magnitude }
      return .optional(try Aggregation.quantile(&distances, 0.5, call.context))
    },
    Builtin(
      "skewness", module: "stats", [.init("xs", Samples.types)],
      """
      Returns how far the numbers lean to one side: the third central moment by std cubed, both with \
      divisor n.
      """,
      example: ("stats.skewness([1, 2, 3])", "0.0")
    ) { call in try moment(call, "skewness") { third, second in third / (second * second.squareRoot()) } },
    Builtin(
      "kurtosis", module: "stats", [.init("xs", Samples.types)],
      """
      Returns the excess kurtosis: the fourth central moment by the squared variance, both with divisor n, \
      minus 3.
      """,
      example: ("stats.kurtosis([1, 2, 3])", "-1.5")
    ) { call in try moment(call, "kurtosis") { fourth, second in fourth / (second * second) - 3 } },
  ]

  private static func moment(_ call: Call, _ name: String, _ combine: (Double, Double) -> Double) throws
    -> Value
  {
    let numbers = try Samples.numbers(call, 0, name)
    guard let second = Samples.centralMoment(numbers, 2),
      let higher = Samples.centralMoment(numbers, name == "skewness" ? 3 : 4), second != 0
    else { return .null }
    return .float(combine(higher, second))
  }

  private static func histogram(_ call: Call) throws -> Value {
    let numbers = try Samples.numbers(call, 0, "histogram").filter { !$0.isNaN }
    let bins = try call.int(1, atLeast: 1, "stats.histogram: bins")
    if bins > 1_000_000 { throw SwaleError(.value, "stats.histogram: \(bins) bins are too many") }
    guard var low = call.isNull(2) ? numbers.min() : call.double(2),
      var high = call.isNull(3) ? numbers.max() : call.double(3)
    else { return .list(ListStorage()) }
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    guard low < high, (high - low).isFinite else {
      let (first, last) = (Value.float(low).displayString, Value.float(high).displayString)
      throw SwaleError(.value, "stats.histogram: there are no bins from \(first) to \(last)")
    }
    let width = (high - low) / Double(bins)
    func border(_ i: Int) -> Double { i == bins ? high : low + Double(i) * width }
    var counts = [Int](repeating: 0, count: bins)
    for number in numbers where number >= low && number <= high {
      try call.context.tick()
      var bin = Swift.min(bins - 1, Int((number - low) / width))
      // The division may be off by one at a border.
      if number < border(bin) { bin -= 1 } else if bin + 1 < bins, number >= border(bin + 1) { bin += 1 }
      counts[Swift.max(0, bin)] += 1
    }
    let result = ListStorage()
    for i in 0..<bins {
      result.append(
        .record(
          RecordStorage(["low": .float(border(i)), "high": .float(border(i + 1)), "count": .int(counts[i])])))
    }
    return .list(result)
  }
}
