import SwaleEngine

/// The function of the row that gives a column's item, and where that is missing what another function gives.
final class FilledFunction: FunctionValue {
  private let field: Text
  private let filler: FunctionValue

  init(_ field: String, _ filler: FunctionValue) {
    self.field = Text.of(field)
    self.filler = filler
    super.init(name: "fill")
  }

  override var signature: String { "(row)" }
  override var arity: (least: Int, most: Int?) { (1, 1) }
  override var formula: RowFormula? {
    let other: RowFormula?
    switch filler.rowShape {
    case .field(let name): other = .field(name)
    default: other = (filler as? ConstantFunction)?.scalar.map { .constant($0) } ?? filler.formula
    }
    return other.map { .binary(.coalesce, .field(field.string), $0) }
  }
  override var itemFields: [String]? { RowExpression.fields(filler).map { [field.string] + $0 } }

  override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    let row = arguments[0]
    arguments[0] = .null
    let item = try Operations.member(row, field, context)
    return item.isNull ? try filler(row, context) : item
  }
}

/// The function of the row that says whether none of some columns lacks its item.
final class CompleteFunction: FunctionValue {
  private let fields: [String]

  init(_ fields: [String]) {
    self.fields = fields
    super.init(name: "drop_nulls")
  }

  override var signature: String { "(row)" }
  override var arity: (least: Int, most: Int?) { (1, 1) }
  override var formula: RowFormula? {
    let parts = fields.map { RowFormula.binary(.notEqual, .field($0), .constant(.null)) }
    guard let first = parts.first else { return .constant(.bool(true)) }
    return parts.dropFirst().reduce(first) { .binary(.and, $0, $1) }
  }
  override var itemFields: [String]? { fields }

  override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    let row = arguments[0]
    arguments[0] = .null
    return .bool(try fields.allSatisfy { try !Operations.member(row, Text.of($0), context).isNull })
  }
}

extension ConstantFunction {
  /// The value where a formula may hold it.
  var scalar: Value? {
    switch value {
    case .null, .bool, .int, .float, .string, .date, .dateTime, .duration: value
    case .list, .record, .function, .object: nil
    }
  }
}
