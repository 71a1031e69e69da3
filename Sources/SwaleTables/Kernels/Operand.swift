import SwaleEngine

/// One side of an elementwise operation: a column, or a scalar that stands for as many rows.
enum Operand {
  case column(Column)
  case scalar(Value)

  init(_ value: Value) {
    if case .object(let object) = value, let column = object as? ColumnValue {
      self = .column(column.column)
    } else {
      self = .scalar(value)
    }
  }

  var column: Column? {
    if case .column(let column) = self { return column }
    return nil
  }

  /// The type of the items; nil for null.
  var type: ColumnType? {
    switch self {
    case .column(let column): column.type
    case .scalar(let value): ColumnType(of: value)
    }
  }

  var validity: Bitmap? { column?.validity }

  func value(_ row: Int) -> Value {
    switch self {
    case .column(let column): column.value(row)
    case .scalar(let value): value
    }
  }

  /// The bytes of a string; none where it is missing.
  @inline(__always) func stringBytes(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    switch self {
    case .column(let column): return column.stringBytes(row)
    case .scalar(.string(let text)): return text.bytes
    case .scalar: unreachable("a string of a scalar of another type")
    }
  }

  /// The items as 64-bit integers where they are stored so.
  var ints: Items<Int>? {
    switch self {
    case .column(let column):
      if case .ints(let items) = column.data { return .many(items) }
      return nil
    case .scalar(let value):
      switch value {
      case .int(let item), .date(let item), .dateTime(let item), .duration(let item): return .one(item)
      default: return nil
      }
    }
  }

  /// The items as floats; ints become ones.
  var floats: Items<Double>? {
    switch self {
    case .column(let column):
      switch column.data {
      case .floats(let items): return .many(items)
      case .ints(let items) where column.type == .int:
        let result = Buffer<Double>(uninitialized: column.count)
        for i in 0..<column.count { result.base[i] = Double(items.base[i]) }
        return .many(result)
      default: return nil
      }
    case .scalar(.int(let item)): return .one(Double(item))
    case .scalar(.float(let item)): return .one(item)
    default: return nil
    }
  }

  /// True unless an int could lose digits as a float.
  var isExactAsFloat: Bool {
    guard let ints, type == .int else { return true }
    switch ints {
    case .one(let item): return item.magnitude <= 1 << 53
    case .many(let items):
      for i in 0..<items.count where items.base[i].magnitude > 1 << 53 { return false }
      return true
    }
  }

  enum Items<T: BitwiseCopyable> {
    case many(Buffer<T>)
    case one(T)
  }
}

/// Computes `count` results from two operands; the three shapes get a loop each so that the
/// compiler can vectorise them.
@inline(__always)
func zip<T: BitwiseCopyable, R: BitwiseCopyable>(
  _ left: Operand.Items<T>, _ right: Operand.Items<T>, _ count: Int, _ body: (T, T) -> R
) -> Buffer<R> {
  let result = Buffer<R>(uninitialized: count)
  let target = result.base
  switch (left, right) {
  case (.many(let l), .many(let r)):
    let (x, y) = (l.base, r.base)
    for i in 0..<count { target[i] = body(x[i], y[i]) }
  case (.many(let l), .one(let y)):
    let x = l.base
    for i in 0..<count { target[i] = body(x[i], y) }
  case (.one(let x), .many(let r)):
    let y = r.base
    for i in 0..<count { target[i] = body(x, y[i]) }
  case (.one(let x), .one(let y)):
    for i in 0..<count { target[i] = body(x, y) }
  }
  return result
}
