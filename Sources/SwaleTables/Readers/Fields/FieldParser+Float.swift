import Glibc

extension FieldParser {
  /// Returns the float nearest to a decimal number, `inf` or `nan`.
  @inline(__always) static func float(_ p: Bytes, _ count: Int) -> Double? {
    if count == 0 { return nil }
    var i = 0
    let isNegative = p[0] == 0x2D
    if isNegative || p[0] == 0x2B { i = 1 }
    var mantissa: UInt64 = 0
    let first = i
    while i < count {
      let digit = p[i] &- 0x30
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      i &+= 1
    }
    var digits = i &- first
    var exponent = 0
    if i < count, p[i] == 0x2E {
      i &+= 1
      let fraction = i
      while i < count {
        let digit = p[i] &- 0x30
        if digit > 9 { break }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        i &+= 1
      }
      exponent = fraction &- i
      digits = digits &- exponent
    }
    // More digits may not fit into 64 bits, and some texts are no plain digits.
    if digits > 19 || digits == 0 || i < count { return unusualFloat(p, count, digits) }
    let magnitude =
      mantissa < 1 << 53 && exponent >= -22
      ? Double(mantissa) / FieldParser.powers[0 &- exponent] : scaled(mantissa, exponent)
    return magnitude.map { isNegative ? -$0 : $0 } ?? decimal(p, count)
  }

  /// Exponents, `inf`, `nan`, and numbers of many digits.
  @inline(never) private static func unusualFloat(_ p: Bytes, _ count: Int, _ digits: Int) -> Double? {
    var i = p[0] == 0x2D || p[0] == 0x2B ? 1 : 0
    if digits == 0 {
      let isNegative = p[0] == 0x2D
      switch lowercased(p + i, count - i) {
      case "inf", "infinity": return isNegative ? -.infinity : .infinity
      case "nan": return .nan
      default: return nil
      }
    }
    while i < count, p[i] &- 0x30 <= 9 || p[i] == 0x2E { i += 1 }
    if i < count {
      guard p[i] == 0x65 || p[i] == 0x45 else { return nil }
      i += 1
      if i < count, p[i] == 0x2D || p[i] == 0x2B { i += 1 }
      if i == count { return nil }
      while i < count {
        if p[i] &- 0x30 > 9 { return nil }
        i += 1
      }
    }
    return decimal(p, count)
  }

  private static func lowercased(_ p: Bytes, _ count: Int) -> String? {
    if count > 8 { return nil }
    return String(decoding: UnsafeBufferPointer(start: p, count: count).map { $0 | 0x20 }, as: UTF8.self)
  }

  /// The C library's conversion, for a text that is known to be a number.
  private static func decimal(_ p: Bytes, _ count: Int) -> Double? {
    if UnsafeBufferPointer(start: p, count: count).count(where: { $0 == 0x2E }) > 1 { return nil }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { buffer in
      for i in 0..<count { buffer[i] = CChar(bitPattern: p[i]) }
      buffer[count] = 0
      return strtod(buffer.baseAddress!, nil)
    }
  }

  /// The powers of ten that are exact as floats.
  nonisolated(unsafe) private static let powers: UnsafePointer<Double> = {
    let powers = UnsafeMutablePointer<Double>.allocate(capacity: 23)
    var power = 1.0
    for i in 0...22 {
      powers[i] = power
      power *= 10
    }
    return UnsafePointer(powers)
  }()

  /// The powers of five up to 5^27, which fit into 64 bits.
  nonisolated(unsafe) private static let fives: UnsafePointer<UInt64> = {
    let fives = UnsafeMutablePointer<UInt64>.allocate(capacity: 28)
    var power: UInt64 = 1
    for i in 0...27 {
      fives[i] = power
      if i < 27 { power *= 5 }
    }
    return UnsafePointer(fives)
  }()

  /// Returns mantissa * 10^exponent, rounded once, for exponents from -27 to 0; nil for others.
  @inline(never) private static func scaled(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if mantissa == 0 { return 0 }
    if exponent < -27 || exponent > 0 { return nil }
    // m / 10^k is m / 5^k / 2^k. Both are moved up to the highest bit, so that the quotient has 63 or 64
    // bits; whether anything is left over decides between numbers that are equally near.
    let divisor = fives[-exponent]
    let up = mantissa.leadingZeroBitCount
    let divisorUp = divisor.leadingZeroBitCount
    let numerator = mantissa &<< UInt64(up)
    let denominator = divisor &<< UInt64(divisorUp)
    // Halved, so that the quotient fits into 64 bits.
    let (quotient, rest) = denominator.dividingFullWidth((numerator &>> 1, numerator &<< 63))
    // value = quotient * 2^(1 - 64 - up + divisorUp - k)
    let shift = quotient.leadingZeroBitCount
    let normal = quotient &<< UInt64(shift)
    var bits = normal &>> 11
    let low = normal & 0x7FF
    let isAbove = low > 0x400 || low == 0x400 && (rest != 0 || bits & 1 == 1)
    if isAbove { bits &+= 1 }
    let power = 1 - 64 - up + divisorUp + exponent - shift + 11
    // Far from the limits of floats, so that the product is exact.
    return Double(bits) * Double(bitPattern: UInt64(power + 1023) &<< 52)
  }
}
