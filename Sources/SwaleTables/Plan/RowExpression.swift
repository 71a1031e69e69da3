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
    guard let formula, batch.count > 0 else { return try called(function, batch, context) }
    let values = try ofParts(batch, context) { part, _, c in try computed(formula, part, c) }
    return Column.concatenated(
      try zip(values, parts(batch)).map { value, rows in
        let count = rows.count
        if let value { return value.column ?? .repeating(value, count: count) }
        return try called(function, batch.slice(rows.lowerBound, rows.upperBound), context)
      })
  }

  /// Returns the rows for which a condition holds.
  static func rows(where condition: FunctionValue, in batch: Batch, _ context: Context) throws -> Buffer<Int>
  {
    let formula = condition.formula
    if formula == nil, let shared = condition as? SharedFunction {
      return try rows(of: try shared.column(over: batch, context), from: 0)
    }
    if let constant = condition as? ConstantFunction {
      return try rows(of: try constant.column(batch.count), from: 0)
    }
    guard let formula else { return try calledRows(where: condition, in: batch, from: 0, context) }
    let found = try ofParts(batch, context) { part, start, c -> Buffer<Int>? in
      guard let value = try computed(formula, part, c) else { return nil }
      return try rows(of: value.column ?? .repeating(value, count: part.count), from: start)
    }
    var all = GrowingBuffer<Int>(capacity: found.reduce(0) { $0 + ($1?.count ?? 0) })
    for (rows, part) in zip(found, parts(batch)) {
      let rows =
        try rows
        ?? calledRows(
          where: condition, in: batch.slice(part.lowerBound, part.upperBound), from: part.lowerBound, context)
      all.append(contentsOf: rows.base, count: rows.count)
    }
    return all.finish()
  }

  /// Returns the rows in which a column is true, counted from `start`.
  private static func rows(of mask: Column, from start: Int) throws -> Buffer<Int> {
    var rows = GrowingBuffer<Int>(capacity: mask.count)
    if case .bools(let items) = mask.data {
      // Missing bools are stored as false.
      for row in 0..<mask.count where items.base[row] { rows.append(start &+ row) }
    } else {
      for row in 0..<mask.count where try Operations.isTrue(mask.value(row)) { rows.append(start &+ row) }
    }
    return rows.finish()
  }

  private static func calledRows(
    where condition: FunctionValue, in batch: Batch, from start: Int, _ context: Context
  ) throws -> Buffer<Int> {
    var rows = GrowingBuffer<Int>()
    let reader = RowReader(batch, only: fields(condition))
    for row in 0..<batch.count {
      try context.tick()
      if try Operations.isTrue(try condition(.record(reader.row(row)), context)) { rows.append(start + row) }
    }
    return rows.finish()
  }

  private static func parts(_ batch: Batch) -> [Range<Int>] {
    stride(from: 0, to: batch.count, by: partSize).map { $0..<min($0 + partSize, batch.count) }
  }

  /// Returns what `body` gives for each part of the rows. Of many rows several tasks share the parts, so it
  /// must call nothing of the program's.
  private static func ofParts<R>(
    _ batch: Batch, _ context: Context, _ body: @escaping (_ part: Batch, _ start: Int, Context) throws -> R
  ) throws -> [R] {
    let parts = parts(batch)
    func result(_ rows: Range<Int>, _ c: Context) throws -> R {
      try c.tick(100)
      return try body(batch.slice(rows.lowerBound, rows.upperBound), rows.lowerBound, c)
    }
    let workers = context.runtime.scheduler.workerCount
    if batch.count < Parallel.leastRows || workers == 1 { return try parts.map { try result($0, context) } }
    return try Workers("rows", workers, calling: [], context).pieces(parts.count) { range, c in
      try range.map { try result(parts[$0], c) }
    }.flatMap { $0 }
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
    let columns = try ofParts(batch, context) { part, _, c in try computed(formula, part, c)?.column }
    let known = columns.compactMap { $0 }
    return known.isEmpty || known.count < columns.count ? nil : Column.concatenated(known)
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
