extension Builtins {
  /// Functions of lists that are no verbs and change nothing in place.
  nonisolated(unsafe) static let lists: [Builtin] = [
    Builtin(
      "reverse", [.init("items", .items)], "Returns the items in opposite order.",
      example: ("reverse([1, 2, 3])", "[3, 2, 1]")
    ) { call in .list(try reversed(call.items(0), call.context)) },
    Builtin(
      "contains", [.init("items", [.list, .set, .range, .record, .bytes, .column]), .init("item")],
      "True if one of the items, or of a record's keys, equals the item.",
      example: ("contains([1, 2], 2.0)", "true")
    ) { call in .bool(try Operations.contains(call[1], in: call[0], call.context)) },
    Builtin(
      "index_of", [.init("items", .items), .init("item")],
      "Returns the index of the first item that equals the item; null without one.",
      example: ("[index_of([\"a\", \"b\"], \"b\"), index_of([1], 2)]", "[1, null]")
    ) { call in
      let items = try call.items(0)
      return try Operations.firstIndex(of: call[1], in: items, call.context).map { .int($0) } ?? .null
    },
    Builtin(
      "concat", [.init("items", .items), .rest("others")], "Returns the items of all arguments in one list.",
      example: ("concat([1], [2, 3], 4...5)", "[1, 2, 3, 4, 5]")
    ) { call in
      let others = call.list(1)
      let list = ListStorage()
      try Operations.append(try call.items(0), to: list, call.context)
      for i in 0..<others.count {
        guard TypeSet.items.contains(others[i].type) else {
          throw SwaleError(
            .type, "concat joins lists, sets and ranges, not \(others[i].typeNameWithArticle)",
            hint: "xs.push(item) adds one item to a variable, [...xs, item] makes a new list")
        }
        let items = try Operations.items(others[i], call.context)
        try Operations.checkSize(list.count + items.count, MemoryLayout<Value>.stride)
        try Operations.append(items, to: list, call.context)
      }
      return .list(list)
    },
    Builtin(
      "slice",
      [
        .init("items", [.string, .bytes, .list, .set, .range]), .init("start", .int), .optional("end", .int),
      ],
      """
      Returns the items from index `start` up to, but not including, `end`.
      Negative indexes count from the end; what lies outside is left out.
      """,
      example: ("[slice([1, 2, 3, 4], 1, 3), slice(\"swale\", -2)]", "[[2, 3], \"le\"]")
    ) { call in
      var value = call[0]
      if value.type == .set || value.type == .range { value = .list(try call.items(0)) }
      let count = try Operations.length(value, call.context)
      let clip = { (index: Int) in min(max(index < 0 ? index &+ count : index, 0), count) }
      let lower = clip(call.int(1))
      let upper = max(lower, call.isNull(2) ? count : clip(call.int(2)))
      switch value {
      case .list(let list): return .list(try Operations.slice(list, lower, upper, call.context))
      case .string(let text):
        return .string(text.characters(lower..<upper))
      default:
        let bytes = unsafeDowncast(call.object(0, as: ObjectValue.self), to: BytesValue.self).bytes
        return .object(BytesValue(Array(bytes[lower..<upper])))
      }
    },
    Builtin(
      "zip", [.rest("lists")],
      "Returns lists of the first items of all arguments, of the second, and so on, as far as all have one.",
      example: ("zip([1, 2, 3], [\"a\", \"b\"])", "[[1, \"a\"], [2, \"b\"]]")
    ) { call in
      var count = Int.max
      try call.list(0).forEach { value in
        guard TypeSet.iterable.contains(value.type) else {
          throw SwaleError(.type, "zip takes lists and the like, not \(value.typeNameWithArticle)")
        }
        count = min(count, try Operations.length(value, call.context))
      }
      var lists: [ListStorage] = []
      try call.list(0).forEach { value in
        // A long range may stand beside a short list, to number its items.
        if let ints = Operations.intRange(value) {
          let needed = min(count, ints.count)
          lists.append(try Operations.listOfInts(needed, from: ints.first, by: 1, call.context))
        } else {
          lists.append(try Operations.items(value, call.context))
        }
      }
      let result = ListStorage()
      for i in 0..<(lists.isEmpty ? 0 : count) {
        try call.context.tick()
        let tuple = ListStorage()
        for list in lists { tuple.append(list[i]) }
        result.append(.list(tuple))
      }
      return .list(result)
    },
    Builtin(
      "enumerate", [.init("items", .iterable), .init("start", .int, default: .int(0))],
      "Returns [index, item] pairs.", example: ("enumerate([\"a\", \"b\"])", "[[0, \"a\"], [1, \"b\"]]")
    ) { call in
      let result = ListStorage()
      var index = call.int(1)
      try call.forEach(0) { item in
        let pair = ListStorage()
        pair.append(.int(index))
        pair.append(item)
        result.append(.list(pair))
        index &+= 1
      }
      return .list(result)
    },
    Builtin(
      "chunks", [.init("items", .items), .init("n", .int)],
      "Returns lists of n items each, the last of which may be shorter.",
      example: ("chunks([1, 2, 3, 4, 5], 2)", "[[1, 2], [3, 4], [5]]")
    ) { call in
      let items = try call.items(0)
      let size = try call.int(1, atLeast: 1, "the size of a chunk")
      let result = ListStorage()
      var start = 0
      while start < items.count {
        let end = size < items.count - start ? start + size : items.count
        try call.context.tick(end - start)
        result.append(.list(items.slice(start, end)))
        start = end
      }
      return .list(result)
    },
    Builtin(
      "windows", [.init("items", .items), .init("n", .int)],
      "Returns every list of n neighbouring items.",
      example: ("windows([1, 2, 3, 4], 3)", "[[1, 2, 3], [2, 3, 4]]")
    ) { call in
      let items = try call.items(0)
      let size = try call.int(1, atLeast: 1, "the size of a window")
      let result = ListStorage()
      if size > items.count { return .list(result) }
      try Operations.checkSize(items.count - size + 1, size, items.kind.stride)
      for start in 0...(items.count - size) {
        try call.context.tick(size)
        result.append(.list(items.slice(start, start + size)))
      }
      return .list(result)
    },
    Builtin(
      "flatten", [.init("lists", .items)],
      """
      Returns one list of the items of all lists, sets and ranges in the list.
      Other items stay as they are.
      """,
      example: ("flatten([[1, 2], 3, [[4]]])", "[1, 2, 3, [4]]")
    ) { call in
      let result = ListStorage()
      try call.forEach(0) { item in
        if TypeSet.items.contains(item.type) {
          let inner = try Operations.items(item, call.context)
          try Operations.checkSize(result.count + inner.count, MemoryLayout<Value>.stride)
          try Operations.append(inner, to: result, call.context)
        } else {
          result.append(item)
        }
      }
      return .list(result)
    },
    Builtin(
      "partition", [.init("items", .items), .init("condition", .function)],
      "Returns two lists: the items for which the condition holds, and the others.",
      example: ("partition([1, 2, 3], x => x > 1)", "[[2, 3], [1]]")
    ) { call in
      let condition = call.function(1)
      let (yes, no) = (ListStorage(), ListStorage())
      try call.forEach(0) { item in
        if try call.holds(condition, item) { yes.append(item) } else { no.append(item) }
      }
      return .list(ListStorage([.list(yes), .list(no)]))
    },
  ]

  private static func reversed(_ items: ListStorage, _ c: Context) throws -> ListStorage {
    let count = items.count
    let result = ListStorage(uninitialized: items.kind, count: 0, capacity: count)
    try c.forEachBatch(count) { batch in
      switch items.kind {
      case .values: for i in batch { (result.values + i).initialize(to: items.values[count - 1 - i]) }
      case .ints: for i in batch { result.ints[i] = items.ints[count - 1 - i] }
      case .floats: for i in batch { result.floats[i] = items.floats[count - 1 - i] }
      case .bools: for i in batch { result.bools[i] = items.bools[count - 1 - i] }
      }
      result.count = batch.upperBound
    }
    return result
  }
}
