/// What a generated expression is meant to give; a run may find that it gives something else.
enum Kind: CaseIterable {
  case int, float, number, bool, string, null, any
  /// Lists of one kind of item, and of anything.
  case ints, floats, strings, bools, list
  /// A list of records with the fields `a` (int), `b` (string), `c` (float) and `d` (int or null).
  case rows
  /// A record with the fields `a` (int), `b` (string) and `c` (list of ints), and at times more.
  case record
  /// One row of `rows`.
  case row
  case set, range, date, dateTime, duration, table, column
  /// A function of one number.
  case function
  case cell
  /// A record with functions in it: `f` of one number, `push` of anything.
  case methods

  /// True if a value of this kind does where `wanted` is asked for.
  func fits(_ wanted: Kind) -> Bool {
    if self == wanted || wanted == .any { return true }
    return switch wanted {
    case .number: self == .int || self == .float
    case .list: isList
    case .record: self == .row
    default: false
    }
  }

  var isList: Bool {
    switch self {
    case .ints, .floats, .strings, .bools, .list, .rows: true
    default: false
    }
  }

  /// What the items of a list of this kind are.
  var item: Kind {
    switch self {
    case .ints, .range, .set: .int
    case .floats, .column: .float
    case .strings, .string: .string
    case .bools: .bool
    case .rows, .table: .row
    default: .any
    }
  }

  /// The list with items of this kind.
  var list: Kind {
    switch self {
    case .int: .ints
    case .float: .floats
    case .string: .strings
    case .bool: .bools
    case .row: .rows
    default: .list
    }
  }

  /// Kinds as often as variables should have them.
  static let common: [Kind] = [
    .int, .int, .int, .int, .float, .float, .float, .number, .bool, .bool, .string, .string, .ints, .ints,
    .floats, .strings, .bools, .list, .list, .record, .record, .rows, .function, .any, .set, .range, .date,
    .duration, .null, .cell, .table, .column, .dateTime, .methods,
  ]
}
