import SwaleEngine

/// The functions that make one value of the items of each group. Missing items are skipped by all but
/// `first`, `last` and `collect`.
enum Aggregate: String, CaseIterable {
  case sum, mean, median, min, max, count
  case distinctCount = "n_distinct"
  case std, variance, first, last, collect, any, all, mode

  /// Returns one item for each group.
  func apply(_ column: Column, _ groups: Groups, _ context: Context) throws -> Column {
    switch self {
    case .sum: return try sums(column, groups, context)
    case .mean: return try means(column, groups, context)
    case .median: return try quantiles(column, groups, 0.5, context)
    case .min: return try extremes(column, groups, context, isMaximum: false)
    case .max: return try extremes(column, groups, context, isMaximum: true)
    case .count: return Column(ints: try groups.counts(column, context))
    case .distinctCount: return try distinctCounts(column, groups, context)
    case .std: return try variances(column, groups, context, isRoot: true)
    case .variance: return try variances(column, groups, context, isRoot: false)
    case .first: return try column.gather(groups.firstRows, context)
    case .last: return try column.gather(try lastRows(groups, context), context)
    case .collect: return collected(column, groups)
    case .any: return try truths(column, groups, context, neutral: false)
    case .all: return try truths(column, groups, context, neutral: true)
    case .mode: return try modes(column, groups, context)
    }
  }

  /// Returns the value for all items of a column.
  func apply(_ column: Column, _ context: Context) throws -> Value {
    try apply(column, Groups(all: column.count), context).value(0)
  }

  /// Counts the rows of each group.
  static func sizes(_ groups: Groups, _ context: Context) throws -> Column {
    Column(ints: try groups.sizes(context))
  }

  func wrongType(_ column: Column, needs: String, name: String? = nil) -> SwaleError {
    SwaleError(.type, "\(name ?? rawValue) needs \(needs), and the column holds \(plural(column.typeName))")
  }

  private func plural(_ name: String) -> String { name == "any" ? "values of several types" : name + "s" }

  private func lastRows(_ groups: Groups, _ context: Context) throws -> Buffer<Int> {
    let result = Buffer<Int>(repeating: -1, count: groups.count)
    try groups.forEach(context) { result.base[$1] = $0 }
    return result
  }

  private func collected(_ column: Column, _ groups: Groups) -> Column {
    let lists = (0..<groups.count).map { _ in ListStorage() }
    var row = 0
    column.forEach { value in
      lists[groups.ids.map { Int($0.base[row]) } ?? 0].append(value)
      row += 1
    }
    return Column(general: lists.map { .list($0) })
  }

  private func truths(_ column: Column, _ groups: Groups, _ context: Context, neutral: Bool) throws -> Column
  {
    let result = Buffer<Bool>(repeating: neutral, count: groups.count)
    switch column.data {
    case .bools(let items):
      try groups.forEach(in: column, context) { row, group in
        if items.base[row] != neutral { result.base[group] = !neutral }
      }
    case .values(let items):
      try groups.forEach(in: column, context) { row, group in
        guard case .bool(let item) = items.values[row] else { throw wrongType(column, needs: "bools") }
        if item != neutral { result.base[group] = !neutral }
      }
    case .ints, .floats, .strings, .codes:
      if column.nullCount < column.count { throw wrongType(column, needs: "bools") }
    }
    return Column(bools: result)
  }
}
