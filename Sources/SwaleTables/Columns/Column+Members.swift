import SwaleEngine

extension Column {
  /// What a record that is missing gives for its members.
  enum MissingRecord {
    case missing, anError
  }

  /// Returns a member of each record; raises an error where a record does not have it, unless it is optional, and
  /// where an item is no record.
  func members(_ name: Text, nulls: MissingRecord, isOptional: Bool, _ context: Context) throws -> Column {
    guard case .values(let items) = data else {
      if nullCount == count, nulls == .missing { return self }
      // The member of a value that has none says so.
      for row in 0..<count where !isNull(row) { _ = try Operations.member(value(row), name, context) }
      return self
    }
    var builder = ColumnBuilder()
    var (shape, position): (KeyTable?, Int) = (nil, -1)
    try context.forEachRow(count) { row in
      if case .record(let record) = items.values[row] {
        // Records of one shape have their members in the same places.
        if shape == nil || shape !== record.table {
          position = record.find(name)
          shape = record.table.isShape ? record.table : nil
        }
        if position >= 0 {
          builder.append(record.values[position])
          return
        }
      } else if items.values[row].isNull, nulls == .missing {
        builder.append(.null)
        return
      }
      builder.append(
        try isOptional
          ? Operations.optionalMember(items.values[row], name, context)
          : Operations.member(items.values[row], name, context))
    }
    return builder.finish()
  }
}
