import SwaleEngine
import Testing

@testable import SwaleEngine

@Suite struct JSONTests {
  private func parse(_ text: String) throws -> String { try parse(Array(text.utf8)) }

  private func parse(_ bytes: [UInt8]) throws -> String {
    try bytes.withUnsafeBytes { bytes in
      var parser = JSONParser(bytes)
      return try parser.document().displayString
    }
  }

  @Test(arguments: [
    (" null ", "null"), ("[]", "[]"), ("{}", "{}"), ("[ [ ] , { } ]", "[[], {}]"), ("-0", "0"),
    ("-0.0", "-0.0"),
    ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
    ("9223372036854775808", "9.223372036854776e18"), ("0.1", "0.1"), ("1e2", "100.0"), ("5e-324", "5e-324"),
    ("1.7976931348623157e308", "1.7976931348623157e308"), ("123456789012345678.5e-3", "123456789012345.67"),
    ("0.000000000000000000000000000001", "1e-30"), ("1e-400", "0.0"),
    ("\"\\ud83d\\ude00\\u00e9\\/\\b\\f\\n\\r\\t\\\\\\\"\"", "\"😀é/\\b\\f\\n\\r\\t\\\\\\\"\""),
    ("{\"a\": 1, \"b\": 2, \"a\": 3}", "{a: 3, b: 2}"), ("\u{FEFF}[1]", "[1]"),
    // Records that share keys, and those that do not quite.
    (
      "[{\"a\": 1, \"b\": 2}, {\"a\": 3, \"b\": 4}, {\"a\": 5}, {\"b\": 6, \"a\": 7}, {\"a\": 8, \"c\": 9}, {}]",
      "[{a: 1, b: 2}, {a: 3, b: 4}, {a: 5}, {b: 6, a: 7}, {a: 8, c: 9}, {}]"
    ),
    (
      "[{\"a\": {\"a\": 1}}, {\"a\": {\"a\": 2, \"b\": [{\"a\": 3}]}}, {\"a\": {\"b\": 4}}]",
      "[{a: {a: 1}}, {a: {a: 2, b: [{a: 3}]}}, {a: {b: 4}}]"
    ),
    ("[{\"a\\\"\": 1}, {\"a\\\"\": 2}]", "[{\"a\\\"\": 1}, {\"a\\\"\": 2}]"),
  ])
  func values(_ text: String, _ display: String) throws {
    #expect(try parse(text) == display)
  }

  @Test(arguments: [
    "", " ", "[", "{", "[1", "[1,", "[1,]", "[,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{1:2}", "nul",
    "truex", "+1",
    "1.", ".5", "1e", "1e+", "- 1", "01", "0x1", "1e999", "\"", "\"\\", "\"\\u12\"", "\"\\x\"", "\"\\ud800\"",
    "\"\\udc00x\"", "\"\u{1}\"", "[1] 2", "]", "[1}", "{\"a\":1]", "NaN", "Infinity",
    "[{\"a\": 1}, {\"a\"b\": 2}]",
  ])
  func invalid(_ text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  @Test func depth() throws {
    let limit = JSONParser.depthLimit
    _ = try parse(String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
    #expect(throws: JSONError.self) {
      try parse(String(repeating: "[", count: limit + 1) + String(repeating: "]", count: limit + 1))
    }
    #expect(throws: JSONError.self) { try parse(String(repeating: "{\"a\":", count: limit * 20)) }
  }

  @Test func notUTF8() {
    for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xC3]] {
      #expect(throws: JSONError.self) { try parse(bytes) }
    }
  }

  /// Damaged texts are errors or values, never a crash; valid ones come back as they were.
  @Test func fuzz() throws {
    var random = RandomGenerator(seed: 11)
    let session = Session(engine: .interpret, arguments: [], output: Output(), errorOutput: Output())
    for _ in 0..<4000 {
      let value = randomValue(&random, depth: 0)
      var writer = JSONWriter(session.context, indent: random.below(2) == 0 ? nil : Int(random.below(4)))
      try writer.write(value)
      var bytes = writer.bytes
      #expect(try parse(bytes) == value.displayString)
      switch random.below(3) {
      case 0: bytes = Array(bytes.prefix(Int(random.below(UInt64(bytes.count)))))
      case 1: bytes[Int(random.below(UInt64(bytes.count)))] = UInt8(truncatingIfNeeded: random.next())
      default:
        let position = Int(random.below(UInt64(bytes.count)))
        bytes.insert(Array("[]{}\",:\\0-e".utf8)[Int(random.below(11))], at: position)
      }
      do { _ = try parse(bytes) } catch let error as JSONError {
        #expect((0...bytes.count).contains(error.offset))
        _ = bytes.withUnsafeBytes { error.place(in: $0) }
      }
    }
  }

  private func randomValue(_ random: inout RandomGenerator, depth: Int) -> Value {
    switch random.below(depth > 4 ? 6 : 8) {
    case 0: return .null
    case 1: return .bool(random.below(2) == 0)
    case 2: return .int(Int(truncatingIfNeeded: random.next() >> random.below(64)))
    case 3:
      let number = Double(bitPattern: random.next())
      return .float(number.isFinite ? number : 0.5)
    case 4: return .float(random.unit())
    case 5: return .text(randomText(&random))
    case 6:
      let list = ListStorage()
      for _ in 0..<random.below(5) { list.append(randomValue(&random, depth: depth + 1)) }
      return .list(list)
    default:
      let record = RecordStorage()
      for _ in 0..<random.below(5) { record[randomText(&random)] = randomValue(&random, depth: depth + 1) }
      return .record(record)
    }
  }

  private func randomText(_ random: inout RandomGenerator) -> String {
    let characters: [Character] = ["a", "b", "\"", "\\", "\n", "\u{1}", "é", "😀", "/", "\u{7F}", " "]
    return String((0..<random.below(4)).map { _ in characters[Int(random.below(UInt64(characters.count)))] })
  }

  @Test func oneValueAfterTheOther() throws {
    let text = Array("{\"a\":1}\n{\"a\":2} [3]\n4".utf8)
    let values = try text.withUnsafeBytes { bytes in
      var parser = JSONParser(bytes)
      var values: [String] = []
      while let value = try parser.next() { values.append(value.displayString) }
      return values
    }
    #expect(values == ["{a: 1}", "{a: 2}", "[3]", "4"])
  }

  @Test func texts() {
    #expect(
      Evaluation("print(json.text({a: [1, {b: 2}], c: {}, d: []}, indent: 2))").output == """
        {
          "a": [
            1,
            {
              "b": 2
            }
          ],
          "c": {},
          "d": []
        }

        """)
    #expect(
      Evaluation("print(json.text([1e16, 1e-7, -0.0, 3.0, 0.1]))").output == "[1e+16,1e-07,-0.0,3.0,0.1]\n")
    #expect(
      Evaluation("print(json.text({[1]: 1s, [true]: null, [@2026-01-01]: 1...2}))").output
        == "{\"1\":\"1s\",\"true\":null,\"2026-01-01\":[1,2]}\n")
    #expect(Evaluation("var x = []; for i in 0..<20000 { x = [x] }; json.text(x)").kind == "value")
    #expect(Evaluation("var r = {a: 1, b: 2}; r.remove(\"a\"); print(json.text(r))").output == "{\"b\":2}\n")
  }
}
