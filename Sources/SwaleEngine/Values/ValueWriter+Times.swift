extension ValueWriter {
  /// Writes a date as `2026-05-01`.
  public mutating func writeDate(_ days: Int) {
    let (year, month, day) = Calendar.civil(days)
    if year < 0 || year > 9999 { write(byte: UInt8(ascii: year < 0 ? "-" : "+")) }
    writeDigits(year.magnitude, width: 4)
    write(byte: UInt8(ascii: "-"))
    writeDigits(UInt(month), width: 2)
    write(byte: UInt8(ascii: "-"))
    writeDigits(UInt(day), width: 2)
  }

  /// Writes a datetime as `2026-05-01T12:30:00Z`, with as many digits of a fraction as it needs.
  public mutating func writeDateTime(_ time: Int) {
    let (days, nanoseconds) = Calendar.split(time)
    let (hour, minute, second, fraction) = Calendar.clock(nanoseconds)
    writeDate(days)
    write(byte: UInt8(ascii: "T"))
    writeDigits(UInt(hour), width: 2)
    write(byte: UInt8(ascii: ":"))
    writeDigits(UInt(minute), width: 2)
    write(byte: UInt8(ascii: ":"))
    writeDigits(UInt(second), width: 2)
    writeFraction(UInt(fraction), digits: 9)
    write(byte: UInt8(ascii: "Z"))
  }

  /// Writes a duration in the largest units: `1h30m`, `1.5s`, `250ms`, `-5s`.
  public mutating func writeDuration(_ duration: Int) {
    if duration == 0 { return write("0s") }
    if duration < 0 { write(byte: UInt8(ascii: "-")) }
    var rest = duration.magnitude
    func take(_ unit: Int) -> UInt {
      let count = rest / UInt(unit)
      rest %= UInt(unit)
      return count
    }
    for (unit, name) in [
      (Calendar.nanosecondsADay, "d"), (Calendar.nanosecondsAnHour, "h"), (Calendar.nanosecondsAMinute, "m"),
    ] {
      let count = take(unit)
      if count > 0 {
        writeDigits(count)
        write(name)
      }
    }
    if rest == 0 { return }
    // The largest unit that is at least one, with a fraction of the smaller ones.
    let units: [(length: UInt, digits: Int, name: String)] = [
      (1_000_000_000, 9, "s"), (1_000_000, 6, "ms"), (1000, 3, "us"), (1, 0, "ns"),
    ]
    guard let unit = units.first(where: { rest >= $0.length }) else { return }
    writeDigits(rest / unit.length)
    writeFraction(rest % unit.length, digits: unit.digits)
    write(unit.name)
  }

  /// Writes a point and the digits of a fraction, without zeros at its end; nothing for zero.
  private mutating func writeFraction(_ fraction: UInt, digits: Int) {
    if fraction == 0 { return }
    var (fraction, digits) = (fraction, digits)
    while fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    write(byte: UInt8(ascii: "."))
    writeDigits(fraction, width: digits)
  }
}
