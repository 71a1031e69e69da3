extension DatePattern {
  /// Reads a text by the pattern, all of it, and returns the day and the nanoseconds since midnight in UTC;
  /// raises `parse` where the text does not fit or there is no such date, `value` where the pattern names
  /// no date.
  func parse(_ text: Text) throws -> (days: Int, nanoseconds: Int) {
    var reader = Reader(text: text, pattern: self)
    for (i, part) in parts.enumerated() {
      switch part {
      case .text(let expected): try reader.skip(expected)
      case .field(let field):
        // Digits that follow at once belong to the next field.
        var isFollowedByDigits = false
        if i + 1 < parts.count, case .field = parts[i + 1] { isFollowedByDigits = true }
        try reader.read(field, isFollowedByDigits)
      }
    }
    guard reader.position == text.byteCount else { throw reader.failure("there is more behind its end") }
    return try reader.result()
  }

  private struct Reader {
    let text: Text
    let pattern: DatePattern
    var position = 0
    var year: Int?
    var month: Int?
    var day: Int?
    var dayOfYear: Int?
    var weekday: Int?
    var hour = 0
    var hour12: Int?
    var isAfternoon: Bool?
    var minute = 0
    var second = 0
    var nanosecond = 0
    /// Seconds east of UTC.
    var offset = 0
    var unixSeconds: Int?

    init(text: Text, pattern: DatePattern) {
      self.text = text
      self.pattern = pattern
    }

    func failure(_ why: String) -> SwaleError {
      SwaleError(.parse, "\(text.excerpt) does not fit \"\(pattern.source)\": \(why)")
    }

    // MARK: Parts of the text

    mutating func skip(_ expected: String) throws {
      for byte in expected.utf8 {
        guard position < text.byteCount, text.bytes[position] == byte else {
          throw failure("\"\(expected)\" is expected at character \(text.characterIndex(ofByte: position))")
        }
        position += 1
      }
    }

    /// Reads a number of `least` to `most` digits that lies in a range.
    private mutating func number(_ least: Int, _ most: Int, _ range: ClosedRange<Int>, _ what: String) throws
      -> Int
    {
      let bytes = text.bytes
      var value = 0
      var count = 0
      while count < most, position < bytes.count, bytes[position] &- 0x30 < 10 {
        value = value * 10 + Int(bytes[position] - 0x30)
        position += 1
        count += 1
      }
      if count < least {
        let digits = least == 1 ? "a digit" : "\(least) digits"
        throw failure(
          "\(digits) for \(what) are expected at character \(text.characterIndex(ofByte: position - count))")
      }
      guard range.contains(value) else {
        throw failure("\(what) is from \(range.lowerBound) to \(range.upperBound), not \(value)")
      }
      return value
    }

    /// Reads one of some names, whole or their first three letters, in any case.
    private mutating func name(_ names: [String], isShort: Bool, _ what: String) throws -> Int {
      let rest = String(decoding: text.bytes[position...].prefix(9), as: UTF8.self).lowercased()
      for (i, name) in names.enumerated() {
        let wanted = (isShort ? String(name.prefix(3)) : name).lowercased()
        if rest.hasPrefix(wanted) {
          position += wanted.utf8.count
          return i + 1
        }
      }
      throw failure("\(what) is expected at character \(text.characterIndex(ofByte: position))")
    }

    mutating func read(_ field: Field, _ isFollowedByDigits: Bool) throws {
      // Alone, a month may have one digit; before other digits it has two.
      let least = isFollowedByDigits ? 2 : 1
      switch field {
      case .year: year = try number(4, 4, 0...9999, "the year")
      case .shortYear:
        let short = try number(2, 2, 0...99, "the year")
        year = short < 69 ? 2000 + short : 1900 + short
      case .month: month = try number(least, 2, 1...12, "the month")
      case .monthName: month = try name(monthNames, isShort: false, "the name of a month")
      case .shortMonthName: month = try name(monthNames, isShort: true, "the short name of a month")
      case .day: day = try number(least, 2, 1...31, "the day")
      case .paddedDay:
        if position < text.byteCount, text.bytes[position] == 0x20 { position += 1 }
        day = try number(1, 2, 1...31, "the day")
      case .dayOfYear: dayOfYear = try number(isFollowedByDigits ? 3 : 1, 3, 1...366, "the day of the year")
      case .weekdayName: weekday = try name(weekdayNames, isShort: false, "the name of a day")
      case .shortWeekdayName: weekday = try name(weekdayNames, isShort: true, "the short name of a day")
      case .weekday: weekday = try number(1, 1, 1...7, "the weekday")
      case .hour: hour = try number(least, 2, 0...23, "the hour")
      case .hour12: hour12 = try number(least, 2, 1...12, "the hour")
      case .half: isAfternoon = try name(["AM", "PM"], isShort: false, "AM or PM") == 2
      case .minute: minute = try number(least, 2, 0...59, "the minute")
      case .second: second = try number(least, 2, 0...59, "the second")
      case .fraction:
        let start = position
        nanosecond = try number(1, 9, 0...999_999_999, "the fraction")
        for _ in position - start..<9 { nanosecond *= 10 }
      case .offset: try readOffset()
      case .zone:
        guard let zone = ["UTC", "GMT", "Z"].first(where: { text.bytes[position...].starts(with: $0.utf8) })
        else {
          throw failure("UTC, GMT or Z is expected at character \(text.characterIndex(ofByte: position))")
        }
        position += zone.utf8.count
      case .unixSeconds:
        let isNegative = position < text.byteCount && text.bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let seconds = try number(1, 12, 0...999_999_999_999, "the number of seconds")
        unixSeconds = isNegative ? -seconds : seconds
      case .week, .weekYear, .quarter:
        throw SwaleError(.value, "%\(field.rawValue) can be written but not read: it does not name a day")
      }
    }

    private mutating func readOffset() throws {
      let bytes = text.bytes
      guard position < bytes.count else {
        throw failure("an offset such as +02:00 or Z is expected at its end")
      }
      let sign = bytes[position]
      position += 1
      if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return }
      guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
        let place = text.characterIndex(ofByte: position - 1)
        throw failure("an offset such as +02:00 or Z is expected at character \(place)")
      }
      let hours = try number(2, 2, 0...23, "the offset's hours")
      if position < bytes.count, bytes[position] == UInt8(ascii: ":") { position += 1 }
      let minutes = try number(2, 2, 0...59, "the offset's minutes")
      offset = (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    // MARK: What was read

    func result() throws -> (days: Int, nanoseconds: Int) {
      if let unixSeconds {
        let days = Calendar.floorDivide(unixSeconds, 86_400)
        guard Calendar.validDays.contains(days) else { throw failure("it is out of range") }
        return (days, (unixSeconds - days * 86_400) * Calendar.nanosecondsASecond + nanosecond)
      }
      let date = try date()
      if let weekday, weekday != Calendar.weekday(date) {
        throw failure("that day is a \(weekdayNames[Calendar.weekday(date) - 1])")
      }
      var hour = hour
      if let hour12 {
        guard let isAfternoon else {
          throw SwaleError(.value, "\"\(pattern.source)\" has %I, but no %p for AM or PM")
        }
        hour = hour12 % 12 + (isAfternoon ? 12 : 0)
      }
      let seconds = (hour * 60 + minute) * 60 + second - offset
      let carried = Calendar.floorDivide(seconds, 86_400)
      let days = date + carried
      guard Calendar.validDays.contains(days) else { throw failure("it is out of range") }
      return (days, (seconds - carried * 86_400) * Calendar.nanosecondsASecond + nanosecond)
    }

    private func date() throws -> Int {
      guard let year else {
        throw SwaleError(
          .value, "\"\(pattern.source)\" names no year", hint: "%Y is the year, %m the month, %d the day")
      }
      if let dayOfYear {
        guard dayOfYear <= (Calendar.isLeap(year) ? 366 : 365), let first = Calendar.days(year, 1, 1) else {
          throw failure("\(year) has no day \(dayOfYear)")
        }
        return first + dayOfYear - 1
      }
      // `%Y-%m` is the first of a month.
      guard let days = Calendar.days(year, month ?? 1, day ?? 1) else {
        throw failure("\(monthNames[(month ?? 1) - 1]) \(year) has no day \(day ?? 1)")
      }
      return days
    }
  }
}
