import SwaleEngine

extension Tables {
  /// Verbs that change the rows and columns of one table.
  nonisolated(unsafe) static let verbs: [Builtin] = [
    Builtin(
      "where",
      [.init("table", .table), .init("condition", [.function, .bool, .column]), .workers, .optional("by")],
      """
      Returns the rows for which the condition is true; null counts as false.
      With `by:` the condition speaks of the group of rows with equal keys, `where .x > mean(.x), by: .k`.
      With `workers: n` that many tasks share the calls of a condition that cannot be computed for whole columns.
      """,
      example: ("table({a: [1, 2, 3]}) | where .a > 1", "table({a: [2, 3]})")
    ) { call in
      let verbs = try call.verbs("where")
      if call.isNull(3) {
        return .object(try verbs.filter(call[1], workers: call.isNull(2) ? nil : call.int(2)))
      }
      if !call.isNull(2) { throw GroupedRows.noWorkers("where") }
      return .object(try verbs.filter(call[1], by: call[3]))
    },
    Builtin(
      "select", [.init("table", .table), .rest("columns"), .named("named")],
      "Returns a table of the named columns, and of new ones given as `name: expr`.",
      example: ("table({a: [1], b: [2]}) | select .b, c: .a + 1", "table({b: [2], c: [2]})")
    ) { call in .object(try call.verbs("select").select(call.list(1).array, call.record(2))) },
    Builtin(
      "drop", [.init("table", .table), .rest("columns")], "Returns the table without the columns.",
      example: ("table({a: [1], b: [2]}) | drop .a", "table({b: [2]})")
    ) { call in .object(try call.verbs("drop").drop(call.list(1).array)) },
    Builtin(
      "rename", [.init("table", .table), .named("names")],
      "Returns the table with columns renamed, in their places: `new: .old`.",
      example: ("table({a: [1], b: [2]}) | rename x: .a", "table({x: [1], b: [2]})")
    ) { call in .object(try call.verbs("rename").rename(call.record(1))) },
    Builtin(
      "derive", [.init("table", .table), .named("named"), .optional("by")],
      """
      Returns the table with columns added or replaced; later expressions see the columns of earlier ones.
      With `by:` they speak of the group of rows with equal keys, as in window: `derive share: .x / sum(.x), by: .k`.
      With `workers: n` that many tasks share the calls of expressions that cannot be computed for whole columns.
      """,
      example: ("table({a: [1]}) | derive b: .a + 1, c: .b * 10", "table({a: [1], b: [2], c: [20]})")
    ) { call in
      let verbs = try call.verbs("derive")
      return .object(
        try call.isNull(2) ? verbs.derive(call.record(1)) : verbs.derive(call.record(1), by: call[2]))
    },
    Builtin(
      "sort", [.init("table", .table), .rest("keys"), .optional("by")],
      """
      Returns the rows in the order of keys such as `.a` and `desc(.b)`, without keys of all columns.
      Rows with equal keys keep their order, nulls come last. With `by:` each group is sorted on its own, group after \
      group.
      """,
      example: ("table({a: [2, null, 1]}) | sort .a", "table({a: [1, 2, null]})")
    ) { call in .object(try call.verbs("sort").sort(call.list(1).array, by: call[2])) },
    Builtin(
      "take", [.init("table", .table), .init("n", .int), .optional("by")],
      "Returns the first n rows; with `by:` the first n of each group, group after group.",
      example: ("table({a: [1, 2, 3]}) | take 2", "table({a: [1, 2]})")
    ) { call in
      .object(
        try call.verbs("take").slice(skip: 0, take: call.rowCount(1, of: "take"), by: call[2], of: "take"))
    },
    Builtin(
      "skip", [.init("table", .table), .init("n", .int), .optional("by")],
      "Returns the rows behind the first n; with `by:` those of each group, group after group.",
      example: ("table({a: [1, 2, 3]}) | skip 2", "table({a: [3]})")
    ) { call in
      .object(
        try call.verbs("skip").slice(skip: call.rowCount(1, of: "skip"), take: nil, by: call[2], of: "skip"))
    },
    Builtin(
      "distinct", [.init("table", .table), .rest("keys")],
      "Returns each row once, or with keys the first row for each combination of them.",
      example: ("table({a: [1, 1, 2], b: [1, 2, 3]}) | distinct .a", "table({a: [1, 2], b: [1, 3]})")
    ) { call in .object(try call.verbs("distinct").distinct(call.list(1).array)) },
  ]

  /// Verbs that make tables of groups and of two tables, from tables and lists of records.
  nonisolated(unsafe) static let groupVerbs: [Builtin] = [
    Builtin(
      "summarize", [.init("rows", .rows), .named("aggregates"), .optional("by")],
      """
      Returns a table with one row for each group: its keys and aggregates of it, `name: sum(.price)`.
      `by:` is a key such as `.region`, several as `[.a, .b]`, or computed ones as `{year: year(.day)}`; without it all \
      rows are one group. Groups come in order of first appearance.
      """,
      example: (
        "[{k: \"a\", n: 1}, {k: \"b\", n: 2}, {k: \"a\", n: 3}] | summarize total: sum(.n), by: .k",
        "table({k: [\"a\", \"b\"], total: [4, 2]})"
      )
    ) { call in .object(try call.verbs("summarize").summarize(call.record(1), by: call[2])) },
    Builtin(
      "tally", [.init("rows", [.table, .list, .set, .range, .column]), .rest("keys")],
      """
      Returns a table that counts how often each key occurs, the most frequent first.
      Items that are no records are counted themselves, in the column `value`.
      """,
      example: ("[\"a\", \"b\", \"a\"] | tally", "table({value: [\"a\", \"b\"], count: [2, 1]})")
    ) { call in .object(try Tally.table(call)) },
    Builtin(
      "join",
      [
        .init("left", .rows), .init("right", [.table, .list]), .init("on"),
        .init("kind", .string, default: .text("inner")),
      ],
      """
      Returns the rows of both tables that have equal keys, side by side.
      `on:` is `.id`, `[.a, .b]` or `{left_name: "right_name"}`; `kind:` is inner, left, right, full, semi or anti. Columns \
      of the right table whose names are taken get `_right` behind them. Null keys match nothing.
      """,
      example: (
        "[{id: 1, a: 5}, {id: 2, a: 6}] | join([{id: 2, b: 7}], on: .id)", "table({id: [2], a: [6], b: [7]})"
      )
    ) { call in
      .object(try call.verbs("join").join(call.table(1, of: "join"), on: call[2], kind: call.string(3)))
    },
    Builtin(
      "append", [.init("top", .rows), .rest("others")],
      "Returns the rows of all tables, one below the other; a column that a table does not have is null there.",
      example: ("[{a: 1}] | append [{a: 2, b: 3}]", "table({a: [1, 2], b: [null, 3]})")
    ) { call in
      let others = try call.list(1).array.map { try TableMaking.table($0, "append", call.context) }
      return .object(try call.verbs("append").append(others))
    },
  ]

  /// Functions that look at a table as a whole.
  nonisolated(unsafe) static let looks: [Builtin] = [
    Builtin(
      "describe", [.init("rows", .rows)],
      "Returns a table with a row for each column: its type, how many items it has and lacks, and figures of them.",
      example: (
        "table({a: [1, 3]}) | describe | select .column, .count, .mean",
        "table({column: [\"a\"], count: [2], mean: [2.0]})"
      )
    ) { call in
      .object(TableValue(try Description.of(call.table(0, of: "describe").batch(call.context), call.context)))
    },
    Builtin(
      "schema", [.init("rows", .rows)], "Returns a table of the columns' names and types.",
      example: (
        "schema(table({a: [1], b: [\"x\"]}))", "table({column: [\"a\", \"b\"], type: [\"int\", \"string\"]})"
      )
    ) { call in
      let batch = try call.table(0, of: "schema").batch(call.context)
      return .object(
        TableValue(
          Batch([
            "column": Description.strings(batch.columnNames), "type": Description.strings(batch.columnTypes),
          ])))
    },
    Builtin(
      "collect", [.init("table", .table)], "Returns the table with all its rows computed.",
      example: ("table({a: [1, 2]}) | where .a > 1 | collect", "table({a: [2]})")
    ) { call in
      let table = call.object(0, as: TableValue.self)
      _ = try table.batch(call.context)
      return .object(table)
    },
    Builtin(
      "count", [.init("table", .table)], "Returns the number of rows.",
      example: ("count(table({a: [1, null]}))", "2")
    ) { call in .int(try call.object(0, as: TableValue.self).rowCount(call.context)) },
    Builtin(
      "first", [.init("table", .table)], "Returns the first row; null where there is none.",
      example: ("first(table({a: [1, 2]}))", "{a: 1}")
    ) { call in try row(call) { _ in 0 } },
    Builtin(
      "last", [.init("table", .table)], "Returns the last row; null where there is none.",
      example: ("last(table({a: [1, 2]}))", "{a: 2}")
    ) { call in try row(call) { $0 - 1 } },
  ]

  private static func row(_ call: Call, _ place: (Int) -> Int) throws -> Value {
    let table = call.object(0, as: TableValue.self)
    let count = try table.rowCount(call.context)
    return count == 0 ? .null : try table.item(.int(place(count)), call.context)!
  }
}
