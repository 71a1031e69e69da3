import SwaleEngine

/// A function of the row that several tasks call, `workers: n`, where it is not computed for whole columns.
final class SharedFunction: FunctionValue {
  private let function: FunctionValue
  private let verb: String
  private let workers: Int

  private init(_ function: FunctionValue, _ verb: String, _ workers: Int) {
    (self.function, self.verb, self.workers) = (function, verb, workers)
    super.init(name: function.name)
  }

  /// Returns the function, to be shared where a number of workers is given.
  static func of(_ function: FunctionValue, _ verb: String, workers: Int?, _ c: Context) throws
    -> FunctionValue
  {
    guard let workers else { return function }
    _ = try Workers(verb, workers, calling: [function], c)
    return function is ConstantFunction ? function : SharedFunction(function, verb, workers)
  }

  /// Returns what the function gives for each row.
  func column(over batch: Batch, _ c: Context) throws -> Column {
    let function = function
    let parts = try Workers(verb, workers, calling: [function], c).pieces(batch.count) { rows, c in
      try RowExpression.called(function, batch.slice(rows.lowerBound, rows.upperBound), c)
    }
    return parts.isEmpty ? try RowExpression.called(function, batch, c) : Column.concatenated(parts)
  }

  override var signature: String { function.signature }
  override var arity: (least: Int, most: Int?) { function.arity }
  override var rowShape: RowShape { function.rowShape }
  override var formula: RowFormula? { function.formula }
  override var itemField: String? { function.itemField }
  override var itemFields: [String]? { function.itemFields }
  override var sourceText: String? { function.sourceText }
  override var formulaObstacle: String { function.formulaObstacle }

  override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    try function.call(arguments, context)
  }
}
