import SwaleEngine

/// A `take` that lets files be read no further than it needs.
extension TableValue {
  /// Returns the same table, of which only `skip` and `take` rows from the beginning on need to be there; nil
  /// where that is no less work.
  func limited(to skip: Int, _ take: Int, _ context: Context) throws -> TableValue? {
    let (rows, overflow) = skip.addingReportingOverflow(take)
    return overflow ? nil : try limited(to: rows, context)
  }

  private func limited(to rows: Int, _ context: Context) throws -> TableValue? {
    if knownRowCount != nil { return nil }
    switch plan {
    case .scan(let source):
      guard let first = (source as? any LimitedSource)?.limited(to: rows) else { return nil }
      return try TableValue(.scan(first), columnNames, context)
    case .project(let input, let columns):
      let functions = columns.compactMap { if case .computed(let new) = $0 { new.function } else { nil } }
      guard TableValue.areRepeatable(functions), let input = try input.limited(to: rows, context) else {
        return nil
      }
      return try TableValue(.project(input, columns), columnNames, context)
    case .derive(let input, let expressions):
      guard TableValue.areRepeatable(expressions.map(\.function)),
        let input = try input.limited(to: rows, context)
      else { return nil }
      return try TableValue(.derive(input, expressions), columnNames, context)
    default: return nil
    }
  }

  /// True where computing rows twice cannot be noticed: the whole table may be looked at as well.
  private static func areRepeatable(_ functions: [FunctionValue]) -> Bool {
    functions.allSatisfy { $0 is ConstantFunction || $0.formula != nil || $0.itemField != nil }
  }
}
