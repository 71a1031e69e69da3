// `== != < <= > >=`, `not`, and what `and` and `or` do to columns.

extension Operations {
  /// `==`: a bool, or elementwise where a side is a column.
  public static func equal(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    if case .object = l, let result = try operate(.equal, l, r, c) { return result }
    if case .object = r, let result = try operate(.equal, l, r, c) { return result }
    return .bool(try isEqual(l, r, c))
  }

  /// Compares containers with an eye on interrupts.
  private static func isEqual(_ l: Value, _ r: Value, _ c: Context) throws -> Bool {
    switch (l, r) {
    case (.list(let x), .list(let y)):
      // The same bytes are compared at once.
      if x.kind == y.kind, x.kind != .values { try c.tick(x.count >> 8) }
      return try Value.isDeepEqual(l, r, isKey: false) { try c.tick($0) }
    case (.record, .record): return try Value.isDeepEqual(l, r, isKey: false) { try c.tick($0) }
    default: return Value.isEqual(l, r)
    }
  }

  public static func notEqual(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    if case .object = l, let result = try operate(.notEqual, l, r, c) { return result }
    if case .object = r, let result = try operate(.notEqual, l, r, c) { return result }
    return .bool(!(try isEqual(l, r, c)))
  }

  /// `< <= > >=`: null where a side is null; false where a number is NaN.
  static func order(_ operation: Operation, _ l: Value, _ r: Value, _ c: Context) throws -> Value {
    let order: Int
    switch (l, r) {
    case (.int(let x), .int(let y)): order = x < y ? -1 : x > y ? 1 : 0
    case (.float(let x), .float(let y)):
      if x.isNaN || y.isNaN { return .bool(false) }
      order = x < y ? -1 : x > y ? 1 : 0
    case (.int(let x), .float(let y)):
      if y.isNaN { return .bool(false) }
      order = Value.compare(x, y)
    case (.float(let x), .int(let y)):
      if x.isNaN { return .bool(false) }
      order = -Value.compare(y, x)
    default:
      if let result = try operate(operation, l, r, c) { return result }
      if l.isNull || r.isNull { return .null }
      order = try Value.compare(l, r)
    }
    switch operation {
    case .less: return .bool(order < 0)
    case .lessEqual: return .bool(order <= 0)
    case .greater: return .bool(order > 0)
    default: return .bool(order >= 0)
    }
  }

  public static func not(_ value: Value, _ c: Context) throws -> Value {
    switch value {
    case .bool(let truth): return .bool(!truth)
    case .null: return .bool(true)
    default:
      if let result = try operate(.not, value, .null, c) { return result }
      throw SwaleError(
        .type, "`not` takes a bool, not \(value.typeNameWithArticle)", hint: notCondition(value).hint)
    }
  }

  /// `and` and `or` where both sides have been evaluated: elementwise for columns.
  static func logic(_ operation: Operation, _ l: Value, _ r: Value, _ c: Context) throws -> Value {
    if let result = try operate(operation, l, r, c) { return result }
    let (x, y) = (try isTrue(l), try isTrue(r))
    return .bool(operation == .and ? x && y : x || y)
  }

  /// `l ?? r`
  static func coalesce(_ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch l {
    case .null: return r
    case .object(let object) where object.type == .column: return try operate(.coalesce, l, r, c) ?? l
    default: return l
    }
  }
}
