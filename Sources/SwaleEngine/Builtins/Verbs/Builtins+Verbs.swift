extension Builtins {
  /// Verbs on the items of lists, sets and ranges.
  nonisolated(unsafe) static let verbs: [Builtin] = [
    Builtin(
      "where", [.init("items", .flow), .init("condition", [.function, .bool]), .workers, .optional("by")],
      """
      Returns the items for which the condition is true; null counts as false. Of a channel they are a channel.
      With `by:` the condition speaks of the group of records with equal keys, `where .x > mean(.x), by: .k`.
      With `workers: n` that many tasks share the work; the order stays.
      """,
      example: ("1...6 | where . % 2 == 0", "[2, 4, 6]")
    ) { call in
      if !call.isNull(3) { return try call.grouped("where", call[1], by: call[3]) }
      if case .bool(let isKept) = call[1] {
        return try call.transformed("where", workers: 2, calling: []) { item, _, _ in isKept ? item : nil }
      }
      let condition = call.function(1)
      return try call.transformed("where", workers: 2, calling: [condition]) { item, _, c in
        try Operations.isTrue(try condition(item, c)) ? item : nil
      }
    },
    Builtin(
      "map", [.init("items", .flow), .init("function", .function), .workers],
      """
      Returns a list of what the function makes of each item; of a channel a channel.
      With `workers: n` that many tasks share the work; the order stays, and the first error cancels the rest.
      """,
      example: ("[1, 2, 3] | map . ** 2", "[1, 4, 9]")
    ) { call in
      let function = call.function(1)
      return try call.transformed("map", workers: 2, calling: [function]) { item, _, c in
        try function(item, c)
      }
    },
    Builtin(
      "flat_map", [.init("items", .flow), .init("function", .function)],
      """
      Returns one list of all items of the lists, sets or ranges that the function makes of each item; of a \
      channel a channel.
      """,
      example: ("[1, 2, 3] | flat_map 0..<.", "[0, 0, 1, 0, 1, 2]")
    ) { call in
      let function = call.function(1)
      if let source = call.channel(0) {
        try Sendability.check(call[1], .spawned, at: nil)
        return ChannelStage.start("flat_map", call.context) { stage in
          try stage.forEach(source) { item in
            let part = try flatPart(try function(item, stage.context))
            try Operations.forEach(part, stage.context) { try stage.send($0) }
          }
        }
      }
      let result = ListStorage()
      try call.forEach(0) { item in
        let items = try Operations.items(try flatPart(try function(item, call.context)), call.context)
        try Operations.checkSize(result.count + items.count, MemoryLayout<Value>.stride)
        try Operations.append(items, to: result, call.context)
      }
      return .list(result)
    },
    Builtin(
      "each", [.init("items", .flow), .init("function", .function), .workers],
      """
      Calls the function with each item in order and returns null; of a channel until that is closed.
      With `workers: n` that many tasks share the calls, which are made in any order.
      """,
      example: ("[] | each print(.)", "null")
    ) { call in
      let function = call.function(1)
      return try call.consumed("each", workers: 2, calling: function)
    },
    Builtin(
      "reduce", [.init("items", .flow), .init("function", .function), .init("start", default: missing)],
      """
      Returns what a function of two arguments, the value so far and an item, makes of all items in turn.
      The value so far begins as `start`, or as the first item where `start` is not given.
      """,
      example: ("[[1, 2, 3] | reduce((a, b) => a * b), [] | reduce((a, b) => a + b, 0)]", "[6, 0]")
    ) { call in try reduce(call) },
    Builtin(
      "any", [.init("items", .flow), .optional("condition", .function)],
      "True if the condition holds for one of the items at least; without one, if one of them is true.",
      example: ("[[1, 5] | any . > 3, any([])]", "[true, false]")
    ) { call in .bool(try first(call, where: true) != nil) },
    Builtin(
      "all", [.init("items", .flow), .optional("condition", .function)],
      "True if the condition holds for all items; without one, if none of them is false.",
      example: ("[[1, 5] | all . > 3, all([true, null])]", "[false, true]")
    ) { call in .bool(try first(call, where: false) == nil) },
    Builtin(
      "find", [.init("items", .flow), .init("condition", .function)],
      "Returns the first item for which the condition holds; null where there is none.",
      example: ("[3, 8, 9] | find . > 5", "8")
    ) { call in try first(call, where: true) ?? .null },
    Builtin(
      "take", [.init("items", .flow), .init("n", .int), .optional("by", .function)],
      """
      Returns the first n items; with `by:` the first n of each group, group after group.
      Of a channel they are a channel, and nothing more is received from it: stages of a pipe before it end,
      a task that sends to a channel of its own waits until somebody else receives or it is cancelled.
      """,
      example: ("[[5, 6, 7] | take 2, 1...5 | take(1, by: . % 2)]", "[[5, 6], [1, 2]]")
    ) { call in
      let n = try call.int(1, atLeast: 0, "n")
      if let source = call.channel(0) { return try ChannelVerbs.take(n, source, call) }
      if !call.isNull(2) { return .list(try perGroup(call) { $0.prefix(n) }) }
      if case .list(let list) = call[0] {
        return .list(try Operations.slice(list, 0, min(n, list.count), call.context))
      }
      let result = ListStorage()
      // Step by step, so that a long range is not spelled out.
      let iterator = try Operations.iterator(call[0], call.context)
      while result.count < n, let item = try iterator.next(call.context) {
        try call.context.tick()
        result.append(item)
      }
      return .list(result)
    },
    Builtin(
      "skip", [.init("items", .flow), .init("n", .int), .optional("by", .function)],
      """
      Returns the items behind the first n; with `by:` those of each group, group after group.
      Of a channel they are a channel.
      """,
      example: ("[5, 6, 7] | skip 2", "[7]")
    ) { call in
      let n = try call.int(1, atLeast: 0, "n")
      if let source = call.channel(0) { return try ChannelVerbs.skip(n, source, call) }
      if !call.isNull(2) { return .list(try perGroup(call) { $0.dropFirst(n) }) }
      let items = try call.items(0)
      return .list(try Operations.slice(items, min(n, items.count), items.count, call.context))
    },
    Builtin(
      "distinct", [.init("items", .flow), .rest("keys")],
      """
      Returns each item once, or with keys the first item for each combination of them. Of a channel they are \
      a channel.
      """,
      example: ("[1, 2, 1.0, 3] | distinct", "[1, 2, 3]")
    ) { call in
      let keys = try RowExpression.keys(call.list(1), of: "distinct")
      let seen = KeyTable(isShape: false, capacity: 16)
      if keys.isEmpty { try Operations.checkRange(call[0]) }
      return try call.transformed("distinct", calling: keys.compactMap(\.function)) { item, _, c in
        let key: Value
        switch keys.count {
        case 0: key = item
        case 1: key = try keys[0].value(item, c)
        default: key = .list(ListStorage(try keys.map { try $0.value(item, c) }))
        }
        return try seen.insert(key).isNew ? item : nil
      }
    },
    Builtin(
      "sort", [.init("items", .items), .rest("keys"), .optional("by", .function)],
      """
      Returns the items in ascending order, or in that of keys such as `.a` and `desc(.b)`.
      Items with equal keys keep their order, nulls come last. With `by:` each group is sorted on its
      own, group after group.
      """,
      example: ("[{a: 2, b: 1}, {a: 1, b: 2}, {a: 2, b: 3}] | sort .a, desc(.b) | map .b", "[2, 3, 1]")
    ) { call in .list(try sort(call)) },
    Builtin(
      "desc", [.init("key")], "Makes a sort key descending.",
      example: ("[1, null, 3, 2] | sort desc(.)", "[3, 2, 1, null]")
    ) { call in .object(DescendingKey(call[0])) },
  ]

  /// Returns what a function of `flat_map` gave; raises `type` where that has no items.
  private static func flatPart(_ part: Value) throws -> Value {
    if TypeSet.items.union(.column).contains(part.type) { return part }
    throw SwaleError(
      .type, "flat_map: the function must give a list, set or range, not \(part.typeNameWithArticle)",
      hint: "map takes functions that give one item")
  }

  /// Returns the first item for which the condition, or the item itself, has the truth value.
  private static func first(_ call: Call, where wanted: Bool) throws -> Value? {
    let iterator = try Operations.iterator(call[0], call.context)
    let condition = call.isNull(1) ? nil : call.function(1)
    while let item = try iterator.next(call.context) {
      try call.context.tick()
      if let condition {
        if try call.holds(condition, item) == wanted { return item }
      } else {
        // Aggregates skip nulls.
        if item.isNull { continue }
        guard case .bool(let flag) = item else {
          throw SwaleError(
            .type, "without a condition the items must be bools, not \(item.typeNameWithArticle)",
            hint: "give a condition, such as any(xs, x => x > 0)")
        }
        if flag == wanted { return item }
      }
    }
    return nil
  }

  /// Returns a part of the items of each group that the third argument makes.
  private static func perGroup(_ call: Call, _ part: (ArraySlice<Int>) -> ArraySlice<Int>) throws
    -> ListStorage
  {
    let items = try call.items(0)
    let function = call.function(2)
    let groups = KeyTable(isShape: false, capacity: 16)
    var members: [[Int]] = []
    for i in 0..<items.count {
      try call.context.tick()
      let (group, isNew) = try groups.insert(try function(items[i], call.context))
      if isNew { members.append([i]) } else { members[group].append(i) }
    }
    return try Sorting.gather(items, members.flatMap { part($0[...]) }, call.context)
  }
}
