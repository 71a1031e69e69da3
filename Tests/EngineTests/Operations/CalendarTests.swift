import Testing

@testable import SwaleEngine

@Suite struct CalendarTests {
  private func parse<R>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    Array(text.utf8).withUnsafeBufferPointer(body)
  }

  private func written(_ write: (inout ValueWriter) -> Void) -> String {
    var writer = ValueWriter()
    write(&writer)
    return writer.string
  }

  @Test func everyDayFollowsTheOneBefore() {
    var (year, month, day) = (0, 1, 1)
    for days in Calendar.validDays {
      let civil = Calendar.civil(days)
      guard civil == (year, month, day), Calendar.days(year, month, day) == days else {
        Issue.record("day \(days) is \(civil), not \((year, month, day))")
        return
      }
      day += 1
      if day > Calendar.daysInMonth(year, month) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect((year, month, day) == (10_000, 1, 1))
    #expect(Calendar.civil(0) == (1970, 1, 1))
    #expect(Calendar.weekday(0) == 4)
    #expect(Calendar.weekday(-719_528) == 6)
    #expect((0..<14).map { Calendar.weekday($0 - 10) } == (0..<14).map { ($0 + 7) % 7 + 1 })
    #expect(Calendar.dayOfYear(Calendar.days(2024, 12, 31) ?? 0) == 366)
    #expect(Calendar.dayOfYear(0) == 1)
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-01", "2026-04-31", "2026-1-01", "26-01-01", "2026-01-01x", "",
    "2026-01-00",
    "1900-02-29",
  ])
  func noDates(text: String) { #expect(parse(text, Calendar.parseDate) == nil) }

  @Test(arguments: [
    ("2026-05-01T12:30:00Z", "2026-05-01T12:30:00Z"), ("2026-05-01 12:30", "2026-05-01T12:30:00Z"),
    ("2026-05-01T00:30:00+02:00", "2026-04-30T22:30:00Z"),
    ("2026-12-31T23:30:00-0100", "2027-01-01T00:30:00Z"),
    ("2026-05-01T12:30:00.123456789Z", "2026-05-01T12:30:00.123456789Z"),
    ("2026-05-01T12:30:00+05", "2026-05-01T07:30:00Z"),
    ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"),
    ("2262-04-11T23:47:16.854775807Z", "2262-04-11T23:47:16.854775807Z"),
    ("1677-09-21T00:12:43.145224192Z", "1677-09-21T00:12:43.145224192Z"),
    ("2026-05-01T12:30:00.1234567899Z", "2026-05-01T12:30:00.123456789Z"),
  ])
  func dateTimes(text: String, expected: String) throws {
    let time = try #require(parse(text, Calendar.parseDateTime))
    #expect(written { $0.writeDateTime(time) } == expected)
    #expect(parse(expected, Calendar.parseDateTime) == time)
  }

  @Test(arguments: [
    "2026-05-01T24:00:00Z", "2026-05-01T12:60Z", "2026-05-01T12:30:61Z", "2026-05-01", "2026-05-01T12",
    "2026-05-01T12:30:00.Z",
    "2026-05-01T12:30:00+25:00", "2262-04-11T23:47:16.854775808Z", "1677-09-21T00:12:43.145224191Z",
    "2026-05-01T12:30:00Zx",
    "9999-01-01T00:00:00Z",
  ])
  func noDateTimes(text: String) { #expect(parse(text, Calendar.parseDateTime) == nil) }

  @Test func endsOfTheDateTimes() {
    #expect(written { $0.writeDateTime(Int.min) } == "1677-09-21T00:12:43.145224192Z")
    #expect(written { $0.writeDateTime(Int.max) } == "2262-04-11T23:47:16.854775807Z")
    for time in [Int.min, Int.min + 1, -1, 0, 1, Int.max] {
      let (days, nanoseconds) = Calendar.split(time)
      #expect(Calendar.join(days, nanoseconds) == time)
      #expect((0..<Calendar.nanosecondsADay).contains(nanoseconds))
    }
    #expect(Calendar.join(106_752, 0) == nil)
    #expect(Calendar.join(-106_752, 0) == nil)
    #expect(Calendar.join(Calendar.validDays.lowerBound, 0) == nil)
  }

  @Test(arguments: [
    ("1h30m", 5_400_000_000_000), ("-5s", -5_000_000_000), ("1.5ms", 1_500_000),
    ("1w2d", 777_600_000_000_000), ("0s", 0),
    ("7ns", 7), ("0.5ns", 1), ("1us", 1000), ("-9223372036854775807ns", -Int.max),
    ("9223372036854775807ns", Int.max),
  ])
  func durations(text: String, expected: Int) { #expect(parse(text, Calendar.parseDuration) == expected) }

  @Test(arguments: [
    "", "-", "5", "s", "1x", "1.s", "9223372036854775808ns", "300000d", "1h-5m", "1h 5m",
    "99999999999999999999s",
  ])
  func noDurations(text: String) { #expect(parse(text, Calendar.parseDuration) == nil) }

  @Test func durationsReadBack() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<5000 {
      let duration = Int(truncatingIfNeeded: random.next()) >> Int.random(in: 0..<63, using: &random)
      #expect(parse(written { $0.writeDuration(duration) }, Calendar.parseDuration) == duration)
    }
    #expect(written { $0.writeDuration(Int.min) } == "-106751d23h47m16.854775808s")
  }

  @Test func steps() throws {
    func date(_ text: String) throws -> Int { try #require(parse(text, Calendar.parseDate)) }
    func shown(_ days: Int?) -> String? { days.map { days in written { $0.writeDate(days) } } }
    #expect(shown(Calendar.add(months: 1, toDate: try date("2026-01-31"))) == "2026-02-28")
    #expect(shown(Calendar.add(months: 1, toDate: try date("2024-01-31"))) == "2024-02-29")
    #expect(shown(Calendar.add(months: -13, toDate: try date("2026-03-31"))) == "2025-02-28")
    #expect(shown(Calendar.add(months: 12, toDate: try date("9999-01-01"))) == nil)
    #expect(shown(Calendar.add(months: Int.max, toDate: 0)) == nil)
    #expect(shown(Calendar.add(months: Int.min, toDate: 0)) == nil)
    let day = try date("2026-08-19")
    for (unit, expected) in [
      (Calendar.Unit.year, "2026-01-01"), (.quarter, "2026-07-01"), (.month, "2026-08-01"),
      (.week, "2026-08-17"),
      (.day, "2026-08-19"), (.hour, "2026-08-19"),
    ] { #expect(shown(Calendar.truncate(date: day, to: unit)) == expected) }
    let time = try #require(parse("2026-08-19T13:45:56.789Z", Calendar.parseDateTime))
    for (unit, expected) in [
      (Calendar.Unit.month, "2026-08-01T00:00:00Z"), (.day, "2026-08-19T00:00:00Z"),
      (.hour, "2026-08-19T13:00:00Z"),
      (.minute, "2026-08-19T13:45:00Z"), (.second, "2026-08-19T13:45:56Z"),
      (.millisecond, "2026-08-19T13:45:56.789Z"),
    ] {
      let truncated = try #require(Calendar.truncate(dateTime: time, to: unit))
      #expect(written { $0.writeDateTime(truncated) } == expected)
    }
    // 1677-09-21, the first day, begins before the first datetime.
    #expect(Calendar.truncate(dateTime: Int.min, to: .day) == nil)
    #expect(Calendar.truncate(dateTime: Int.min, to: .hour) == nil)
    let before = try #require(Calendar.truncate(dateTime: -1, to: .second))
    #expect(before == -1_000_000_000)
  }
}
