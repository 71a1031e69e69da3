extension FieldParser {
  /// Returns the days from 1970-01-01 to a date written as 2026-05-01.
  @inline(__always) static func date(_ p: Bytes, _ count: Int) -> Int? {
    count == 10 ? day(p) : nil
  }

  /// Returns the nanoseconds from 1970-01-01T00:00Z to a datetime as in ISO 8601: a date, `T` or a blank, a
  /// time of which the seconds and their fraction may be missing, and `Z` or an offset, UTC without one.
  static func dateTime(_ p: Bytes, _ count: Int) -> Int? {
    guard count >= 16, p[10] == 0x54 || p[10] == 0x74 || p[10] == 0x20, p[13] == 0x3A, let days = day(p),
      let hour = two(p + 11), let minute = two(p + 14), hour < 24, minute < 60
    else { return nil }
    var i = 16
    var second = 0
    var nanoseconds = 0
    if i < count, p[i] == 0x3A {
      guard i + 3 <= count, let value = two(p + i + 1), value < 60 else { return nil }
      second = value
      i += 3
      if i < count, p[i] == 0x2E || p[i] == 0x2C {
        i += 1
        let start = i
        var unit = 100_000_000
        while i < count, p[i] &- 0x30 <= 9 {
          // Digits behind the ninth are less than a nanosecond.
          nanoseconds += Int(p[i] - 0x30) * unit
          unit /= 10
          i += 1
        }
        if i == start { return nil }
      }
    }
    guard let offset = offset(p + i, count - i) else { return nil }
    let seconds = days * 86400 + hour * 3600 + minute * 60 + second - offset
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflow2) = product.addingReportingOverflow(nanoseconds)
    return overflow || overflow2 ? nil : sum
  }

  /// The seconds that a local time is ahead of UTC.
  private static func offset(_ p: Bytes, _ count: Int) -> Int? {
    if count == 0 || count == 1 && (p[0] == 0x5A || p[0] == 0x7A) { return 0 }
    guard count >= 3, p[0] == 0x2B || p[0] == 0x2D, let hours = two(p + 1), hours < 24 else { return nil }
    var minutes = 0
    switch count {
    case 3: break
    case 5: minutes = two(p + 3) ?? 60
    case 6 where p[3] == 0x3A: minutes = two(p + 4) ?? 60
    default: return nil
    }
    if minutes > 59 { return nil }
    let seconds = hours * 3600 + minutes * 60
    return p[0] == 0x2D ? -seconds : seconds
  }

  @inline(__always) private static func two(_ p: Bytes) -> Int? {
    let tens = p[0] &- 0x30
    let ones = p[1] &- 0x30
    return tens > 9 || ones > 9 ? nil : Int(tens &* 10 &+ ones)
  }

  /// Reads the ten bytes of a date.
  @inline(__always) private static func day(_ p: Bytes) -> Int? {
    guard p[4] == 0x2D, p[7] == 0x2D, let century = two(p), let rest = two(p + 2), let month = two(p + 5),
      let day = two(p + 8), month >= 1, month <= 12, day >= 1
    else { return nil }
    let year = century &* 100 &+ rest
    let isLeap = year & 3 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length = month == 2 ? (isLeap ? 29 : 28) : 30 + (month + month >> 3) & 1
    if day > length { return nil }
    return daysFromCivil(year, month, day)
  }

  /// Counts days in eras of 400 years that begin in March, so that leap days come last.
  @inline(__always) static func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year &- 1 : year
    let era = (y >= 0 ? y : y &- 399) / 400
    let yearOfEra = y &- era &* 400
    let dayOfYear = (153 &* (month > 2 ? month &- 3 : month &+ 9) &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }
}
