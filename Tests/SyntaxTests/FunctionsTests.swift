import SwaleSyntax
import Testing

/// Functions, parameters and calls.
@Suite struct FunctionsTests {
  static let cases: [(String, String)] = [
    ("fn area(w, h = 1.0) { w * h }", "(fn area (w (= h 1.0)) (block (* w h)))"),
    ("fn double(x) = x * 2", "(fn double (x) (* x 2))"),
    ("fn total(...xs) {}", "(fn total ((... xs)) (block))"),
    ("fn swap(var xs, i, j) { 1 }", "(fn swap ((var xs) i j) (block 1))"),
    ("fn fib(n: int) -> int {}", "(fn fib ((: n int)) (-> int) (block))"),
    (
      "fn f(a: int?, b: number = 1, var c: list, ...d: any) -> string? {}",
      "(fn f ((: a int?) (= (: b number) 1) (: (var c) list) (: (... d) any)) (-> string?) (block))"
    ),
    ("fn f(x: null) -> function = x", "(fn f ((: x null)) (-> function) x)"),
    ("fn f() = {a: 1}", "(fn f () (rec (a 1)))"),
    ("fn f() {\n  return 1\n}", "(fn f () (block (return 1)))"),
    ("fn f(x) =\n  x + 1", "(fn f (x) (+ x 1))"),
    ("fn f(x = {a: 1}, y = [1, 2]) = x", "(fn f ((= x (rec (a 1))) (= y (list 1 2))) x)"),
    ("area(2, h: 3)", "(call area 2 (: h 3))"),
    ("f(...xs)", "(call f (... xs))"),
    ("f(1, ...xs, a: 2)", "(call f 1 (... xs) (: a 2))"),
    ("swap(&a, 0, 1)", "(call swap (& a) 0 1)"),
    ("swap(&m.users[0], 0, 1)", "(call swap (& (index (. m users) 0)) 0 1)"),
    ("a.swap(0, 1)", "(mcall a swap 0 1)"),
    ("fn f() { fn g() = 1; g() }", "(fn f () (block (fn g () 1) (call g)))"),
    ("f(x => x + 1)", "(call f (=> (x) (+ x 1)))"),
    ("f((a, b) => a + b, c)", "(call f (=> (a b) (+ a b)) c)"),
    ("(x => x)(1)", "(call (=> (x) x) 1)"),
    ("xs | map x => { fn g() = 1; g() }", "(| xs (stage map (=> (x) (block (fn g () 1) (call g)))))"),
  ]

  @Test(arguments: cases) func parses(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }
}
