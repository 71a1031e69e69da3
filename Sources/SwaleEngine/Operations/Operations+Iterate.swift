extension Operations {
  /// Returns the number of items of a value; of a string its user-perceived characters.
  public static func length(_ value: Value, _ c: Context) throws -> Int {
    switch value {
    case .list(let list): return list.count
    case .string(let text): return text.characterCount
    case .record(let record): return record.count
    case .object(let object):
      if let count = try object.count(c) { return count }
    default: break
    }
    throw SwaleError(
      .type, "\(value.typeNameWithArticle) has no length",
      hint: value.isNull ? "the value is missing; `len(x ?? [])` counts it as empty" : nil)
  }

  /// Calls `body` with each item: of a string its characters, of a record its keys, of a table its
  /// rows. Changes made to the variable meanwhile are not seen. Polls for interrupts.
  public static func forEach(_ value: Value, _ c: Context, _ body: (Value) throws -> Void) throws {
    switch value {
    case .list(let list):
      var i = 0
      while i < list.count {
        try c.tick()
        try body(list[i])
        i &+= 1
      }
    default:
      let iterator = try iterator(value, c)
      while let item = try iterator.next(c) {
        try c.tick()
        try body(item)
      }
    }
  }

  /// Returns an iterator over the items that `for` sees; raises `type` where there are none.
  public static func iterator(_ value: Value, _ c: Context) throws -> ValueIterator {
    switch value {
    case .list(let list): return ListIterator(list)
    case .string(let text): return CharacterIterator(text)
    case .record(let record): return KeyIterator(record)
    case .object(let object):
      if let iterator = try object.makeIterator(c) { return iterator }
    default: break
    }
    let hint: String? =
      switch value.type {
      case .int: "0..<n counts up to n"
      case .null: "the value is missing; `x ?? []` stands in an empty list"
      case .function: "call it: `f(...)`"
      default: nil
      }
    throw SwaleError(.type, "\(value.typeNameWithArticle) has no items to go through", hint: hint)
  }

  /// Returns the range between two ends of one kind; raises `type` for ends that have no order.
  public static func range(_ lower: Value, _ upper: Value, isClosed: Bool) throws -> Value {
    switch (lower, upper) {
    case (.int(let first), .int(let last)):
      if RangeValue.count(first, last, isClosed: isClosed) == nil {
        throw SwaleError(
          .overflow,
          "the range \(first)\(isClosed ? "..." : "..<")\(last) has more items than an int can count")
      }
    case (.int, .float), (.float, .int), (.float, .float), (.date, .date), (.dateTime, .dateTime),
      (.duration, .duration), (.string, .string):
      break
    default: throw wrongEnds(lower, upper)
    }
    return .object(RangeValue(lower: lower, upper: upper, isClosed: isClosed))
  }

  private static func wrongEnds(_ lower: Value, _ upper: Value) -> SwaleError {
    let ordered: TypeSet = [.int, .float, .date, .dateTime, .duration, .string]
    for end in [lower, upper] where !ordered.contains(end.type) {
      return SwaleError(
        .type, "the end of a range must be a number, date, duration or string, not \(end.typeNameWithArticle)"
      )
    }
    return SwaleError(
      .type, "a range cannot go from \(lower.typeNameWithArticle) to \(upper.typeNameWithArticle)",
      hint: "both ends must be of one kind")
  }
}

private final class ListIterator: ValueIterator {
  private let list: ListStorage
  private var position = 0
  init(_ list: ListStorage) { self.list = list }
  override func next(_ context: Context) -> Value? {
    if position >= list.count { return nil }
    position &+= 1
    return list[position &- 1]
  }
}

private final class KeyIterator: ValueIterator {
  private let record: RecordStorage
  private var position = 0
  init(_ record: RecordStorage) { self.record = record }
  override func next(_ context: Context) -> Value? {
    while position < record.table.used {
      position &+= 1
      if record.table.isLive(position &- 1) { return record.table.keys[position &- 1] }
    }
    return nil
  }
}

private final class CharacterIterator: ValueIterator {
  private let text: Text
  private var position = 0
  init(_ text: Text) { self.text = text }
  override func next(_ context: Context) -> Value? {
    let start = position
    if start >= text.byteCount { return nil }
    position = text.characterEnd(start)
    return .string(text.slice(start, position))
  }
}
