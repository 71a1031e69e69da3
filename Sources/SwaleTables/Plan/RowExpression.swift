import SwaleEngine
import SwaleSyntax

/// A row expression with the name of the column that it makes.
public struct NamedExpression {
  public let name: String
  public let function: FunctionValue
  public init(_ name: String, _ function: FunctionValue) {
    self.name = name
    self.function = function
  }
}

/// How the functions that verbs are given look at a row, and what they give for the rows of a table.
enum RowExpression {
  /// The columns that a function reads; nil where it may read any.
  static func fields(_ function: FunctionValue) -> [String]? {
    switch function.rowShape {
    case .field(let name): return [name]
    case .descending(let inner): return fields(inner)
    case .aggregate(_, let inner):
      guard let inner else { return [] }
      return fields(inner)
    case .fields(let parts): return union(parts)
    case .record(let parts): return union(parts.map(\.1))
    case .general: return function.itemFields
    }
  }

  private static func union(_ functions: [FunctionValue]) -> [String]? {
    var names: [String] = []
    for function in functions {
      guard let more = fields(function) else { return nil }
      names += more
    }
    return names
  }

  /// Raises `key` where a function reads a column that is not there.
  static func check(_ function: FunctionValue, in columns: [String]) throws {
    guard let names = fields(function) else { return }
    for name in names where !columns.contains(name) { throw missingColumn(name, in: columns) }
  }

  static func missingColumn(_ name: String, in columns: [String]) -> SwaleError {
    let list = columns.isEmpty ? "it has none" : "its columns are " + columns.joined(separator: ", ")
    let hint = closestName(to: name, among: columns).map { "did you mean \($0)?" }
    return SwaleError(.key, "the table has no column \(name): \(list)", hint: hint)
  }

  /// Returns what a function gives for each row.
  static func evaluate(_ function: FunctionValue, over batch: Batch, _ context: Context) throws -> Column {
    if case .field(let name) = function.rowShape { return batch.column(name) }
    if let constant = function as? ConstantFunction { return try constant.column(batch.count) }
    var builder = ColumnBuilder()
    let reader = RowReader(batch, only: fields(function))
    for row in 0..<batch.count {
      try context.tick()
      builder.append(try function(.record(reader.row(row)), context))
    }
    return builder.finish()
  }

  /// Returns the rows for which a condition holds.
  static func rows(where condition: FunctionValue, in batch: Batch, _ context: Context) throws -> Buffer<Int>
  {
    var rows = GrowingBuffer<Int>(capacity: batch.count / 2)
    var mask: Column?
    if case .field(let name) = condition.rowShape { mask = batch.column(name) }
    if let constant = condition as? ConstantFunction { mask = try constant.column(batch.count) }
    if let mask {
      if case .bools(let items) = mask.data {
        // Missing bools are stored as false.
        for row in 0..<batch.count where items.base[row] { rows.append(row) }
      } else {
        for row in 0..<batch.count where try Operations.isTrue(mask.value(row)) { rows.append(row) }
      }
      return rows.finish()
    }
    let reader = RowReader(batch, only: fields(condition))
    for row in 0..<batch.count {
      try context.tick()
      if try Operations.isTrue(try condition(.record(reader.row(row)), context)) { rows.append(row) }
    }
    return rows.finish()
  }
}
