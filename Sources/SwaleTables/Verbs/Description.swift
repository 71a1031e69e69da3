import SwaleEngine

/// Figures of the columns of a table: what `describe` shows.
enum Description {
  static func of(_ batch: Batch, _ context: Context) throws -> Batch {
    let columns = batch.columns
    func figures(_ aggregate: Aggregate, _ fits: (Column) -> Bool) throws -> Column {
      Column(try columns.map { fits($0) ? try aggregate.apply($0, context) : .null })
    }
    let isNumeric: (Column) -> Bool = { $0.type.isNumeric || $0.type == .duration }
    let isOrdered: (Column) -> Bool = { $0.type != .general }
    return Batch(
      ["column", "type", "count", "nulls", "distinct", "mean", "std", "min", "median", "max"],
      [
        strings(batch.names), strings(batch.columnTypes),
        Column(ints: Buffer(columns.map { $0.count - $0.nullCount })),
        Column(ints: Buffer(columns.map(\.nullCount))), Column(try columns.map { try distinct($0, context) }),
        try figures(.mean, isNumeric), try figures(.std, isNumeric), try figures(.min, isOrdered),
        try figures(.median, isNumeric), try figures(.max, isOrdered),
      ], count: columns.count)
  }

  /// The number of different items; null where some cannot be compared.
  private static func distinct(_ column: Column, _ context: Context) throws -> Value {
    do {
      return try Aggregate.distinctCount.apply(column, context)
    } catch let error as SwaleError where error.kind == .type {
      return .null
    }
  }

  static func strings(_ texts: [String]) -> Column {
    texts.isEmpty ? .nulls(0, as: .string) : Column(texts.map { Value.text($0) })
  }
}
