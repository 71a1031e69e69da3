import SwaleSyntax
import Testing

/// Names, words that are keywords in places, comments.
@Suite struct NamesTests {
  static let cases: [(String, String)] = [
    ("x1 + _y + été + 名前 + имя2", "(+ (+ (+ (+ x1 _y) été) 名前) имя2)"),
    ("_ + _1", "(+ _ _1)"),
    (
      "after + as + scope + timeout + transform + use",
      "(+ (+ (+ (+ (+ after as) scope) timeout) transform) use)"
    ),
    ("let scope = 1; scope + 1", "(let scope 1) (+ scope 1)"),
    ("let use = 1; use + 1", "(let use 1) (+ use 1)"),
    ("timeout - 1", "(- timeout 1)"),
    ("timeout(3)", "(call timeout 3)"),
    ("timeout = 3", "(set timeout 3)"),
    ("transform(1)", "(call transform 1)"),
    ("scope.x", "(. scope x)"),
    ("r.if.match.not?.let", "(?. (. (. (. r if) match) not) let)"),
    ("r.select(1)", "(mcall r select 1)"),
    ("{if: 1, match: 2, and: 3}", "(rec (if 1) (match 2) (and 3))"),
    ("let r = {in: 1}.in", "(let r (. (rec (in 1)) in))"),
    ("f(in: 1, else: 2)", "(call f (: in 1) (: else 2))"),
    ("t | select .a", "(| t (stage select (@ (item a))))"),
    ("t | f if: 1, catch: 2", "(| t (stage f (: if 1) (: catch 2)))"),
    ("let {if: x, match: [y]} = r", "(let (prec (if x) (match (plist y))) r)"),
    ("xs | where .in", "(| xs (stage where (@ (item in))))"),
    ("r.not", "(. r not)"),
    ("{...r, or: 1}", "(rec (... r) (or 1))"),
    ("#!/usr/bin/env swale\nx", "x"),
    ("x # comment", "x"),
    ("# only a comment", ""),
    ("## doc\nlet x = 1", #"(doc "doc" (let x 1))"#),
    ("## one\n## two\nfn f() = 1", #"(doc "one\ntwo" (fn f () 1))"#),
    ("##no space\n##   more space\nvar x = 1", #"(doc "no space\n  more space" (var x 1))"#),
    ("## not this\n\n## this\nlet x = 1", #"(doc "this" (let x 1))"#),
    ("## lost\n\nlet x = 1", "(let x 1)"),
    ("## kept\n# plain\nlet x = 1", #"(doc "kept" (let x 1))"#),
    ("let x = 1 ## no doc\nlet y = 2", "(let x 1) (let y 2)"),
    ("## not on an expression\nf(1)", "(call f 1)"),
    ("######\nlet x = 1", "(let x 1)"),
    ("##\nlet x = 1", #"(doc "" (let x 1))"#),
    ("## doc\ntransform f = take 3", #"(doc "doc" (transform f () (stage take 3)))"#),
    ("## doc\nuse \"a\"", #"(use "a")"#),
    ("{\n  ## inner\n  fn f() = 1\n}", #"(block (doc "inner" (fn f () 1)))"#),
  ]

  @Test(arguments: cases) func parses(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }
}
