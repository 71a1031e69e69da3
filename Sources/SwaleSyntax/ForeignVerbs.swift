/// What pandas, Polars, SQL and dplyr call the verbs of tables.
enum ForeignVerbs {
  /// What to write instead.
  static let hints: [String: String] = [
    "melt": longer, "pivot_longer": longer, "stack": longer, "gather": longer,
    "pivot_table": wider, "pivot_wider": wider, "unstack": wider, "spread": wider, "crosstab": wider,
    "unnest": "write t | explode .tags", "fillna": "write t | fill x: 0", "fill_null": "write t | fill x: 0",
    "fill_na": "write t | fill x: 0", "replace_na": "write t | fill x: 0", "nvl": "write x ?? 0",
    "ifnull": "write x ?? 0", "dropna": "write t | drop_nulls .x", "drop_na": "write t | drop_nulls .x",
    "drop_missing": "write t | drop_nulls .x", "assign": derive, "mutate": derive, "with_columns": derive,
    "with_column": derive, "transmute": "write t | select .a, total: .x * .y",
    "agg": aggregate, "aggregate": aggregate, "summarise": aggregate,
    "over": window, "partition_by": window,
    "nunique": "write n_distinct(xs)", "n_unique": "write n_distinct(xs)",
    "drop_duplicates": "write t | distinct .key", "sort_values": "write t | sort desc(.x)",
    "arrange": "write t | sort desc(.x)", "order": "write t | sort desc(.x)",
    "left_join": join("left"), "right_join": join("right"), "inner_join": join("inner"),
    "full_join": join("full"), "outer_join": join("full"), "semi_join": join("semi"),
    "anti_join": join("anti"),
    "query": "write t | where .x > 1", "sample_n": "write t | sample 10, seed: 1",
    "nlargest": "write t | sort desc(.x) | take n", "nsmallest": "write t | sort .x | take n",
    "iterrows": "write for row in t { }", "to_csv": "write write(t, \"out.csv\")",
    "read_csv": "write read(\"data.csv\")", "read_json": "write read(\"data.json\")",
    "diff": "write .x - lag(.x) in window", "rolling": "write rolling_mean(.x, n) in window",
    "cumprod": "write a loop, or math.exp(cumsum(math.log(x)))", "expanding": "write cumsum(.x) in window",
    "min_rank": "write rank(.x) in window", "std_dev": "write std(xs)", "stddev": "write std(xs)",
    "var_samp": "write variance(xs)", "avg": "write mean(xs)", "average": "write mean(xs)",
  ]

  private static let longer = "write t | unpivot [.a, .b], name: \"k\", value: \"v\""
  private static let wider = "write t | pivot .k, value: sum(.x), by: .key"
  private static let derive = "write t | derive total: .x * .y"
  private static let aggregate = "write t | summarize total: sum(.x), by: .key"
  private static let window = "write t | window share: .x / sum(.x), by: .key"

  private static func join(_ kind: String) -> String { "write t | join other, on: .id, kind: \"\(kind)\"" }
}
