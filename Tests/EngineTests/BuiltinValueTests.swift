import Testing

/// What the examples do not show.
@Suite struct BuiltinValueTests {
  @Test(arguments: [
    // Value semantics of in-place methods
    ("let a = [1]; var b = a; b.push(2); [a, b]", "[[1], [1, 2]]"),
    ("var a = [1, 2]; a.extend(a); a", "[1, 2, 1, 2]"),
    ("var a = [1, 2]; a.push(\"x\"); a.insert(-1, 1.5); a", "[1, 2, 1.5, \"x\"]"),
    ("let a = {x: 1}; var b = a; b.remove(\"x\"); [a, b]", "[{x: 1}, {}]"),
    ("let a = set([1]); var b = a; b.add(2); [len(a), len(b)]", "[1, 2]"),
    ("var m = {a: [1]}; m.a.push(2); m.update(\"a\", [], x => x + [3]); m", "{a: [1, 2, 3]}"),
    // Rounding
    (
      "[round(0.5), round(-2.5), round(2.675, 2), round(0.125, 2), round(1.005, 2)]",
      "[1, -3, 2.67, 0.13, 1.0]"
    ),
    (
      "[round(15, -1), round(-15, -1), round(14.5, -1), round(1e300, 2), round(5, 2)]",
      "[20, -20, 10.0, 1e300, 5]"
    ),
    ("[int(\"-9223372036854775808\"), int(\"+7\"), int(\"0b11\", base: 2)]", "[-9223372036854775808, 7, 3]"),
    ("[float(\"inf\") > 1e308, float(\" 1_000.5 \")]", "[true, 1000.5]"),
    ("[min(null, 2), max(null, null), min([]), min([1.5, 1])]", "[2, null, null, 1]"),
    ("[upper(null), abs(null), reverse(null)]", "[null, null, null]"),
    // Ranges
    (
      "[list(range(3)), range(3, 3, -1), range(1, 0), range(0.0, 1.0, 0.25)]",
      "[[0, 1, 2], [], 1..<0, [0.0, 0.25, 0.5, 0.75]]"
    ),
    ("len(range(9223372036854775807, -9223372036854775807 - 1, -4611686018427387904))", "4"),
    // Texts
    ("chars(\"a🇩🇪e\u{301}\\r\\n\") | map(len)", "[1, 1, 1, 1]"),
    (
      "[find(\"añb\", \"b\"), find(\"añb\", \"ñ\"), find(\"abc\", \"\", 3), find(\"abc\", \"\", 4)]",
      "[2, 1, 3, null]"
    ),
    ("split(\"a b  c\", limit: 2)", "[\"a\", \"b  c\"]"),
    ("split(\"abc\", \"\", limit: 2)", "[\"a\", \"bc\"]"),
    ("split(\"a-b-c\", \"-\", 2)", "[\"a\", \"b-c\"]"), ("split(\"\", \",\")", "[\"\"]"),
    ("split(\"\")", "[]"),
    ("words(\"a\u{3000}b\u{a0}c\")", "[\"a\", \"b\", \"c\"]"), ("trim(\"\u{2003}x\u{2003}\")", "\"x\""),
    ("lines(\"a\\n\\nb\")", "[\"a\", \"\", \"b\"]"), ("lines(\"\")", "[]"), ("lines(\"\\n\")", "[\"\"]"),
    ("[trim(\"  \"), trim(\"ñxñ\", \"ñ\"), upper(\"éa\"), lower(\"ÀB\")]", "[\"\", \"x\", \"ÉA\", \"àb\"]"),
    ("[replace(\"aaa\", \"a\", \"b\", 2), replace(\"abc\", \"b\", \"\")]", "[\"bba\", \"ac\"]"),
    ("format('{1}{0} {{}} {:>3}|', 1, 2)", #""21 \{}   1|""#), ("format('{a} {b}', {a: 1, b: 2})", "\"1 2\""),
    ("join([1, null, \"x\"])", "\"1nullx\""),
    // Lists
    (
      "[slice([1, 2, 3], -2), slice([1], 5), slice(\"añb\", 1, 2), slice(1...5, 3)]",
      "[[2, 3], [], \"ñ\", [4, 5]]"
    ),
    ("[index_of([1.0, 2.0], 2), index_of([1, 2], 2.0)]", "[1, 1]"),
    ("[intersect(set([1, 2]), [2, 3]) == set([2]), union([1], 2...3)]", "[true, [1, 2, 3]]"),
    // Sorting
    ("[3, null, 1.5, 2] | sort", "[1.5, 2, 3, null]"), ("[3, null, 1] | sort desc", "[3, 1, null]"),
    ("[\"b\", \"abcdefghi\", \"abcdefgh\", \"\"] | sort", "[\"\", \"abcdefgh\", \"abcdefghi\", \"b\"]"),
    ("[0.0, -0.0, -1.5, 1.0] | sort", "[-1.5, 0.0, -0.0, 1.0]"), ("[true, false] | sort", "[false, true]"),
    ("sort([[2, 1], [1, 9], [1, 2]])", "[[1, 2], [1, 9], [2, 1]]"),
    ("sort([\"bb\", \"a\", \"cc\"], x => len(x), desc)", "[\"a\", \"cc\", \"bb\"]"),
    ("[{g: 1, x: 2}, {g: 2, x: 9}, {g: 1, x: 1}] | sort .x, by: .g | map .x", "[1, 2, 9]"),
    ("[{g: 1, x: 2}, {g: 2, x: 9}, {g: 1, x: 1}] | skip(1, by: .g) | map .x", "[1]"),
    ("[{a: null, b: 2}, {a: null, b: 1}, {a: 1, b: 3}] | sort desc(.a), .b | map .b", "[3, 1, 2]"),
    // Verbs
    ("[{a: 1, b: 2}, {a: 1, b: 3}] | distinct .a | map .b", "[2]"),
    ("[{a: 1, b: 2}] | select .a, \"b\", c: 5", "[{a: 1, b: 2, c: 5}]"),
    ("[{a: 1, b: 2}] | rename a: .b, b: .a", "[{b: 1, a: 2}]"), ("[{a: 1}] | drop .a, .a", "[{}]"),
    (
      "let rows = [{a: 1}]; let more = rows | derive a: .a + 1, b: .a; [rows, more]",
      "[[{a: 1}], [{a: 2, b: 2}]]"
    ),
    ("[1, null, 3] | where . > 1", "[3]"), ("1...1000000000000 | take 2", "[1, 2]"),
    ("1...1000000000000 | find . > 5", "6"), ("set([1, 2]) | map . + 1", "[2, 3]"),
    ("reduce([1, 2], (a, x) => a, null)", "null"), ("[[3, 4] | all, [true, null] | any]", "error"),
    // Aggregates
    ("sum(1...1000000000000)", "error"), ("sum(1...1000000000)", "500000000500000000"),
    ("sum([9223372036854775807, 1, -1])", "9223372036854775807"), ("sum([0.1] * 10)", "1.0"),
    ("[sum([1, 2.5, true]), sum([1s, 2s]), mean([1s, 2s]), sum([null])]", "[4.5, 3s, 1.5s, 0]"),
    ("[median([]), median([1s, 3s]), quantile([1, 2], 0.75), std([1])]", "[null, 2s, 1.75, null]"),
    ("[max([1.0, 0.0 / 0.0]) == 1.0, min([0.0 / 0.0, 1.0])]", "[false, 1.0]"),
    ("[corr([1, 1], [1, 2]), corr([1, 2, null], [3, 1, 7])]", "[null, -1.0]"),
    ("[first([null, 1]), last(1...5), collect([1, null]), count(1...5)]", "[null, 5, [1, null], 5]"),
  ])
  func value(_ code: String, _ value: String) {
    let result = Evaluation(code)
    #expect((result.value ?? "error") == value, "\(code): \(result.value ?? result.message ?? "")")
  }

  @Test func printing() {
    #expect(Evaluation("print(\"a\", [\"b\", null], 1.0); print()").output == "a [\"b\", null] 1.0\n\n")
    #expect(Evaluation("print(\"a\", err: true)").output == "")
  }
}
