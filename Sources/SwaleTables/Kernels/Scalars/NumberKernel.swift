import Glibc
import SwaleEngine

/// Functions of numbers.
enum NumberKernel {
  static func apply(_ name: String, _ column: Column, _ arguments: [Value], _ context: Context) throws
    -> Column?
  {
    guard arguments.isEmpty, column.type != .duration || name == "abs" else { return nil }
    switch (name, column.data) {
    case ("abs", .floats(let items)): return try floats(column, context) { items.base[$0].magnitude }
    case ("abs", .ints(let items)):
      return try ints(column, as: column.type, context) { items.base[$0] == .min ? nil : abs(items.base[$0]) }
    case ("floor", .floats(let items)): return try whole(column, items, .down, context)
    case ("ceil", .floats(let items)): return try whole(column, items, .up, context)
    case ("round", .floats(let items)): return try whole(column, items, .toNearestOrAwayFromZero, context)
    case ("floor", .ints), ("ceil", .ints), ("round", .ints): return column
    default:
      guard let function = real(name) else { return nil }
      switch column.data {
      case .floats(let items): return try floats(column, context) { function(items.base[$0]) }
      case .ints(let items): return try floats(column, context) { function(Double(items.base[$0])) }
      default: return nil
      }
    }
  }

  private static func real(_ name: String) -> ((Double) -> Double)? {
    switch name {
    case "sqrt", "math.sqrt": { $0.squareRoot() }
    case "math.sin": Glibc.sin
    case "math.cos": Glibc.cos
    case "math.tan": Glibc.tan
    case "math.asin": Glibc.asin
    case "math.acos": Glibc.acos
    case "math.atan": Glibc.atan
    case "math.exp": Glibc.exp
    case "math.expm1": Glibc.expm1
    case "math.log": Glibc.log
    case "math.log1p": Glibc.log1p
    case "math.log2": Glibc.log2
    case "math.log10": Glibc.log10
    default: nil
    }
  }

  @inline(__always)
  private static func floats(_ column: Column, _ context: Context, _ body: (_ row: Int) -> Double) throws
    -> Column
  {
    let result = Buffer<Double>(uninitialized: column.count)
    try context.forEachRow(column.count) { row in result.base[row] = column.isNull(row) ? 0 : body(row) }
    return Column(floats: result, validity: column.validity)
  }

  /// Returns nil where `body` does for one of the items.
  @inline(__always)
  private static func ints(
    _ column: Column, as type: ColumnType, _ context: Context, _ body: (_ row: Int) -> Int?
  ) throws -> Column? {
    let result = Buffer<Int>(repeating: 0, count: column.count)
    var isInRange = true
    try context.forEachRow(column.count) { row in
      if column.isNull(row) { return }
      guard let item = body(row) else {
        isInRange = false
        return
      }
      result.base[row] = item
    }
    return isInRange ? Column(ints: result, as: type, validity: column.validity) : nil
  }

  private static func whole(
    _ column: Column, _ items: Buffer<Double>, _ rule: FloatingPointRoundingRule, _ context: Context
  ) throws -> Column? {
    try ints(column, as: .int, context) { Int(exactly: items.base[$0].rounded(rule)) }
  }
}
