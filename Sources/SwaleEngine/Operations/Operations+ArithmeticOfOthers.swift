// `+ - * / // %` of strings, lists, dates and durations, of null and of objects.

extension Operations {
  @inline(never) static func addOthers(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.list(let x), .list(let y)):
      if x.count == 0 { return r }
      if y.count == 0 { return l }
      try checkSize(x.count &+ y.count, x.kind == y.kind ? x.kind.stride : ListStorage.Kind.values.stride)
      return .list(try concatenate(x, y, c))
    case (.duration(let x), .duration(let y)): return try whole(x.addingReportingOverflow(y), .add, l, r)
    case (.date(let days), .duration(let length)), (.duration(let length), .date(let days)):
      return try shift(days, by: length, .add, l, r)
    case (.dateTime(let x), .duration(let y)), (.duration(let x), .dateTime(let y)):
      let (sum, overflow) = x.addingReportingOverflow(y)
      if overflow { throw self.overflow(.add, .dateTime(0), r, of: (l, r)) }
      return .dateTime(sum)
    default: return try fallback(.add, l, r, c)
    }
  }

  @inline(never) static func subtractOthers(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.duration(let x), .duration(let y)), (.dateTime(let x), .dateTime(let y)):
      return try whole(x.subtractingReportingOverflow(y), .subtract, l, r)
    case (.date(let x), .date(let y)):
      let (days, overflow) = x.subtractingReportingOverflow(y)
      if overflow { throw self.overflow(.subtract, .duration(0), r, of: (l, r)) }
      return try whole(days.multipliedReportingOverflow(by: Calendar.nanosecondsADay), .subtract, l, r)
    case (.dateTime(let x), .date(let days)):
      guard let y = Calendar.join(days, 0) else { throw overflow(.subtract, .duration(0), r, of: (l, r)) }
      return try whole(x.subtractingReportingOverflow(y), .subtract, l, r)
    case (.date(let days), .dateTime(let y)):
      guard let x = Calendar.join(days, 0) else { throw overflow(.subtract, .duration(0), r, of: (l, r)) }
      return try whole(x.subtractingReportingOverflow(y), .subtract, l, r)
    case (.date(let days), .duration(let length)):
      // The least duration has no opposite, and no date lies so far back.
      if length == Int.min { throw overflow(.subtract, .dateTime(0), r, of: (l, r)) }
      return try shift(days, by: -length, .subtract, l, r)
    case (.dateTime(let x), .duration(let y)):
      let (difference, overflow) = x.subtractingReportingOverflow(y)
      if overflow { throw self.overflow(.subtract, l, r) }
      return .dateTime(difference)
    default: return try fallback(.subtract, l, r, c)
    }
  }

  @inline(never) static func multiplyOthers(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.string(let text), .int(let count)), (.int(let count), .string(let text)):
      return .string(try repeated(text, count, c))
    case (.list(let list), .int(let count)), (.int(let count), .list(let list)):
      return .list(try repeated(list, count, c))
    case (.duration(let x), .int(let y)), (.int(let x), .duration(let y)):
      return try whole(x.multipliedReportingOverflow(by: y), .multiply, l, r)
    case (.duration(let x), .float(let y)), (.float(let y), .duration(let x)):
      return try rounded(Double(x) * y, .multiply, l, r)
    default: return try fallback(.multiply, l, r, c)
    }
  }

  @inline(never) static func divideOthers(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.duration(let x), .duration(let y)):
      if y == 0 { throw zeroDivision(.divide, l) }
      return .float(Double(x) / Double(y))
    case (.duration(let x), .int(let y)):
      if y == 0 { throw zeroDivision(.divide, l) }
      if y == -1 { return try whole((0).subtractingReportingOverflow(x), .divide, l, r) }
      // Exact to the nanosecond, halves away from zero.
      let (quotient, remainder) = x.quotientAndRemainder(dividingBy: y)
      let isHalf = remainder.magnitude >= y.magnitude - remainder.magnitude
      return .duration(
        isHalf && remainder != 0 ? ((x < 0) == (y < 0) ? quotient + 1 : quotient - 1) : quotient)
    case (.duration(let x), .float(let y)):
      if y == 0 { throw zeroDivision(.divide, l) }
      return try rounded(Double(x) / y, .divide, l, r)
    default: return try fallback(.divide, l, r, c)
    }
  }

  @inline(never) static func floorDivideOthers(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.duration(let x), .duration(let y)), (.duration(let x), .int(let y)):
      if y == 0 { throw zeroDivision(.floorDivide, l) }
      guard let quotient = floorDivide(x, y) else { throw overflow(.floorDivide, l, r) }
      return r.type == .int ? .duration(quotient) : .int(quotient)
    default: return try fallback(.floorDivide, l, r, c)
    }
  }

  @inline(never) static func remainderOthers(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch (l, r) {
    case (.duration(let x), .duration(let y)):
      if y == 0 { throw zeroDivision(.remainder, l) }
      return .duration(remainder(x, y))
    default: return try fallback(.remainder, l, r, c)
    }
  }

  /// What objects define, else null where a side is missing, else an error.
  @inline(never)
  static func fallback(_ operation: Operation, _ l: Value, _ r: Value, _ c: Context) throws -> Value {
    if let result = try operate(operation, l, r, c) { return result }
    if l.isNull || r.isNull { return .null }
    throw undefined(operation, l, r)
  }

  // MARK: Durations and dates

  private static func whole(
    _ result: (partialValue: Int, overflow: Bool), _ operation: Operation, _ l: Value, _ r: Value
  ) throws -> Value {
    if result.overflow { throw overflow(operation, .duration(0), r, of: (l, r)) }
    return .duration(result.partialValue)
  }

  /// Returns a duration rounded to whole nanoseconds.
  private static func rounded(_ length: Double, _ operation: Operation, _ l: Value, _ r: Value) throws
    -> Value
  {
    guard let duration = Int(exactly: length.rounded()) else {
      if length.isNaN { throw SwaleError(.value, "a duration cannot be made of nan") }
      throw overflow(operation, .duration(0), r, of: (l, r))
    }
    return .duration(duration)
  }

  /// Returns a date moved by a duration: a date for whole days, else a datetime.
  private static func shift(
    _ days: Int, by length: Int, _ operation: Operation, _ l: Value, _ r: Value
  ) throws -> Value {
    let (whole, rest) = length.quotientAndRemainder(dividingBy: Calendar.nanosecondsADay)
    if rest == 0 {
      let (sum, overflow) = days.addingReportingOverflow(whole)
      guard !overflow, Calendar.validDays.contains(sum) else {
        throw self.overflow(operation, .date(0), r, of: (l, r))
      }
      return .date(sum)
    }
    guard let midnight = Calendar.join(days, 0) else {
      throw overflow(operation, .dateTime(0), r, of: (l, r))
    }
    let (sum, overflow) = midnight.addingReportingOverflow(length)
    if overflow { throw self.overflow(operation, .dateTime(0), r, of: (l, r)) }
    return .dateTime(sum)
  }

  /// An overflow of the type that `kind` is an example of.
  private static func overflow(
    _ operation: Operation, _ kind: Value, _ other: Value, of operands: (Value, Value)
  ) -> SwaleError {
    let hint = overflow(operation, kind, kind).hint
    return SwaleError(
      .overflow,
      "\(operands.0.displayString) \(operation.rawValue) \(operands.1.displayString) is out of range for \(kind.typeNameWithArticle)",
      hint: hint)
  }

  // MARK: Strings and lists

  /// What a single string or list may take; larger ones are refused before memory runs out.
  static let largestSize = 1 << 31

  /// Raises `value` where so many items of so many bytes would be too much for one value.
  static func checkSize(_ count: Int, _ stride: Int) throws {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: stride)
    if overflow || bytes > largestSize || bytes < 0 {
      throw SwaleError(
        .value, "the result would be too large: more than 2 GB",
        hint: "work on it in parts, or write it to a file")
    }
  }

  /// The same for so many lists of so many items.
  static func checkSize(_ lists: Int, _ count: Int, _ stride: Int) throws {
    let (total, overflow) = lists.multipliedReportingOverflow(by: count)
    try checkSize(overflow ? .max : total, stride)
  }

  /// Returns how often something of a size is repeated: never for a negative count.
  static func repetitions(_ count: Int, size: Int) throws -> Int {
    if count <= 0 || size == 0 { return 0 }
    let (total, overflow) = count.multipliedReportingOverflow(by: size)
    try checkSize(overflow ? Int.max : total, 1)
    return count
  }

  static func concatenate(_ x: Text, _ y: Text) throws -> Text {
    if x.byteCount &+ y.byteCount > largestSize { try checkSize(x.byteCount &+ y.byteCount, 1) }
    return Text.concatenate(x, y)
  }

  static func repeated(_ text: Text, _ count: Int, _ c: Context) throws -> Text {
    let size = text.byteCount
    let count = try repetitions(count, size: size)
    if count == 0 { return Text.empty }
    if count == 1 { return text }
    let source = text.bytes
    return try Text.make(count: count * size) { target in
      try c.forEachBatch(count * size) { bytes in
        var position = bytes.lowerBound
        while position < bytes.upperBound {
          let offset = position % size
          let length = min(size - offset, bytes.upperBound - position)
          (target + position).update(from: source.baseAddress! + offset, count: length)
          position += length
        }
      }
    }
  }

  static func repeated(_ list: ListStorage, _ count: Int, _ c: Context) throws -> ListStorage {
    let count = try repetitions(count, size: list.count * list.kind.stride)
    let total = list.count * count
    let result = ListStorage(uninitialized: list.kind, count: 0, capacity: total)
    if total == 0 { return result }
    try append(list, to: result, c)
    // Whole lists, so that what is there repeats.
    let batch = max(list.count, (1 << 16) / list.count * list.count)
    while result.count < total {
      let added = min(result.count, total - result.count, batch)
      try c.tick(added)
      result.append(contentsOf: result, 0..<added)
    }
    return result
  }

  // MARK: Copies of parts of lists, which look for interrupts

  /// Appends all items of another list.
  static func append(_ other: ListStorage, to list: ListStorage, _ c: Context) throws {
    list.reserve(list.count + other.count)
    try c.forEachBatch(other.count) { list.append(contentsOf: other, $0) }
  }

  /// Returns the items from `lower` up to but not including `upper`, which must be in bounds.
  static func slice(_ list: ListStorage, _ lower: Int, _ upper: Int, _ c: Context) throws -> ListStorage {
    let result = ListStorage(uninitialized: list.kind, count: 0, capacity: upper - lower)
    try c.forEachBatch(upper - lower) {
      result.append(contentsOf: list, $0.lowerBound + lower..<$0.upperBound + lower)
    }
    return result
  }

  static func concatenate(_ x: ListStorage, _ y: ListStorage, _ c: Context) throws -> ListStorage {
    let result = ListStorage(uninitialized: x.kind, count: 0, capacity: x.count + y.count)
    try append(x, to: result, c)
    try append(y, to: result, c)
    return result
  }
}
