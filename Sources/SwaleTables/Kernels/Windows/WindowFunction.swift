import SwaleEngine

/// The functions that give an item for each item of a group, which depends on its place among the others.
///
/// They work on the places of a `Partition`. Missing items stay missing and are passed over, and a rolling
/// window that holds one is not full.
enum WindowFunction: String, CaseIterable {
  case cumsum, cummin, cummax, lag, lead, rank
  case denseRank = "dense_rank"
  case rowNumber = "row_number"
  case ntile
  case rollingMean = "rolling_mean"
  case rollingSum = "rolling_sum"
  case rollingMin = "rolling_min"
  case rollingMax = "rolling_max"
  case percentChange = "pct_change"

  /// What the functions are told beside the items.
  struct Options {
    var n = 1
    /// What stands where `lag` and `lead` look past the group.
    var filler = Value.null
    var isDescending = false
  }

  /// Returns an item for each place of the items, or of the rows themselves where there are none.
  func apply(_ items: Column?, _ options: Options, _ partition: Partition, _ context: Context) throws
    -> Column
  {
    if options.isDescending, self != .rank, self != .denseRank, self != .ntile {
      throw SwaleError(.type, "\(rawValue) takes no descending key", hint: "rank(desc(x)) does")
    }
    guard let items else {
      switch self {
      case .rowNumber: return try numbers(partition, context)
      case .ntile: return try tiles(options.n, partition, context)
      default: throw SwaleError(.type, "\(rawValue) needs a column", hint: "\(rawValue)(.name)")
      }
    }
    switch self {
    case .cumsum: return try sums(items, partition, context)
    case .cummin: return try extremes(items, partition, context, isMaximum: false)
    case .cummax: return try extremes(items, partition, context, isMaximum: true)
    case .lag, .lead: return try shifted(items, options, partition, context)
    case .rank, .denseRank: return try ranks(items, options, partition, context)
    case .rowNumber: return try numbers(partition, context)
    case .ntile: return try tiles(items, options, partition, context)
    case .rollingMean, .rollingSum: return try rollingSums(items, options.n, partition, context)
    case .rollingMin: return try rollingExtremes(items, options.n, partition, context, isMaximum: false)
    case .rollingMax: return try rollingExtremes(items, options.n, partition, context, isMaximum: true)
    case .percentChange: return try changes(items, options.n, partition, context)
    }
  }

  /// Returns an argument that counts items; raises an error where it is none.
  func count(_ value: Value) throws -> Int {
    let least = self == .lag || self == .lead ? 0 : 1
    guard case .int(let n) = value else {
      throw SwaleError(.type, "\(rawValue): n must be an int, not \(value.typeNameWithArticle)")
    }
    if n >= least { return n }
    let other: String? =
      self == .lag ? "lead(x, n) looks ahead" : self == .lead ? "lag(x, n) looks back" : nil
    throw SwaleError(.value, "\(rawValue): n must be at least \(least), not \(n)", hint: other)
  }

  func wrongType(_ items: Column, needs: String) -> SwaleError {
    let name = items.typeName
    return SwaleError(
      .type, "\(rawValue) needs \(needs), not \(name == "any" ? "values of several types" : name + "s")")
  }
}
