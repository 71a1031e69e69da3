extension TypeSet {
  static let dates: TypeSet = [.date, .dateTime]
}

extension Call {
  /// The day and the nanoseconds since its midnight, of a date or datetime.
  func moment(_ index: Int) -> (days: Int, nanoseconds: Int) {
    switch self[index] {
    case .date(let days): (days, 0)
    case .dateTime(let time): Calendar.split(time)
    default: unreachable("argument \(index) is neither date nor datetime")
    }
  }
}

extension Builtins {
  /// The parts of dates and datetimes, as ints.
  nonisolated(unsafe) static let dateParts: [Builtin] = [
    part("year", "Returns the year.", ("year(@2026-05-01)", "2026")) { days, _ in Calendar.civil(days).year },
    part("quarter", "Returns the quarter of the year, from 1.", ("quarter(@2026-05-01)", "2")) { days, _ in
      (Calendar.civil(days).month - 1) / 3 + 1
    },
    part("month", "Returns the month, from 1.", ("month(@2026-05-01)", "5")) { days, _ in
      Calendar.civil(days).month
    },
    part(
      "week", "Returns the number of the week in its year, as ISO 8601 counts.", ("week(@2026-01-01)", "1")
    ) {
      days, _ in Calendar.week(days).week
    },
    part("day", "Returns the day of the month.", ("day(@2026-05-01)", "1")) { days, _ in
      Calendar.civil(days).day
    },
    part("day_of_year", "Returns the day of the year, from 1.", ("day_of_year(@2026-02-01)", "32")) {
      days, _ in
      Calendar.dayOfYear(days)
    },
    part("weekday", "Returns the day of the week: 1 is Monday, 7 Sunday.", ("weekday(@2026-05-01)", "5")) {
      days, _ in
      Calendar.weekday(days)
    },
    part("hour", "Returns the hour; 0 for a date.", ("hour(@2026-05-01T12:30:15Z)", "12")) {
      Calendar.clock($1).hour
    },
    part("minute", "Returns the minute; 0 for a date.", ("minute(@2026-05-01T12:30:15Z)", "30")) {
      Calendar.clock($1).minute
    },
    part(
      "second", "Returns the second, without its fraction; 0 for a date.",
      ("second(@2026-05-01T12:30:15.5Z)", "15")
    ) {
      Calendar.clock($1).second
    },
    part(
      "nanosecond", "Returns the fraction of the second.",
      ("nanosecond(@2026-05-01T12:30:15.5Z)", "500000000")
    ) {
      Calendar.clock($1).nanosecond
    },
  ]

  private static func part(
    _ name: String, _ summary: String, _ example: (code: String, result: String),
    _ function: @escaping (_ days: Int, _ nanoseconds: Int) -> Int
  ) -> Builtin {
    Builtin(name, [.init("date", .dates)], summary, example: example, isElementwise: true) { call in
      let (days, nanoseconds) = call.moment(0)
      return .int(function(days, nanoseconds))
    }
  }
}
