import SwaleEngine

/// Which functions help names beside another: those that do similar things or the opposite.
enum RelatedNames {
  /// Names that belong together. One name may stand in several groups.
  static let groups: [[String]] = [
    ["print", "input", "str", "repr", "format"],
    ["int", "float", "bool", "str", "type"],
    ["list", "set", "record", "range", "column", "table", "collect"],
    ["bytes", "decode", "hex", "unhex", "base64.encode", "base64.decode", "fs.read_bytes"],
    ["abs", "round", "floor", "ceil", "sqrt", "math.sign", "math.clamp"],
    ["min", "max", "sum", "mean", "median", "mode", "quantile"],
    ["std", "variance", "corr", "stats.summary"],
    ["count", "n_distinct", "tally", "len"],
    ["upper", "lower"],
    ["trim", "trim_start", "trim_end", "pad_left", "pad_right"],
    ["split", "join", "lines", "words", "chars", "regex.split"],
    ["replace", "repeat", "reverse", "regex.replace"],
    ["contains", "starts_with", "ends_with", "find", "index_of", "regex.matches"],
    ["code", "char", "chars", "bytes"],
    ["first", "last", "take", "skip", "slice", "find"],
    ["sort", "desc", "reverse", "distinct", "random.shuffle"],
    ["zip", "enumerate", "items"],
    ["chunks", "windows", "partition", "flatten", "flat_map", "concat"],
    ["union", "intersect", "minus", "distinct"],
    ["push", "pop", "insert", "remove", "extend", "clear", "swap", "concat"],
    ["add", "remove", "union"],
    ["keys", "values", "items", "has", "get"],
    ["merge", "without", "map_values", "update", "index_by", "group_by"],
    ["map", "where", "each", "reduce", "flat_map", "any", "all", "find"],
    ["select", "drop", "rename", "derive"],
    ["summarize", "group_by", "tally", "describe", "schema"],
    ["explain", "profile"],
    ["join", "append"],
    ["window", "derive", "summarize", "cumsum", "lag", "rank", "rolling_mean", "row_number"],
    ["cumsum", "cummin", "cummax", "rolling_sum"],
    ["lag", "lead", "pct_change"],
    ["rank", "dense_rank", "row_number", "ntile", "sort"],
    ["rolling_mean", "rolling_sum", "rolling_min", "rolling_max"],
    ["fill", "drop_nulls"],
    ["pivot", "unpivot", "explode"],
    ["sample", "take", "random.shuffle"],
    ["read", "write", "csv.parse", "json.parse", "fs.read_text"],
    ["date", "datetime", "duration", "parse_date", "format_date"],
    [
      "year", "quarter", "month", "week", "day", "day_of_year", "weekday", "hour", "minute", "second",
      "nanosecond",
    ],
    ["truncate", "add_months", "date", "format_date"],
    ["now", "today", "time.now", "time.since", "timestamp", "from_timestamp"],
    ["sleep", "time.sleep"],
  ]

  /// Returns the names that help shows beside a name, sorted.
  static func related(to name: String) -> [String] {
    var found = Set(groups.filter { $0.contains(name) }.joined())
    found.remove(name)
    return found.sorted()
  }
}
