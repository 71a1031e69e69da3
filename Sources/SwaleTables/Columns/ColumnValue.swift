import SwaleEngine

/// A column as a value of the language.
public final class ColumnValue: ObjectValue {
  public let column: Column

  public init(_ column: Column) { self.column = column }

  public override var type: TypeSet { .column }

  public override func isEqual(to other: ObjectValue) -> Bool {
    guard let other = other as? ColumnValue else { return false }
    return Column.areEqual(column, other.column)
  }

  public override func count(_ context: Context) throws -> Int? { column.count }

  public override func makeIterator(_ context: Context) throws -> ValueIterator? { ColumnIterator(column) }

  public override func contains(_ item: Value, _ context: Context) throws -> Bool? {
    for i in 0..<column.count {
      try context.tick()
      if Value.isEqual(column.value(i), item) { return true }
    }
    return false
  }

  public override func item(_ index: Value, _ context: Context) throws -> Value? {
    if let places = try Column.places(index, count: column.count, of: "column", context) {
      return .object(ColumnValue(try column.gather(places, context)))
    }
    return switch try Operations.position(index, count: column.count, of: "column") {
    case .item(let row): column.value(row)
    case .slice(let rows): .object(ColumnValue(column.slice(rows.lowerBound, rows.upperBound)))
    }
  }

  /// The members of records, missing where the record is: `orders.customer.city`.
  public override func member(_ name: Text, _ context: Context) throws -> Value? {
    guard case .values = column.data, column.nullCount < column.count else { return nil }
    for row in 0..<column.count where !column.isNull(row) {
      // The first item tells whether these are records; another that is none raises an error below.
      guard case .record = column.value(row) else { return nil }
      break
    }
    return .object(
      ColumnValue(try column.members(name, nulls: .missing, isOptional: false, context)))
  }

  public override func operate(_ operation: Operation, _ left: Value, _ right: Value, _ context: Context)
    throws -> Value?
  {
    .object(ColumnValue(try Elementwise.operate(operation, left, right, context)))
  }

  /// Short columns are written as the call that makes them, long ones with their first items.
  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    let limit = 100
    let isWhole = column.count <= limit
    writer.write(isWhole ? "column([" : "<column of \(column.count) \(column.typeName): ")
    for i in 0..<(isWhole ? column.count : 10) {
      if i > 0 { writer.write(", ") }
      writer.write(column.value(i), isDisplay: true)
    }
    writer.write(isWhole ? "])" : ", ...>")
  }
}

/// Steps over the items of a column.
final class ColumnIterator: ValueIterator {
  private let column: Column
  private var batch: [Value] = []
  private var start = 0
  private var position = 0

  init(_ column: Column) { self.column = column }

  override func next(_ context: Context) throws -> Value? {
    if position == batch.count {
      start += batch.count
      position = 0
      if start == column.count { return nil }
      let size = min(256, column.count - start)
      batch = Array(unsafeUninitializedCapacity: size) { buffer, count in
        column.initialize(buffer.baseAddress!, from: start, count: size)
        count = size
      }
    }
    position += 1
    return batch[position - 1]
  }
}

extension Column {
  /// True if both have the same items in order.
  static func areEqual(_ a: Column, _ b: Column) -> Bool {
    if a === b && a.type != .float && a.type != .general { return true }
    if a.count != b.count { return false }
    if a.type == b.type, a.type.isStoredAsInt, case .ints(let x) = a.data, case .ints(let y) = b.data {
      for i in 0..<a.count where x.base[i] != y.base[i] || a.isNull(i) != b.isNull(i) { return false }
      return true
    }
    for i in 0..<a.count where !Value.isEqual(a.value(i), b.value(i)) { return false }
    return true
  }
}
