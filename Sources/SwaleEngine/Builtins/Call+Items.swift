extension TypeSet {
  /// What verbs and aggregates of this module take: lists, sets and ranges.
  static let items: TypeSet = [.list, .set, .range]
  /// What verbs take that look at one item after the other.
  static let flow: TypeSet = [.list, .set, .range, .channel]
  /// Whatever `for x in` takes.
  static let iterable: TypeSet = [
    .list, .set, .range, .string, .bytes, .record, .column, .table, .channel,
  ]
  /// Values that are ordered among each other and are no containers.
  static let ordered: TypeSet = [.bool, .int, .float, .string, .date, .dateTime, .duration]
}

extension Call {
  /// The items of an iterable argument as a list: the list itself where it is one.
  func items(_ index: Int) throws -> ListStorage { try Operations.items(self[index], context) }

  /// An int of at least `least`; raises `value` for a smaller one.
  func int(_ index: Int, atLeast least: Int, _ what: String) throws -> Int {
    let number = int(index)
    if number < least { throw SwaleError(.value, "\(what) must be at least \(least), not \(number)") }
    return number
  }

  /// The argument, nil where it is null.
  func optional(_ index: Int) -> Value? { isNull(index) ? nil : self[index] }

  /// True for a condition that holds for the item; null counts as false.
  func holds(_ condition: FunctionValue, _ item: Value) throws -> Bool {
    try Operations.isTrue(try condition(item, context))
  }
}

extension Operations {
  /// Returns the items of an iterable value as a list: the list itself where it is one.
  static func items(_ value: Value, _ c: Context) throws -> ListStorage {
    if case .list(let list) = value { return list }
    if let ints = intRange(value) {
      return try listOfInts(ints.count, from: ints.first, by: 1, c)
    }
    if case .object(let object) = value, object.type == .bytes {
      let bytes = unsafeDowncast(object, to: BytesValue.self).bytes
      try checkSize(bytes.count, 8)
      let result = ListStorage(uninitialized: .ints, count: bytes.count)
      try c.forEachBatch(bytes.count) { batch in for i in batch { result.ints[i] = Int(bytes[i]) } }
      return result
    }
    let result = ListStorage()
    try forEach(value, c) { result.append($0) }
    return result
  }

  /// Returns a list of ints at equal distances.
  static func listOfInts(_ count: Int, from first: Int, by step: Int, _ c: Context) throws -> ListStorage {
    try checkSize(count, 8)
    let result = ListStorage(uninitialized: .ints, count: count)
    let target = result.ints
    try c.forEachBatch(count) { batch in for i in batch { target[i] = first &+ i &* step } }
    return result
  }

  /// Raises `value` for a range of more ints than can be kept at once.
  public static func checkRange(_ value: Value) throws {
    if let ints = intRange(value) { try checkSize(ints.count, 8) }
  }

  /// The first int and the number of ints of a range of ints; nil for anything else.
  static func intRange(_ value: Value) -> (first: Int, count: Int)? {
    if case .object(let object) = value, object.type == .range {
      return unsafeDowncast(object, to: RangeValue.self).ints
    }
    return nil
  }

  /// Returns the index that an index of a list stands for, counting from the end where it is
  /// negative; raises `index` where it lies outside of `0..<limit`.
  static func checkedIndex(_ index: Int, count: Int, limit: Int) throws -> Int {
    let position = index < 0 ? index &+ count : index
    if position >= 0, position < limit { return position }
    throw outOfBounds(index, count, "list")
  }
}

extension Text {
  /// The text in quotes as messages show it, clipped where it is long.
  var excerpt: String {
    if byteCount <= 60 { return Value.string(self).displayString }
    return Value.text(String(string.prefix(40)) + "…").displayString
  }
}
