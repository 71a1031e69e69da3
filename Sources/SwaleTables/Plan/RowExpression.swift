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
    case .fields(let parts): return union(parts)
    case .record(let parts): return union(parts.map(\.1))
    case .general: return function.itemFields ?? function.formula?.fields
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

  static func missingColumn(_ name: String, in columns: [String], of table: String = "the table")
    -> SwaleError
  {
    let list = columns.isEmpty ? "it has none" : "its columns are " + columns.joined(separator: ", ")
    let hint = closestName(to: name, among: columns).map { "did you mean \($0)?" }
    return SwaleError(.key, "\(table) has no column \(name): \(list)", hint: hint)
  }

  // MARK: Running

  /// Rows are looked at in parts of so many: what a formula makes of one stays in the cache.
  private static let partSize = 1 << 14

  /// Returns what a function gives for each row.
  static func evaluate(_ function: FunctionValue, over batch: Batch, _ context: Context) throws -> Column {
    if case .field(let name) = function.rowShape { return batch.column(name) }
    if let constant = function as? ConstantFunction { return try constant.column(batch.count) }
    let formula = function.formula
    if formula == nil, let shared = function as? SharedFunction {
      return try shared.column(over: batch, context)
    }
    var results: [Column] = []
    try forEachPart(batch, context) { part, _ in
      if let formula, let value = try computed(formula, part, context) {
        results.append(value.column ?? .repeating(value, count: part.count))
      } else {
        results.append(try called(function, part, context))
      }
    }
    return results.isEmpty ? try called(function, batch, context) : Column.concatenated(results)
  }

  /// Returns the rows for which a condition holds.
  static func rows(where condition: FunctionValue, in batch: Batch, _ context: Context) throws -> Buffer<Int>
  {
    var rows = GrowingBuffer<Int>(capacity: batch.count / 2)
    func append(_ mask: Column, _ start: Int) throws {
      if case .bools(let items) = mask.data {
        // Missing bools are stored as false.
        for row in 0..<mask.count where items.base[row] { rows.append(start &+ row) }
      } else {
        for row in 0..<mask.count where try Operations.isTrue(mask.value(row)) { rows.append(start &+ row) }
      }
    }
    let formula = condition.formula
    if formula == nil, let shared = condition as? SharedFunction {
      try append(try shared.column(over: batch, context), 0)
      return rows.finish()
    }
    try forEachPart(batch, context) { part, start in
      if let constant = condition as? ConstantFunction {
        try append(try constant.column(batch.count).slice(start, start + part.count), start)
      } else if let formula, let value = try computed(formula, part, context) {
        guard let mask = value.column else {
          if try Operations.isTrue(value) { for row in 0..<part.count { rows.append(start + row) } }
          return
        }
        try append(mask, start)
      } else {
        let reader = RowReader(part, only: fields(condition))
        for row in 0..<part.count {
          try context.tick()
          if try Operations.isTrue(try condition(.record(reader.row(row)), context)) {
            rows.append(start + row)
          }
        }
      }
    }
    return rows.finish()
  }

  private static func forEachPart(
    _ batch: Batch, _ context: Context, _ body: (_ part: Batch, _ start: Int) throws -> Void
  ) throws {
    for start in stride(from: 0, to: batch.count, by: partSize) {
      try context.tick(100)
      try body(batch.slice(start, min(start + partSize, batch.count)), start)
    }
  }

  /// Returns what a formula gives; nil where that raises an error, about which calls one by one decide.
  private static func computed(_ formula: RowFormula, _ batch: Batch, _ context: Context) throws -> Value? {
    try unlessFailing { try formula.value(of: FormulaRows(batch: batch), context) }
  }

  static func unlessFailing<R>(_ body: () throws -> R) throws -> R? {
    do { return try body() } catch let error as SwaleError {
      // Being stopped is nothing that a row has done.
      if error.kind == .cancelled || error.kind == .timeout { throw error }
      return nil
    }
  }

  /// Returns the column that a formula gives; nil where it gives one value for all rows, or an error.
  static func column(_ formula: RowFormula, over batch: Batch, _ context: Context) throws -> Column? {
    var results: [Column] = []
    var isComplete = true
    try forEachPart(batch, context) { part, _ in
      guard isComplete, let column = try computed(formula, part, context)?.column else {
        isComplete = false
        return
      }
      results.append(column)
    }
    return isComplete && !results.isEmpty ? Column.concatenated(results) : nil
  }

  /// Calls the function with each row.
  static func called(_ function: FunctionValue, _ batch: Batch, _ context: Context) throws -> Column {
    var builder = ColumnBuilder()
    let reader = RowReader(batch, only: fields(function))
    for row in 0..<batch.count {
      try context.tick()
      builder.append(try function(.record(reader.row(row)), context))
    }
    return builder.finish()
  }
}
