import SwaleEngine

/// What the items of a column are, beside missing ones.
public enum ColumnType: UInt8, Sendable, CaseIterable {
  case bool, int, float, string, date, dateTime, duration
  /// Values of any kind, each with its own type.
  case general

  public var name: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "string"
    case .date: "date"
    case .dateTime: "datetime"
    case .duration: "duration"
    case .general: "any"
    }
  }

  /// The types that a person may ask a reader for, by name.
  static func named(_ name: String) -> ColumnType? {
    allCases.first { $0.name == name && $0 != .general }
  }

  /// True for the types with an order of their own and numbers to compute with.
  var isNumeric: Bool { self == .int || self == .float }

  /// True where items are stored as 64-bit integers.
  var isStoredAsInt: Bool { self == .int || self == .date || self == .dateTime || self == .duration }

  /// The column type that a value goes into; nil for null, which goes into any.
  init?(of value: Value) {
    switch value {
    case .null: return nil
    case .bool: self = .bool
    case .int: self = .int
    case .float: self = .float
    case .string: self = .string
    case .date: self = .date
    case .dateTime: self = .dateTime
    case .duration: self = .duration
    case .list, .record, .function, .object: self = .general
    }
  }
}
