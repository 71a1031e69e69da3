extension Builtins {
  /// The body of `sort`.
  static func sort(_ call: Call) throws -> ListStorage {
    let items = try call.items(0)
    let keys = try call.list(1).array.map(sortFunction)
    if call.isNull(2), keys.isEmpty {
      return try Sorting.sorted(items, isDescending: false, call.context)
    }
    if call.isNull(2), keys.count == 1, isDesc(keys[0]) {
      return try Sorting.sorted(items, isDescending: true, call.context)
    }
    var sortKeys: [SortKey] = []
    if !call.isNull(2) {
      // The group's number is the first key: groups stay in order of first appearance.
      let groups = KeyTable(isShape: false, capacity: 16)
      let function = call.function(2)
      let numbers = ListStorage(uninitialized: .ints, count: items.count)
      for i in 0..<items.count {
        try call.context.tick()
        numbers.ints[i] = try groups.insert(try function(items[i], call.context)).position
      }
      sortKeys.append(try SortKey(numbers, isDescending: false, call.context))
    }
    for key in keys { sortKeys.append(try sortKey(key, items, call.context)) }
    if keys.isEmpty { sortKeys.append(try SortKey(items, isDescending: false, call.context)) }
    return try Sorting.gather(items, Sorting.order(items.count, by: sortKeys, call.context), call.context)
  }

  private static func sortFunction(_ value: Value) throws -> FunctionValue {
    if case .function(let function) = value { return function }
    if case .object(let object) = value, object is DescendingKey {
      throw SwaleError(
        .type, "sort: desc needs a key of the item",
        hint: "desc(.name) in a stage, desc alone for the items themselves")
    }
    throw SwaleError(
      .type, "sort: a key is a function of the item, such as .name, not \(value.typeNameWithArticle)",
      hint: "sort(xs, x => x.name)")
  }

  private static func isDesc(_ function: FunctionValue) -> Bool {
    (function as? BuiltinFunction)?.name == "desc"
  }

  /// Evaluates a key for all items.
  private static func sortKey(_ function: FunctionValue, _ items: ListStorage, _ c: Context) throws -> SortKey
  {
    if isDesc(function) { return try SortKey(items, isDescending: true, c) }
    let values = ListStorage()
    if case .descending(let inner) = function.rowShape {
      for i in 0..<items.count {
        try c.tick()
        values.append(try inner(items[i], c))
      }
      return try SortKey(values, isDescending: true, c)
    }
    var descending = 0
    for i in 0..<items.count {
      try c.tick()
      let key = try function(items[i], c)
      if case .object(let object) = key, let wrapped = object as? DescendingKey {
        descending += 1
        values.append(wrapped.value)
      } else {
        values.append(key)
      }
    }
    if descending != 0, descending != items.count {
      throw SwaleError(.type, "sort: a key is descending for some items only")
    }
    return try SortKey(values, isDescending: descending > 0, c)
  }
}
