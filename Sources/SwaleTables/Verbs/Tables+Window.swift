import SwaleEngine

extension Tables {
  /// The verb `window`, and the functions that give an item for each item of a column or list.
  nonisolated(unsafe) static let windows: [Builtin] =
    [
      Builtin(
        "window", [.init("rows", .rows), .named("columns"), .optional("by"), .optional("order")],
        """
        Returns the table with columns that say what each row is among the rows of its group; the rows stay in place.
        In the expressions the item is the group: `.price` is a column of it. Window functions give an item for each
        row; aggregates and other single values are the same for all of them: `share: .price / sum(.price)`.
        `by:` is a key as in summarize; without it all rows are one group. `order:` is a key as in sort, `.day` or
        `[.day, desc(.price)]`, by which each group is sorted for this; without it the rows count in their order.
        Later expressions see the columns of earlier ones.
        """,
        example: (
          "table({k: [\"a\", \"b\", \"a\"], n: [1, 2, 3]}) | window total: cumsum(.n), share: .n / sum(.n), by: .k",
          "table({k: [\"a\", \"b\", \"a\"], n: [1, 2, 3], total: [1, 2, 4], share: [0.25, 1.0, 0.75]})"
        )
      ) { call in
        .object(try call.verbs("window").window(call.record(1), by: call[2], order: call[3]))
      }
    ] + running + offsets + ranks + rolling

  private static var running: [Builtin] {
    [
      windowFunction(
        .cumsum, [], "Returns for each item the sum of all items up to it; nulls stay and add nothing.",
        ("cumsum([1, 2, null, 3])", "[1, 3, null, 6]")),
      windowFunction(
        .cummin, [], "Returns for each item the least of all items up to it; nulls stay.",
        ("cummin([3, 4, 1, 2])", "[3, 3, 1, 1]")),
      windowFunction(
        .cummax, [], "Returns for each item the greatest of all items up to it; nulls stay.",
        ("cummax([1, 3, 2])", "[1, 3, 3]")),
    ]
  }

  private static var offsets: [Builtin] {
    [
      windowFunction(
        .lag, [.init("n", default: .int(1)), .optional("default")],
        "Returns for each item the one n places before it, null or a default where there is none.",
        ("[lag([1, 2, 3]), lag([1, 2, 3], 2, default: 0)]", "[[null, 1, 2], [0, 0, 1]]")),
      windowFunction(
        .lead, [.init("n", default: .int(1)), .optional("default")],
        "Returns for each item the one n places behind it, null or a default where there is none.",
        ("lead([1, 2, 3])", "[2, 3, null]")),
      windowFunction(
        .percentChange, [.init("n", default: .int(1))],
        "Returns by what share each number differs from the one n places before: 0.5 where it is half as much again.",
        ("pct_change([2, 3, 3])", "[null, 0.5, 0.0]")),
    ]
  }

  private static var ranks: [Builtin] {
    [
      windowFunction(
        .rank, [],
        """
        Returns the place of each item in ascending order, counting from 1; equal items have the first of their places.
        `rank(desc(x))` counts from the greatest. Nulls have no rank.
        """, ("[rank([30, 10, 10, 20]), rank(desc([30, 10, 10, 20]))]", "[[4, 1, 1, 3], [1, 3, 3, 2]]")),
      windowFunction(
        .denseRank, [],
        """
        Returns the number of each item among the different ones in ascending order, counting from 1.
        `dense_rank(desc(x))` counts from the greatest. Nulls have no rank.
        """, ("dense_rank([30, 10, 10, 20])", "[3, 1, 1, 2]")),
      windowFunction(
        .rowNumber, [],
        "Returns 1, 2, 3 and so on for the items, or the rows of a table: `window n: row_number(), order: .day`.",
        ("row_number([\"a\", \"b\"])", "[1, 2]")),
      windowFunction(
        .ntile, [.init("n")],
        """
        Returns which of n parts of about one size each item falls into, in ascending order, counting from 1.
        `ntile(desc(x), n)` counts from the greatest; `ntile(., n)` parts the rows of a group in their order. Nulls \
        have no part.
        """, ("ntile([40, 10, 30, 20, 50], 2)", "[2, 1, 1, 1, 2]")),
    ]
  }

  private static var rolling: [Builtin] {
    [
      windowFunction(
        .rollingMean, [.init("n")],
        "Returns for each item the mean of the last n; null where there are not so many, or where one of them is null.",
        ("rolling_mean([1, 2, 6], 2)", "[null, 1.5, 4.0]")),
      windowFunction(
        .rollingSum, [.init("n")],
        "Returns for each item the sum of the last n; null where there are not so many, or where one of them is null.",
        ("rolling_sum([1, 2, 6], 2)", "[null, 3, 8]")),
      windowFunction(
        .rollingMin, [.init("n")],
        "Returns for each item the least of the last n; null where there are not so many, or where one of them is null.",
        ("rolling_min([3, 2, 6], 2)", "[null, 2, 2]")),
      windowFunction(
        .rollingMax, [.init("n")],
        "Returns for each item the greatest of the last n; null where there are not so many, or where one is null.",
        ("rolling_max([3, 2, 6], 2)", "[null, 3, 6]")),
    ]
  }

  private static func windowFunction(
    _ function: WindowFunction, _ parameters: [Builtin.Parameter], _ summary: String,
    _ example: (code: String, result: String)
  ) -> Builtin {
    var types: TypeSet = [.list, .set, .range, .column]
    switch function {
    case .rank, .denseRank: types.formUnion(.key)
    case .ntile: types.formUnion([.key, .table])
    case .rowNumber: types.formUnion(.table)
    default: break
    }
    return Builtin(function.rawValue, [.init("items", types)] + parameters, summary, example: example) {
      try WindowFunctionCall(function, $0).result()
    }
  }
}
