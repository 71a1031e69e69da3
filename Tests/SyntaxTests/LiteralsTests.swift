import SwaleSyntax
import Testing

/// Lists, records and blocks.
@Suite struct LiteralsTests {
  static let cases: [(String, String)] = [
    ("[]", "(list)"),
    ("[1, 2, ...more]", "(list 1 2 (... more))"),
    ("[...a, ...b]", "(list (... a) (... b))"),
    ("[1...5]", "(list (... 1 5))"),
    ("[xs | f 1, 2]", "(list (| xs (stage f 1)) 2)"),
    ("let r = {}", "(let r (rec))"),
    (
      #"let r = {name: "Ada", "two words": 2, [expr]: 3, ...other}"#,
      #"(let r (rec (name "Ada") ("two words" 2) ((key expr) 3) (... other)))"#
    ),
    ("let r = {x, y}", "(let r (rec (x x) (y y)))"),
    ("let r = {x}", "(let r (rec (x x)))"),
    ("let r = {x, y: 2}", "(let r (rec (x x) (y 2)))"),
    (#"let r = {"k{i}": 1}"#, #"(let r (rec ((key (fmt "k" i)) 1)))"#),
    ("let r = {a: {b: {c: 1}}}", "(let r (rec (a (rec (b (rec (c 1)))))))"),
    ("let r = {a: x => x, b: xs | f}", "(let r (rec (a (=> (x) x)) (b (| xs (stage f)))))"),
    (
      #"{"a": [1, -2.5e-1, true, null], "b": {"c": {}}}"#,
      "(rec (a (list 1 (neg 0.25) true null)) (b (rec (c (rec)))))"
    ),
    (#"[1E5, "\u00e9\/", false]"#, #"(list 100000.0 "é/" false)"#),
    ("true and false", "(and true false)"),
    ("null", "null"),
    ("(null)", "null"),
    ("{a: 1}", "(rec (a 1))"),
    (#"{"a" : 1}"#, "(rec (a 1))"),
    (#"{"a{x}": 1}"#, #"(rec ((key (fmt "a" x)) 1))"#),
    ("{[a]: 1}", "(rec ((key a) 1))"),
    ("{...r}", "(rec (... r))"),
    ("{x}", "(block x)"),
    ("{}", "(block)"),
    ("({x})", "(rec (x x))"),
    ("({})", "(rec)"),
    ("{ let y = 1; y }", "(block (let y 1) y)"),
    ("{ [a].len() }", "(block (mcall (list a) len))"),
    ("{ x }", "(block x)"),
    ("x => {x}", "(=> (x) (block x))"),
    ("x => {x: 1}", "(=> (x) (rec (x 1)))"),
    (#"x => {"x": 1}"#, "(=> (x) (rec (x 1)))"),
    ("x => {[a]: 1}", "(=> (x) (rec ((key a) 1)))"),
    ("x => {...f(x), a: 1}", "(=> (x) (rec (... (call f x)) (a 1)))"),
    ("x => { [a].len() }", "(=> (x) (block (mcall (list a) len)))"),
    ("x => { f(x) }", "(=> (x) (block (call f x)))"),
    ("() => {}", "(=> () (rec))"),
    ("() => { }", "(=> () (rec))"),
    ("x => {\n  x\n}", "(=> (x) (block x))"),
    ("x => ({x})", "(=> (x) (rec (x x)))"),
    ("x => {x: 1}.x", "(=> (x) (. (rec (x 1)) x))"),
    ("match v { n => { n }, _ => { f() } }", "(match v (arm n (block n)) (arm _ (block (call f))))"),
    ("match v { n => {n: 1}, _ => {} }", "(match v (arm n (rec (n 1))) (arm _ (rec)))"),
    ("match v { n => {n: 1} | f }", "(match v (arm n (| (rec (n 1)) (stage f))))"),
    ("if c { {a: 1} } else { {} }", "(if c (block (rec (a 1))) (block (block)))"),
    ("f({a: 1}, {})", "(call f (rec (a 1)) (rec))"),
    ("[{a: 1}, {}]", "(list (rec (a 1)) (rec))"),
    ("x = {a}", "(set x (rec (a a)))"),
    ("return {a}", "(return (rec (a a)))"),
    ("try f() else {a: 1}", "(try-else (call f) (rec (a 1)))"),
    ("try f() else { g() }", "(try-else (call f) (block (call g)))"),
    ("try f() else {}", "(try-else (call f) (block))"),
    ("try f() else {...r}", "(try-else (call f) (rec (... r)))"),
    ("a ?? {b: 1}", "(?? a (rec (b 1)))"),
    ("fn f() = {a: 1}", "(fn f () (rec (a 1)))"),
    ("{if: 1, match: 2}.if", "(. (rec (if 1) (match 2)) if)"),
  ]

  @Test(arguments: cases) func parses(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }
}
