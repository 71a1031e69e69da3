import SwaleEngine

@testable import SwaleTables

/// The window functions as one would write them down, on the items of one group.
enum SlowWindows {
  static func apply(
    _ function: WindowFunction, _ items: [Value], n: Int, isDescending: Bool, _ c: Context
  ) throws -> [Value] {
    try items.indices.map { i in
      let before = items[...i].filter { !$0.isNull }
      switch function {
      case .cumsum: return items[i].isNull ? .null : try sum(before, c)
      case .cummin: return items[i].isNull ? .null : try SlowAggregates.apply(.min, before)
      case .cummax: return items[i].isNull ? .null : try SlowAggregates.apply(.max, before)
      case .lag: return i - n >= 0 ? items[i - n] : .null
      case .lead: return i + n < items.count ? items[i + n] : .null
      case .percentChange:
        guard i - n >= 0, let now = number(items[i]), let then = number(items[i - n]) else { return .null }
        return .float(now / then - 1)
      case .rowNumber: return .int(i + 1)
      case .rank:
        return items[i].isNull ? .null : .int(smaller(items, i, isDescending).count + 1)
      case .denseRank:
        if items[i].isNull { return .null }
        var different: [Value] = []
        for item in smaller(items, i, isDescending)
        where !different.contains(where: { Value.isSameKey($0, item) }) { different.append(item) }
        return .int(different.count + 1)
      case .ntile:
        if items[i].isNull { return .null }
        let place = items.indices.filter { j in
          if items[j].isNull { return false }
          let order = ReferenceTable.order(items[j], items[i], isDescending)
          return order < 0 || order == 0 && j < i
        }.count
        return .int(tile(place, of: items.filter { !$0.isNull }.count, n))
      case .rollingMean, .rollingSum, .rollingMin, .rollingMax:
        if i + 1 < n { return .null }
        let window = Array(items[(i + 1 - n)...i])
        if window.contains(where: \.isNull) { return .null }
        switch function {
        case .rollingSum: return try sum(window, c)
        case .rollingMean: return try mean(window, c)
        case .rollingMin: return try SlowAggregates.apply(.min, window)
        default: return try SlowAggregates.apply(.max, window)
        }
      }
    }
  }

  private static func smaller(_ items: [Value], _ i: Int, _ isDescending: Bool) -> [Value] {
    items.filter { !$0.isNull && ReferenceTable.order($0, items[i], isDescending) < 0 }
  }

  /// Deals out the numbers from 0 to `count` one tile after the other.
  private static func tile(_ place: Int, of count: Int, _ n: Int) -> Int {
    var dealt = 0
    for tile in 1...n {
      dealt += count / n + (tile <= count % n ? 1 : 0)
      if place < dealt { return tile }
    }
    fatalError("no tile")
  }

  private static func sum(_ items: [Value], _ c: Context) throws -> Value {
    var sum: Value?
    for item in items {
      let item: Value = if case .bool(let flag) = item { .int(flag ? 1 : 0) } else { item }
      sum = try sum.map { try Operations.add($0, item, c) } ?? item
    }
    return sum ?? .int(0)
  }

  private static func mean(_ items: [Value], _ c: Context) throws -> Value {
    switch try sum(items, c) {
    case .duration(let total): .duration(Int((Double(total) / Double(items.count)).rounded()))
    case .int(let total): .float(Double(total) / Double(items.count))
    case .float(let total): .float(total / Double(items.count))
    default: fatalError("a mean of others")
    }
  }

  private static func number(_ value: Value) -> Double? {
    switch value {
    case .int(let item), .duration(let item): Double(item)
    case .float(let item): item
    default: nil
    }
  }
}
