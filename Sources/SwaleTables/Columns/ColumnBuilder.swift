import SwaleEngine

/// Makes a column of values that come one by one, and finds its type on the way: the one that all
/// items share, float for ints and floats, else a general column.
public struct ColumnBuilder: ~Copyable {
  private var type: ColumnType?
  private var count = 0
  private var bools = GrowingBuffer<Bool>()
  private var ints = GrowingBuffer<Int>()
  private var floats = GrowingBuffer<Double>()
  private var bytes = GrowingBuffer<UInt8>()
  private var offsets = GrowingBuffer<Int>()
  private var values: [Value] = []
  /// The rows that are missing, in order.
  private var nulls: [Int] = []

  public init() {}

  public mutating func append(_ value: Value) {
    switch (type, value) {
    case (.int, .int(let item)), (.date, .date(let item)), (.dateTime, .dateTime(let item)),
      (.duration, .duration(let item)):
      ints.append(item)
    case (.float, .float(let item)): floats.append(item)
    case (.float, .int(let item)) where item.magnitude <= 1 << 53: floats.append(Double(item))
    case (.bool, .bool(let item)): bools.append(item)
    case (.string, .string(let text)): append(text)
    case (.general, _):
      if value.isNull { nulls.append(count) }
      values.append(value)
    case (_, .null): appendNull()
    default:
      adapt(to: value)
      append(value)
      return
    }
    count &+= 1
  }

  private mutating func append(_ text: Text) {
    let added = text.bytes
    bytes.append(contentsOf: added.baseAddress!, count: added.count)
    offsets.append(bytes.count)
  }

  /// Stores what stands for a missing item; the caller counts it.
  private mutating func appendNull() {
    nulls.append(count)
    switch type {
    case nil, .general: break
    case .bool: bools.append(false)
    case .float: floats.append(0)
    case .string: offsets.append(bytes.count)
    case .int, .date, .dateTime, .duration: ints.append(0)
    }
  }

  /// Changes the type so that the value fits.
  private mutating func adapt(to value: Value) {
    let wanted = ColumnType(of: value) ?? .general
    if type == nil {
      start(wanted)
    } else if type == .int, wanted == .float, intsFitFloats {
      for i in 0..<count { floats.append(Double(ints.base[i])) }
      type = .float
    } else {
      generalize()
    }
  }

  /// Takes on a type after nothing but missing items.
  private mutating func start(_ wanted: ColumnType) {
    type = wanted
    switch wanted {
    case .bool: bools.append(repeating: false, count: count)
    case .float: floats.append(repeating: 0, count: count)
    case .string: offsets.append(repeating: 0, count: count + 1)
    case .general: values = Array(repeating: .null, count: count)
    case .int, .date, .dateTime, .duration: ints.append(repeating: 0, count: count)
    }
  }

  private var intsFitFloats: Bool {
    for i in 0..<count where ints.base[i].magnitude > 1 << 53 { return false }
    return true
  }

  private mutating func generalize() {
    let missing = nulls
    let column = finish()
    column.forEach { values.append($0) }
    nulls = missing
    count = values.count
    type = .general
  }

  /// Returns the column and starts anew.
  public mutating func finish() -> Column {
    let count = self.count
    var validity: Bitmap?
    if !nulls.isEmpty {
      validity = Bitmap(repeating: true, count: count)
      for row in nulls { validity!.clear(row) }
    }
    let type = self.type ?? .general
    let data: ColumnData
    switch type {
    case .bool: data = .bools(bools.finish())
    case .float: data = .floats(floats.finish())
    case .string: data = .strings(StringBuffer(offsets: offsets.finish(), bytes: bytes.finish()))
    case .int, .date, .dateTime, .duration: data = .ints(ints.finish())
    case .general:
      data = .values(ValueBuffer(self.type == nil ? Array(repeating: .null, count: count) : values))
    }
    values = []
    nulls = []
    self.count = 0
    self.type = nil
    return Column(type, count: count, data, validity: validity)
  }
}
