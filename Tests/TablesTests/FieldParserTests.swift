import Glibc
import SwaleEngine
import Testing

@testable import SwaleTables

@Suite struct FieldParserTests {
  private func float(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { FieldParser.float($0.baseAddress!, $0.count) }
  }

  private func int(_ text: String, before: String = "        ") -> Int? {
    let bytes = Array((before + text).utf8)
    return bytes.withUnsafeBufferPointer {
      FieldParser.int($0.baseAddress! + before.utf8.count, text.utf8.count, before: before.utf8.count)
    }
  }

  @Test func ints() {
    var random = SeededGenerator(1)
    for _ in 0..<20_000 {
      let number = Int(bitPattern: UInt(random.next())) >> Int.random(in: 0..<64, using: &random)
      #expect(int("\(number)") == number)
      #expect(int("\(number)", before: "") == number)
    }
    for text in [
      "9223372036854775808", "-9223372036854775809", "", "-", "+", "1a", "a1", "1 ", "1.0", "00", "01", "--1",
      "1:3",
    ] {
      #expect(int(text.isEmpty ? "x" : text) == nil, "\(text)")
    }
    #expect(int("-9223372036854775808") == Int.min)
    #expect(int("+5") == 5)
    #expect(int("0") == 0)
    #expect(int("-0") == 0)
  }

  /// The result is the nearest float, as the C library finds it.
  @Test func floats() {
    var random = SeededGenerator(2)
    for _ in 0..<100_000 {
      let text: String
      switch Int.random(in: 0..<5, using: &random) {
      case 0: text = "\(Double(bitPattern: random.next()))"
      case 1: text = "\(Double.random(in: -1000...1000, using: &random))"
      case 2:
        let digits = Int.random(in: 1...19, using: &random)
        let number = String(String(random.next()).prefix(digits))
        let point = number.index(
          number.startIndex, offsetBy: Int.random(in: 0...number.count, using: &random))
        text = number[..<point] + "." + number[point...]
      case 3:
        text = "\(Int.random(in: 0..<100_000, using: &random)).\(Int.random(in: 0..<100, using: &random))"
      default:
        text =
          "0." + String(repeating: "0", count: Int.random(in: 0..<12, using: &random)) + String(random.next())
      }
      if text == "nan" || text == "-nan" || text.contains("nan") || text.contains("inf") || text == "." {
        continue
      }
      #expect(float(text) == strtod(text, nil), "\(text)")
    }
  }

  @Test func unusualFloats() {
    #expect(float("1e5") == 1e5)
    #expect(float("-2.5E-3") == -2.5e-3)
    #expect(float(".5") == 0.5)
    #expect(float("5.") == 5)
    #expect(float("inf") == .infinity)
    #expect(float("-Infinity") == -.infinity)
    #expect(float("NaN")?.isNaN == true)
    #expect(float("-0.0")?.sign == .minus)
    #expect(float("1e999") == .infinity)
    for text in [".", "-", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "1f", "infx", "--1", "1 2", "nanx"] {
      #expect(float(text) == nil, "\(text)")
    }
  }

  @Test func dates() {
    func date(_ text: String) -> Int? {
      let bytes = Array(text.utf8)
      return bytes.withUnsafeBufferPointer { FieldParser.date($0.baseAddress!, $0.count) }
    }
    func dateTime(_ text: String) -> Int? {
      let bytes = Array(text.utf8)
      return bytes.withUnsafeBufferPointer { FieldParser.dateTime($0.baseAddress!, $0.count) }
    }
    for days in stride(from: -719_000, to: 2_900_000, by: 97) {
      #expect(date(Value.date(days).printString) == days)
    }
    for text in [
      "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "2026/01/01", "20260101xx",
    ] {
      #expect(date(text) == nil, "\(text)")
    }
    #expect(date("2024-02-29") != nil)
    let second = 1_000_000_000
    #expect(dateTime("1970-01-01T00:01") == 60 * second)
    #expect(dateTime("1970-01-01 00:00:01.5Z") == 3 * second / 2)
    #expect(dateTime("1970-01-01T02:00:00+02:00") == 0)
    #expect(dateTime("1970-01-01T00:00:00-0130") == 5400 * second)
    for text in [
      "1970-01-01T24:00", "1970-01-01T00:60", "1970-01-01T00:00:00.", "1970-01-01T00:00+1", "1970-01-01",
    ] {
      #expect(dateTime(text) == nil, "\(text)")
    }
  }
}
