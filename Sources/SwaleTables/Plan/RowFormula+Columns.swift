import SwaleEngine

/// What the parts of a formula are taken from: the rows of a batch, or groups of rows.
protocol FormulaInput {
  /// How many items the columns have.
  var count: Int { get }
  func field(_ name: String) throws -> Column
  func aggregate(_ name: String, _ arguments: [RowFormula]) throws -> Value
  func window(
    _ name: String, _ arguments: [(label: String?, argument: RowFormula)], isDescending: Bool
  ) throws -> Column
}

extension FormulaInput {
  func window(
    _ name: String, _ arguments: [(label: String?, argument: RowFormula)], isDescending: Bool
  ) throws -> Column {
    throw SwaleError(.type, "\(name) needs the rows of a group")
  }
}

/// Rows, of which single ones have no aggregates.
struct FormulaRows: FormulaInput {
  let batch: Batch
  var count: Int { batch.count }

  func field(_ name: String) throws -> Column {
    guard let column = batch.columnIfPresent(name) else {
      throw RowExpression.missingColumn(name, in: batch.names)
    }
    return column
  }

  func aggregate(_ name: String, _ arguments: [RowFormula]) throws -> Value {
    throw SwaleError(.type, "\(name) needs several rows")
  }
}

extension RowFormula {
  /// Returns what the formula gives: a column, or a scalar that is the same for all items. Raises an error
  /// where some part of it cannot be computed for every item.
  func value(of input: some FormulaInput, _ context: Context) throws -> Value {
    func value(_ part: RowFormula) throws -> Value { try part.value(of: input, context) }
    switch self {
    case .field(let name): return .object(ColumnValue(try input.field(name)))
    case .aggregate(let name, let arguments): return try input.aggregate(name, arguments)
    case .window(let name, let arguments, let isDescending):
      return .object(ColumnValue(try input.window(name, arguments, isDescending: isDescending)))
    case .constant(let value): return value
    case .unary(let operation, let operand):
      let operand = try value(operand)
      return operation == .negate
        ? try Operations.negate(operand, context) : try Operations.not(operand, context)
    case .binary(let operation, let left, let right):
      return try Operations.binary(operation, try value(left), try value(right), context)
    case .conditional(let condition, let then, let otherwise):
      let condition = try value(condition)
      guard let mask = condition.column else {
        return try value(try Operations.isTrue(condition) ? then : otherwise)
      }
      guard case .bools(let isTrue) = mask.data else {
        throw SwaleError(.type, "a condition must be a bool, not \(mask.typeName)")
      }
      // Missing bools are stored as false.
      let (first, second) = (Operand(try value(then)), Operand(try value(otherwise)))
      return .object(
        ColumnValue(try Elementwise.choose(first, second, input.count, context) { isTrue.base[$0] }))
    case .text(let parts):
      return .object(
        ColumnValue(
          try ColumnText.column(
            try parts.map { part in
              switch part {
              case .text(let text): .text(text)
              case .value(let formula, let format): .item(Operand(try value(formula)), format)
              }
            }, input.count, context)))
    case .itemCall(let function, let arguments):
      return try ItemCall(function, labels: arguments.map(\.label)).value(
        try arguments.map { try value($0.argument) }, input.count, context)
    case .member(let base, let name, let isOptional):
      let base = try value(base)
      guard let column = base.column else {
        return isOptional
          ? try Operations.optionalMember(base, name, context) : try Operations.member(base, name, context)
      }
      return .object(
        ColumnValue(
          try column.members(name, nulls: isOptional ? .missing : .anError, isOptional: isOptional, context)))
    case .call(let builtin, let arguments):
      return try builtin.call(
        try arguments.map { try value($0.argument) }, labels: arguments.map(\.label), context)
    }
  }
}

extension Value {
  /// The column that the value is, if it is one.
  var column: Column? {
    if case .object(let object) = self { return (object as? ColumnValue)?.column }
    return nil
  }
}
