import SwaleEngine

extension Column {
  /// Returns the places that an index of several items names in a sequence of `count`: those where a column or list
  /// of bools is true, or those that one of ints counts, negative ones from the end. nil where it is no such index.
  static func places(_ index: Value, count: Int, of sequence: String, _ context: Context) throws -> Buffer<
    Int
  >? {
    let column: Column
    switch index {
    case .object(let object):
      guard let value = object as? ColumnValue else { return nil }
      column = value.column
    case .list(let list): column = Column.of(list)
    default: return nil
    }
    if column.count == 0 || column.nullCount == column.count && column.type == .general {
      // Nothing is picked by nothing, and a missing bool counts as false.
      guard column.count == 0 || column.count == count else { throw wrongLength(column, count, sequence) }
      return Buffer([])
    }
    switch column.data {
    case .bools(let items):
      guard column.count == count else { throw wrongLength(column, count, sequence) }
      var places = GrowingBuffer<Int>()
      try context.forEachRow(count) { if items.base[$0] { places.append($0) } }
      return places.finish()
    case .ints(let items) where column.type == .int && column.validity == nil:
      let places = Buffer<Int>(uninitialized: column.count)
      try context.forEachRow(column.count) { row in
        guard
          case .item(let place) = try Operations.position(.int(items.base[row]), count: count, of: sequence)
        else { unreachable("a range of an int") }
        places.base[row] = place
      }
      return places
    default:
      throw SwaleError(
        .type,
        "an index of several items must hold bools or ints, and this one holds \(column.typeName)s"
          + (column.nullCount > 0 ? " and nulls" : ""),
        hint: "t[t.x > 1] picks rows by a condition, t[[0, 2]] by number")
    }
  }

  private static func wrongLength(_ column: Column, _ count: Int, _ sequence: String) -> SwaleError {
    SwaleError(
      .value, "an index of \(column.count) bools does not fit a \(sequence) of \(count) items",
      hint: "a bool is needed for each")
  }
}
