import SwaleEngine

/// What the arguments of verbs mean: fields, keys and named expressions.
enum VerbArguments {
  /// Returns an argument as a function of the row: one that it is, or one that always gives it.
  static func function(_ value: Value) -> FunctionValue {
    if case .function(let function) = value { return function }
    return ConstantFunction(value)
  }

  /// Returns the columns that arguments name: `.a`, `[.a, .b]`, `"a"`.
  static func fields(_ values: [Value], of verb: String, hint: String) throws -> [String] {
    try values.flatMap { try fields($0, of: verb, hint: hint) }
  }

  static func fields(_ value: Value, of verb: String, hint: String) throws -> [String] {
    switch value {
    case .string(let text): return [text.string]
    case .list(let list): return try fields(list.array, of: verb, hint: hint)
    case .function(let function):
      switch function.rowShape {
      case .field(let name): return [name]
      case .fields(let parts):
        return try parts.map { part in
          if case .field(let name) = part.rowShape { return name }
          throw noField(verb, hint: hint)
        }
      default: throw noField(verb, hint: hint)
      }
    default: throw noField(verb, hint: hint)
    }
  }

  private static func noField(_ verb: String, hint: String) -> SwaleError {
    SwaleError(.type, "\(verb) needs columns, each as .name", hint: hint)
  }

  /// Returns the expressions that were given by name, in order.
  static func named(_ record: RecordStorage) -> [NamedExpression] {
    var result: [NamedExpression] = []
    record.forEach { key, value in result.append(NamedExpression(key.printString, function(value))) }
    return result
  }

  /// Returns keys with their names: `.a`, `[.a, .b]`, `{name: expr}`, `"a"`; none for null.
  static func keys(_ value: Value, of verb: String) throws -> [NamedExpression] {
    switch value {
    case .null: return []
    case .record(let record): return named(record)
    case .function(let function):
      switch function.rowShape {
      case .field(let name): return [NamedExpression(name, function)]
      case .record(let parts): return parts.map { NamedExpression($0.0, $0.1) }
      case .fields(let parts):
        return try parts.map { part in
          if case .field(let name) = part.rowShape { return NamedExpression(name, part) }
          throw noName(verb)
        }
      default: throw noName(verb)
      }
    default:
      return try fields(value, of: verb, hint: keyHint).map { NamedExpression($0, FieldFunction($0)) }
    }
  }

  private static let keyHint = "a key is .name, [.a, .b] or {name: expression}"

  private static func noName(_ verb: String) -> SwaleError {
    SwaleError(.type, "\(verb): a key that is computed needs a name", hint: keyHint)
  }

  /// Returns keys of which only the values count: functions of the row; `[.a, .b]` are two.
  static func functions(_ values: [Value], of verb: String) throws -> [FunctionValue] {
    try values.flatMap { value -> [FunctionValue] in
      switch value {
      case .function(let function):
        if case .fields(let parts) = function.rowShape { return parts }
        return [function]
      case .string, .list:
        return try fields(value, of: verb, hint: keyHint).map { FieldFunction($0) }
      default:
        throw SwaleError(
          .type, "\(verb): a key is a function of the row, such as .name, not \(value.typeNameWithArticle)")
      }
    }
  }

  /// Raises `value` where a name comes twice.
  static func checkDistinct(_ names: [String], of verb: String) throws {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw SwaleError(
        .value, "\(verb): there would be two columns \(name)", hint: "give one of them another name")
    }
  }

  /// Returns a name that is not among the others: the name itself, or with numbers behind it.
  static func free(_ name: String, among names: some Collection<String>) -> String {
    var result = name
    var number = 2
    while names.contains(result) {
      result = "\(name)_\(number)"
      number += 1
    }
    return result
  }
}
