import SwaleEngine

/// Operations on columns item by item, with other columns and with scalars.
enum Elementwise {
  /// Returns `left operation right`; for the unary operations `right` is not looked at.
  static func operate(_ operation: Operation, _ left: Value, _ right: Value, _ context: Context) throws
    -> Column
  {
    let l = Operand(left)
    let isUnary = operation == .negate || operation == .not
    let r = isUnary ? Operand.scalar(.null) : Operand(right)
    if let a = l.column, let b = r.column, a.count != b.count {
      throw SwaleError(
        .value, "columns of \(a.count) and \(b.count) items do not fit together in \(operation.rawValue)",
        hint: "elementwise operations need columns of one length, or a column and a single value")
    }
    guard let count = (l.column ?? r.column)?.count else { unreachable("an operation without a column") }
    try context.tick(count / 64)
    if let result = try kernel(operation, l, r, count, context) { return result }
    return try general(operation, l, r, count, context)
  }

  /// Returns the result where there is a loop over the stored items for these types.
  private static func kernel(
    _ operation: Operation, _ l: Operand, _ r: Operand, _ count: Int, _ context: Context
  ) throws -> Column? {
    switch operation {
    case .add, .subtract, .multiply, .divide, .floorDivide, .remainder:
      try arithmetic(operation, l, r, count)
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
      comparison(operation, l, r, count)
    case .and, .or, .not: logic(operation, l, r, count)
    case .negate:
      try arithmetic(.subtract, l.type == .float ? .scalar(.float(-0.0)) : .scalar(.int(0)), l, count)
    case .coalesce:
      if let column = l.column, let validity = column.validity {
        try choose(l, r, count, context) { validity[$0] }
      } else {
        l.column
      }
    case .power: nil
    }
  }

  /// Applies the operation of single values to each row.
  private static func general(
    _ operation: Operation, _ l: Operand, _ r: Operand, _ count: Int, _ context: Context
  ) throws -> Column {
    var builder = ColumnBuilder()
    for row in 0..<count {
      try context.tick()
      let value =
        switch operation {
        case .negate: try Operations.negate(l.value(row), context)
        case .not: try Operations.not(l.value(row), context)
        case .and: Value.bool(try Operations.isTrue(l.value(row)) && Operations.isTrue(r.value(row)))
        case .or: Value.bool(try Operations.isTrue(l.value(row)) || Operations.isTrue(r.value(row)))
        default: try Operations.binary(operation, l.value(row), r.value(row), context)
        }
      builder.append(value)
    }
    return builder.finish()
  }

  /// Returns a column with the items of one operand where a condition holds and of another elsewhere.
  static func choose(
    _ first: Operand, _ second: Operand, _ count: Int, _ context: Context, _ isFirst: (Int) -> Bool
  ) throws -> Column {
    let (a, b) = (first.single, second.single)
    let rows = Buffer<Int>(uninitialized: count)
    for row in 0..<count {
      rows.base[row] =
        isFirst(row) ? (first.column == nil ? 0 : row) : a.count &+ (second.column == nil ? 0 : row)
    }
    return try Column.concatenated([a, b]).gather(rows, context)
  }
}

extension Operand {
  /// The column, or one with the scalar as its only item.
  fileprivate var single: Column {
    switch self {
    case .column(let column): column
    case .scalar(let value): .repeating(value, count: 1)
    }
  }
}
