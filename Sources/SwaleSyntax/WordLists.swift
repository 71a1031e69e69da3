/// The names of the types, as annotations and patterns write them.
public enum TypeNames {
  public static let all: Set<String> = [
    "null", "bool", "int", "float", "string", "bytes", "list", "record", "set", "range", "column",
    "table", "date", "datetime", "duration", "function", "task", "channel", "cell", "error",
    "number", "any",
  ]

  /// What other languages call the types.
  static let foreign: [String: String] = [
    "str": "string", "String": "string", "text": "string", "char": "string", "integer": "int",
    "Int": "int", "i64": "int", "int64": "int", "long": "int", "double": "float",
    "Double": "float", "Float": "float", "f64": "float", "float64": "float", "real": "float",
    "boolean": "bool", "Bool": "bool", "array": "list", "List": "list", "Array": "list",
    "vec": "list", "dict": "record", "map": "record", "object": "record", "dataframe": "table",
    "DataFrame": "table", "none": "null", "None": "null", "nil": "null", "void": "null",
    "func": "function", "fn": "function", "chan": "channel", "time": "datetime",
  ]

  /// Returns what to write instead of a name that is no type.
  static func hint(for name: String) -> String {
    if let known = foreign[name] ?? closestName(to: name, among: all) {
      return "did you mean `\(known)`?"
    }
    return "the types are " + all.sorted().joined(separator: " ")
  }
}

/// The verbs: functions whose method calls are stages, so that a leading dot in an argument speaks
/// of the current item.
public enum VerbNames {
  public static let all: Set<String> = [
    "where", "map", "sort", "take", "skip", "distinct", "each", "reduce", "flat_map", "any", "all",
    "find", "tally", "derive", "select", "drop", "rename", "summarize", "join", "append", "window",
    "pivot", "unpivot", "explode", "fill", "drop_nulls", "sample", "describe", "schema",
  ]

  /// Functions that without arguments speak of the current item where they stand in a stage.
  static let ofItem: Set<String> = ["count", "row_number"]
}
