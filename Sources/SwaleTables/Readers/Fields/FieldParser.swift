import Glibc
import SwaleEngine

/// Reads the items of a file from their text, fast and exactly. All functions return nil for a text
/// that is not wholly such an item.
enum FieldParser {
  /// A text as bytes at `p`, `count` of them. `before` bytes in front of it can be read as well.
  typealias Bytes = UnsafePointer<UInt8>

  /// Returns an int in decimal digits. Leading zeros are a sign of codes rather than of numbers, such as
  /// postal codes, and refused unless asked for.
  @inline(__always)
  static func int(_ p: Bytes, _ count: Int, before: Int, allowsLeadingZeros: Bool = false) -> Int? {
    if count == 0 { return nil }
    let isNegative = p[0] == 0x2D
    let sign = isNegative || p[0] == 0x2B ? 1 : 0
    let digits = count &- sign
    if digits == 0 || digits > 8 || before &+ count < 8 {
      return longInt(p + sign, digits, isNegative: isNegative, allowsLeadingZeros)
    }
    if p[sign] == 0x30, digits > 1, !allowsLeadingZeros { return nil }
    // The last eight bytes, of which those before the digits are made zeros.
    let zeros: UInt64 = 0x3030_3030_3030_3030
    let mask = ~0 as UInt64 &<< UInt64(truncatingIfNeeded: 64 &- digits &* 8)
    let loaded = UnsafeRawPointer(p + (count &- 8)).loadUnaligned(as: UInt64.self)
    var word = loaded & mask | zeros & ~mask
    let tops: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    if word & tops != zeros || (word &+ 0x0606_0606_0606_0606) & tops != zeros { return nil }
    // Neighbouring digits become numbers of two, of four and of eight digits.
    word = word &- zeros
    word = (word &* 10) &+ (word &>> 8)
    let low = (word & 0x0000_00FF_0000_00FF) &* (100 &+ (1_000_000 &<< 32))
    let high = (word &>> 16 & 0x0000_00FF_0000_00FF) &* (1 &+ (10_000 &<< 32))
    let number = Int((low &+ high) &>> 32)
    return isNegative ? 0 &- number : number
  }

  @inline(never)
  private static func longInt(_ p: Bytes, _ count: Int, isNegative: Bool, _ allowsLeadingZeros: Bool) -> Int?
  {
    if count == 0 || count > 1 && p[0] == 0x30 && !allowsLeadingZeros { return nil }
    var number = 0
    for i in 0..<count {
      let digit = Int(p[i]) &- 0x30
      if digit < 0 || digit > 9 { return nil }
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      // Counted downwards, since the least int has no positive counterpart.
      let (sum, overflow2) = tens.subtractingReportingOverflow(digit)
      if overflow || overflow2 { return nil }
      number = sum
    }
    if isNegative { return number }
    return number == Int.min ? nil : 0 &- number
  }

  static func bool(_ p: Bytes, _ count: Int) -> Bool? {
    if count == 4, memcmp(p, "true", 4) == 0 || memcmp(p, "True", 4) == 0 || memcmp(p, "TRUE", 4) == 0 {
      return true
    }
    if count == 5, memcmp(p, "false", 5) == 0 || memcmp(p, "False", 5) == 0 || memcmp(p, "FALSE", 5) == 0 {
      return false
    }
    return nil
  }

  /// Returns the type of item that a text is, string where it is no other.
  static func type(_ p: Bytes, _ count: Int) -> ColumnType {
    guard count > 0 else { return .string }
    switch p[0] {
    case 0x30...0x39, 0x2B, 0x2D, 0x2E:
      if int(p, count, before: 0) != nil { return .int }
      if looksLikeCode(p, count) { return .string }
      if float(p, count) != nil { return .float }
      if date(p, count) != nil { return .date }
      if dateTime(p, count) != nil { return .dateTime }
    case 0x74, 0x54, 0x66, 0x46: if bool(p, count) != nil { return .bool }
    case 0x69, 0x49, 0x6E, 0x4E: if float(p, count) != nil { return .float }
    default: break
    }
    return .string
  }

  /// True for digits that are no int: too many, or with leading zeros. As a float they would lose
  /// what tells them apart.
  static func looksLikeCode(_ p: Bytes, _ count: Int) -> Bool {
    let sign = p[0] == 0x2D || p[0] == 0x2B ? 1 : 0
    if count == sign { return false }
    for i in sign..<count where p[i] < 0x30 || p[i] > 0x39 { return false }
    return true
  }
}
