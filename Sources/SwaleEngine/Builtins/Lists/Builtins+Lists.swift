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
      let wanted = call[1]
      if items.kind == .ints, case .int(let number) = wanted {
        for i in 0..<items.count where items.ints[i] == number { return .int(i) }
        return .null
      }
      for i in 0..<items.count {
        try call.context.tick()
        if Value.isEqual(items[i], wanted) { return .int(i) }
      }
      return .null
    },
    Builtin(
      "concat", [.init("items", .items), .rest("others")], "Returns the items of all arguments in one list.",
      example: ("concat([1], [2, 3], 4...5)", "[1, 2, 3, 4, 5]")
    ) { call in
      let others = call.list(1)
      var result = try owned(call.take(0), call.context)
      ListStorage.makeUnique(&result)
      for i in 0..<others.count {
        guard TypeSet.items.contains(others[i].type) else {
          throw SwaleError(
            .type, "concat joins lists, sets and ranges, not \(others[i].typeNameWithArticle)",
            hint: "xs.push(item) adds one item to a variable, [...xs, item] makes a new list")
        }
        result.append(contentsOf: try Operations.items(others[i], call.context))
      }
      return .list(result)
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
      case .list(let list): return .list(list.slice(lower, upper))
      case .string(let text):
        return .string(text.slice(text.byteOffset(ofCharacter: lower), text.byteOffset(ofCharacter: upper)))
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
      var lists: [ListStorage] = []
      try call.list(0).forEach { value in
        guard TypeSet.iterable.contains(value.type) else {
          throw SwaleError(.type, "zip takes lists and the like, not \(value.typeNameWithArticle)")
        }
        lists.append(try Operations.items(value, call.context))
      }
      let result = ListStorage()
      for i in 0..<(lists.map(\.count).min() ?? 0) {
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
          result.append(contentsOf: try Operations.items(item, call.context))
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

  /// Returns the items as a list that may be shared, without holding on to the value.
  private static func owned(_ value: consuming Value, _ c: Context) throws -> ListStorage {
    try Operations.items(value, c)
  }

  private static func reversed(_ items: ListStorage, _ c: Context) throws -> ListStorage {
    let count = items.count
    let result = ListStorage(uninitialized: items.kind, count: count)
    try c.tick(count)
    switch items.kind {
    case .values: for i in 0..<count { (result.values + i).initialize(to: items.values[count - 1 - i]) }
    case .ints: for i in 0..<count { result.ints[i] = items.ints[count - 1 - i] }
    case .floats: for i in 0..<count { result.floats[i] = items.floats[count - 1 - i] }
    case .bools: for i in 0..<count { result.bools[i] = items.bools[count - 1 - i] }
    }
    return result
  }
}
