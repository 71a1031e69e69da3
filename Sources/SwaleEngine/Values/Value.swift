/// A value of the language.
///
/// Strings, lists and records are references to storage that is copied before it is changed
/// whenever anyone else holds it, so they behave as values. Whatever is used less often is an
/// `ObjectValue`, a class that other modules extend (columns, tables).
public enum Value {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(Text)
  case list(ListStorage)
  case record(RecordStorage)
  case function(FunctionValue)
  /// Nanoseconds.
  case duration(Int)
  /// Days since 1970-01-01.
  case date(Int)
  /// Nanoseconds since 1970-01-01T00:00Z.
  case dateTime(Int)
  case object(ObjectValue)
}

extension Value {
  public static func text(_ string: String) -> Value { .string(Text.of(string)) }

  @inlinable public var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  /// The type's name as the language spells it.
  public var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "string"
    case .list: "list"
    case .record: "record"
    case .function: "function"
    case .duration: "duration"
    case .date: "date"
    case .dateTime: "datetime"
    case .object(let object): object.type.name
    }
  }

  /// The type as one bit of a set.
  public var type: TypeSet {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .string: .string
    case .list: .list
    case .record: .record
    case .function: .function
    case .duration: .duration
    case .date: .date
    case .dateTime: .dateTime
    case .object(let object): object.type
    }
  }

  /// The type's name with an article, for messages: "an int", "a list", "null".
  public var typeNameWithArticle: String { TypeSet.withArticle(typeName) }
}
