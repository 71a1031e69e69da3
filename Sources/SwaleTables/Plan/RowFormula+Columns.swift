import SwaleEngine

extension RowFormula {
  /// Returns what the formula gives for the rows: a column, or a scalar that is the same for all of them.
  /// Raises an error where some part of it cannot be computed for every row.
  func value(over batch: Batch, _ context: Context) throws -> Value {
    func value(_ part: RowFormula) throws -> Value { try part.value(over: batch, context) }
    switch self {
    case .field(let name):
      guard let column = batch.columnIfPresent(name) else {
        throw RowExpression.missingColumn(name, in: batch.names)
      }
      return .object(ColumnValue(column))
    case .constant(let value): return value
    case .unary(let operation, let operand):
      let operand = try value(operand)
      return operation == .negate
        ? try Operations.negate(operand, context) : try Operations.not(operand, context)
    case .binary(let operation, let left, let right):
      return try Operations.binary(operation, try value(left), try value(right), context)
    case .coalesce(let left, let right):
      let left = try value(left)
      guard let column = left.column else { return left.isNull ? try value(right) : left }
      guard let validity = column.validity else { return left }
      return RowFormula.choose(column, try value(right), batch.count) { validity[$0] }
    case .conditional(let condition, let then, let otherwise):
      let condition = try value(condition)
      guard let mask = condition.column else {
        return try value(try Operations.isTrue(condition) ? then : otherwise)
      }
      guard case .bools(let isTrue) = mask.data else {
        throw SwaleError(.type, "a condition must be a bool, not \(mask.typeName)")
      }
      // Missing bools are stored as false.
      return RowFormula.choose(try value(then), try value(otherwise), batch.count) { isTrue.base[$0] }
    case .call(let builtin, let arguments):
      return try builtin.call(
        try arguments.map { try value($0.argument) }, labels: arguments.map(\.label), context)
    }
  }

  /// Returns a column with the items of one value where a condition holds and of another elsewhere.
  private static func choose(_ first: Value, _ second: Value, _ count: Int, _ isFirst: (Int) -> Bool) -> Value
  {
    let (a, b) = (first.column ?? .repeating(first, count: 1), second.column ?? .repeating(second, count: 1))
    let isSingle = (first.column == nil, second.column == nil)
    let rows = Buffer<Int>(uninitialized: count)
    for row in 0..<count {
      rows.base[row] = isFirst(row) ? (isSingle.0 ? 0 : row) : a.count &+ (isSingle.1 ? 0 : row)
    }
    return .object(ColumnValue(Column.concatenated([a, b]).gather(rows)))
  }

  private static func choose(_ first: Column, _ second: Value, _ count: Int, _ isFirst: (Int) -> Bool)
    -> Value
  {
    choose(.object(ColumnValue(first)), second, count, isFirst)
  }
}

extension Value {
  /// The column that the value is, if it is one.
  var column: Column? {
    if case .object(let object) = self { return (object as? ColumnValue)?.column }
    return nil
  }
}
