import SwaleSyntax
import Testing

/// Statements.
@Suite struct StatementsTests {
  static let cases: [(String, String)] = [
    ("let x = 1", "(let x 1)"),
    ("var x = 1", "(var x 1)"),
    ("let [a, b, ...rest] = xs", "(let (plist a b (... rest)) xs)"),
    ("let [a, ..._] = xs", "(let (plist a (... _)) xs)"),
    ("let [] = xs", "(let (plist) xs)"),
    ("let {name, age: years} = r", "(let (prec (name name) (age years)) r)"),
    (#"let {"two words": x} = r"#, #"(let (prec ("two words" x)) r)"#),
    ("let [{a, b: [c]}, _] = r", "(let (plist (prec (a a) (b (plist c))) _) r)"),
    ("let _ = f()", "(let _ (call f))"),
    ("let int n = x else { return }", "(let (is int n) x (else (block (return))))"),
    ("let list = [1]", "(let list (list 1))"),
    ("let range = 1...2", "(let range (... 1 2))"),
    ("let [a] = f() else { return }", "(let (plist a) (call f) (else (block (return))))"),
    ("let v = <-ch else { break }", "(let v (recv ch) (else (block (break))))"),
    ("let p = xs | first else { return 1 }", "(let p (| xs (stage first)) (else (block (return 1))))"),
    ("let x = try f() else 1 else { return }", "(let x (try-else (call f) 1) (else (block (return))))"),
    (
      "let x = if a { b } else { c } else { return }",
      "(let x (if a (block b) (block c)) (else (block (return))))"
    ),
    ("x = 1", "(set x 1)"),
    (#"m.users[2].name = "Bo""#, #"(set (. (index (. m users) 2) name) "Bo")"#),
    (
      "x += 1; x -= 1; x *= 2; x /= 2; x //= 2; x %= 2; x **= 2; x ??= 2",
      "(+= x 1) (-= x 1) (*= x 2) (/= x 2) (//= x 2) (%= x 2) (**= x 2) (??= x 2)"
    ),
    (#"r["k"] ??= []"#, #"(??= (index r "k") (list))"#),
    ("x = y => y", "(set x (=> (y) y))"),
    ("x = xs | f", "(set x (| xs (stage f)))"),
    ("while c {}", "(while c (block))"),
    ("while true { break }", "(while true (block (break)))"),
    ("for x in xs { print(x) }", "(for (x) xs (block (call print x)))"),
    ("for k, v in r {}", "(for (k v) r (block))"),
    ("for i, [a, b] in xs {}", "(for (i (plist a b)) xs (block))"),
    ("for [a, b] in pairs {}", "(for ((plist a b)) pairs (block))"),
    ("for {name} in people {}", "(for ((prec (name name))) people (block))"),
    ("for _ in 1...3 {}", "(for (_) (... 1 3) (block))"),
    ("for var x in xs { x.n += 1 }", "(for ((var x)) xs (block (+= (. x n) 1)))"),
    (
      "for var x in m.users[0].list { x += 1 }",
      "(for ((var x)) (. (index (. m users) 0) list) (block (+= x 1)))"
    ),
    ("defer { close(f) }", "(defer (block (call close f)))"),
    ("return", "(return)"),
    ("return 1", "(return 1)"),
    ("return xs | f", "(return (| xs (stage f)))"),
    ("return x => x", "(return (=> (x) x))"),
    (#"fail "message""#, #"(fail "message")"#),
    (#"fail {kind: "not_found", message: "m"}"#, #"(fail (rec (kind "not_found") (message "m")))"#),
    ("fail xs | f", "(fail (| xs (stage f)))"),
    ("{ return }", "(block (return))"),
    ("if a { return } else { break }", "(if a (block (return)) (block (break)))"),
    ("assert x > 1", "(assert (> x 1))"),
    (#"assert x, "message""#, #"(assert x "message")"#),
    (#"assert (a) and b, "m""#, #"(assert (and a b) "m")"#),
    ("assert(a == b)", "(assert (== a b))"),
    (#"assert xs | all . > 4, "m""#, #"(assert (| xs (stage all (@ (> (item) 4)))) "m")"#),
    ("assert = 1", "(set assert 1)"),
    ("assert.x", "(. assert x)"),
    ("xs.push(1)", "(mcall xs push 1)"),
    ("ch <- v", "(send ch v)"),
    ("cs[i].out <- <-b", "(send (. (index cs i) out) (recv b))"),
    ("f() <- 1", "(send (call f) 1)"),
    ("ch <- a ?? b", "(send ch (?? a b))"),
    ("ch <- (x | f)", "(send ch (| x (stage f)))"),
    ("ch<-v", "(send ch v)"),
    ("f(() => {\n a <- 1\n})\nb <- 2", "(call f (=> () (block (send a 1)))) (send b 2)"),
    ("try { f() } catch e { 1 }", "(try (block (call f)) (catch e (block 1)))"),
    ("try { f() } catch _ { 1 }", "(try (block (call f)) (catch _ (block 1)))"),
    ("try { f() } else 1", "(try-else (block (call f)) 1)"),
    ("try f() ?? 1 else 2", "(try-else (?? (call f) 1) 2)"),
    ("let x = try f() else 0", "(let x (try-else (call f) 0))"),
    ("try f() else try g() else 1", "(try-else (call f) (try-else (call g) 1))"),
    (#"use "lib/geo.swale""#, #"(use "lib/geo.swale")"#),
    (#"use "lib/geo.swale" as g"#, #"(use "lib/geo.swale" (as g))"#),
    (#"use "lib/geo.swale" { area, perimeter }"#, #"(use "lib/geo.swale" (area perimeter))"#),
    ("use 'raw.swale'", #"(use "raw.swale")"#),
    ("transform t = where .a", "(transform t () (stage where (@ (item a))))"),
    (
      "transform t = where .a | take 3 | mod.f",
      "(transform t () (stage where (@ (item a))) (stage take 3) (stage mod.f))"
    ),
    (
      #"transform t(n, by = "x") = take n, by: by"#,
      #"(transform t (n (= by "x")) (stage take n (: by by)))"#
    ),
    ("transform t() = take 1", "(transform t () (stage take 1))"),
    ("transform t =\n  where .a\n  | take 3", "(transform t () (stage where (@ (item a))) (stage take 3))"),
  ]

  @Test(arguments: cases) func parses(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }
}
