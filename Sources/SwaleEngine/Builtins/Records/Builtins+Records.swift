extension Builtins {
  /// Functions of records.
  nonisolated(unsafe) static let records: [Builtin] = [
    Builtin(
      "keys", [.init("record", .record)], "Returns the keys in order.",
      example: ("keys({a: 1, b: 2})", "[\"a\", \"b\"]")
    ) { call in .list(try call.items(0)) },
    Builtin(
      "values", [.init("record", .record)], "Returns the values in the order of their keys.",
      example: ("values({a: 1, b: 2})", "[1, 2]")
    ) { call in
      let result = ListStorage()
      try call.record(0).forEach { _, value in
        try call.context.tick()
        result.append(value)
      }
      return .list(result)
    },
    Builtin(
      "items", [.init("record", .record)], "Returns [key, value] pairs in order.",
      example: ("items({a: 1, b: 2})", "[[\"a\", 1], [\"b\", 2]]")
    ) { call in
      let result = ListStorage()
      try call.record(0).forEach { key, value in
        try call.context.tick()
        let pair = ListStorage()
        pair.append(key)
        pair.append(value)
        result.append(.list(pair))
      }
      return .list(result)
    },
    Builtin(
      "get", [.init("container", [.record, .list, .null]), .init("key"), .init("default", default: .null)],
      "Returns the value of a key, or the item at an index, or the default where there is none.",
      example: ("[get({a: 1}, \"b\", 0), get([5, 6], 1), get(null, \"a\")]", "[0, 6, null]")
    ) { call in
      switch call[0] {
      case .record(let record):
        let position = try record.find(call[1])
        return position < 0 ? call[2] : record.values[position]
      case .list(let list):
        guard case .int(let index) = call[1] else {
          throw SwaleError(.type, "a list is indexed by an int, not by \(call[1].typeNameWithArticle)")
        }
        let position = index < 0 ? index &+ list.count : index
        return position >= 0 && position < list.count ? list[position] : call[2]
      default: return call[2]
      }
    },
    Builtin(
      "has", [.init("record", .record), .init("key")], "True if the record has the key.",
      example: ("has({a: null}, \"a\")", "true")
    ) { call in .bool(try call.record(0).find(call[1]) >= 0) },
    Builtin(
      "merge", [.init("record", .record), .rest("others")],
      "Returns a record of the keys of all arguments; where several have a key, the value of the last.",
      example: ("merge({a: 1, b: 2}, {b: 3, c: 4})", "{a: 1, b: 3, c: 4}")
    ) { call in
      guard case .record(var record) = call.take(0) else { unreachable() }
      let others = call.list(1)
      for i in 0..<others.count {
        guard case .record(let other) = others[i] else {
          throw SwaleError(.type, "merge joins records, not \(others[i].typeNameWithArticle)")
        }
        try call.context.tick(record.count)
        RecordStorage.makeUnique(&record)
        try other.forEach { key, value in
          try call.context.tick()
          try record.set(key, value)
        }
      }
      return .record(record)
    },
    Builtin(
      "without", [.init("record", .record), .rest("keys")],
      "Returns the record without the keys, which may be missing.",
      example: ("without({a: 1, b: 2, c: 3}, \"a\", \"c\")", "{b: 2}")
    ) { call in
      guard case .record(var record) = call.take(0) else { unreachable() }
      try call.list(1).forEach { key in
        let position = try record.find(key)
        if position < 0 { return }
        RecordStorage.makeUnique(&record)
        _ = record.remove(at: position)
      }
      return .record(record)
    },
    Builtin(
      "map_values", [.init("record", .record), .init("function", .function)],
      "Returns a record of the same keys, with each value replaced by what the function makes of it.",
      example: ("map_values({a: 1, b: 2}, x => x * 10)", "{a: 10, b: 20}")
    ) { call in
      let function = call.function(1)
      let result = RecordStorage()
      try call.record(0).forEach { key, value in
        try call.context.tick()
        try result.set(key, try function(value, call.context))
      }
      return .record(result)
    },
    Builtin(
      "index_by", [.init("items", .items.union(.table)), .init("key", .function)],
      """
      Returns a record of the items, each under the key that the function gives.
      Of several items with one key the last is kept.
      """,
      example: (
        "index_by([{id: 7, n: \"a\"}, {id: 8, n: \"b\"}], r => r.id)",
        "{[7]: {id: 7, n: \"a\"}, [8]: {id: 8, n: \"b\"}}"
      )
    ) { call in
      let key = call.function(1)
      let result = RecordStorage()
      try call.forEach(0) { item in try result.set(try key(item, call.context), item) }
      return .record(result)
    },
    Builtin(
      "group_by", [.init("items", .items.union(.table)), .init("key", .function)],
      "Returns a record of lists of the items: under each key that the function gives, those that have it.",
      example: ("group_by([\"ab\", \"c\", \"ad\"], s => s[0])", "{a: [\"ab\", \"ad\"], c: [\"c\"]}")
    ) { call in
      let key = call.function(1)
      let groups = KeyTable(isShape: false, capacity: 16)
      var members: [ListStorage] = []
      try call.forEach(0) { item in
        let (position, isNew) = try groups.insert(try key(item, call.context))
        if isNew { members.append(ListStorage()) }
        members[position].append(item)
      }
      let result = RecordStorage()
      for (i, list) in members.enumerated() { try result.set(groups.keys[i], .list(list)) }
      return .record(result)
    },
  ]
}
