import SwaleSyntax
import Testing

@testable import SwaleEngine

/// The display form, which reads back as source, and what `print` shows.
@Suite struct DisplayTests {
  @Test(arguments: [
    (3.0, "3.0"), (-0.0, "-0.0"), (0.1, "0.1"), (1e15, "1000000000000000.0"), (1e16, "1e16"), (1e22, "1e22"),
    (123456789012345680, "1.2345678901234568e17"), (9007199254740992, "9007199254740992.0"), (1e-4, "0.0001"),
    (1e-5, "1e-5"), (1.5e-7, "1.5e-7"), (.leastNonzeroMagnitude, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e308"),
    (-2.5, "-2.5"), (1234.5678, "1234.5678"), (0.30000000000000004, "0.30000000000000004"), (100, "100.0"),
    (2.2250738585072014e-308, "2.2250738585072014e-308"), (.infinity, "math.inf"), (-.infinity, "-math.inf"),
    (.nan, "math.nan"),
  ])
  func floats(number: Double, expected: String) { #expect(Value.float(number).displayString == expected) }

  @Test(
    arguments: [
      ("null", "null"), ("[1, 2.0, true]", "[1, 2.0, true]"), ("[]", "[]"), ("({})", "{}"),
      ("{name: \"Ada\", \"two words\": 2, [1]: 3, if: 4, \"1a\": 5, größe: 6, \"\": 7}", nil),
      ("{[[1, 2]]: {a: []}, [null]: 1}", "{[[1, 2]]: {a: []}, [null]: 1}"),
      (#""a\"b\\c\n\t\r\b\f\e\u{0}\u{7f}\u{202e}\{x}""#, #""a\"b\\c\n\t\r\b\f\e\u{0}\u{7f}\u{202e}\{x}""#),
      ("'{x}'", #""\{x}""#), ("\"ü€😀\"", "\"ü€😀\""), ("set([1, \"a\"])", "set([1, \"a\"])"),
      ("set()", "set([])"),
      ("bytes(\"a\\nb\")", #"bytes("a\nb")"#), ("bytes([0, 255])", "bytes([0, 255])"), ("1...5", "1...5"),
      ("-1..<5", "-1..<5"), ("@2026-05-01", "@2026-05-01"), ("@0001-02-03", "@0001-02-03"),
      ("@2026-05-01T12:30Z", "@2026-05-01T12:30:00Z"),
      ("@2026-05-01T12:30:00.250+02:00", "@2026-05-01T10:30:00.25Z"),
      ("90m", "1h30m"), ("1.5s", "1.5s"), ("250ms", "250ms"), ("0s", "0s"), ("-5s", "-5s"), ("36h", "1d12h"),
      ("1w", "7d"), ("1m1.5s", "1m1.5s"), ("1h250ms", "1h250ms"), ("1500us", "1.5ms"), ("1ns", "1ns"),
      ("1001ns", "1.001us"),
      ("print", "<function print>"), ("cell([1])", "cell([1])"), ("cell(cell(1))", "cell(cell(...))"),
      ("try { fail \"no\" } catch e { e }", "error(\"no\", kind: \"user\")"),
      ("[@2026-05-01, 1s, \"x\"]", "[@2026-05-01, 1s, \"x\"]"),
    ] as [(String, String?)])
  func display(code: String, expected: String?) { #expect(Evaluation(code).value == expected ?? code) }

  @Test(arguments: [
    ("print(\"a\", 1, 2.0, null, true)", "a 1 2.0 null true\n"),
    ("print([\"a\", @2026-05-01])", "[\"a\", @2026-05-01]\n"),
    ("print(@2026-05-01)", "2026-05-01\n"), ("print(@2026-05-01T00:00:00Z, 1h)", "2026-05-01T00:00:00Z 1h\n"),
    ("print(math.inf, -math.inf, math.nan)", "inf -inf nan\n"),
    ("try { fail \"no\" } catch e { print(e) }", "no\n"),
    ("print(\"{1.0} {[\"x\"]} {null}\")", "1.0 [\"x\"] null\n"),
  ])
  func printed(code: String, expected: String) { #expect(Evaluation(code).output == expected) }

  @Test(arguments: 0..<20)
  func randomValuesReadBack(seed: UInt64) throws {
    var source = RandomValues(seed: seed)
    for _ in 0..<40 {
      let value = source.value(depth: 4)
      let text = value.displayString
      let session = Session(engine: .interpret, arguments: [], output: Output(), errorOutput: Output())
      let read = try session.evaluate(Source(name: "<test>", text: "let x = \(text); x"), keepsNames: false)
      #expect(Value.isSameKey(read, value), "\(text)")
      #expect(read.displayString == text)
      #expect(try read.hash() == value.hash())
      #expect(try Value.compare(.text(read.displayString), .text(text)) == 0)
    }
  }

  @Test func allFloatsReadBack() {
    var random = SeededRandom(seed: 7)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      var writer = ValueWriter()
      writer.writeDouble(number)
      #expect(Double(writer.string)?.bitPattern == number.bitPattern)
    }
  }
}
