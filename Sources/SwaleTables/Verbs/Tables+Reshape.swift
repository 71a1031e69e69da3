import SwaleEngine

extension Tables {
  /// Verbs that do with missing items and that make rows of items and columns, and columns of rows.
  nonisolated(unsafe) static let reshaping: [Builtin] = [
    Builtin(
      "fill", [.init("rows", .rows), .named("values")],
      """
      Returns the table with values where columns lack them: `fill price: 0.0, name: "unknown"`.
      A value may be an expression of the row, `fill nick: .name`, or a column with an item for each row.
      """,
      example: ("table({a: [1, null]}) | fill a: 0", "table({a: [1, 0]})")
    ) { call in .object(try call.verbs("fill").fill(call.record(1))) },
    Builtin(
      "drop_nulls", [.init("rows", .rows), .rest("columns")],
      "Returns the rows that lack none of the columns, without any given none at all.",
      example: (
        "table({a: [1, null, 3], b: [4, 5, null]}) | drop_nulls .a", "table({a: [1, 3], b: [4, null]})"
      )
    ) { call in .object(try call.verbs("drop_nulls").dropNulls(call.list(1).array)) },
    Builtin(
      "explode", [.init("rows", .rows), .rest("columns")],
      """
      Returns a row for each item of the lists in a column, in place of the list.
      An empty list gives no row, a missing one a row in which the item is missing. Lists of several columns are taken \
      apart side by side and must be of one length.
      """,
      example: (
        "table({id: [1, 2], tags: [[\"a\", \"b\"], []]}) | explode .tags",
        "table({id: [1, 1], tags: [\"a\", \"b\"]})"
      )
    ) { call in .object(try call.verbs("explode").explode(call.list(1).array)) },
    Builtin(
      "unpivot",
      [
        .init("rows", .rows), .rest("columns"), .init("name", .string, default: .text("name")),
        .init("value", .string, default: .text("value")),
      ],
      """
      Returns a row for each of the columns in each row: its name and its item, beside the other columns.
      The columns are `[.jan, .feb]` or `.jan, .feb`; `name:` and `value:` are the names of the two new ones.
      """,
      example: (
        "table({id: [1], jan: [5], feb: [7]}) | unpivot [.jan, .feb], name: \"month\", value: \"sales\"",
        "table({id: [1, 1], month: [\"jan\", \"feb\"], sales: [5, 7]})"
      )
    ) { call in
      .object(
        try call.verbs("unpivot").unpivot(call.list(1).array, name: call.string(2), value: call.string(3)))
    },
    Builtin(
      "pivot", [.init("rows", .rows), .init("name"), .init("value"), .optional("by")],
      """
      Returns a table with a column for each different value of a key, of what an aggregate gives for the rows that \
      have it: `pivot .month, value: sum(.sales), by: .region`.
      `by:` is a key as in summarize, with a row for each; without it there is one row. Cells without rows are null. \
      The key is looked at right away, since the columns depend on it.
      """,
      example: (
        "table({k: [\"a\", \"a\", \"b\"], m: [\"jan\", \"feb\", \"jan\"], n: [1, 2, 3]}) | pivot .m, value: sum(.n), by: .k",
        "table({k: [\"a\", \"b\"], jan: [1, 3], feb: [2, null]})"
      )
    ) { call in .object(try call.verbs("pivot").pivot(call[1], call[2], by: call[3])) },
    Builtin(
      "sample", [.init("rows", .rows), .init("n", .int), .optional("seed", .int), .optional("by")],
      """
      Returns n rows picked at random, in their order; all where there are not more. With `by:` n of each group, group \
      after group.
      A seed gives the same rows each time, on every machine.
      """,
      example: ("table({a: [1, 2, 3]}) | sample(5, seed: 1)", "table({a: [1, 2, 3]})")
    ) { call in
      .object(
        try call.verbs("sample").sample(
          call.rowCount(1, of: "sample"), seed: call.isNull(2) ? nil : call.int(2), by: call[3]))
    },
  ]
}
