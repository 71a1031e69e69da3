import SwaleEngine

/// Random arguments for builtins, as source text: mostly of the types that a parameter takes, often extreme.
struct ArgumentSource {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func oneOf<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &random)] }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  /// Returns source text of a value of one of the types, now and then of any other.
  mutating func value(_ types: TypeSet) -> String {
    let fitting = types == .any || chance(6) ? TypeSet.any : types
    let choices = TypeSet.names.compactMap { type, _ in
      fitting.contains(type) ? ArgumentSource.values[type] : nil
    }
    // What has no literal, such as a task, is asked for in vain.
    return choices.isEmpty ? "null" : oneOf(oneOf(choices))
  }

  private static let values: [TypeSet: [String]] = [
    .null: ["null"],
    .bool: ["true", "false"],
    .int: [
      "0", "1", "-1", "2", "3", "7", "10", "16", "36", "63", "64", "100", "255", "1000", "1970", "2026",
      "65536", "0xd800", "0x10ffff", "0x110000", "10**9", "10**12", "2**31", "-2**31", "2**53 + 1", "2**62",
      "9223372036854775807", "-9223372036854775808", "-9223372036854775807",
    ],
    .float: [
      "0.0", "-0.0", "0.5", "1.0", "-1.5", "2.5", "100.25", "1e-7", "1e15", "1e18", "9.3e18", "1e22", "1e300",
      "-1e308", "1.7976931348623157e308", "5.0e-324", "math.nan", "math.inf", "-math.inf",
    ],
    .string: [
      #""""#, #""a""#, #""abc""#, #""hello world""#, #""Straße""#, #""日本語""#,
      #""e\u{301}👨‍👩‍👧‍👦🇩🇪""#, #""\r\n\r\n""#, #""\0""#, #"" \t two  words\n""#, #"",""#, #""a,b,,c""#,
      #""12""#, #""-3.5""#, #""1e999""#, #""nan""#, #""0x1f""#, #""true""#, #""(a""#, #""a*""#,
      #""(a+)+$""#, #""(?<x>l)o|\\d""#, #""$1${x}""#, #""%Y-%m-%d""#, #""%d %b %y %H:%M:%S.%f %z""#,
      #""%""#, #""%Q""#, #""month""#, #""week""#, #""inner""#, #""gbk""#, #""2026-05-01""#,
      #""2026-02-30""#, #""9999-12-31T23:59:59.999999999Z""#, #""1h30m""#, #""99999999999w""#,
      #"'{"a": [1, 2.5, null]}'"#, #"'[1, 2'"#, #""a,b\n1,2\n3,\"x\"\n""#, #""aGVsbG8=""#, #""a=""#,
      "'{} {0} {a:>8.2f}'", "'{:>999999}'", "'{'", #""x".repeat(5000)"#, #""é, ".repeat(3000)"#,
      #""\u{1F600}\u{200B}\u{FEFF}""#, #""*.txt""#, #""**""#,
    ],
    .bytes: ["bytes([])", #"bytes("abc")"#, "bytes([0, 255, 128, 0xc3])", #"bytes("é".repeat(2000))"#],
    .list: [
      "[]", "[1]", "[3, 1, 2]", "[2.5, -0.0, 1.5]", "[true, false]", #"["b", "a", "", "b"]"#,
      "[null, 1, null, 3]", "[math.nan, 1.0, math.inf]", "[1, 2.5, null]", #"[1, "a", null, [2], {a: 1}]"#,
      "[[1, 2], [3, 4]]", #"[["a", 1], ["b", 2], ["a", 3]]"#, #"[{a: 1, b: "x"}, {a: 2, b: null}]"#,
      "[{a: 1}, {b: 2}, {}]", "[9223372036854775807, 1, -9223372036854775808]", "[@2026-05-01, @0000-01-01]",
      "[1h, -2s]", "[[[[[[[[[[[1]]]]]]]]]]]", "list(0..<3000)", "list(0..<300).map(x => x * 0.1)",
      "list(0..<300).map(str)", "[0] * 10000", "[97, 255, 0]", "[x => x]", "[set([1]), bytes([1])]",
    ],
    .record: [
      "{}", "{a: 1}", #"{a: 1, b: "x", "two words": null}"#, "{a: [1, 2], b: [3, 4]}", "{[1]: 2, [null]: 3}",
      "{a: {a: {a: {}}}}", "{a: x => x}", #"{kind: "io", message: "m"}"#, "{a: column([1]), b: 2}",
      "record(zip(0..<2000, 0..<2000))",
    ],
    .set: ["set([])", "set([1, 2, 3])", #"set(["a", null, 1.5])"#, "set(0..<2000)"],
    .range: [
      "0..<0", "1...5", "0..<3000", "5...1", "-3...3", "9223372036854775800...9223372036854775807",
      "1...9223372036854775807", "-9223372036854775808...9223372036854775807", "0..<10**12",
    ],
    .column: [
      "column([])", "column([1, null, 3])", "column([1.5, math.nan])", #"column(["b", null, "a"])"#,
      "column([true])", "column([@2026-05-01, null])", "column([null, null])", "column(0..<2000)",
      "column([9223372036854775807, -9223372036854775808])", #"column([1, "a", [2]])"#, "column([1h, 2h])",
    ],
    .table: [
      "table([])", #"table({a: [1, 2, 2], b: ["x", null, "y"]})"#, "table({a: []})",
      "table({a: 0..<2000, b: 0..<2000})", #"table({n: [1.5, null], "two words": [[1], []]})"#,
    ],
    .date: ["@2026-05-01", "@2024-02-29", "@0000-01-01", "@9999-12-31", "@1969-12-31"],
    .dateTime: [
      "@2026-05-01T12:30:15.5Z", "@1970-01-01T00:00:00Z", "@1969-12-31T23:59:59.999999999Z",
      "@1677-09-22T00:00:00Z", "@2262-04-11T00:00:00Z",
    ],
    .duration: [
      "0s", "1s", "-1ns", "1h30m", "7d", "30d", "106751d", "-106751d", #"duration("9223372036854775807ns")"#,
    ],
    .function: [
      "x => x", "x => null", "x => true", "x => x > 1", "x => [x, x]", "x => {a: x}", "(a, b) => a",
      "(a, b) => a + b", "() => 1", #"x => fail "no""#, "len", "str", "print", "x => [x].map(y => y)",
    ],
    .cell: ["cell(1)", "cell([])"],
    .error: [#"(try { fail "planted" } catch e { e })"#],
    .key: ["desc(1)", "desc(null)"],
  ]
}
