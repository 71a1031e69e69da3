/// An argument of a verb that is evaluated for each item: a function of it, or a constant.
struct RowExpression {
  let name: String?
  private let value: Value

  /// `name` is what the result is called, where the argument was given by name.
  init(_ value: Value, name: String? = nil) {
    self.value = value
    self.name = name
  }

  /// The function that it is; nil for a constant.
  var function: FunctionValue? {
    if case .function(let function) = value { return function }
    return nil
  }

  /// Returns what the expression is for an item.
  func value(_ item: Value, _ c: Context) throws -> Value {
    if case .function(let function) = value { return try function(item, c) }
    return value
  }

  /// The arguments that were given by name, in order.
  static func named(_ arguments: RecordStorage) -> [RowExpression] {
    var result: [RowExpression] = []
    arguments.forEach { key, value in
      if case .string(let name) = key { result.append(RowExpression(value, name: name.string)) }
    }
    return result
  }

  /// Positional keys: functions of the item, or names of fields.
  static func keys(_ arguments: ListStorage, of verb: String) throws -> [RowExpression] {
    try arguments.array.map { argument in
      switch argument {
      case .function: return RowExpression(argument)
      case .string(let name): return RowExpression(.function(FieldFunction(name)))
      default:
        throw SwaleError(
          .type,
          "\(verb): a key is a function of the item, such as .name, not \(argument.typeNameWithArticle)")
      }
    }
  }

  /// The names of fields: `.a`, `[.a, .b]`, or strings.
  static func fields(_ arguments: ListStorage, of verb: String, _ advice: String) throws -> [Text] {
    var result: [Text] = []
    for i in 0..<arguments.count {
      switch arguments[i] {
      case .string(let name): result.append(name)
      case .function(let function):
        if let name = function.itemField {
          result.append(Text.of(name))
        } else if case .fields(let parts) = function.rowShape, parts.allSatisfy({ $0.itemField != nil }) {
          result += parts.map { Text.of($0.itemField!) }
        } else {
          throw SwaleError(
            .value, "\(verb): argument \(i + 1) is not a plain field such as .name", hint: advice)
        }
      default:
        throw SwaleError(
          .type, "\(verb) takes fields such as .name, not \(arguments[i].typeNameWithArticle)", hint: advice)
      }
    }
    return result
  }
}

/// The function of an item that gives its field of a name.
final class FieldFunction: FunctionValue {
  private let field: Text

  init(_ field: Text) {
    self.field = field
    super.init(name: "." + field.string)
  }

  override var signature: String { "(item)" }
  override var arity: (least: Int, most: Int?) { (1, 1) }
  override var rowShape: RowShape { .field(field.string) }
  override var itemField: String? { field.string }
  override var itemFields: [String]? { [field.string] }

  override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    guard arguments.count == 1 else {
      throw SwaleError(.type, "\(name) takes 1 argument, not \(arguments.count)")
    }
    let item = arguments[0]
    arguments[0] = .null
    return try Operations.member(item, field, context)
  }
}
