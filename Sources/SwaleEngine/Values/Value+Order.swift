extension Value {
  /// Returns a negative, zero or positive number as `a` stands before, at or behind `b` when sorted.
  ///
  /// Numbers are ordered together, NaN behind all others; null stands behind everything. Raises
  /// `type` for values of different kinds, and for those without an order.
  public static func compare(_ a: Value, _ b: Value) throws -> Int {
    switch (a, b) {
    case (.int(let x), .int(let y)): x < y ? -1 : x > y ? 1 : 0
    case (.float(let x), .float(let y)): compare(x, y)
    case (.string(let x), .string(let y)): Text.compare(x, y)
    case (.list(let x), .list(let y)): try compareLists(x, y)
    default: try compareOthers(a, b)
    }
  }

  /// Orders two floats, NaN behind all others and equal to itself.
  public static func compare(_ x: Double, _ y: Double) -> Int {
    if x < y { return -1 }
    if x > y { return 1 }
    if x == y { return 0 }
    return x.isNaN ? (y.isNaN ? 0 : 1) : -1
  }

  /// Orders an int and a float by their exact values, NaN behind all ints.
  public static func compare(_ x: Int, _ y: Double) -> Int {
    // Ints from 2^53 on are not all floats, so the int is never rounded; the float is, downwards.
    if !(y < 0x1p63) { return -1 }
    if y < -0x1p63 { return 1 }
    let floor = y.rounded(.down)
    let whole = Int(floor)
    return x < whole ? -1 : x > whole ? 1 : floor < y ? -1 : 0
  }

  private static func compareOthers(_ a: Value, _ b: Value) throws -> Int {
    switch (a, b) {
    case (.null, .null): return 0
    case (.null, _): return 1
    case (_, .null): return -1
    case (.int(let x), .float(let y)): return compare(x, y)
    case (.float(let x), .int(let y)): return x.isNaN ? 1 : -compare(y, x)
    case (.bool(let x), .bool(let y)): return x == y ? 0 : x ? 1 : -1
    case (.duration(let x), .duration(let y)), (.date(let x), .date(let y)),
      (.dateTime(let x), .dateTime(let y)):
      return x < y ? -1 : x > y ? 1 : 0
    case (.object(let x), .object(let y)) where x.type == y.type:
      if let order = x.compare(to: y) { return order }
      throw incomparable(a, b)
    default: throw incomparable(a, b)
    }
  }

  @inline(never) static func incomparable(_ a: Value, _ b: Value) -> SwaleError {
    if a.type == b.type {
      return SwaleError(.type, "\(a.pluralTypeName) have no order")
    }
    var hint: String?
    switch (a, b) {
    case (.date, .dateTime), (.dateTime, .date):
      hint = "datetime(d) is the midnight that a date begins with, date(t) the day of a datetime"
    case (.string, .int), (.int, .string), (.string, .float), (.float, .string):
      hint = "int(text) and float(text) read a number, str(x) makes a string of any value"
    default: break
    }
    return SwaleError(
      .type, "\(a.typeNameWithArticle) and \(b.typeNameWithArticle) cannot be compared by order", hint: hint)
  }

  var pluralTypeName: String {
    switch type {
    case .null, .bytes: typeName
    default: typeName + "s"
    }
  }

  /// Orders lists by the first items that differ, else by length.
  ///
  /// Nested lists are kept on a stack of their own, so that no depth is too deep.
  private static func compareLists(_ a: ListStorage, _ b: ListStorage) throws -> Int {
    if a.kind == .ints, b.kind == .ints {
      for i in 0..<min(a.count, b.count) where a.ints[i] != b.ints[i] {
        return a.ints[i] < b.ints[i] ? -1 : 1
      }
      return a.count - b.count
    }
    var (x, y, i) = (a, b, 0)
    var outer: [(ListStorage, ListStorage, Int)] = []
    while true {
      while i < x.count, i < y.count {
        let (left, right) = (x[i], y[i])
        i += 1
        if case .list(let left) = left, case .list(let right) = right {
          outer.append((x, y, i))
          (x, y, i) = (left, right, 0)
          continue
        }
        let order = try compare(left, right)
        if order != 0 { return order }
      }
      if x.count != y.count { return x.count - y.count }
      guard let enclosing = outer.popLast() else { return 0 }
      (x, y, i) = enclosing
    }
  }
}
