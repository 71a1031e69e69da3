import SwaleEngine

extension Elementwise {
  /// Returns the result for items of one type that is stored flat, nil for others.
  static func comparison(_ operation: Operation, _ l: Operand, _ r: Operand, _ count: Int) -> Column? {
    guard let lt = l.type, let rt = r.type else {
      return withNull(operation, l.column ?? r.column!, count)
    }
    let items: Buffer<Bool>?
    if lt == rt, lt.isStoredAsInt {
      items = compare(operation, l.ints!, r.ints!, count)
    } else if lt.isNumeric, rt.isNumeric, l.isExactAsFloat, r.isExactAsFloat, let x = l.floats,
      let y = r.floats
    {
      items = compare(operation, x, y, count)
    } else if lt == .string, rt == .string {
      items = strings(operation, l, r, count)
    } else {
      items = nil
    }
    return items.map { withNulls(operation, $0, l, r, count) }
  }

  /// Compares with null, which equals missing items only and has no order.
  private static func withNull(_ operation: Operation, _ column: Column, _ count: Int) -> Column? {
    switch operation {
    case .equal, .notEqual:
      let items = Buffer<Bool>(uninitialized: count)
      for i in 0..<count { items.base[i] = column.isNull(i) == (operation == .equal) }
      return Column(bools: items)
    default: return .nulls(count, as: .bool)
    }
  }

  @inline(__always)
  private static func compare<T: Comparable & BitwiseCopyable>(
    _ operation: Operation, _ x: Operand.Items<T>, _ y: Operand.Items<T>, _ count: Int
  ) -> Buffer<Bool>? {
    switch operation {
    case .equal: zip(x, y, count) { $0 == $1 }
    case .notEqual: zip(x, y, count) { $0 != $1 }
    case .less: zip(x, y, count) { $0 < $1 }
    case .lessEqual: zip(x, y, count) { $0 <= $1 }
    case .greater: zip(x, y, count) { $0 > $1 }
    case .greaterEqual: zip(x, y, count) { $0 >= $1 }
    default: nil
    }
  }

  private static func holds(_ operation: Operation, _ order: Int) -> Bool {
    switch operation {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessEqual: order <= 0
    case .greater: order > 0
    default: order >= 0
    }
  }

  private static func strings(_ operation: Operation, _ l: Operand, _ r: Operand, _ count: Int) -> Buffer<
    Bool
  >? {
    let result = Buffer<Bool>(uninitialized: count)
    switch (l, r) {
    case (.column(let x), .column(let y)):
      for i in 0..<count {
        result.base[i] = holds(operation, StringBuffer.compare(x.stringBytes(i), y.stringBytes(i)))
      }
    case (.column(let x), .scalar(.string(let text))):
      each(x, result) { holds(operation, StringBuffer.compare($0, text.bytes)) }
    case (.scalar(.string(let text)), .column(let y)):
      each(y, result) { holds(operation, StringBuffer.compare(text.bytes, $0)) }
    default: return nil
    }
    return result
  }

  /// Asks once for each string of a dictionary, else once for each row.
  private static func each(
    _ column: Column, _ result: Buffer<Bool>, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    if case .codes(let codes, let dictionary) = column.data, dictionary.count <= column.count {
      let answers = Buffer<Bool>(uninitialized: max(1, dictionary.count))
      // Rows without a string have code 0, in a dictionary that may be empty.
      answers.base[0] = false
      for i in 0..<dictionary.count { answers.base[i] = body(dictionary.strings[i]) }
      for i in 0..<column.count { result.base[i] = answers.base[Int(codes.base[i])] }
    } else {
      for i in 0..<column.count { result.base[i] = body(column.stringBytes(i)) }
    }
  }

  /// Puts in what holds for missing items: they equal each other and nothing else, and have no order.
  private static func withNulls(
    _ operation: Operation, _ items: Buffer<Bool>, _ l: Operand, _ r: Operand, _ count: Int
  ) -> Column {
    guard let valid = Bitmap.both(l.validity, r.validity) else { return Column(bools: items) }
    guard operation == .equal || operation == .notEqual else {
      for i in 0..<count where !valid[i] { items.base[i] = false }
      return Column(bools: items, validity: valid)
    }
    for i in 0..<count where !valid[i] {
      let areBothMissing = !(l.validity?[i] ?? true) && !(r.validity?[i] ?? true)
      items.base[i] = areBothMissing == (operation == .equal)
    }
    return Column(bools: items)
  }

  /// `and`, `or`, `not` of bools, in which a missing one counts as false.
  static func logic(_ operation: Operation, _ l: Operand, _ r: Operand, _ count: Int) -> Column? {
    guard let x = l.conditions else { return nil }
    if operation == .not { return Column(bools: zip(x, .one(false), count) { a, _ in !a }) }
    guard let y = r.conditions else { return nil }
    return Column(bools: operation == .and ? zip(x, y, count) { $0 && $1 } : zip(x, y, count) { $0 || $1 })
  }
}

extension Operand {
  /// The items as conditions, false where missing; nil where they are not bools.
  fileprivate var conditions: Items<Bool>? {
    switch self {
    case .column(let column):
      // Missing bools are stored as false.
      if case .bools(let items) = column.data { return .many(items) }
      return nil
    case .scalar(.bool(let item)): return .one(item)
    case .scalar(.null): return .one(false)
    default: return nil
    }
  }
}
