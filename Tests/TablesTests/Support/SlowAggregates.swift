import SwaleEngine

@testable import SwaleTables

/// The aggregates as one would write them down.
enum SlowAggregates {
  static func apply(_ aggregate: Aggregate, _ items: [Value]) throws -> Value {
    let present = items.filter { !$0.isNull }
    let numbers = present.compactMap { value -> Double? in
      switch value {
      case .int(let item): Double(item)
      case .float(let item): item
      default: nil
      }
    }
    switch aggregate {
    case .sum: return numbers.isEmpty ? .float(0) : .float(numbers.reduce(0, +))
    case .mean: return numbers.isEmpty ? .null : .float(numbers.reduce(0, +) / Double(numbers.count))
    case .median: return median(numbers)
    case .std: return variance(numbers).map { .float($0.squareRoot()) } ?? .null
    case .variance: return variance(numbers).map { .float($0) } ?? .null
    case .count: return .int(present.count)
    case .min: return try present.reduce(.null) { try $0.isNull || Value.compare($1, $0) < 0 ? $1 : $0 }
    case .max: return try present.reduce(.null) { try $0.isNull || Value.compare($1, $0) > 0 ? $1 : $0 }
    case .distinctCount: return .int(counts(present).count)
    case .mode:
      let counts = counts(present)
      return counts.first { $0.count == counts.map(\.count).max() }?.value ?? .null
    case .first: return items.first ?? .null
    case .last: return items.last ?? .null
    case .collect: return .list(ListStorage(items))
    case .any: return .bool(present.contains { if case .bool(true) = $0 { true } else { false } })
    case .all: return .bool(!present.contains { if case .bool(false) = $0 { true } else { false } })
    }
  }

  private static func median(_ numbers: [Double]) -> Value {
    if numbers.isEmpty { return .null }
    if numbers.contains(where: \.isNaN) { return .float(.nan) }
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 || sorted[middle] == sorted[middle - 1] { return .float(sorted[middle]) }
    return .float((sorted[middle - 1] + sorted[middle]) / 2)
  }

  private static func variance(_ numbers: [Double]) -> Double? {
    if numbers.count < 2 { return nil }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count - 1)
  }

  private static func counts(_ items: [Value]) -> [(value: Value, count: Int)] {
    var counts: [(value: Value, count: Int)] = []
    for item in items {
      if let index = counts.firstIndex(where: { Value.isSameKey($0.value, item) }) {
        counts[index].count += 1
      } else {
        counts.append((item, 1))
      }
    }
    return counts
  }
}
