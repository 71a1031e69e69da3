extension Builtins {
  /// Set operations, on lists too.
  nonisolated(unsafe) static let setOperations: [Builtin] = [
    Builtin(
      "union", [.init("items", .items), .init("others", .items)],
      """
      Returns the items of both, each once.
      A set where the first argument is one, else a list.
      """,
      example: ("union([1, 2, 2], [3, 2])", "[1, 2, 3]")
    ) { call in
      let result = KeyTable(isShape: false, capacity: 16)
      for k in 0...1 {
        try Operations.checkRange(call[k])
        try call.forEach(k) { _ = try result.insert($0) }
      }
      return try collected(result, like: call[0], call.context)
    },
    Builtin(
      "intersect", [.init("items", .items), .init("others", .items)],
      """
      Returns the items that are in both, each once.
      A set where the first argument is one, else a list.
      """,
      example: ("intersect([1, 2, 3, 2], [2, 3, 4])", "[2, 3]")
    ) { call in try selected(call, isIn: true) },
    Builtin(
      "minus", [.init("items", .items), .init("others", .items)],
      """
      Returns the items that are not among the others, each once.
      A set where the first argument is one, else a list.
      """,
      example: ("minus([1, 2, 3, 1], [2])", "[1, 3]")
    ) { call in try selected(call, isIn: false) },
  ]

  private static func selected(_ call: Call, isIn: Bool) throws -> Value {
    let others = KeyTable(isShape: false, capacity: 16)
    try call.forEach(1) { _ = try others.insert($0) }
    let result = KeyTable(isShape: false, capacity: 16)
    try call.forEach(0) { item in
      if (try others.position(of: item) >= 0) == isIn { _ = try result.insert(item) }
    }
    return try collected(result, like: call[0], call.context)
  }

  private static func collected(_ keys: KeyTable, like model: Value, _ c: Context) throws -> Value {
    if model.type == .set {
      var result = SetValue()
      for i in 0..<keys.used {
        try c.tick()
        try SetValue.insert(keys.keys[i], into: &result)
      }
      return .object(result)
    }
    let result = ListStorage()
    for i in 0..<keys.used {
      try c.tick()
      result.append(keys.keys[i])
    }
    return .list(result)
  }
}

extension KeyTable {
  /// Returns the position of a key, or -1; raises `type` where the value cannot be a key.
  func position(of key: Value) throws -> Int {
    switch key {
    case .string(let text): find(text)
    case .int(let number): find(number)
    default: find(key, hash: try key.hash())
    }
  }

  /// Adds a key that is missing; returns its position and whether it was new. Only on a table that
  /// is no shape and that the caller made.
  func insert(_ key: Value) throws -> (position: Int, isNew: Bool) {
    let position = try position(of: key)
    if position >= 0 { return (position, false) }
    if used & 0xFFFFF == 0 { try Operations.checkSize(used, MemoryLayout<Value>.stride) }
    append(key, hash: try key.hash())
    return (used - 1, true)
  }
}
