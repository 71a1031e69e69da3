/// The least or greatest item of a list, set or range.
enum Extreme {
  /// Returns the first of the least items, or of the greatest; null where there is none but nulls.
  /// nan counts as greater than any other number.
  static func find(_ value: Value, greatest: Bool, _ c: Context) throws -> Value {
    if let range = Operations.intRange(value) {
      if range.count == 0 { return .null }
      return .int(greatest ? range.first &+ (range.count - 1) : range.first)
    }
    if case .list(let list) = value, list.count > 0 {
      if list.kind == .ints {
        let ints = UnsafeBufferPointer(start: list.ints, count: list.count)
        var best = ints[0]
        try c.forEachBatch(list.count) { batch in
          best = greatest ? max(best, ints[batch].max()!) : min(best, ints[batch].min()!)
        }
        return .int(best)
      }
      if list.kind == .floats {
        let numbers = UnsafeBufferPointer(start: list.floats, count: list.count)
        var best = numbers[0]
        try c.forEachBatch(list.count) { batch in
          best = floats(UnsafeBufferPointer(rebasing: numbers[batch]), from: best, greatest: greatest)
        }
        return .float(best)
      }
    }
    var best = Value.null
    try Operations.forEach(value, c) { item in
      if item.isNull { return }
      if best.isNull {
        best = item
        return
      }
      let order = try Value.compare(item, best)
      if greatest ? order > 0 : order < 0 { best = item }
    }
    return best
  }

  private static func floats(_ numbers: UnsafeBufferPointer<Double>, from start: Double, greatest: Bool)
    -> Double
  {
    var best = start
    for number in numbers {
      if greatest {
        if number > best || number.isNaN { best = number }
        if best.isNaN { return best }
      } else if number < best || best.isNaN {
        best = number
      }
    }
    return best
  }
}
