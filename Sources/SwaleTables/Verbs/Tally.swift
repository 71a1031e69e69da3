import SwaleEngine

/// Counts items: what `tally` does.
enum Tally {
  static func table(_ call: Call) throws -> TableValue {
    let keys = call.list(1).array
    if call[0].type == .table { return try call.verbs("tally").tally(keys) }
    let items = try TableMaking.column(call[0], of: "tally", call.context)
    if keys.isEmpty || !areRecords(items) {
      return try ofItems(items, keys, call.context)
    }
    return try call.verbs("tally").tally(keys)
  }

  private static func areRecords(_ items: Column) -> Bool {
    guard case .values(let values) = items.data else { return false }
    return values.values.allSatisfy { $0.type == .record }
  }

  /// Counts the items themselves, or what a function gives for them.
  private static func ofItems(_ items: Column, _ keys: [Value], _ context: Context) throws -> TableValue {
    if keys.count > 1 {
      throw SwaleError(
        .type, "tally of items that are no records takes one key at most", hint: "tally(xs, x => x % 10)")
    }
    var column = items
    if let key = keys.first {
      guard case .function(let function) = key else {
        throw SwaleError(.type, "tally: a key is a function of the item, not \(key.typeNameWithArticle)")
      }
      var builder = ColumnBuilder()
      try items.forEach { item in
        try context.tick()
        builder.append(try function(item, context))
      }
      column = builder.finish()
    }
    return try TableVerbs(TableValue(Batch(["value": column])), context).tally([.text("value")])
  }
}
