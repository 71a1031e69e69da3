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
}

/// Words that people who know other languages type.
public enum ForeignWords {
  /// Returns what Swale has in the place of a word of another language; nil for other words.
  public static func hint(for word: String) -> String? { hints[word] }

  private static let hints: [String: String] = [
    "def": "a function is declared with `fn`", "func": "a function is declared with `fn`",
    "function": "a function is declared with `fn`", "fun": "a function is declared with `fn`",
    "sub": "a function is declared with `fn`", "proc": "a function is declared with `fn`",
    "lambda": "a function value is written `x => x + 1`",
    "const": "a constant is declared with `let`", "val": "a constant is declared with `let`",
    "auto": "a constant is declared with `let`", "local": "a variable is declared with `var`",
    "mut": "a variable is declared with `var`", "global": "a variable is declared with `var`",
    "elif": "write `else if`", "elsif": "write `else if`", "elseif": "write `else if`",
    "unless": "write `if not`", "until": "write `while not`", "loop": "write `while true { }`",
    "do": "a body stands in braces right behind its head",
    "then": "a body stands in braces right behind its head",
    "end": "a body ends with }", "begin": "a body begins with {",
    "foreach": "write `for x in xs { }`", "switch": "write `match x { pattern => value }`",
    "case": "an arm of `match` is written `pattern => value`",
    "default": "the last arm of `match` is `_ => value`",
    "raise": "write `fail \"message\"`", "throw": "write `fail \"message\"`",
    "except": "write `try { } catch e { }`", "finally": "write `defer { }` before it",
    "import": "write `use \"file.swale\"`; standard modules are there by name",
    "include": "write `use \"file.swale\"`", "require": "write `use \"file.swale\"`",
    "from": "write `use \"file.swale\" { names }`", "source": "write `use \"file.swale\"`",
    "class": "there are no classes: use records and functions",
    "struct": "there are no structures: use records", "enum": "there are no enumerations: use strings",
    "interface": "there are no interfaces: any value has the methods that functions give it",
    "type": "there are no type declarations: use records",
    "go": "a task is started with `spawn f(x)`", "async": "a task is started with `spawn f(x)`",
    "chan": "a channel is made by `channel()`", "yield": "send values with `ch <- v`",
    "is": "compare with `==`, or test a type with `match`", "pass": "an empty body is {}",
    "del": "remove a key with `r.remove(key)`", "None": "write `null`", "nil": "write `null`",
    "none": "write `null`", "undefined": "write `null`", "NULL": "write `null`",
    "Null": "write `null`", "True": "write `true`", "False": "write `false`",
    "TRUE": "write `true`", "FALSE": "write `false`", "self": "functions have no hidden receiver",
    "this": "functions have no hidden receiver", "new": "call the function by its name",
    "with": "write `defer { }` to tidy up", "echo": "write `print(...)`",
    "println": "write `print(...)`", "printf": "write `print(\"{x:.2f}\")`",
    "xor": "write `a != b` for bools, bits.xor(a, b) for ints",
  ]
}
