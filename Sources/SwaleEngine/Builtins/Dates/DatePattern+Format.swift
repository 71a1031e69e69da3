extension DatePattern {
  /// Returns the text of a day and the nanoseconds since its midnight.
  func format(_ days: Int, _ nanoseconds: Int) -> String {
    let (year, month, day) = Calendar.civil(days)
    let (hour, minute, second, nanosecond) = Calendar.clock(nanoseconds)
    let weekday = Calendar.weekday(days)
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .field(let field):
        let shown =
          switch field {
          case .year: DatePattern.padded(year, 4)
          case .shortYear: DatePattern.padded(year % 100, 2)
          case .month: DatePattern.padded(month, 2)
          case .monthName: DatePattern.monthNames[month - 1]
          case .shortMonthName: String(DatePattern.monthNames[month - 1].prefix(3))
          case .day: DatePattern.padded(day, 2)
          case .paddedDay: DatePattern.padded(day, 2, " ")
          case .dayOfYear: DatePattern.padded(Calendar.dayOfYear(days), 3)
          case .weekdayName: DatePattern.weekdayNames[weekday - 1]
          case .shortWeekdayName: String(DatePattern.weekdayNames[weekday - 1].prefix(3))
          case .weekday: "\(weekday)"
          case .week: DatePattern.padded(DatePattern.week(days).week, 2)
          case .weekYear: DatePattern.padded(DatePattern.week(days).year, 4)
          case .quarter: "\((month - 1) / 3 + 1)"
          case .hour: DatePattern.padded(hour, 2)
          case .hour12: DatePattern.padded((hour + 11) % 12 + 1, 2)
          case .half: hour < 12 ? "AM" : "PM"
          case .minute: DatePattern.padded(minute, 2)
          case .second: DatePattern.padded(second, 2)
          case .fraction: DatePattern.padded(nanosecond / 1000, 6)
          case .offset: "+0000"
          case .zone: "UTC"
          case .unixSeconds: "\(days * 86_400 + nanoseconds / Calendar.nanosecondsASecond)"
          }
        result += shown
      }
    }
    return result
  }

  private static func padded(_ number: Int, _ width: Int, _ fill: Character = "0") -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: fill, count: Swift.max(0, width - digits.utf8.count))
      + digits
  }

  /// Returns the week of ISO 8601 and the year that it belongs to: that of its Thursday.
  static func week(_ days: Int) -> (year: Int, week: Int) {
    let thursday = days - Calendar.weekday(days) + 4
    return (Calendar.civil(thursday).year, (Calendar.dayOfYear(thursday) - 1) / 7 + 1)
  }
}
