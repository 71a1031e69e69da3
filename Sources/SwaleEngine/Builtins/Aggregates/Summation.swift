/// The sum of values of a list: of ints exactly, of floats compensated, or of durations.
struct Summation {
  private(set) var count = 0
  /// Wide enough for any number of ints, so that only a result that does not fit is an error.
  private var ints: Int128 = 0
  private var floats = CompensatedSum()
  private var hasFloats = false
  private var hasDurations = false
  private var hasNumbers = false
  /// What messages call the aggregate.
  private let name: String

  init(_ name: String) { self.name = name }

  /// Adds all items of a list, set or range but nulls.
  mutating func add(itemsOf value: Value, _ c: Context) throws {
    if let range = Operations.intRange(value) {
      let n = Int128(range.count)
      count += range.count
      hasNumbers = true
      ints += n * Int128(range.first) + n * (n - 1) / 2
      return
    }
    guard case .list(let list) = value, list.kind == .ints || list.kind == .floats else {
      var index = 0
      try Operations.forEach(value, c) {
        try add($0, index)
        index += 1
      }
      return
    }
    let batch = 1 << 14
    for start in stride(from: 0, to: list.count, by: batch) {
      let end = min(start + batch, list.count)
      try c.tick(end - start)
      if list.kind == .floats {
        for i in start..<end { floats.add(list.floats[i]) }
      } else {
        for i in start..<end { ints += Int128(list.ints[i]) }
      }
    }
    count += list.count
    if list.kind == .floats { hasFloats = hasFloats || list.count > 0 }
    hasNumbers = hasNumbers || list.count > 0
  }

  private mutating func add(_ item: Value, _ index: Int) throws {
    switch item {
    case .null: return
    case .int(let number):
      ints += Int128(number)
      hasNumbers = true
    case .float(let number):
      floats.add(number)
      hasFloats = true
      hasNumbers = true
    case .bool(let flag):
      if flag { ints += 1 }
      hasNumbers = true
    case .duration(let nanoseconds):
      ints += Int128(nanoseconds)
      hasDurations = true
    default: throw Aggregation.noNumber(name, item, index)
    }
    if hasDurations, hasNumbers {
      throw SwaleError(.type, "\(name): numbers and durations cannot be added")
    }
    count += 1
  }

  /// The sum; raises `overflow` where it does not fit.
  func total() throws -> Value {
    if hasFloats { return .float(floatTotal) }
    guard let result = Int(exactly: ints) else {
      throw SwaleError(
        .overflow, "\(name): \(hasDurations ? "the duration" : "\(ints)") does not fit into 64 bits",
        hint: hasDurations ? nil : "sum floats instead: sum(map(xs, float))")
    }
    return hasDurations ? .duration(result) : .int(result)
  }

  /// The mean; null of nothing.
  func mean() -> Value {
    if count == 0 { return .null }
    if hasDurations { return .duration(Int(exactly: (Double(ints) / Double(count)).rounded()) ?? .max) }
    return .float(floatTotal / Double(count))
  }

  private var floatTotal: Double {
    if !hasFloats { return Double(ints) }
    var total = floats
    if ints != 0 { total.add(Double(ints)) }
    return total.value
  }
}
