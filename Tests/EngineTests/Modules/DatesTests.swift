import Testing

@testable import SwaleEngine

@Suite struct DatesTests {
  @Test(arguments: [
    ("parse_date(\"30.4.2026\", \"%d.%m.%Y\")", "@2026-04-30"),
    ("parse_date(\"20260430\", \"%Y%m%d\")", "@2026-04-30"),
    ("parse_date(\"2026-04-30T10:00+02:00\", \"%Y-%m-%dT%H:%M%z\")", "@2026-04-30T08:00:00Z"),
    ("parse_date(\"2026-01-01T01:00+0200\", \"%FT%R%z\")", "@2025-12-31T23:00:00Z"),
    ("parse_date(\"12:05 am 2026-01-02\", \"%I:%M %p %Y-%m-%d\")", "@2026-01-02T00:05:00Z"),
    ("parse_date(\"2024 366\", \"%Y %j\")", "@2024-12-31"),
    ("parse_date(\"2026-05\", \"%Y-%m\")", "@2026-05-01"),
    ("parse_date(\"-1\", \"%s\")", "@1969-12-31T23:59:59Z"),
    ("parse_date(\"01/02/69\", \"%D\")", "@1969-01-02"),
    ("parse_date(\"2026-05-01 10:00:00.123456\", \"%F %T.%f\")", "@2026-05-01T10:00:00.123456Z"),
    ("format_date(@2027-01-01, \"%G-W%V-%u\")", "\"2026-W53-5\""),
    ("format_date(@1965-01-01, \"%s\")", "\"-157766400\""),
    ("format_date(@2026-05-01T00:00:00Z, \"%I %p %e|%j|%y\")", "\"12 AM  1|121|26\""),
    ("add_months(@2024-02-29, 12)", "@2025-02-28"),
    ("add_months(@2024-01-31T10:00:00Z, -1)", "@2023-12-31T10:00:00Z"),
    ("truncate(@2026-05-17, \"week\")", "@2026-05-11"),
    ("truncate(@1969-12-31T23:59:59Z, \"hour\")", "@1969-12-31T23:00:00Z"),
    ("timestamp(@1969-12-31T23:59:59.5Z)", "-0.5"), ("from_timestamp(-0.5)", "@1969-12-31T23:59:59.5Z"),
    ("datetime(2026, 5, 1, 12, 30, 15.25)", "@2026-05-01T12:30:15.25Z"), ("year(null)", "null"),
  ])
  func values(_ code: String, _ result: String) {
    let evaluation = Evaluation(code)
    #expect(evaluation.value == result, "\(code): \(evaluation.value ?? evaluation.message ?? "")")
  }

  /// What `format_date` writes, `parse_date` reads.
  @Test func roundTrips() throws {
    var random = RandomGenerator(seed: 9)
    for pattern in ["%Y-%m-%d %H:%M:%S", "%d %B %Y, %I:%M:%S %p", "%a %b %e %T %Y", "%Y%j%H%M%S", "%s"] {
      let pattern = try DatePattern(pattern)
      for _ in 0..<300 {
        let days = random.int(-130_000, 100_000)
        let nanoseconds = random.int(0, 86_399) * Calendar.nanosecondsASecond
        let text = pattern.format(days, nanoseconds)
        let back = try pattern.parse(text)
        #expect(back.days == days && back.nanoseconds == nanoseconds, "\(text)")
      }
    }
  }
}
