extension Lexer {
  private static let nanosecondsADay: Int128 = 86_400_000_000_000

  mutating func lexDate() throws(Diagnostic) {
    let start = offset
    offset += 1
    guard isDigit(current) else { throw badDate(start) }
    guard let year = fixedDigits(4), skip("-"), let month = fixedDigits(2), skip("-"),
      let day = fixedDigits(2)
    else { throw badDate(start) }
    let days = try civilDays(year, month, day, start)
    guard current == UInt8(ascii: "T") else {
      try checkDateEnd(start)
      return append(.date, from: start, value: days)
    }
    offset += 1
    guard let hour = fixedDigits(2), skip(":"), let minute = fixedDigits(2) else {
      throw badDate(start)
    }
    var second = 0
    var fraction = 0
    if skip(":") {
      guard let digits = fixedDigits(2) else { throw badDate(start) }
      second = digits
      if current == UInt8(ascii: "."), isDigit(byte(at: offset + 1)) { fraction = try lexFraction() }
    }
    guard hour < 24, minute < 60, second < 60 else {
      throw problem(
        "there is no such time of day", start, offset, hint: "times go from 00:00 to 23:59:59")
    }
    let shift = try lexOffset()
    try checkDateEnd(start)
    let clock = ((hour * 60 + minute - shift) * 60 + second) * 1_000_000_000 + fraction
    let total = Int128(days) * Self.nanosecondsADay + Int128(clock)
    guard let value = Int(exactly: total) else {
      throw problem(
        "this datetime is out of range", start, offset,
        hint: "datetimes count nanoseconds in 64 bits: from 1677-09-21 to 2262-04-11")
    }
    append(.dateTime, from: start, value: value)
  }

  private func badDate(_ start: Int) -> Diagnostic {
    let follows = byte(at: start + 1)
    let end = max(start + 1, isDigit(follows) ? offset : endOfName(start + 1))
    if isDigit(follows) {
      return problem(
        "this date is not complete", start, end,
        hint: "a date is written @2026-05-01, a datetime @2026-05-01T12:30:00Z")
    }
    return problem(
      "`@` begins a date", start, end,
      hint: end > start + 1
        ? "there are no decorators and no @ names; a date is written @2026-05-01"
        : "a date is written @2026-05-01")
  }

  private func checkDateEnd(_ start: Int) throws(Diagnostic) {
    let end = endOfName(offset)
    guard end > offset else { return }
    let tail = text(from: offset, to: end)
    throw problem(
      "the date runs into `\(tail)`", start, end,
      hint: tail.first == "t" || tail.first == "z"
        ? "write T and Z in upper case" : "a datetime is written @2026-05-01T12:30:00Z")
  }

  private mutating func skip(_ character: Character) -> Bool {
    guard character.asciiValue == current, offset < limit else { return false }
    offset += 1
    return true
  }

  private mutating func fixedDigits(_ count: Int) -> Int? {
    var value = 0
    for index in offset..<offset + count {
      guard isDigit(byte(at: index)) else { return nil }
      value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
    }
    offset += count
    return value
  }

  /// Reads a point and digits as nanoseconds.
  private mutating func lexFraction() throws(Diagnostic) -> Int {
    let start = offset
    offset += 1
    var value = 0
    var unit = 100_000_000
    while isDigit(current) {
      value += Int(current - UInt8(ascii: "0")) * unit
      unit /= 10
      offset += 1
    }
    if offset - start > 10 {
      throw problem("a second has at most nine decimal digits", start, offset)
    }
    return value
  }

  /// Reads `Z` or `+02:00` where one stands: minutes to the east.
  private mutating func lexOffset() throws(Diagnostic) -> Int {
    if skip("Z") { return 0 }
    let start = offset
    let sign = current == UInt8(ascii: "+") ? 1 : current == UInt8(ascii: "-") ? -1 : 0
    guard sign != 0 else { return 0 }
    offset += 1
    // What is no offset, such as the `- 5m` of a subtraction, is left to the parser.
    guard let hours = fixedDigits(2), skip(":"), let minutes = fixedDigits(2) else {
      offset = start
      return 0
    }
    guard hours < 24, minutes < 60 else {
      throw problem(
        "there is no such offset from UTC", start, offset, hint: "an offset is written +02:00")
    }
    return sign * (hours * 60 + minutes)
  }

  /// Returns the days from 1970-01-01 to a date of the proleptic Gregorian calendar.
  private func civilDays(
    _ year: Int, _ month: Int, _ day: Int, _ start: Int
  ) throws(Diagnostic) -> Int {
    guard (1...12).contains(month) else {
      throw problem(
        "there is no month \(month)", start, offset, hint: "a date is written year-month-day")
    }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day >= 1, day <= lengths[month - 1] else {
      throw problem(
        "\(text(from: start + 1, to: start + 8)) has no day \(day)", start, offset,
        hint: "it has \(lengths[month - 1]) days")
    }
    let leapDays = { (year: Int) in year / 4 - year / 100 + year / 400 }
    // Leap days before a year: those of the years 0 to year - 1, of which year 0 is one.
    let before = year * 365 + (year == 0 ? 0 : leapDays(year - 1) + 1)
    let epoch = 1970 * 365 + leapDays(1969) + 1
    return before - epoch + lengths[..<(month - 1)].reduce(0, +) + day - 1
  }
}
