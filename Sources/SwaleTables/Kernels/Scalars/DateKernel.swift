import SwaleEngine

/// Functions of dates and datetimes.
enum DateKernel {
  static func apply(_ name: String, _ column: Column, _ arguments: [Value], _ context: Context) throws
    -> Column?
  {
    guard case .ints(let items) = column.data else { return nil }
    if arguments.isEmpty { return try part(name, column, items, context) }
    guard name == "truncate", arguments.count == 1, case .string(let text) = arguments[0],
      let unit = Calendar.Unit(rawValue: text.string)
    else { return nil }
    return try truncated(column, items, to: unit, context)
  }

  /// True if a pattern of `format_date` names nothing that a date does not have.
  static func isOfDays(_ pattern: Text) -> Bool {
    var isLetter = false
    for byte in pattern.bytes {
      if isLetter, "HIpMSfzZsTR".utf8.contains(byte) { return false }
      isLetter = !isLetter && byte == UInt8(ascii: "%")
    }
    return true
  }

  private static func part(_ name: String, _ column: Column, _ items: Buffer<Int>, _ context: Context) throws
    -> Column?
  {
    let ofDays: ((Int) -> Int)? =
      switch name {
      case "year": { Calendar.civil($0).year }
      case "quarter": { (Calendar.civil($0).month - 1) / 3 + 1 }
      case "month": { Calendar.civil($0).month }
      case "day": { Calendar.civil($0).day }
      case "week": { Calendar.week($0).week }
      case "day_of_year": { Calendar.dayOfYear($0) }
      case "weekday": { Calendar.weekday($0) }
      default: nil
      }
    let isDate = column.type == .date
    if let ofDays {
      return try ints(column, context) {
        ofDays(isDate ? items.base[$0] : Calendar.split(items.base[$0]).days)
      }
    }
    switch name {
    case "date":
      return try ints(column, as: .date, context) {
        isDate ? items.base[$0] : Calendar.split(items.base[$0]).days
      }
    case "hour", "minute", "second", "nanosecond":
      return try ints(column, context) { row in
        if isDate { return 0 }
        let clock = Calendar.clock(Calendar.split(items.base[row]).nanoseconds)
        switch name {
        case "hour": return clock.hour
        case "minute": return clock.minute
        case "second": return clock.second
        default: return clock.nanosecond
        }
      }
    default: return nil
    }
  }

  private static func truncated(
    _ column: Column, _ items: Buffer<Int>, to unit: Calendar.Unit, _ context: Context
  ) throws -> Column? {
    var isInRange = true
    let result: Column
    if column.type == .date {
      result = try ints(column, as: .date, context) { row in
        let day = Calendar.truncate(date: items.base[row], to: unit)
        isInRange = isInRange && Calendar.validDays.contains(day)
        return day
      }
    } else {
      result = try ints(column, as: .dateTime, context) { row in
        let time = Calendar.truncate(dateTime: items.base[row], to: unit)
        isInRange = isInRange && time != nil
        return time ?? 0
      }
    }
    return isInRange ? result : nil
  }

  @inline(__always)
  private static func ints(
    _ column: Column, as type: ColumnType = .int, _ context: Context, _ body: (_ row: Int) -> Int
  ) throws -> Column {
    let result = Buffer<Int>(uninitialized: column.count)
    try context.forEachRow(column.count) { row in result.base[row] = column.isNull(row) ? 0 : body(row) }
    return Column(ints: result, as: type, validity: column.validity)
  }
}
