import SwaleEngine

/// Columns, tables, their verbs, and the files they come from.
public enum Tables {
  // Written once, at start, on one thread.
  nonisolated(unsafe) private static var isInstalled = false

  /// Adds the builtins of tables and columns to those of the engine; later calls do nothing.
  public static func install() {
    if isInstalled { return }
    isInstalled = true
    Builtins.installAll()
    for family in [
      verbs, groupVerbs, windows, reshaping, looks, conversions, aggregates, columnVerbs, plans, files, csv,
    ] {
      Builtins.install(family)
    }
    Builtins.install(adapted)
    Builtins.elementwise = ElementwiseBuiltin.apply
    Builtins.grouped = GroupedRows.apply
  }

  /// Verbs that do with rows and items what they do with those of a list.
  private static var adapted: [Builtin] {
    let forRows = ["map", "each", "reduce", "flat_map", "any", "all", "find"]
    let forItems = ["map", "each", "reduce", "flat_map", "find"]
    return forRows.compactMap { adapted($0, to: .table) } + forItems.compactMap { adapted($0, to: .column) }
  }

  private static func adapted(_ name: String, to types: TypeSet) -> Builtin? {
    let ofLists = Builtins.prelude[name]?.overloads.first {
      $0.parameters.first?.types.contains(.list) ?? false
    }
    return ofLists?.accepting(types)
  }
}

extension Call {
  /// An argument as a table: the one that it is, or one of its records.
  func table(_ index: Int, of verb: String) throws -> TableValue {
    try TableMaking.table(self[index], verb, context)
  }

  /// The verbs of the table that is the first argument.
  func verbs(_ verb: String) throws -> TableVerbs { TableVerbs(try table(0, of: verb), context) }

  func column(_ index: Int) -> Column { object(index, as: ColumnValue.self).column }

  /// An int that counts rows; raises `value` where it is negative.
  func rowCount(_ index: Int, of verb: String) throws -> Int {
    let count = int(index)
    if count < 0 { throw SwaleError(.value, "\(verb): n must be at least 0, not \(count)") }
    return count
  }
}
