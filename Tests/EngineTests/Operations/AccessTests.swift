import SwaleEngine
import Testing

/// Indexes, slices, members, and going through items.
@Suite struct AccessTests {
  @Test(arguments: [
    ("[1, 2, 3][0]", "1"), ("[1, 2, 3][-1]", "3"), ("[1, 2, 3][-3]", "1"), ("[1.5, 2.5][1]", "2.5"),
    ("[true, null][0]", "true"), ("\"añb\"[1]", "\"ñ\""), ("\"abc\"[-1]", "\"c\""),
    ("\"e\\u{301}x\"[1]", "\"x\""),
    ("\"👩‍👩‍👧🇩🇪\"[1]", "\"🇩🇪\""), ("\"a\\r\\nb\"[1]", "\"\\r\\n\""), ("len(\"a\\r\\nb\")", "3"),
    ("bytes(\"ab\")[1]", "98"),
    ("(1...5)[-1]", "5"), ("(5..<9)[0]", "5"), ("(@2026-05-01...@2026-05-03)[1]", "@2026-05-02"),
    ("{a: 1}[\"a\"]", "1"), ("{[1]: 2}[1.0]", "2"), ("{[null]: 2}[null]", "2"),
    ("{[[1, 2]]: 3}[[1, 2.0]]", "3"),
    ("{[@2026-05-01]: 1}[@2026-05-01]", "1"), ("{[math.nan]: 1}[math.nan]", "1"),
    ("{[1...3]: 4}[1..<4]", "4"),
    // Slices
    ("[1, 2, 3, 4][1...2]", "[2, 3]"), ("[1, 2, 3, 4][1..<3]", "[2, 3]"), ("[1, 2, 3][1...]", "[2, 3]"),
    ("[1, 2, 3][..<2]", "[1, 2]"), ("[1, 2, 3][...1]", "[1, 2]"), ("[1, 2, 3][-2...]", "[2, 3]"),
    ("[1, 2, 3][...-2]", "[1, 2]"), ("[1, 2, 3][..<-1]", "[1, 2]"), ("[1, 2, 3][5...9]", "[]"),
    ("[1, 2, 3][2...1]", "[]"), ("[1, 2, 3][-9...1]", "[1, 2]"),
    ("[1, 2, 3][0...9223372036854775806]", "[1, 2, 3]"),
    ("[1, 2, 3][-9223372036854775806...0]", "[1]"), ("[][0...]", "[]"), ("\"hello\"[1...3]", "\"ell\""),
    ("\"añ👩‍👩‍👧d\"[1...2]", "\"ñ👩‍👩‍👧\""), ("\"añb\"[3...]", "\"\""), ("bytes(\"abc\")[1...]", "bytes(\"bc\")"),
    ("(0..<10)[2...4]", "2...4"), ("list((0..<10)[..<-7])", "[0, 1, 2]"), ("len((0..<10)[5..<5])", "0"),
    // Members
    ("{a: {b: 1}}.a.b", "1"), ("{a: 1}?.b", "null"), ("null?.a", "null"),
    ("{\"two words\": 1}[\"two words\"]", "1"),
    ("({a: 1})?.a", "1"), ("cell(3).value", "3"),
    (
      "try { fail \"x\" } catch e { [e.kind, e.message, e.data, e.line, e.column] }",
      "[\"user\", \"x\", null, 1, 7]"
    ),
    ("try { fail {kind: \"k\", message: \"m\", id: 7} } catch e { [e.kind, e.data.id] }", "[\"k\", 7]"),
    ("try { fail \"x\" } catch e { e?.nothing }", "null"),
    // Items
    ("list(\"añ\\r\\n\")", "[\"a\", \"ñ\", \"\\r\\n\"]"), ("list(3...1)", "[]"), ("list(1...3)", "[1, 2, 3]"),
    ("list(@2026-02-27...@2026-03-01)", "[@2026-02-27, @2026-02-28, @2026-03-01]"),
    ("list({a: 1, [2]: 3})", "[\"a\", 2]"),
    ("list(set([3, 1, 3]))", "[3, 1]"), ("list(bytes(\"ab\"))", "[97, 98]"),
    ("[...1...2, ...\"ab\"]", "[1, 2, \"a\", \"b\"]"),
    ("len(9223372036854775800...9223372036854775807)", "8"), ("len(0..<-5)", "0"), ("len({a: 1, b: 2})", "2"),
    ("var n = 0; for x in -9223372036854775808..<-9223372036854775806 { n += 1 }; n", "2"),
    ("var n = 0; for x in 9223372036854775806...9223372036854775807 { n += 1 }; n", "2"),
    // What is changed meanwhile is not gone through
    ("var xs = [1, 2]; for x in xs { xs.push(x) }; xs", "[1, 2, 1, 2]"),
    ("var r = {a: 1}; for k in r { r[k + \"b\"] = 1 }; r", "{a: 1, ab: 1}"),
    ("var s = set([1]); for x in s { s.add(x + 1) }; len(s)", "2"),
  ])
  func results(code: String, expected: String) {
    for engine in EngineKind.allCases {
      let result = Evaluation(code, engine: engine)
      #expect(result.value == expected, "\(code): \(result.message ?? "")")
    }
  }

  @Test(
    arguments: [
      ("[1, 2, 3][10]", "index", "index 10 is out of bounds: the list has 3 items"),
      ("[1][-2]", "index", "index -2 is out of bounds: the list has 1 item"),
      ("[][0]", "index", "index 0 is out of bounds: the list is empty"),
      (
        "[1][-9223372036854775808]", "index",
        "index -9223372036854775808 is out of bounds: the list has 1 item"
      ),
      ("\"ñ\"[1]", "index", "index 1 is out of bounds: the string has 1 character"),
      ("bytes(\"ab\")[2]", "index", "index 2 is out of bounds: the bytes have 2 bytes"),
      ("(1...3)[3]", "index", "index 3 is out of bounds: the range has 3 items"),
      ("[1][1.0]", "type", "an index of a list must be an int or a range, not a float"),
      ("[1][\"a\"]", "type", "an index of a list must be an int or a range, not a string"),
      ("\"a\"[null]", "type", "an index of a string must be an int or a range, not null"),
      ("[1][1.5...2]", "type", "an index of a list must be an int or a range, not a float"),
      ("5[0]", "type", "an int cannot be indexed"), ("null[0]", "type", "null cannot be indexed"),
      ("print[0]", "type", "a function cannot be indexed"),
      ("set([1])[0]", "type", "a set has no index an int"),
      ("{name: 1}.nmae", "key", "the record has no key \"nmae\""),
      ("{a: 1}[1]", "key", "the record has no key 1"),
      ("{a: 1}[print]", "type", "a function cannot be a key"), ("null.a", "type", "null has no member a"),
      ("5.0.a", "type", "a float has no member a"), ("5?.a", "type", "an int has no member a"),
      ("\"a\".len", "type", "a string has no member len"),
      ("cell(1).vlaue", "key", "a cell has no member vlaue"),
      ("for x in 5 {}", "type", "an int has no items to go through"),
      ("for x in null {}", "type", "null has no items to go through"),
      (
        "for x in 1.0...2.0 {}", "type",
        "a range of floats has no items, only ranges of ints and of dates have"
      ),
      ("[...5]", "type", "an int has no items to go through"), ("len(5)", "type", nil),
      ("1...null", "type", "the end of a range must be a number, date, duration or string, not null"),
      ("1...\"a\"", "type", "a range cannot go from an int to a string"),
    ] as [(String, String, String?)])
  func errors(code: String, kind: String, message: String?) {
    for engine in EngineKind.allCases {
      let result = Evaluation(code, engine: engine)
      #expect(result.kind == kind, "\(code): \(result.value ?? result.message ?? "")")
      if let message { #expect(result.message == message) }
    }
  }
}
