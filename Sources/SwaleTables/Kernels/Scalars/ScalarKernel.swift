import SwaleEngine

/// Functions of single values, computed for the stored items of a column.
enum ScalarKernel {
  /// Returns what a function, by its name with its module, gives for each item; nil where there is no loop for it and such
  /// arguments, or where one of the items may raise an error. Missing items stay missing.
  static func apply(_ name: String, _ column: Column, _ arguments: [Value], _ context: Context) throws
    -> Column?
  {
    let arguments = arguments.last?.isNull ?? false ? Array(arguments.dropLast()) : arguments
    switch column.type {
    case .date, .dateTime: return try DateKernel.apply(name, column, arguments, context)
    case .string: return try StringKernel.apply(name, column, arguments, context)
    case .int, .float, .duration: return try NumberKernel.apply(name, column, arguments, context)
    case .bool, .general: return nil
    }
  }
}
