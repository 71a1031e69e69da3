import SwaleSyntax
import Testing

/// Pipes, stages and the current item.
@Suite struct PipesTests {
  static let cases: [(String, String)] = [
    ("xs | take(5)", "(| xs (stage take 5))"),
    ("xs | take 5", "(| xs (stage take 5))"),
    ("xs | take", "(| xs (stage take))"),
    ("a | join customers, on: .id", "(| a (stage join customers (: on (@ (item id)))))"),
    ("a | mod.name", "(| a (stage mod.name))"),
    ("a | mod.name(1)", "(| a (stage mod.name 1))"),
    ("a | mod.name 1", "(| a (stage mod.name 1))"),
    ("xs | (x => x + 1)", "(| xs (stage (=> (x) (+ x 1))))"),
    ("xs | (f)", "(| xs (stage f))"),
    ("xs | map . ** 2", "(| xs (stage map (@ (** (item) 2))))"),
    (#"xs | map "{.name:>8}""#, "(| xs (stage map (@ (fmt (spec (item name) >8)))))"),
    ("xs | map x => x - 1 | show", "(| xs (stage map (=> (x) (- x 1))) (stage show))"),
    ("xs | f (a), b", "(| xs (stage f a b))"),
    ("xs | f (a)", "(| xs (stage f a))"),
    ("xs | f -1", "(| xs (stage f (neg 1)))"),
    ("xs | f [1]", "(| xs (stage f (list 1)))"),
    ("xs | f {a: 1}", "(| xs (stage f (rec (a 1))))"),
    ("xs | f not x", "(| xs (stage f (not x)))"),
    ("xs | f ...ys", "(| xs (stage f (... ys)))"),
    ("xs | f &ys", "(| xs (stage f (& ys)))"),
    ("xs | f(&ys[0].z, ...zs)", "(| xs (stage f (& (. (index ys 0) z)) (... zs)))"),
    ("xs | f a: 1, b: .x", "(| xs (stage f (: a 1) (: b (@ (item x)))))"),
    ("xs | f a ?? b", "(| xs (stage f (?? a b)))"),
    ("xs | f a or b", "(| xs (stage f (or a b)))"),
    ("xs | f x => y, 2", "(| xs (stage f (=> (x) y) 2))"),
    ("let x = xs | f 1, 2", "(let x (| xs (stage f 1 2)))"),
    ("x = xs | f 1, 2", "(set x (| xs (stage f 1 2)))"),
    ("x += xs | f 1, 2", "(+= x (| xs (stage f 1 2)))"),
    ("return xs | join u, on: .id", "(return (| xs (stage join u (: on (@ (item id))))))"),
    ("fn f() = xs | g 1, 2", "(fn f () (| xs (stage g 1 2)))"),
    ("(xs | f 1, 2)", "(| xs (stage f 1 2))"),
    ("print((xs | take 2, by: .k))", "(call print (| xs (stage take 2 (: by (@ (item k))))))"),
    ("print(xs | take 2, err: true)", "(call print (| xs (stage take 2)) (: err true))"),
    ("[xs | take 2, 3]", "(list (| xs (stage take 2)) 3)"),
    ("{a: (t | f 1), b: 2}", "(rec (a (| t (stage f 1))) (b 2))"),
    ("let r = {a: t | f 1, b: 2}", "(let r (rec (a (| t (stage f 1))) (b 2)))"),
    ("match v { 1 => xs | take 2, 2 => 3 }", "(match v (arm 1 (| xs (stage take 2))) (arm 2 3))"),
    ("fn f(a = t | g 1, b) = a", "(fn f ((= a (| t (stage g 1))) b) a)"),
    ("t.where(.age > 30)", "(mcall t where (@ (> (item age) 30)))"),
    (
      "t.where(.age > 30).select(.a, b: .c)",
      "(mcall (mcall t where (@ (> (item age) 30))) select (@ (item a)) (: b (@ (item c))))"
    ),
    ("t.find(.a == 1)", "(mcall t find (@ (== (item a) 1)))"),
    ("t.join(u, on: .id)", "(mcall t join u (: on (@ (item id))))"),
    (
      "transform mine = take 1\nt.mine(.x > 1)",
      "(transform mine () (stage take 1)) (mcall t mine (@ (> (item x) 1)))"
    ),
    (
      "t.mine(.x > 1)\ntransform mine = take 1",
      "(mcall t mine (@ (> (item x) 1))) (transform mine () (stage take 1))"
    ),
    (
      "xs | map . | map .[0] | map .a[1].b",
      """
      (| xs (stage map (@ (item))) (stage map (@ (index (item) 0))) (stage map (@ (. \
      (index (item a) 1) b))))
      """
    ),
    ("xs | map -.x", "(| xs (stage map (@ (neg (item x)))))"),
    ("xs | map [....tags, .n]", "(| xs (stage map (@ (list (... (item tags)) (item n)))))"),
    (#"xs | map ."two words""#, #"(| xs (stage map (@ (item "two words"))))"#),
    (#"xs | map ."two words".x"#, #"(| xs (stage map (@ (. (item "two words") x))))"#),
    ("xs | map .a.b.c", "(| xs (stage map (@ (. (. (item a) b) c))))"),
    ("xs | map .f(1)", "(| xs (stage map (@ (mcall (item) f 1))))"),
    ("xs | map .a?.b", "(| xs (stage map (@ (?. (item a) b))))"),
    ("xs | map ( .a)", "(| xs (stage map (@ (item a))))"),
    ("xs | map .a+.b", "(| xs (stage map (@ (+ (item a) (item b)))))"),
    ("xs | map .a + .b * .", "(| xs (stage map (@ (+ (item a) (* (item b) (item))))))"),
    (
      "o | map (.l | map .p | sum)",
      "(| o (stage map (@ (| (item l) (stage map (@ (item p))) (stage sum)))))"
    ),
    ("o | map max(.a, .b.len())", "(| o (stage map (@ (call max (item a) (mcall (item b) len)))))"),
    ("o | where .l.any(.p > 5)", "(| o (stage where (@ (mcall (item l) any (@ (> (item p) 5))))))"),
    ("o | where .l.has_it(.p)", "(| o (stage where (@ (mcall (item l) has_it (item p)))))"),
    (
      "o | where .l.any(.p > 5) and .q",
      "(| o (stage where (@ (and (mcall (item l) any (@ (> (item p) 5))) (item q)))))"
    ),
    ("xs | map(.x)", "(| xs (stage map (@ (item x))))"),
    ("xs | map({a: .x, b: .y})", "(| xs (stage map (@ (rec (a (item x)) (b (item y))))))"),
    ("xs | map(x => .y)", "(| xs (stage map (@ (=> (x) (item y)))))"),
    ("xs | map if .ok { .a } else { 0 }", "(| xs (stage map (@ (if (item ok) (block (item a)) (block 0)))))"),
    (
      "xs | map if .ok {\n let y = 1\n .b + y\n} else { 0 }",
      "(| xs (stage map (@ (if (item ok) (block (let y (+ (. 1 b) y))) (block 0)))))"
    ),
    (
      "xs | map if .ok {\n let y = 1\n y + .b\n} else { 0 }",
      "(| xs (stage map (@ (if (item ok) (block (let y 1) (+ y (item b))) (block 0)))))"
    ),
    (
      "xs | summarize revenue: sum(.total), orders: count(), by: .region",
      """
      (| xs (stage summarize (: revenue (@ (call sum (item total)))) (: orders (@ (call \
      count (item)))) (: by (@ (item region)))))
      """
    ),
    ("xs | map count()", "(| xs (stage map (@ (call count (item)))))"),
    ("xs | map .l.count()", "(| xs (stage map (@ (mcall (item l) count))))"),
    ("xs | map count(.l)", "(| xs (stage map (@ (call count (item l)))))"),
    ("count()", "(call count)"),
    (
      "xs | summarize n: count() / (ys | map count() | sum)",
      """
      (| xs (stage summarize (: n (@ (/ (call count (item)) (| ys (stage map (@ (call \
      count (item)))) (stage sum)))))))
      """
    ),
    ("xs | f(\n  .a,\n  .b\n)", "(| xs (stage f (@ (item a)) (@ (item b))))"),
    ("xs | f .a,\n  .b", "(| xs (stage f (@ (item a)) (@ (item b))))"),
    ("xs | f\nys", "(| xs (stage f)) ys"),
    ("(xs | f\n  1)", "(| xs (stage f 1))"),
    ("xs | map x => x.y.z", "(| xs (stage map (=> (x) (. (. x y) z))))"),
    (
      "xs | sort desc(.b) | each print(.)",
      "(| xs (stage sort (@ (call desc (item b)))) (stage each (@ (call print (item)))))"
    ),
    (
      "xs | select .a, .b, c: .x + 1",
      "(| xs (stage select (@ (item a)) (@ (item b)) (: c (@ (+ (item x) 1)))))"
    ),
    (
      "xs | where .date > @2026-01-01 and .d < 3h",
      "(| xs (stage where (@ (and (> (item date) @20454d) (< (item d) 10800000000000ns)))))"
    ),
    (
      #"xs | where .name == "a" | derive total: .qty * .price"#,
      #"""
      (| xs (stage where (@ (== (item name) "a"))) (stage derive (: total (@ (* (item qty) \#
      (item price))))))
      """#
    ),
    ("f(xs | g)", "(call f (| xs (stage g)))"),
    ("xs | map f(.a)(.b)", "(| xs (stage map (@ (call (call f (item a)) (item b)))))"),
    ("xs | take 3\n| drop .a", "(| xs (stage take 3) (stage drop (@ (item a))))"),
  ]

  @Test(arguments: cases) func parses(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }
}
