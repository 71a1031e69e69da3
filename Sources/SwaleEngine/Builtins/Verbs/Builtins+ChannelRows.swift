extension Builtins {
  /// Verbs on the records of a channel that look at one at a time; of lists and tables they make tables.
  nonisolated(unsafe) static let channelRows: [Builtin] = [
    Builtin(
      "fill", [.init("rows", .channel), .named("values")],
      "Returns a channel of the records with values where they lack them.",
      example: (
        "let ch = channel(1); ch <- {a: null, b: 1}; close(ch); ch | fill a: 0 | list", "[{a: 0, b: 1}]"
      )
    ) { call in
      let values = RowExpression.named(call.record(1))
      if values.isEmpty {
        throw SwaleError(.value, "fill needs a field and a value", hint: "fill price: 0.0, name: \"unknown\"")
      }
      return try records(call, "fill", calling: values) { row, c in
        var result = row
        for value in values {
          let name = Text.of(value.name!)
          if let known = result[name], !known.isNull { continue }
          let filler = try value.value(.record(result), c)
          RecordStorage.makeUnique(&result)
          result[name] = filler
        }
        return [.record(result)]
      }
    },
    Builtin(
      "drop_nulls", [.init("rows", .channel), .rest("fields")],
      "Returns a channel of the records that lack none of the fields, without any given none at all.",
      example: (
        "let ch = channel(2); ch <- {a: null}; ch <- {a: 1}; close(ch); ch | drop_nulls .a | list", "[{a: 1}]"
      )
    ) { call in
      let fields = try RowExpression.fields(call.list(1), of: "drop_nulls", "drop_nulls .a, .b")
      return try records(call, "drop_nulls") { row, _ in
        var isComplete = fields.allSatisfy { row[$0].map { !$0.isNull } ?? false }
        if fields.isEmpty { row.forEach { _, value in isComplete = isComplete && !value.isNull } }
        return isComplete ? [.record(row)] : []
      }
    },
    Builtin(
      "explode", [.init("rows", .channel), .init("field")],
      "Returns a channel with a record for each item of the lists in a field, in place of the list.",
      example: (
        "let ch = channel(1); ch <- {a: 1, l: [5, 6]}; close(ch); ch | explode .l | list",
        "[{a: 1, l: 5}, {a: 1, l: 6}]"
      )
    ) { call in
      let fields = try RowExpression.fields(ListStorage([call[1]]), of: "explode", "explode .tags")
      guard let field = fields.first, fields.count == 1 else {
        throw SwaleError(.type, "explode of a channel takes one field", hint: "explode .tags")
      }
      return try records(call, "explode") { row, c in
        let value = try row[field] ?? Operations.member(.record(row), field, c)
        if value.isNull { return [.record(row)] }
        guard TypeSet.items.union(.column).contains(value.type) else {
          throw SwaleError(
            .type, "explode: \(field.string) is \(value.typeNameWithArticle), not a list",
            hint: "explode takes fields of lists; [x] is a list of one item")
        }
        var rows: [Value] = []
        try Operations.forEach(value, c) { item in
          let copy = row.copy()
          copy[field] = item
          rows.append(.record(copy))
        }
        return rows
      }
    },
  ]

  /// Returns a channel of what a step makes of each record.
  private static func records(
    _ call: Call, _ verb: String, calling expressions: [RowExpression] = [],
    _ step: @escaping (RecordStorage, Context) throws -> [Value]
  ) throws -> Value {
    guard let source = call.channel(0) else { unreachable("\(verb) without a channel") }
    for function in expressions.compactMap(\.function) {
      try Sendability.check(.function(function), .spawned, at: nil)
    }
    return ChannelStage.start(verb, call.context) { stage in
      try stage.forEach(source) { item in
        guard case .record(let row) = item else {
          throw SwaleError(
            .type, "\(verb) works on records, and the channel gave \(item.typeNameWithArticle)",
            hint: "map works on items of any type")
        }
        for row in try step(row, stage.context) { try stage.send(row) }
      }
    }
  }
}
