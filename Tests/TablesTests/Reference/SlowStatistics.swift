import SwaleEngine

@testable import SwaleTables

/// Figures of numbers as one would write them down.
enum SlowStatistics {
  static func number(_ value: Value) -> Double? {
    switch value {
    case .int(let item): Double(item)
    case .float(let item): item
    case .bool(let item): item ? 1 : 0
    default: nil
    }
  }

  static func quantile(_ items: [Value], _ p: Double) -> Value {
    let numbers = items.compactMap(number)
    if numbers.isEmpty { return .null }
    if numbers.contains(where: \.isNaN) { return .float(.nan) }
    let sorted = numbers.sorted()
    let place = p * Double(sorted.count - 1)
    let (low, high) = (sorted[Int(place)], sorted[min(Int(place) + 1, sorted.count - 1)])
    return .float(low == high ? low : low + (high - low) * (place - place.rounded(.down)))
  }

  static func correlation(_ x: [Value], _ y: [Value]) -> Value {
    let pairs = zip(x, y).compactMap { a, b in number(a).flatMap { a in number(b).map { (a, $0) } } }
    if pairs.count < 2 { return .null }
    let count = Double(pairs.count)
    let (meanX, meanY) = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
    let xx = pairs.reduce(0) { $0 + ($1.0 - meanX) * ($1.0 - meanX) }
    let yy = pairs.reduce(0) { $0 + ($1.1 - meanY) * ($1.1 - meanY) }
    let xy = pairs.reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    return xx == 0 || yy == 0 ? .null : .float(xy / (xx * yy).squareRoot())
  }
}
