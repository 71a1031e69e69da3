extension Builtins {
  /// Verbs on lists of records.
  nonisolated(unsafe) static let rowVerbs: [Builtin] = [
    Builtin(
      "select", [.init("rows", .flow), .rest("fields"), .named("named")],
      "Returns records of the named fields, and of new ones given as `name: expr`.",
      example: ("[{a: 1, b: 2}] | select .b, c: .a + 1", "[{b: 2, c: 2}]")
    ) { call in
      let fields = try RowExpression.fields(
        call.list(1), of: "select", "give a computed field a name: select name: expr")
      let named = RowExpression.named(call.record(2))
      if fields.isEmpty, named.isEmpty {
        throw SwaleError(.value, "select needs at least one field", hint: "select .a, total: .b * 2")
      }
      return try mapRows(call, "select", calling: named) { row, c in
        let result = RecordStorage(capacity: fields.count + named.count)
        for field in fields {
          result[field] = try row[field] ?? Operations.member(.record(row), field, c)
        }
        for expression in named {
          result[expression.name!] = try expression.value(.record(row), c)
        }
        return result
      }
    },
    Builtin(
      "drop", [.init("rows", .flow), .rest("fields")], "Returns the records without the fields.",
      example: ("[{a: 1, b: 2, c: 3}] | drop .a, .c", "[{b: 2}]")
    ) { call in
      let fields = try RowExpression.fields(call.list(1), of: "drop", "drop .a, .b")
      return try mapRows(call, "drop") { row, c in
        var result = row.copy()
        for field in fields {
          let position = result.find(field)
          if position >= 0 {
            RecordStorage.makeUnique(&result)
            _ = result.remove(at: position)
          } else {
            // Given twice, or missing: then this raises the error.
            _ = try Operations.member(.record(row), field, c)
          }
        }
        return result
      }
    },
    Builtin(
      "rename", [.init("rows", .flow), .named("names")],
      "Returns the records with fields renamed, in their places: `new: .old`.",
      example: ("[{a: 1, b: 2}] | rename x: .a", "[{x: 1, b: 2}]")
    ) { call in
      let names = try renamed(call.record(1))
      return try mapRows(call, "rename") { row, c in
        for (old, _) in names where row.find(old) < 0 {
          _ = try Operations.member(.record(row), old, c)
        }
        let result = RecordStorage(capacity: row.count)
        try row.forEach { key, value in
          var key = key
          if case .string(let text) = key, let new = names.first(where: { Text.equal($0.old, text) })?.new {
            key = .string(new)
          }
          if try result.find(key) >= 0 {
            throw SwaleError(
              .value, "rename: there would be two fields \(key.printString)",
              hint: "drop or rename the other one first")
          }
          try result.set(key, value)
        }
        return result
      }
    },
    Builtin(
      "derive", [.init("rows", .flow), .named("named"), .optional("by")],
      """
      Returns the records with fields added or replaced; later expressions see the fields of earlier ones.
      With `by:` they speak of the group of records with equal keys, `derive share: .x / sum(.x), by: .k`.
      With `workers: n` that many tasks share the work; the order stays.
      """,
      example: ("[{a: 1}] | derive b: .a + 1, c: .b * 10", "[{a: 1, b: 2, c: 20}]")
    ) { call in
      if !call.isNull(2) { return try call.grouped("derive", call[1], by: call[2]) }
      let (fields, workers) = try Workers.count(in: call.record(1))
      let named = RowExpression.named(fields)
      let names = named.map { Text.of($0.name!) }
      return try mapRows(call, "derive", workers: workers, calling: named) { row, c in
        var result = row
        for (i, expression) in named.enumerated() {
          let value = try expression.value(.record(result), c)
          RecordStorage.makeUnique(&result)
          result[names[i]] = value
        }
        return result
      }
    },
  ]

  /// Calls `change` with every item, which must be a record, and returns a list of the results; of a channel a
  /// channel.
  private static func mapRows(
    _ call: Call, _ verb: String, workers: Int? = nil, calling expressions: [RowExpression] = [],
    _ change: @escaping (RecordStorage, Context) throws -> RecordStorage
  ) throws -> Value {
    try call.transformed(verb, by: workers, calling: expressions.compactMap(\.function)) { item, index, c in
      guard case .record(let row) = item else {
        throw SwaleError(
          .type, "\(verb) works on records, and item \(index) is \(item.typeNameWithArticle)",
          hint: "map works on items of any type")
      }
      return .record(try change(row, c))
    }
  }

  private static func renamed(_ names: RecordStorage) throws -> [(old: Text, new: Text)] {
    var result: [(old: Text, new: Text)] = []
    try names.forEach { new, old in
      guard case .string(let new) = new else { return }
      let fields = try RowExpression.fields(ListStorage([old]), of: "rename", "rename new_name: .old_name")
      if fields.count == 1 { result.append((fields[0], new)) }
    }
    if result.isEmpty {
      throw SwaleError(.value, "rename needs at least one new name", hint: "rename new_name: .old_name")
    }
    return result
  }
}
