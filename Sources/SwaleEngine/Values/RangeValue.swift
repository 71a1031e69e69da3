/// The values between two ends; an open end occurs only in a slice such as `xs[2...]`.
///
/// Ranges of ints and of dates have items; other ranges only tell what lies in them.
public final class RangeValue: ObjectValue {
  public let lower: Value?
  public let upper: Value?
  public let isClosed: Bool
  /// The first item and the number of items, where these are steps of one.
  private let steps: (first: Int, count: Int)?

  public init(lower: Value?, upper: Value?, isClosed: Bool) {
    self.lower = lower
    self.upper = upper
    self.isClosed = isClosed
    switch (lower, upper) {
    case (.int(let first)?, .int(let last)?), (.date(let first)?, .date(let last)?):
      steps = (first, RangeValue.count(first, last, isClosed: isClosed) ?? Int.max)
    default: steps = nil
    }
  }

  /// Returns the number of ints between two ends; nil where it does not fit an int.
  static func count(_ first: Int, _ last: Int, isClosed: Bool) -> Int? {
    if last < first { return 0 }
    let distance = UInt(bitPattern: last &- first)
    let (count, overflow) = distance.addingReportingOverflow(isClosed ? 1 : 0)
    return overflow ? nil : Int(exactly: count)
  }

  /// The first int and the number of ints; nil where the ends are not ints.
  public var ints: (first: Int, count: Int)? {
    if case .int? = lower { return steps }
    return nil
  }

  public override var type: TypeSet { .range }

  private func item(at position: Int) -> Value {
    let number = (steps?.first ?? 0) &+ position
    if case .date? = lower { return .date(number) }
    return .int(number)
  }

  /// Ranges of ints and dates are equal where their items are.
  public override func isEqual(to other: ObjectValue) -> Bool {
    guard let other = other as? RangeValue else { return false }
    if let steps, let others = other.steps {
      if steps.count != others.count { return false }
      return steps.count == 0 || Value.isEqual(item(at: 0), other.item(at: 0))
    }
    return isClosed == other.isClosed && Value.isSameKey(lower ?? .null, other.lower ?? .null)
      && Value.isSameKey(upper ?? .null, other.upper ?? .null)
  }

  public override func hash() throws -> Int {
    if let steps {
      let first = steps.count == 0 ? 0 : try item(at: 0).hash()
      return Value.hash(Value.hash(ofInt: steps.count), with: first)
    }
    return Value.hash(try (lower ?? .null).hash(), with: try (upper ?? .null).hash())
  }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    if let lower { writer.write(lower, isDisplay: true) }
    writer.write(isClosed ? "..." : "..<")
    if let upper { writer.write(upper, isDisplay: true) }
  }

  public override func count(_ context: Context) throws -> Int? {
    if let steps { return steps.count }
    throw notSteps()
  }

  public override func makeIterator(_ context: Context) throws -> ValueIterator? {
    guard let steps else { throw notSteps() }
    return Iterator(self, steps.count)
  }

  private func notSteps() -> SwaleError {
    let name = (lower ?? upper ?? .null).typeName
    return SwaleError(
      .type, "a range of \(name)s has no items, only ranges of ints and of dates have",
      hint: lower.map { if case .float = $0 { true } else { false } } ?? false
        ? "range(start, end, step) makes a list of floats" : nil)
  }

  private final class Iterator: ValueIterator {
    let range: RangeValue
    let count: Int
    var position = 0
    init(_ range: RangeValue, _ count: Int) {
      self.range = range
      self.count = count
    }
    override func next(_ context: Context) -> Value? {
      if position == count { return nil }
      position += 1
      return range.item(at: position - 1)
    }
  }

  public override func item(_ index: Value, _ context: Context) throws -> Value? {
    guard let steps else { throw notSteps() }
    switch try Operations.position(index, count: steps.count, of: "range") {
    case .item(let i): return item(at: i)
    case .slice(let part):
      if part.isEmpty { return .object(RangeValue(lower: item(at: 0), upper: item(at: 0), isClosed: false)) }
      return .object(
        RangeValue(lower: item(at: part.lowerBound), upper: item(at: part.upperBound - 1), isClosed: true))
    }
  }

  /// True if the value lies between the ends, both of which it must be comparable with.
  public override func contains(_ item: Value, _ context: Context) throws -> Bool? {
    if item.isNull { return false }
    if case .int(let number) = item, case .int(let first)? = lower, case .int(let last)? = upper {
      return number >= first && (isClosed ? number <= last : number < last)
    }
    // NaN is ordered behind all numbers, but lies in no range.
    if case .float(let number) = item, number.isNaN { return false }
    if let lower, try Value.compare(item, lower) < 0 { return false }
    guard let upper else { return true }
    let order = try Value.compare(item, upper)
    return isClosed ? order <= 0 : order < 0
  }
}
