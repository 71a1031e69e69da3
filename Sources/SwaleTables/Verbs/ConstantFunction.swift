import SwaleEngine

/// An argument of a verb that does not speak of the row: it is the same for all rows, or a column with an
/// item for each.
final class ConstantFunction: FunctionValue {
  let value: Value

  init(_ value: Value) {
    self.value = value
    super.init(name: "constant")
  }

  override var signature: String { "(row)" }
  override var arity: (least: Int, most: Int?) { (1, 1) }
  override var itemFields: [String]? { [] }

  override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    value
  }

  /// Returns a column of the value for so many rows.
  func column(_ rowCount: Int) throws -> Column {
    guard case .object(let object) = value, let column = (object as? ColumnValue)?.column else {
      return .repeating(value, count: rowCount)
    }
    guard column.count == rowCount else {
      throw SwaleError(
        .value, "a column of \(column.count) items does not fit a table of \(rowCount) rows")
    }
    return column
  }
}

/// The function of a row that gives its field of a name.
final class FieldFunction: FunctionValue {
  private let field: Text

  init(_ field: String) {
    self.field = Text.of(field)
    super.init(name: "." + field)
  }

  override var signature: String { "(row)" }
  override var arity: (least: Int, most: Int?) { (1, 1) }
  override var rowShape: RowShape { .field(field.string) }
  override var itemField: String? { field.string }
  override var itemFields: [String]? { [field.string] }

  override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    let row = arguments[0]
    arguments[0] = .null
    return try Operations.member(row, field, context)
  }
}
