import SwaleEngine

/// The aggregates by name, also those that take more than one argument.
enum GroupAggregate {
  /// Returns one item for each group; raises an error where there is no such aggregate of such arguments.
  static func apply(
    _ name: String, _ column: Column, _ others: [Value], _ groups: Groups, _ context: Context
  ) throws -> Column {
    if others.isEmpty, let aggregate = Aggregate(rawValue: name) {
      return try aggregate.apply(column, groups, context)
    }
    guard let other = others.first, others.count == 1 else { throw wrongArguments(name) }
    switch name {
    case "quantile":
      return try Aggregate.median.quantiles(column, groups, try share(other), context, name: name)
    case "corr":
      guard let y = other.column else { throw wrongArguments(name) }
      return try Correlation.of(column, y, groups, context)
    default: throw wrongArguments(name)
    }
  }

  /// Returns the `p` of a quantile.
  static func share(_ value: Value) throws -> Double {
    let share: Double
    switch value {
    case .int(let number): share = Double(number)
    case .float(let number): share = number
    default: throw wrongArguments("quantile")
    }
    guard (0...1).contains(share) else {
      throw SwaleError(.value, "quantile: p lies between 0 and 1, not at \(value.displayString)")
    }
    return share
  }

  private static func wrongArguments(_ name: String) -> SwaleError {
    SwaleError(.type, "\(name) takes other arguments")
  }
}
