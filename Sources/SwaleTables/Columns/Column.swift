import SwaleEngine

/// The items of a column in memory, by how they are stored.
public enum ColumnData: Sendable {
  case bools(Buffer<Bool>)
  /// Ints, and the types counted in them: days, nanoseconds.
  case ints(Buffer<Int>)
  case floats(Buffer<Double>)
  case strings(StringBuffer)
  /// Strings of which few values repeat: a number into the dictionary for each row.
  case codes(Buffer<Int32>, StringDictionary)
  case values(ValueBuffer)
}

/// Values of any kind, as the items of a general column.
public final class ValueBuffer: @unchecked Sendable {
  public let values: [Value]
  init(_ values: [Value]) { self.values = values }
}

/// A typed sequence in which items may be missing: contiguous items and a bit for each that says
/// whether it is there (the layout of Arrow). It never changes once it is made.
///
/// Where an item is missing the stored one is zero, false or an empty string, so that loops may
/// compute with it unseen.
public final class Column: Sendable {
  public let type: ColumnType
  public let count: Int
  public let data: ColumnData
  /// Which items are there; nil where all are.
  public let validity: Bitmap?

  public init(_ type: ColumnType, count: Int, _ data: ColumnData, validity: Bitmap? = nil) {
    self.type = type
    self.count = count
    self.data = data
    self.validity = validity
  }

  public convenience init(bools: Buffer<Bool>, validity: Bitmap? = nil) {
    self.init(.bool, count: bools.count, .bools(bools), validity: validity)
  }

  public convenience init(ints: Buffer<Int>, as type: ColumnType = .int, validity: Bitmap? = nil) {
    self.init(type, count: ints.count, .ints(ints), validity: validity)
  }

  public convenience init(floats: Buffer<Double>, validity: Bitmap? = nil) {
    self.init(.float, count: floats.count, .floats(floats), validity: validity)
  }

  public convenience init(strings: StringBuffer, validity: Bitmap? = nil) {
    self.init(.string, count: strings.count, .strings(strings), validity: validity)
  }

  public convenience init(codes: Buffer<Int32>, _ dictionary: StringDictionary, validity: Bitmap? = nil) {
    self.init(.string, count: codes.count, .codes(codes, dictionary), validity: validity)
  }

  /// Makes a column of values of any kind; where they are all of one type it is of that type.
  public convenience init(_ values: some Sequence<Value>) {
    var builder = ColumnBuilder()
    for value in values { builder.append(value) }
    let column = builder.finish()
    self.init(column.type, count: column.count, column.data, validity: column.validity)
  }

  /// Makes a general column of the values as they are.
  convenience init(general values: [Value]) {
    self.init(
      .general, count: values.count, .values(ValueBuffer(values)), validity: Column.validity(of: values))
  }

  private static func validity(of values: [Value]) -> Bitmap? {
    var validity: Bitmap?
    for (i, value) in values.enumerated() where value.isNull {
      if validity == nil { validity = Bitmap(repeating: true, count: values.count) }
      validity!.clear(i)
    }
    return validity
  }

  /// Makes a column in which every item is missing.
  public static func nulls(_ count: Int, as type: ColumnType = .general) -> Column {
    let validity = Bitmap(repeating: false, count: count)
    let data: ColumnData =
      switch type {
      case .bool: .bools(Buffer(repeating: false, count: count))
      case .int, .date, .dateTime, .duration: .ints(Buffer(repeating: 0, count: count))
      case .float: .floats(Buffer(repeating: 0, count: count))
      case .string: .strings(StringBuffer(offsets: Buffer(repeating: 0, count: count + 1), bytes: Buffer([])))
      case .general: .values(ValueBuffer(Array(repeating: .null, count: count)))
      }
    return Column(type, count: count, data, validity: validity)
  }

  /// Makes a column in which every item is the same.
  public static func repeating(_ value: Value, count: Int) -> Column {
    switch value {
    case .null: nulls(count)
    case .bool(let item): Column(bools: Buffer(repeating: item, count: count))
    case .int(let item): Column(ints: Buffer(repeating: item, count: count))
    case .date(let item): Column(ints: Buffer(repeating: item, count: count), as: .date)
    case .dateTime(let item): Column(ints: Buffer(repeating: item, count: count), as: .dateTime)
    case .duration(let item): Column(ints: Buffer(repeating: item, count: count), as: .duration)
    case .float(let item): Column(floats: Buffer(repeating: item, count: count))
    case .string(let text):
      Column(
        codes: Buffer(repeating: 0, count: count),
        StringDictionary(StringBuffer(offsets: Buffer([0, text.byteCount]), bytes: Buffer(text.bytes))))
    case .list, .record, .function, .object: Column(general: Array(repeating: value, count: count))
    }
  }

  /// The number of missing items.
  public var nullCount: Int { validity.map { $0.count - $0.setCount } ?? 0 }

  @inline(__always) public func isNull(_ index: Int) -> Bool {
    if let validity { return !validity[index] }
    return false
  }

  /// The name of the type of the items: for a general column what all of them are, or "any".
  public var typeName: String {
    guard type == .general, case .values(let buffer) = data else { return type.name }
    var name: String?
    for value in buffer.values where !value.isNull {
      if name == nil { name = value.typeName }
      if name != value.typeName { return type.name }
    }
    return name ?? "null"
  }
}
