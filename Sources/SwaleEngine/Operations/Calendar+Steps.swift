extension Calendar {
  /// What a date can be cut down to.
  public enum Unit: String, Sendable, CaseIterable {
    case year, quarter, month, week, day, hour, minute, second, millisecond
  }

  /// Returns the date some months later, its day no later than the month's last; nil where it is out
  /// of range.
  public static func add(months: Int, toDate days: Int) -> Int? {
    let (year, month, day) = civil(days)
    let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    if overflow { return nil }
    let newYear = floorDivide(total, 12)
    let newMonth = total - newYear * 12 + 1
    guard (0...9999).contains(newYear) else { return nil }
    return self.days(newYear, newMonth, min(day, daysInMonth(newYear, newMonth)))
  }

  /// Returns the datetime some months later, at the same time of day.
  public static func add(months: Int, toDateTime time: Int) -> Int? {
    let (days, nanoseconds) = split(time)
    return add(months: months, toDate: days).flatMap { join($0, nanoseconds) }
  }

  /// Returns the first day of the unit that a date lies in; weeks begin on Monday. Units shorter
  /// than a day leave it as it is.
  public static func truncate(date days: Int, to unit: Unit) -> Int {
    let (year, month, day) = civil(days)
    switch unit {
    case .year: return days - dayOfYear(days) + 1
    case .quarter: return self.days(year, (month - 1) / 3 * 3 + 1, 1) ?? days
    case .month: return days - day + 1
    case .week: return days - weekday(days) + 1
    default: return days
    }
  }

  /// Returns the beginning of the unit that a datetime lies in; nil where that is out of range.
  public static func truncate(dateTime time: Int, to unit: Unit) -> Int? {
    let (days, nanoseconds) = split(time)
    let length: Int
    switch unit {
    case .hour: length = nanosecondsAnHour
    case .minute: length = nanosecondsAMinute
    case .second: length = nanosecondsASecond
    case .millisecond: length = 1_000_000
    default: return join(truncate(date: days, to: unit), 0)
    }
    return join(days, nanoseconds / length * length)
  }
}
