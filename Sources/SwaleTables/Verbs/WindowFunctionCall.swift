import SwaleEngine

/// A call of a window function on a column, a list or the rows of a table.
struct WindowFunctionCall {
  private let function: WindowFunction
  private let call: Call

  init(_ function: WindowFunction, _ call: Call) {
    self.function = function
    self.call = call
  }

  /// Returns a column of a column and of a table, a list of anything else.
  func result() throws -> Value {
    var options = WindowFunction.Options()
    var items = call[0]
    if case .object(let object) = items, let key = object as? DescendingKey {
      options.isDescending = true
      items = key.value
    }
    switch function {
    case .lag, .lead:
      options.n = try function.count(call[1])
      options.filler = call[2]
    case .percentChange, .ntile, .rollingMean, .rollingSum, .rollingMin, .rollingMax:
      options.n = try function.count(call[1])
    case .cumsum, .cummin, .cummax, .rank, .denseRank, .rowNumber: break
    }
    if case .object(let object) = items, let table = object as? TableValue {
      let all = Partition(all: try table.rowCount(call.context))
      return .object(ColumnValue(try function.apply(nil, options, all, call.context)))
    }
    let column = try column(items)
    let result = try function.apply(column, options, Partition(all: column.count), call.context)
    return items.type == .column ? .object(ColumnValue(result)) : .list(result.list())
  }

  /// Returns the items as a column that keeps each as it is.
  private func column(_ items: Value) throws -> Column {
    if case .list(let list) = items, list.kind == .values {
      let hasInts = list.array.contains { if case .int = $0 { true } else { false } }
      let hasFloats = hasInts && list.array.contains { if case .float = $0 { true } else { false } }
      if hasFloats { return Column(general: list.array) }
    }
    return try TableMaking.column(items, of: function.rawValue, call.context)
  }
}
