import SwaleEngine

/// A call of a function with the items of columns, row by row, as a formula has it.
struct ItemCall {
  private let function: BuiltinFunction
  private let labels: [String?]

  init(_ function: BuiltinFunction, labels: [String?]) {
    self.function = function
    self.labels = labels.contains { $0 != nil } ? labels : []
  }

  /// Returns what the calls give; arguments that are no columns are the same for all of the `count` rows.
  func value(_ arguments: [Value], _ count: Int, _ context: Context) throws -> Value {
    let operands = arguments.map { Operand($0) }
    if operands.allSatisfy({ $0.column == nil }) {
      return try call(arguments, context)
    }
    // A loop leaves missing items missing, and for some functions null is a mistake.
    if let column = operands.first?.column, column.validity == nil, labels.isEmpty,
      operands.dropFirst().allSatisfy({ $0.column == nil }),
      let result = try ScalarKernel.apply(function.name, column, Array(arguments.dropFirst()), context)
    {
      return .object(ColumnValue(result))
    }
    var builder = ColumnBuilder()
    try context.forEachRow(count) { row in
      try context.tick()
      builder.append(try call(operands.map { $0.value(row) }, context))
    }
    return .object(ColumnValue(builder.finish()))
  }

  private func call(_ arguments: [Value], _ context: Context) throws -> Value {
    try function.call(arguments, labels: labels, context)
  }
}
