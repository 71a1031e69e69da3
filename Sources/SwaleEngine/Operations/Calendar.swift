/// Dates, times and durations: conversions between counts and their parts.
///
/// Dates count days and datetimes nanoseconds from 1970-01-01, both in the proleptic Gregorian
/// calendar and in UTC.
public enum Calendar {
  public static let nanosecondsASecond = 1_000_000_000
  public static let nanosecondsAMinute = 60 * nanosecondsASecond
  public static let nanosecondsAnHour = 60 * nanosecondsAMinute
  public static let nanosecondsADay = 24 * nanosecondsAnHour

  /// The days from 0000-01-01 to 9999-12-31, which literals can name and dates are kept within.
  public static let validDays = -719_528...2_932_896

  public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// Returns the length of a month, counted from 1.
  public static func daysInMonth(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Returns the days from 1970-01-01 to a date; nil where there is no such date, or where the year
  /// is not one of 0 to 9999.
  public static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    guard (0...9999).contains(year), (1...12).contains(month), day >= 1, day <= daysInMonth(year, month)
    else { return nil }
    return days(uncheckedYear: year, month, day)
  }

  /// Years begin in March here, so that a leap day is a year's last.
  private static func days(uncheckedYear year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Returns year, month and day of a count of days.
  public static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    // Far beyond all that a date can be, so that nothing below overflows.
    let shifted = min(max(days, -1 << 50), 1 << 50) + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Returns the day of the week: 1 for Monday to 7 for Sunday.
  public static func weekday(_ days: Int) -> Int {
    // 1970-01-01 was a Thursday.
    let shifted = (days % 7) + 3
    return (shifted + 7) % 7 + 1
  }

  /// Returns the day of the year, from 1.
  public static func dayOfYear(_ days: Int) -> Int {
    days - Calendar.days(uncheckedYear: civil(days).year, 1, 1) + 1
  }

  /// Returns the week of ISO 8601 and the year that it belongs to: that of its Thursday.
  public static func week(_ days: Int) -> (year: Int, week: Int) {
    let thursday = days - weekday(days) + 4
    return (civil(thursday).year, (dayOfYear(thursday) - 1) / 7 + 1)
  }

  /// Splits a datetime into days and nanoseconds since midnight.
  public static func split(_ time: Int) -> (days: Int, nanoseconds: Int) {
    let days = floorDivide(time, nanosecondsADay)
    // The product may lie below the least int though the difference is small.
    return (days, time &- days &* nanosecondsADay)
  }

  /// Returns the datetime of a day and the nanoseconds since midnight; nil where it is out of range,
  /// which is from 1677-09-21 to 2262-04-11.
  public static func join(_ days: Int, _ nanoseconds: Int) -> Int? {
    // From the following midnight, since the first day that can be represented is not whole.
    let later = days < 0 ? 1 : 0
    let (product, overflow) = (days + later).multipliedReportingOverflow(by: nanosecondsADay)
    let (sum, carry) = product.addingReportingOverflow(nanoseconds - later * nanosecondsADay)
    return overflow || carry ? nil : sum
  }

  /// Returns hour, minute, second and nanosecond of the nanoseconds since midnight.
  public static func clock(_ nanoseconds: Int) -> (hour: Int, minute: Int, second: Int, nanosecond: Int) {
    let seconds = nanoseconds / nanosecondsASecond
    return (seconds / 3600, seconds / 60 % 60, seconds % 60, nanoseconds % nanosecondsASecond)
  }

  static func floorDivide(_ a: Int, _ b: Int) -> Int {
    let quotient = a / b
    return a % b < 0 ? quotient - 1 : quotient
  }
}
