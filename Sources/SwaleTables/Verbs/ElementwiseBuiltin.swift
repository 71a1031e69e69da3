import SwaleEngine

/// Applies a function of single values to each item of a column.
enum ElementwiseBuiltin {
  /// Calls the builtin with each item of the column, which is its first argument; of other arguments that are
  /// columns too each call gets the item of its row. Missing items stay missing.
  static func apply(
    _ builtin: Builtin, _ object: ObjectValue, _ slots: UnsafeMutablePointer<Value>, _ context: Context
  ) throws -> Value {
    var column = unsafeDowncast(object, to: ColumnValue.self).column
    if builtin.name == "format_date", column.type == .dateTime, case .string(let pattern) = slots[1],
      DateKernel.isOfDays(pattern), let days = try ScalarKernel.apply("date", column, [], context)
    {
      // Many moments lie in one day.
      column = days
    }
    let count = builtin.parameters.count
    let arguments = (1..<max(1, count)).map { slots[$0] }
    if let result = try ScalarKernel.apply(builtin.qualifiedName, column, arguments, context) {
      return .object(ColumnValue(result))
    }
    var others: [(slot: Int, column: Column)] = []
    for slot in 1..<max(1, count) {
      guard case .object(let object) = slots[slot], let other = object as? ColumnValue,
        !builtin.parameters[slot].types.contains(.column)
      else { continue }
      guard other.column.count == column.count else {
        throw SwaleError(
          .value,
          "\(builtin.qualifiedName): columns of \(column.count) and \(other.column.count) items do not fit together"
        )
      }
      others.append((slot, other.column))
    }
    if others.isEmpty, case .codes(let codes, let dictionary) = column.data, dictionary.count < column.count {
      return .object(ColumnValue(try once(for: codes, dictionary, column, builtin, slots, context)))
    }
    if others.isEmpty, column.type == .date || column.type == .dateTime && builtin.name == "format_date" {
      if let result = try onceForEach(column, builtin, slots, context) { return .object(ColumnValue(result)) }
    }
    let result = try each(column, others, builtin, slots, context)
    return .object(ColumnValue(result))
  }

  private static func each(
    _ column: Column, _ others: [(slot: Int, column: Column)], _ builtin: Builtin,
    _ slots: UnsafeMutablePointer<Value>, _ context: Context
  ) throws -> Column {
    var builder = ColumnBuilder()
    let count = builtin.parameters.count
    // The builtin may move its arguments out, so each call gets its own.
    try withUnsafeTemporaryAllocation(of: Value.self, capacity: count) { buffer in
      let arguments = buffer.baseAddress!
      var row = 0
      try column.forEach { item in
        try context.tick()
        if item.isNull {
          builder.append(.null)
        } else {
          arguments.initialize(from: slots, count: count)
          defer { arguments.deinitialize(count: count) }
          arguments[0] = item
          for other in others { arguments[other.slot] = other.column.value(row) }
          builder.append(try builtin.apply(to: arguments, context))
        }
        row += 1
      }
    }
    return builder.finish()
  }

  /// Calls the builtin once for each different item; nil where most are.
  private static func onceForEach(
    _ column: Column, _ builtin: Builtin, _ slots: UnsafeMutablePointer<Value>, _ context: Context
  ) throws -> Column? {
    if column.count < 1000 { return nil }
    let groups = try Grouping.groups(by: [column], rowCount: column.count, context)
    guard let ids = groups.ids, groups.count < column.count / 4 else { return nil }
    let items = try column.gather(groups.firstRows, context)
    let results = try each(items, [], builtin, slots, context)
    let rows = Buffer<Int>(uninitialized: column.count)
    try context.forEachRow(column.count) { rows.base[$0] = Int(ids.base[$0]) }
    return try results.gather(rows, context)
  }

  /// Calls the builtin once for each different string.
  private static func once(
    for codes: Buffer<Int32>, _ dictionary: StringDictionary, _ column: Column, _ builtin: Builtin,
    _ slots: UnsafeMutablePointer<Value>, _ context: Context
  ) throws -> Column {
    // A slice may use few of the strings of its dictionary, and one that it does not use must not fail.
    let isUsed = Buffer<Bool>(repeating: false, count: dictionary.count + 1)
    for row in 0..<column.count where !column.isNull(row) { isUsed.base[Int(codes.base[row])] = true }
    let validity = Bitmap(repeating: true, count: dictionary.count)
    for code in 0..<dictionary.count where !isUsed.base[code] { validity.clear(code) }
    let strings = Column(strings: dictionary.strings, validity: validity.ifPartial)
    let results = try each(strings, [], builtin, slots, context)
    let rows = Buffer<Int>(uninitialized: column.count)
    for row in 0..<column.count { rows.base[row] = column.isNull(row) ? -1 : Int(codes.base[row]) }
    return try results.gather(rows, context)
  }
}
