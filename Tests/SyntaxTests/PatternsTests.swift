import SwaleSyntax
import Testing

/// Patterns and the arms of `match`.
@Suite struct PatternsTests {
  static let cases: [(String, String)] = [
    ("match v { }", "(match v)"),
    ("match v { 1 => 2 }", "(match v (arm 1 2))"),
    ("match v { -1 => 2 }", "(match v (arm (neg 1) 2))"),
    ("match v { -9223372036854775808 => 2 }", "(match v (arm -9223372036854775808 2))"),
    (
      #"match v { "a" => 1, 'b' => 2, true => 3, null => 4, 1.5 => 5, 2h => 6, @2026-01-01 => 7 }"#,
      #"""
      (match v (arm "a" 1) (arm "b" 2) (arm true 3) (arm null 4) (arm 1.5 5) (arm \#
      7200000000000ns 6) (arm @20454d 7))
      """#
    ),
    (
      #"match v { 1...5 => 1, 1..<5 => 2, -1...1 => 3, "a"..."z" => 4 }"#,
      #"(match v (arm (... 1 5) 1) (arm (..< 1 5) 2) (arm (... (neg 1) 1) 3) (arm (... "a" "z") 4))"#
    ),
    ("match v { 1 or 2 or 3 => 1 }", "(match v (arm (or (or 1 2) 3) 1))"),
    ("match v { x => x }", "(match v (arm x x))"),
    ("match v { _ => 1 }", "(match v (arm _ 1))"),
    (
      "match v { [] => 1, [p, q] => 2, [p, ...rest] => 3, [..._] => 4 }",
      "(match v (arm (plist) 1) (arm (plist p q) 2) (arm (plist p (... rest)) 3) (arm (plist (... _)) 4))"
    ),
    (
      #"match v { {} => 1, {key: p, name} => 2, {"two words": [x]} => 3, {if: y} => 4 }"#,
      #"""
      (match v (arm (prec) 1) (arm (prec (key p) (name name)) 2) (arm (prec ("two words" \#
      (plist x))) 3) (arm (prec (if y)) 4))
      """#
    ),
    (
      "match v { int n => n, string _ => 1, float f if f > 1.5 => 2, null n => 3 }",
      """
      (match v (arm (is int n) n) (arm (is string _) 1) (arm (is float f) (if (> f 1.5)) \
      2) (arm (is null n) 3))
      """
    ),
    (
      "match v { [int a, {b: string c}] => 1 }",
      "(match v (arm (plist (is int a) (prec (b (is string c)))) 1))"
    ),
    ("match v { x if x > 1 and y => 1 }", "(match v (arm x (if (and (> x 1) y)) 1))"),
    ("match v { x if (x) => 1 }", "(match v (arm x (if x) 1))"),
    ("match v { {date} => date }", "(match v (arm (prec (date date)) date))"),
    (
      #"match v { {k: "a", r} or [x, ...y] => 3 }"#,
      #"(match v (arm (or (prec (k "a") (r r)) (plist x (... y))) 3))"#
    ),
    (
      "match v { 1 => x = 2, 2 => x += 1, 3 => m.a[0] = 4 }",
      "(match v (arm 1 (set x 2)) (arm 2 (+= x 1)) (arm 3 (set (index (. m a) 0) 4)))"
    ),
    ("match v { n => out <- n }", "(match v (arm n (send out n)))"),
    ("match v { 1 => { f(); g() } }", "(match v (arm 1 (block (call f) (call g))))"),
    (
      #"match v { 1 => return x, 2 => fail "m", 3 => break }"#,
      #"(match v (arm 1 (return x)) (arm 2 (fail "m")) (arm 3 (break)))"#
    ),
    ("match v { 1 => x => x, 2 => a | f }", "(match v (arm 1 (=> (x) x)) (arm 2 (| a (stage f))))"),
    ("match v { 1 => if a { b } else { c } }", "(match v (arm 1 (if a (block b) (block c))))"),
    ("match v {\n  1 => 2\n  -1 => 3\n}", "(match v (arm 1 2) (arm (neg 1) 3))"),
    ("match a { 1 => match b { 2 => 3 } }", "(match a (arm 1 (match b (arm 2 3))))"),
    ("let f = x => match x { 1 => 2 }", "(let f (=> (x) (match x (arm 1 2))))"),
  ]

  @Test(arguments: cases) func parses(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }
}
