extension Builtins {
  /// Methods that change the list, record or set that a variable path leads to.
  nonisolated(unsafe) static let inPlace: [Builtin] = [
    Builtin(
      inPlace: "push", on: .list, [.init("item")], "Adds an item at the end of the list.",
      example: ("var xs = [1]; xs.push(2); xs", "[1, 2]")
    ) { target, call in
      target.withUniqueList { $0.append(call.take(1)) }
      return .null
    },
    Builtin(
      inPlace: "pop", on: .list, [], "Removes the last item of the list and returns it.",
      example: ("var xs = [1, 2]; [xs.pop(), xs]", "[2, [1]]")
    ) { target, call in
      if listCount(target) == 0 {
        throw SwaleError(.index, "pop: the list is empty", hint: "ask len(xs) > 0 first")
      }
      return target.withUniqueList { $0.removeLast() }
    },
    Builtin(
      inPlace: "insert", on: .list, [.init("index", .int), .init("item")],
      "Adds an item so that it has the index; the items from there on move up.",
      example: ("var xs = [1, 3]; xs.insert(1, 2); xs", "[1, 2, 3]")
    ) { target, call in
      let count = listCount(target)
      let index = try Operations.checkedIndex(call.int(1), count: count, limit: count + 1)
      target.withUniqueList { $0.insert(call.take(2), at: index) }
      return .null
    },
    Builtin(
      inPlace: "remove", on: .list, [.init("index", .int)],
      "Removes the item at the index and returns it; the items behind move down.",
      example: ("var xs = [\"a\", \"b\", \"c\"]; [xs.remove(0), xs]", "[\"a\", [\"b\", \"c\"]]")
    ) { target, call in
      let count = listCount(target)
      let index = try Operations.checkedIndex(call.int(1), count: count, limit: count)
      return target.withUniqueList { $0.remove(at: index) }
    },
    Builtin(
      inPlace: "extend", on: .list, [.init("items", .iterable)], "Adds all the items at the end of the list.",
      example: ("var xs = [1]; xs.extend(2...4); xs", "[1, 2, 3, 4]")
    ) { target, call in
      let items = try call.items(1)
      try call.context.tick(items.count >> 6)
      target.withUniqueList { $0.append(contentsOf: items) }
      return .null
    },
    Builtin(
      inPlace: "swap", on: .list, [.init("i", .int), .init("j", .int)], "Exchanges two items of the list.",
      example: ("var xs = [1, 2, 3]; xs.swap(0, -1); xs", "[3, 2, 1]")
    ) { target, call in
      let count = listCount(target)
      let i = try Operations.checkedIndex(call.int(1), count: count, limit: count)
      let j = try Operations.checkedIndex(call.int(2), count: count, limit: count)
      target.withUniqueList { $0.swapAt(i, j) }
      return .null
    },
    Builtin(
      inPlace: "clear", on: [.list, .record, .set], [], "Removes everything.",
      example: ("var xs = [1, 2]; xs.clear(); xs", "[]")
    ) { target, _ in
      switch target {
      case .list: target = .list(ListStorage())
      case .record: target = .record(RecordStorage())
      default: target = .object(SetValue())
      }
      return .null
    },
    Builtin(
      inPlace: "remove", on: .record, [.init("key")], "Removes the key and returns its value.",
      example: ("var r = {a: 1, b: 2}; [r.remove(\"a\"), r]", "[1, {b: 2}]")
    ) { target, call in
      let position = try target.withRecord { record in
        let position = try record.find(call[1])
        if position < 0 { throw Operations.missingKey(call[1], record) }
        return position
      }
      return target.withUniqueRecord { $0.remove(at: position) }
    },
    Builtin(
      inPlace: "update", on: .record, [.init("key"), .init("default"), .init("function", .function)],
      "Replaces the value of the key, or the default where it is missing, by what the function makes of it.",
      example: (
        "var n = {a: 1}; n.update(\"a\", 0, x => x + 1); n.update(\"b\", 0, x => x + 1); n", "{a: 2, b: 1}"
      )
    ) { target, call in
      let key = call[1]
      let hash = try key.hash()
      let position = try target.withRecord { try $0.find(key) }
      let function = call.function(3)
      // The function runs before anything is changed: after an error the record is as it was.
      let old = position < 0 ? call.take(2) : target.withRecord { $0.values[position] }
      let new = try function(old, call.context)
      target.withUniqueRecord { record in
        if position >= 0 { record.values[position] = new } else { record.add(key, hash: hash, new) }
      }
      return .null
    },
    Builtin(
      inPlace: "add", on: .set, [.init("item")], "Adds the item to the set; true if it was not there.",
      example: ("var s = set([1]); [s.add(2), s.add(2), len(s)]", "[true, false, 2]")
    ) { target, call in
      try target.withObject(as: SetValue.self) { .bool(try SetValue.insert(call[1], into: &$0)) }
    },
    Builtin(
      inPlace: "remove", on: .set, [.init("item")], "Removes the item from the set; true if it was there.",
      example: ("var s = set([1, 2]); [s.remove(1), s.remove(1), len(s)]", "[true, false, 1]")
    ) { target, call in
      try target.withObject(as: SetValue.self) { .bool(try SetValue.remove(call[1], from: &$0)) }
    },
  ]

  private static func listCount(_ target: Value) -> Int {
    if case .list(let list) = target { return list.count }
    unreachable("a method of lists on something else")
  }

}
