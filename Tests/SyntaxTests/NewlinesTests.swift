import SwaleSyntax
import Testing

/// Newlines end statements, or do not.
@Suite struct NewlinesTests {
  static let cases: [(String, String)] = [
    ("a\nb", "a b"),
    ("a; b", "a b"),
    ("a;;b;", "a b"),
    (";", ""),
    ("let t = a\n  .where(.x > 1)\n  .len()", "(let t (mcall (mcall a where (@ (> (item x) 1))) len))"),
    ("let t = a # c\n\n  # more\n  | len", "(let t (| a (stage len)))"),
    ("a\n| f\n| g 1", "(| a (stage f) (stage g 1))"),
    ("f(1,\n 2,\n)\ng()", "(call f 1 2) (call g)"),
    ("if a { 1 }\nelse { 2 }", "(if a (block 1) (block 2))"),
    ("if a { 1 }\n\n# comment\nelse if b { 2 }\nelse { 3 }", "(if a (block 1) (if b (block 2) (block 3)))"),
    ("try { f() }\ncatch e { 1 }", "(try (block (call f)) (catch e (block 1)))"),
    ("try f()\nelse 0", "(try-else (call f) 0)"),
    ("let p = f()\nelse { return }", "(let p (call f) (else (block (return))))"),
    (
      "select {\n let v = <-a => if v { 1 }\n else => 2\n}",
      "(select (arm (let v (recv a)) (if v (block 1))) (arm else 2))"
    ),
    ("let a = b\n(c) | print", "(let a b) (| c (stage print))"),
    ("a\n-b", "a (neg b)"),
    ("a -\nb", "(- a b)"),
    ("a\n[1]", "a (list 1)"),
    ("a +\n  b *\n  c", "(+ a (* b c))"),
    ("a and\nb or\nnot\nc", "(or (and a b) (not c))"),
    ("a in\nb", "(in a b)"),
    ("x =\n  1", "(set x 1)"),
    ("x +=\n  1", "(+= x 1)"),
    ("let f = x =>\n  x + 1", "(let f (=> (x) (+ x 1)))"),
    ("xs |\n  f", "(| xs (stage f))"),
    ("xs | f 1,\n  2", "(| xs (stage f 1 2))"),
    ("(a\n + b)", "(+ a b)"),
    ("[1\n, 2]", "(list 1 2)"),
    ("{a:\n1}", "(rec (a 1))"),
    ("let {a,\n  b} = r", "(let (prec (a a) (b b)) r)"),
    ("f(\n  x\n)", "(call f x)"),
    ("f(() => {\n  let q = 1\n  q\n  -1\n})", "(call f (=> () (block (let q 1) q (neg 1))))"),
    ("[\n1,\n f(() => {\n let q = 1\n q\n })\n]", "(list 1 (call f (=> () (block (let q 1) q))))"),
    ("return\nx", "(return) x"),
    ("ch <-\n  v", "(send ch v)"),
    ("a...\nb", "(... a b)"),
    ("a ??\nb", "(?? a b)"),
    ("x\n.y\n.z()", "(mcall (. x y) z)"),
    ("(x\n  .y)", "(. x y)"),
    ("(xs | f\n  | g)", "(| xs (stage f) (stage g))"),
    ("f(xs\n  | g 1\n  | h)", "(call f (| xs (stage g 1) (stage h)))"),
    ("match x {\n  1 => 2\n\n  2 => 3,\n  3 =>\n    4\n}", "(match x (arm 1 2) (arm 2 3) (arm 3 4))"),
    ("match x { 1 => 2, 2 => 3, }", "(match x (arm 1 2) (arm 2 3))"),
    ("xs | map if .ok {\n  1\n} else { 0 }", "(| xs (stage map (@ (if (item ok) (block 1) (block 0)))))"),
    ("[1, 2,]", "(list 1 2)"),
    ("f(1,)", "(call f 1)"),
    ("{a: 1,}", "(rec (a 1))"),
    ("let [a, b,] = c", "(let (plist a b) c)"),
    ("let {a,} = c", "(let (prec (a a)) c)"),
    ("fn f(a, b,) = 1", "(fn f (a b) 1)"),
    (#"use "a" { b, c, }"#, #"(use "a" (b c))"#),
    ("(a, b,) => 1", "(=> (a b) 1)"),
    ("(xs | f 1, 2,)", "(| xs (stage f 1 2))"),
    ("xs.map(x => {\n  x\n})", "(mcall xs map (=> (x) (block x)))"),
  ]

  @Test(arguments: cases) func parses(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }
}
