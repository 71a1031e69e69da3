extension Builtins {
  /// The module `random`.
  ///
  /// Its numbers come from xoshiro256**, seeded by the system unless `random.seed` was called.
  nonisolated(unsafe) static let random: [Builtin] = [
    Builtin(
      "seed", module: "random", [.init("seed", .int)],
      """
      Starts the sequence of random numbers that belongs to a seed, the same on every machine.
      The generator is xoshiro256**, filled by splitmix64.
      """,
      example: (
        "random.seed(7); let a = random.int(1, 1000); random.seed(7); a == random.int(1, 1000)", "true"
      )
    ) { call in
      call.context.random = RandomGenerator(seed: call.int(0))
      return .null
    },
    Builtin(
      "int", module: "random", [.init("low", .int), .init("high", .int), .optional("count", .int)],
      """
      Returns an int from low to high, both included and all equally likely; with `count` a list of so \
      many.
      """,
      example: ("random.seed(1); random.int(1, 6) in 1...6", "true")
    ) { call in
      let (low, high) = (call.int(0), call.int(1))
      guard low <= high else {
        throw SwaleError(.value, "random.int: there is no int from \(low) to \(high)")
      }
      return try one(call, count: 2) { .int($0.int(low, high)) }
    },
    Builtin(
      "int", module: "random", [.init("range", .range), .optional("count", .int)],
      "Returns an int of a range, all equally likely; with `count` a list of so many.",
      example: ("random.int(0..<10, count: 3) | len", "3")
    ) { call in
      guard let ints = call.object(0, as: RangeValue.self).ints, ints.count > 0 else {
        throw SwaleError(.value, "random.int: there is no int in \(call[0].displayString)")
      }
      return try one(call, count: 1) { .int($0.int(ints.first, ints.first &+ (ints.count - 1))) }
    },
    Builtin(
      "float", module: "random",
      [
        .init("low", .number, default: .float(0)), .init("high", .number, default: .float(1)),
        .optional("count", .int),
      ],
      "Returns a float from low up to, but not including, high; with `count` a list of so many.",
      example: ("random.seed(1); let x = random.float(); 0 <= x and x < 1", "true")
    ) { call in
      let (low, high) = (call.double(0), call.double(1))
      let width = high - low
      guard low <= high, width.isFinite else {
        throw SwaleError(
          .value, "random.float: there is no float from \(call[0].displayString) to \(call[1].displayString)")
      }
      return try one(call, count: 2) { generator in
        let number = low + width * generator.unit()
        // Rounding may reach the end, which is not included.
        return .float(number < high || width == 0 ? number : high.nextDown)
      }
    },
    Builtin(
      "normal", module: "random",
      [
        .init("mean", .number, default: .float(0)), .init("std", .number, default: .float(1)),
        .optional("count", .int),
      ],
      "Returns a float of the normal distribution; with `count` a list of so many.",
      example: ("random.seed(1); mean(random.normal(100, 15, count: 10_000)) | round", "100")
    ) { call in
      let (mean, deviation) = (call.double(0), call.double(1))
      guard deviation >= 0 else {
        throw SwaleError(.value, "random.normal: std must not be negative, but is \(call[1].displayString)")
      }
      return try one(call, count: 2) { .float(mean + deviation * $0.normal()) }
    },
    Builtin(
      "choice", module: "random", [.init("items", [.list, .set, .range, .column, .string])],
      "Returns one of the items, all equally likely.", example: ("random.choice([3, 3, 3])", "3")
    ) { call in
      let count = try Operations.length(call[0], call.context)
      guard count > 0 else { throw SwaleError(.value, "random.choice: there are no items to choose from") }
      let position = call.context.random.int(0, count - 1)
      if call[0].type == .set { return try call.items(0)[position] }
      return try Operations.index(call[0], .int(position), call.context)
    },
    Builtin(
      "sample", module: "random", [.init("items", [.list, .set, .range, .column]), .init("count", .int)],
      "Returns a list of so many items, none of them taken twice, in random order.",
      example: ("random.sample(1...5, 5) | sort", "[1, 2, 3, 4, 5]")
    ) { call in
      let items = try call.items(0)
      let count = call.int(1)
      guard count >= 0, count <= items.count else {
        throw SwaleError(.value, "random.sample: cannot take \(count) of \(items.count) items")
      }
      let copy = items.copy()
      try shuffle(copy, prefix: count, call.context)
      return .list(copy.slice(0, count))
    },
    Builtin(
      "shuffle", module: "random", [.init("items", [.list, .set, .range, .column])],
      "Returns a list of the items in random order.",
      example: ("random.shuffle([1, 2, 3]) | sort", "[1, 2, 3]")
    ) { call in
      var list = try call.items(0)
      // A list that nobody else holds is shuffled where it is.
      _ = call.take(0)
      ListStorage.makeUnique(&list)
      try shuffle(list, prefix: list.count, call.context)
      return .list(list)
    },
  ]

  /// Returns what `make` gives, or a list where the argument `count` says how many.
  private static func one(_ call: Call, count: Int, _ make: (inout RandomGenerator) -> Value) throws -> Value
  {
    let context = call.context
    if call.isNull(count) { return make(&context.random) }
    let wanted = try call.int(count, atLeast: 0, "random: count")
    try Operations.checkSize(wanted, 8)
    let result = ListStorage()
    for _ in 0..<wanted {
      try context.tick()
      result.append(make(&context.random))
    }
    return .list(result)
  }

  /// Brings random items to the first places, by the method of Fisher and Yates.
  private static func shuffle(_ list: ListStorage, prefix: Int, _ context: Context) throws {
    for i in 0..<prefix where list.count - i > 1 {
      try context.tick()
      list.swapAt(i, context.random.int(i, list.count - 1))
    }
  }
}
