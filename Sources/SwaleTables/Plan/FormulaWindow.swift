import SwaleEngine

/// The rows of all groups, one behind the other, of which a formula takes columns, aggregates and window functions.
final class FormulaWindow: FormulaInput {
  private let partition: Partition
  private let groups: Groups
  private let context: Context
  private let fields: (String) throws -> Column
  private var arranged: [String: Column] = [:]

  /// `fields` gives the columns by row.
  init(_ partition: Partition, _ context: Context, fields: @escaping (String) throws -> Column) {
    self.partition = partition
    self.context = context
    self.fields = fields
    groups = partition.groups()
  }

  var count: Int { partition.count }

  func field(_ name: String) throws -> Column {
    if let known = arranged[name] { return known }
    let column = try partition.arranged(try fields(name), context)
    arranged[name] = column
    return column
  }

  func aggregate(_ name: String, _ arguments: [RowFormula]) throws -> Value {
    if arguments.isEmpty {
      guard name == "count" else { throw unusual(name) }
      return try partition.spread(try Aggregate.sizes(groups, context), context)
    }
    let values = try arguments.map { try $0.value(of: self, context) }
    guard let items = values[0].column else { throw unusual(name) }
    return try partition.spread(
      try GroupAggregate.apply(name, items, Array(values.dropFirst()), groups, context), context)
  }

  func window(
    _ name: String, _ arguments: [(label: String?, argument: RowFormula)], isDescending: Bool
  ) throws -> Column {
    guard let function = WindowFunction(rawValue: name) else { throw unusual(name) }
    var options = WindowFunction.Options()
    options.isDescending = isDescending
    var items: Column?
    for (i, (label, argument)) in arguments.enumerated() {
      let value = try argument.value(of: self, context)
      if i == 0, label == nil {
        guard let column = value.column else { throw unusual(name) }
        items = column
        continue
      }
      switch label ?? (i == 1 ? "n" : i == 2 ? "default" : "") {
      case "n": options.n = try function.count(value)
      case "default" where function == .lag || function == .lead: options.filler = value
      default: throw unusual(name)
      }
    }
    return try function.apply(items, options, partition, context)
  }

  /// What the function itself, called with each group, has to say about.
  private func unusual(_ name: String) -> SwaleError {
    SwaleError(.type, "\(name) of such arguments")
  }
}
