extension Builtins {
  /// Making dates, datetimes and durations, and computing with them. Datetimes are in UTC.
  nonisolated(unsafe) static let dates: [Builtin] = [
    Builtin(
      "date", [.init("value", [.string, .date, .dateTime])],
      "Returns the date that a string such as \"2026-05-01\" names, or that a datetime lies in.",
      example: ("[date(\"2026-05-01\"), date(@2026-05-01T12:30Z)]", "[@2026-05-01, @2026-05-01]"),
      isElementwise: true
    ) { call in
      guard case .string(let text) = call[0] else { return .date(call.moment(0).days) }
      guard let days = Calendar.parseDate(text.trimmedOfSpace.bytes) else {
        throw SwaleError(
          .parse, "\(text.excerpt) is no date such as \"2026-05-01\"",
          hint: "parse_date(text, \"%d.%m.%Y\") reads other forms, date(datetime(text)) one with a time")
      }
      return .date(days)
    },
    Builtin(
      "date", [.init("year", .int), .init("month", .int), .init("day", .int)], "Returns the date of a day.",
      example: ("date(2026, 5, 1)", "@2026-05-01"), isElementwise: true
    ) { call in .date(try day(call, "date")) },
    Builtin(
      "datetime", [.init("value", [.string, .date, .dateTime])],
      "Returns the datetime that a string such as \"2026-05-01T12:30:00Z\" names, or the midnight of a date.",
      example: ("datetime(\"2026-05-01 12:30:00+02:00\")", "@2026-05-01T10:30:00Z"), isElementwise: true
    ) { call in
      guard case .string(let text) = call[0] else {
        let (days, nanoseconds) = call.moment(0)
        return .dateTime(try joined(days, nanoseconds, "datetime"))
      }
      let bytes = text.trimmedOfSpace
      if let time = Calendar.parseDateTime(bytes.bytes) { return .dateTime(time) }
      if let days = Calendar.parseDate(bytes.bytes) { return .dateTime(try joined(days, 0, "datetime")) }
      throw SwaleError(
        .parse, "\(text.excerpt) is no datetime such as \"2026-05-01T12:30:00Z\"",
        hint: "parse_date(text, \"%d.%m.%Y %H:%M\") reads other forms")
    },
    Builtin(
      "datetime",
      [
        .init("year", .int), .init("month", .int), .init("day", .int), .init("hour", .int, default: .int(0)),
        .init("minute", .int, default: .int(0)), .init("second", .number, default: .int(0)),
      ], "Returns the datetime of a day and a time of day, in UTC.",
      example: ("datetime(2026, 5, 1, 12, 30)", "@2026-05-01T12:30:00Z"), isElementwise: true
    ) { call in
      let days = try day(call, "datetime")
      let (hour, minute, second) = (call.int(3), call.int(4), call.double(5))
      guard (0...23).contains(hour), (0...59).contains(minute), second >= 0, second < 60 else {
        throw SwaleError(.value, "datetime: there is no time \(hour):\(minute):\(call[5].displayString)")
      }
      let nanoseconds = (hour * 60 + minute) * Calendar.nanosecondsAMinute + Int((second * 1e9).rounded())
      return .dateTime(try joined(days, nanoseconds, "datetime"))
    },
    Builtin(
      "duration", [.init("value", [.string, .duration])],
      "Returns the duration that a string such as \"1h30m\" names.",
      example: ("duration(\"1h30m\") / 1m", "90.0"), isElementwise: true
    ) { call in
      guard case .string(let text) = call[0] else { return call[0] }
      guard let duration = Calendar.parseDuration(text.trimmedOfSpace.bytes) else {
        throw SwaleError(
          .parse, "\(text.excerpt) is no duration such as \"1h30m\" or \"2.5s\"",
          hint: "the units are ns us ms s m h d w; n * 1s makes a duration of a number")
      }
      return .duration(duration)
    },
    Builtin(
      "parse_date", [.init("text", .string), .init("pattern", .string)],
      """
      Returns the date, or where the pattern has a time the datetime, that a text names; all of it must fit.
      %Y year, %m month, %d day, %H hour, %M minute, %S second, %f fraction, %b Jan, %B January, %a Mon, \
      %A Monday,
      %j day of the year, %y year of two digits, %I hour of 12, %p AM or PM, %z offset, %Z UTC, %s seconds \
      since 1970.
      """,
      example: ("parse_date(\"1 May 2026\", \"%d %b %Y\")", "@2026-05-01"), isElementwise: true
    ) { call in
      let pattern = try DatePatternCache.shared.pattern(call.text(1))
      let (days, nanoseconds) = try pattern.parse(call.text(0))
      if pattern.hasClock { return .dateTime(try joined(days, nanoseconds, "parse_date")) }
      return .date(days)
    },
    Builtin(
      "format_date", [.init("date", .dates), .init("pattern", .string)],
      """
      Returns the text of a date or datetime by a pattern; a date has the time 00:00.
      Beside the letters of `parse_date` there are %e the day padded with a space, %u weekday, %V week, %G \
      the week's year,
      %q quarter, %F %Y-%m-%d and %T %H:%M:%S.
      """,
      example: ("format_date(@2026-05-01, \"%A, %d %B %Y\")", "\"Friday, 01 May 2026\""), isElementwise: true
    ) { call in
      let (days, nanoseconds) = call.moment(0)
      return .string(try DatePatternCache.shared.pattern(call.text(1)).format(days, nanoseconds))
    },
    Builtin(
      "truncate", [.init("date", .dates), .init("unit", .string)],
      """
      Returns the beginning of the year, quarter, month, week, day, hour, minute, second or millisecond \
      that a date or
      datetime lies in.
      Weeks begin on Monday.
      """,
      example: ("truncate(@2026-05-17, \"month\")", "@2026-05-01"), isElementwise: true
    ) { call in
      let name = call.string(1)
      guard let unit = Calendar.Unit(rawValue: name) else {
        let names = Calendar.Unit.allCases.map(\.rawValue)
        throw SwaleError(
          .value, "truncate: the unit \(call.text(1).excerpt) is not known",
          hint: Operations.suggestion(for: name, among: names) ?? "there are " + names.joined(separator: ", ")
        )
      }
      switch call[0] {
      case .date(let days):
        let result = Calendar.truncate(date: days, to: unit)
        // The first week may begin in the year before.
        guard Calendar.validDays.contains(result) else { throw outOfRange("truncate") }
        return .date(result)
      case .dateTime(let time):
        guard let result = Calendar.truncate(dateTime: time, to: unit) else { throw outOfRange("truncate") }
        return .dateTime(result)
      default: unreachable()
      }
    },
    Builtin(
      "add_months", [.init("date", .dates), .init("months", .int)],
      "Returns the same day some months later, or the last of that month where it is shorter.",
      example: ("add_months(@2026-01-31, 1)", "@2026-02-28"), isElementwise: true
    ) { call in
      switch call[0] {
      case .date(let days):
        guard let result = Calendar.add(months: call.int(1), toDate: days) else {
          throw outOfRange("add_months")
        }
        return .date(result)
      case .dateTime(let time):
        guard let result = Calendar.add(months: call.int(1), toDateTime: time) else {
          throw outOfRange("add_months")
        }
        return .dateTime(result)
      default: unreachable()
      }
    },
    Builtin(
      "timestamp", [.init("date", .dates)], "Returns the seconds since 1970-01-01T00:00Z as a float.",
      example: ("timestamp(@1970-01-02)", "86400.0"), isElementwise: true
    ) { call in
      let (days, nanoseconds) = call.moment(0)
      return .float(Double(days * 86_400) + Double(nanoseconds) / 1e9)
    },
    Builtin(
      "from_timestamp", [.init("seconds", .number)],
      "Returns the datetime so many seconds after 1970-01-01T00:00Z.",
      example: ("from_timestamp(86400)", "@1970-01-02T00:00:00Z"), isElementwise: true
    ) { call in
      if case .int(let seconds) = call[0] {
        let (time, overflow) = seconds.multipliedReportingOverflow(by: Calendar.nanosecondsASecond)
        if overflow { throw outOfRange("from_timestamp") }
        return .dateTime(time)
      }
      // A float of today's seconds is exact to some hundred nanoseconds: rounded to microseconds.
      let microseconds = (call.double(0) * 1e6).rounded()
      guard let time = Int(exactly: microseconds)?.multipliedReportingOverflow(by: 1000), !time.overflow
      else {
        throw outOfRange("from_timestamp")
      }
      return .dateTime(time.partialValue)
    },
    Builtin("now", [], "Returns the present moment, in UTC.", example: ("type(now())", "\"datetime\"")) {
      call in
      .dateTime(call.context.scheduler.timeOfDay)
    },
    Builtin("today", [], "Returns the present date, in UTC.", example: ("today() == date(now())", "true")) {
      call in
      .date(Calendar.split(call.context.scheduler.timeOfDay).days)
    },
  ]

  private static func day(_ call: Call, _ name: String) throws -> Int {
    let (year, month, day) = (call.int(0), call.int(1), call.int(2))
    guard let days = Calendar.days(year, month, day) else {
      throw SwaleError(.value, "\(name): there is no day \(day) in month \(month) of the year \(year)")
    }
    return days
  }

  private static func joined(_ days: Int, _ nanoseconds: Int, _ name: String) throws -> Int {
    guard let time = Calendar.join(days, nanoseconds) else { throw outOfRange(name) }
    return time
  }

  private static func outOfRange(_ name: String) -> SwaleError {
    SwaleError(
      .overflow, "\(name): the result is out of range",
      hint: "datetimes go from the year 1678 to 2261, dates from 0 to 9999")
  }
}
