extension Calendar {
  /// Reads `2026-05-01`; nil where the text is no such date.
  public static func parseDate(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var reader = Reader(text)
    guard let days = reader.date(), reader.isAtEnd else { return nil }
    return days
  }

  /// Reads `2026-05-01T12:30:00.5+02:00`: seconds, fraction and offset may be missing, a space may
  /// stand for the `T`. nil where the text is no such datetime or is out of range.
  public static func parseDateTime(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var reader = Reader(text)
    guard let days = reader.date(), reader.skip("T") || reader.skip("t") || reader.skip(" "),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2)
    else { return nil }
    var second = 0
    var fraction = 0
    if reader.skip(":") {
      guard let digits = reader.number(2) else { return nil }
      second = digits
      if reader.skip(".") || reader.skip(",") {
        guard let digits = reader.fraction() else { return nil }
        fraction = digits
      }
    }
    guard hour < 24, minute < 60, second < 60 else { return nil }
    var shift = 0
    if !reader.skip("Z"), !reader.skip("z"), !reader.isAtEnd {
      let isWest = reader.skip("-")
      guard isWest || reader.skip("+"), let hours = reader.number(2) else { return nil }
      _ = reader.skip(":")
      let minutes = reader.isAtEnd ? 0 : reader.number(2) ?? 60
      guard hours < 24, minutes < 60 else { return nil }
      shift = (hours * 60 + minutes) * (isWest ? -1 : 1)
    }
    guard reader.isAtEnd else { return nil }
    var clock = ((hour * 60 + minute - shift) * 60 + second) * nanosecondsASecond + fraction
    // The offset may lead into the day before or after.
    let carried = floorDivide(clock, nanosecondsADay)
    clock -= carried * nanosecondsADay
    return join(days + carried, clock)
  }

  /// Reads `1h30m`, `-2.5s`; nil where the text is no such duration or is out of range.
  public static func parseDuration(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var reader = Reader(text)
    let isNegative = reader.skip("-")
    var total = 0
    repeat {
      guard let part = reader.durationPart() else { return nil }
      let (sum, overflow) = total.subtractingReportingOverflow(part)
      if overflow { return nil }
      total = sum
    } while !reader.isAtEnd
    // Summed up below zero, where there is one more duration.
    if isNegative { return total }
    return total == Int.min ? nil : -total
  }

  private struct Reader {
    let text: UnsafeBufferPointer<UInt8>
    var offset = 0
    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    var isAtEnd: Bool { offset == text.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard offset < text.count, text[offset] == UInt8(ascii: character) else { return false }
      offset += 1
      return true
    }

    private mutating func digit() -> Int? {
      guard offset < text.count, text[offset] >= 0x30, text[offset] <= 0x39 else { return nil }
      offset += 1
      return Int(text[offset - 1] - 0x30)
    }

    mutating func number(_ count: Int) -> Int? {
      var value = 0
      for _ in 0..<count {
        guard let digit = digit() else { return nil }
        value = value * 10 + digit
      }
      return value
    }

    mutating func date() -> Int? {
      guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2) else {
        return nil
      }
      return Calendar.days(year, month, day)
    }

    /// Reads digits behind a point as nanoseconds; what lies below a nanosecond is cut off.
    mutating func fraction() -> Int? {
      guard var value = digit() else { return nil }
      var count = 1
      while let digit = digit() {
        if count < 9 {
          value = value * 10 + digit
          count += 1
        }
      }
      while count < 9 {
        value *= 10
        count += 1
      }
      return value
    }

    /// Reads a number with a unit, as nanoseconds.
    mutating func durationPart() -> Int? {
      guard var whole = digit() else { return nil }
      while let digit = digit() {
        let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(digit)
        if overflow || carry { return nil }
        whole = sum
      }
      var fraction = 0
      var scale = 1
      if skip(".") {
        guard let first = digit() else { return nil }
        (fraction, scale) = (first, 10)
        while let digit = digit() {
          if scale < 1_000_000_000_000_000 { (fraction, scale) = (fraction * 10 + digit, scale * 10) }
        }
      }
      guard let unit = unit() else { return nil }
      let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
      if overflow { return nil }
      let (quotient, remainder) = scale.dividingFullWidth(unit.multipliedFullWidth(by: fraction))
      let (sum, carry) = product.addingReportingOverflow(
        remainder >= scale - remainder ? quotient + 1 : quotient)
      return carry ? nil : sum
    }

    private mutating func unit() -> Int? {
      if skip("n") { return skip("s") ? 1 : nil }
      if skip("u") { return skip("s") ? 1000 : nil }
      if skip("m") { return skip("s") ? 1_000_000 : nanosecondsAMinute }
      if skip("s") { return nanosecondsASecond }
      if skip("h") { return nanosecondsAnHour }
      if skip("d") { return nanosecondsADay }
      return skip("w") ? 7 * nanosecondsADay : nil
    }
  }
}
