import SwaleSyntax
import Testing

/// A brace in a head opens the body.
@Suite struct HeadsTests {
  static let cases: [(String, String)] = [
    ("if x { 1 }", "(if x (block 1))"),
    ("if (x) { 1 }", "(if x (block 1))"),
    ("if f({a: 1}) { 2 }", "(if (call f (rec (a 1))) (block 2))"),
    ("if x == ({a: 1}) { 2 }", "(if (== x (rec (a 1))) (block 2))"),
    ("if [{a: 1}] == y { 2 }", "(if (== (list (rec (a 1))) y) (block 2))"),
    ("if if a { b } else { c } { 1 }", "(if (if a (block b) (block c)) (block 1))"),
    ("if match x { 1 => true } { 2 }", "(if (match x (arm 1 true)) (block 2))"),
    ("if xs.any(x => { x }) { 1 }", "(if (mcall xs any (=> (x) (block x))) (block 1))"),
    ("for x in xs | where y => { y } { 1 }", "(for (x) (| xs (stage where (=> (y) (block y)))) (block 1))"),
    ("for x in xs | map y => {y: 1} { 1 }", "(for (x) (| xs (stage map (=> (y) (rec (y 1))))) (block 1))"),
    ("for p in people | top(2) { print(p) }", "(for (p) (| people (stage top 2)) (block (call print p)))"),
    ("if xs | any .a > 3 and ok { 1 }", "(if (| xs (stage any (@ (and (> (item a) 3) ok)))) (block 1))"),
    ("while scope { 1 }", "(while scope (block 1))"),
    ("while x { 1 }", "(while x (block 1))"),
    ("match xs | len { 0 => 1 }", "(match (| xs (stage len)) (arm 0 1))"),
    ("if try f() else false { 1 }", "(if (try-else (call f) false) (block 1))"),
    ("while try f() else { break } { 1 }", "(while (try-else (call f) (block (break))) (block 1))"),
    ("if timeout 2s { f() } { 1 }", "(if (timeout 2000000000ns (block (call f))) (block 1))"),
    ("timeout 2s { f() }", "(timeout 2000000000ns (block (call f)))"),
    ("timeout d * 2 { f() }", "(timeout (* d 2) (block (call f)))"),
    ("timeout (d) { 1 }", "(timeout d (block 1))"),
    ("timeout (d) * 2 { 1 }", "(timeout (* d 2) (block 1))"),
    ("let x = timeout 1s { f() }", "(let x (timeout 1000000000ns (block (call f))))"),
    ("scope { spawn f(x); 9 }", "(scope (block (spawn (call f x)) 9))"),
    ("let x = scope { 1 }", "(let x (scope (block 1)))"),
    ("if await spawn { f() } { 1 }", "(if (await (spawn (block (call f)))) (block 1))"),
    ("for x in scope {}", "(for (x) scope (block))"),
    ("if a { } else if b { } else { }", "(if a (block) (if b (block) (block)))"),
    ("let x = if a { b } else { c }", "(let x (if a (block b) (block c)))"),
    ("if x?.y { 1 }", "(if (?. x y) (block 1))"),
    ("for i in 0..<n { }", "(for (i) (..< 0 n) (block))"),
  ]

  @Test(arguments: cases) func parses(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }
}
