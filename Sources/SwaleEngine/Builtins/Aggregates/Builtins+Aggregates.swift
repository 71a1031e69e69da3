extension Builtins {
  /// Aggregates of lists, sets and ranges. They skip nulls, but for `first`, `last` and `collect`.
  nonisolated(unsafe) static let aggregates: [Builtin] = [
    Builtin(
      "sum", [.init("items", .items)],
      """
      Returns the sum of numbers or durations; true counts 1.
      Ints are added exactly, floats with what rounding loses made up for.
      """,
      example: ("[sum([1, 2, null]), sum(1...100), sum([])]", "[3, 5050, 0]")
    ) { call in
      var sum = Summation("sum")
      try sum.add(itemsOf: call[0], call.context)
      return try sum.total()
    },
    Builtin(
      "mean", [.init("items", .items)],
      "Returns the arithmetic mean of numbers or durations; null of nothing.",
      example: ("[mean([1, 2, null, 6]), mean([])]", "[3.0, null]")
    ) { call in
      var sum = Summation("mean")
      try sum.add(itemsOf: call[0], call.context)
      return sum.mean()
    },
    Builtin(
      "median", [.init("items", .items)],
      "Returns the middle number or the mean of the two in the middle; null of nothing.",
      example: ("[median([3, 1, 2]), median([4, 1, 2, 3])]", "[2.0, 2.5]")
    ) { call in
      var numbers = try Aggregation.numbers(call[0], "median", call.context)
      return numbers.value(try Aggregation.quantile(&numbers.values, 0.5, call.context))
    },
    Builtin(
      "quantile", [.init("items", .items), .init("p", .number)],
      """
      Returns the number below which the share p of the numbers lies; null of nothing.
      Between two numbers it goes in linear proportion.
      """,
      example: ("quantile([1, 2, 3, 4, 5], 0.25)", "2.0")
    ) { call in
      let share = call.double(1)
      guard (0...1).contains(share) else {
        throw SwaleError(.value, "quantile: p lies between 0 and 1, not at \(call[1].displayString)")
      }
      var numbers = try Aggregation.numbers(call[0], "quantile", call.context)
      return numbers.value(try Aggregation.quantile(&numbers.values, share, call.context))
    },
    Builtin(
      "std", [.init("items", .items)],
      "Returns the standard deviation with the divisor n - 1; null of fewer than two numbers.",
      example: ("std([1, 2, 3, 4, 5])", "1.5811388300841898")
    ) { call in
      let numbers = try Aggregation.numbers(call[0], "std", call.context)
      return numbers.value(try Aggregation.variance(numbers.values, call.context)?.squareRoot())
    },
    Builtin(
      "variance", [.init("items", .items)],
      "Returns the variance with the divisor n - 1; null of fewer than two numbers.",
      example: ("variance([1, 2, 3, 4])", "1.6666666666666667")
    ) { call in
      let numbers = try Aggregation.numbers(call[0], "variance", call.context)
      if numbers.areDurations {
        throw SwaleError(
          .type, "the variance of durations is no duration", hint: "std(xs) gives the standard deviation")
      }
      return numbers.value(try Aggregation.variance(numbers.values, call.context))
    },
    Builtin(
      "corr", [.init("x", .items), .init("y", .items)],
      "Returns Pearson's correlation of two lists of numbers of one length; pairs with a null are skipped.",
      example: ("corr([1, 2, 3], [2, 4, 6])", "1.0")
    ) { call in try correlation(call) },
    Builtin(
      "min", [.init("items", .items)], "Returns the least item; null of nothing.",
      example: ("[min([3, 1, null]), min([])]", "[1, null]")
    ) { call in try Extreme.find(call[0], greatest: false, call.context) },
    Builtin(
      "max", [.init("items", .items)], "Returns the greatest item; null of nothing.",
      example: ("max([\"b\", \"c\", \"a\"])", "\"c\"")
    ) { call in try Extreme.find(call[0], greatest: true, call.context) },
    Builtin(
      "count", [.init("items", .items)], "Returns the number of items that are not null.",
      example: ("count([1, null, 3])", "2")
    ) { call in
      if let range = Operations.intRange(call[0]) { return .int(range.count) }
      if case .list(let list) = call[0], list.kind != .values { return .int(list.count) }
      var count = 0
      try call.forEach(0) { if !$0.isNull { count += 1 } }
      return .int(count)
    },
    Builtin(
      "n_distinct", [.init("items", .items)], "Returns the number of different items, without null.",
      example: ("n_distinct([1, 2, 1, null])", "2")
    ) { call in
      let seen = KeyTable(isShape: false, capacity: 16)
      try call.forEach(0) { if !$0.isNull { _ = try seen.insert($0) } }
      return .int(seen.used)
    },
    Builtin(
      "mode", [.init("items", .items)],
      "Returns the most frequent item, of several the first to appear; null of nothing.",
      example: ("mode([\"a\", \"b\", \"b\", null])", "\"b\"")
    ) { call in
      let seen = KeyTable(isShape: false, capacity: 16)
      var counts: [Int] = []
      try call.forEach(0) { item in
        if item.isNull { return }
        let (position, isNew) = try seen.insert(item)
        if isNew { counts.append(1) } else { counts[position] += 1 }
      }
      guard let most = counts.max(), let position = counts.firstIndex(of: most) else { return .null }
      return seen.keys[position]
    },
    Builtin(
      "first", [.init("items", .items)], "Returns the first item, which may be null; null of nothing.",
      example: ("[first([4, 5]), first([])]", "[4, null]")
    ) { call in
      if case .list(let list) = call[0] { return list.count == 0 ? .null : list[0] }
      return try Operations.iterator(call[0], call.context).next(call.context) ?? .null
    },
    Builtin(
      "last", [.init("items", .items)], "Returns the last item, which may be null; null of nothing.",
      example: ("last([4, 5])", "5")
    ) { call in
      if let range = Operations.intRange(call[0]) {
        return range.count == 0 ? .null : .int(range.first &+ (range.count - 1))
      }
      let items = try call.items(0)
      return items.count == 0 ? .null : items[items.count - 1]
    },
    Builtin(
      "collect", [.init("items", .items)], "Returns a list of all items, nulls too.",
      example: ("collect(1...3)", "[1, 2, 3]")
    ) { call in .list(try call.items(0)) },
  ]

  private static func correlation(_ call: Call) throws -> Value {
    let (left, right) = (try call.items(0), try call.items(1))
    if left.count != right.count {
      throw SwaleError(
        .value, "corr: the lists have \(left.count) and \(right.count) items, and must be of one length")
    }
    var (x, y): ([Double], [Double]) = ([], [])
    for i in 0..<left.count {
      try call.context.tick()
      if left[i].isNull || right[i].isNull { continue }
      for (item, isX) in [(left[i], true), (right[i], false)] {
        let number: Double
        switch item {
        case .int(let value): number = Double(value)
        case .float(let value): number = value
        case .bool(let value): number = value ? 1 : 0
        default: throw Aggregation.noNumber("corr", item, i)
        }
        if isX { x.append(number) } else { y.append(number) }
      }
    }
    return (try Aggregation.correlation(x, y, call.context)).map { .float($0) } ?? .null
  }
}
