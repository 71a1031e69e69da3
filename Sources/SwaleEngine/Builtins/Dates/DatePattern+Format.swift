extension DatePattern {
  /// Returns the text of a day and the nanoseconds since its midnight.
  func format(_ days: Int, _ nanoseconds: Int) -> Text {
    let (year, month, day) = Calendar.civil(days)
    let (hour, minute, second, nanosecond) = Calendar.clock(nanoseconds)
    let weekday = Calendar.weekday(days)
    var writer = Digits()
    for part in parts {
      switch part {
      case .text(let text): writer.bytes.append(contentsOf: text.utf8)
      case .field(let field):
        switch field {
        case .year: writer.write(year, 4)
        case .shortYear: writer.write(year % 100, 2)
        case .month: writer.write(month, 2)
        case .monthName: writer.bytes.append(contentsOf: DatePattern.monthNames[month - 1].utf8)
        case .shortMonthName:
          writer.bytes.append(contentsOf: DatePattern.monthNames[month - 1].utf8.prefix(3))
        case .day: writer.write(day, 2)
        case .paddedDay: writer.write(day, 2, UInt8(ascii: " "))
        case .dayOfYear: writer.write(Calendar.dayOfYear(days), 3)
        case .weekdayName: writer.bytes.append(contentsOf: DatePattern.weekdayNames[weekday - 1].utf8)
        case .shortWeekdayName:
          writer.bytes.append(contentsOf: DatePattern.weekdayNames[weekday - 1].utf8.prefix(3))
        case .weekday: writer.write(weekday, 1)
        case .week: writer.write(Calendar.week(days).week, 2)
        case .weekYear: writer.write(Calendar.week(days).year, 4)
        case .quarter: writer.write((month - 1) / 3 + 1, 1)
        case .hour: writer.write(hour, 2)
        case .hour12: writer.write((hour + 11) % 12 + 1, 2)
        case .half: writer.bytes.append(contentsOf: (hour < 12 ? "AM" : "PM").utf8)
        case .minute: writer.write(minute, 2)
        case .second: writer.write(second, 2)
        case .fraction: writer.write(nanosecond / 1000, 6)
        case .offset: writer.bytes.append(contentsOf: "+0000".utf8)
        case .zone: writer.bytes.append(contentsOf: "UTC".utf8)
        case .unixSeconds: writer.write(days * 86_400 + nanoseconds / Calendar.nanosecondsASecond, 1)
        }
      }
    }
    return writer.bytes.withUnsafeBufferPointer { Text.make($0) }
  }

  /// Bytes of a text that is written.
  private struct Digits {
    var bytes: [UInt8] = []

    /// Writes a number with fill characters before its digits up to a width.
    mutating func write(_ number: Int, _ width: Int, _ fill: UInt8 = UInt8(ascii: "0")) {
      if number < 0 { bytes.append(UInt8(ascii: "-")) }
      var (rest, power, digits) = (number.magnitude, 1 as UInt, 1)
      while power <= rest / 10 {
        power *= 10
        digits += 1
      }
      for _ in digits..<Swift.max(digits, width) { bytes.append(fill) }
      while power > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(rest / power))
        rest %= power
        power /= 10
      }
    }
  }
}
