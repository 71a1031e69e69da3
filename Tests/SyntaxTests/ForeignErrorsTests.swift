import SwaleSyntax
import Testing

/// What people who know other languages type.
@Suite struct ForeignErrorsTests {
  /// The text, where the problem is and what it is, and the hint.
  static let cases: [(String, String, String?)] = [
    (
      #"print "hi""#, "1:7+4 expected the end of the statement, found a string",
      "to call a function write print(...)"
    ),
    ("def f(x):\n  return x", "1:1+3 `def` means nothing here", "a function is declared with `fn`"),
    ("func f(x) { x }", "1:1+4 `func` means nothing here", "a function is declared with `fn`"),
    ("let x := 3", "1:7+2 there is no `:=`", "write `=`"),
    ("x := 3", "1:3+2 there is no `:=`", "declare with `let x = 1` or `var x = 1`, assign with `=`"),
    ("x++", "1:2+2 there is no `++`", "write x += 1; strings and lists are joined by +"),
    ("x--", "1:2+2 there is no `--`", "write x -= 1"),
    ("++x", "1:1+2 there is no `++`", "write x += 1"),
    ("a ? b : c", "1:3+1 there is no `?` operator", "write if cond { a } else { b }, or a ?? b for null"),
    ("a ?: b", "1:3+2 there is no `?:`", "write a ?? b"),
    ("a && b", "1:3+2 there is no `&&`", "write `and`"),
    ("a || b", "1:3+2 there is no `||`", "write `or`"),
    (
      "for (let i = 0; i < n; i++) { }", "1:5+1 the head of `for` stands without parentheses",
      "write for x in xs { }, for k, v in record { } or for i in 0..<n { }"
    ),
    ("const x = 1", "1:1+5 `const` means nothing here", "a constant is declared with `let`"),
    ("let mut x = 1", "1:5+3 there is no `let mut`", "a variable is declared with `var`"),
    ("elif x { 1 }", "1:1+4 `elif` means nothing here", "write `else if`"),
    (
      "if a { 1 } elif b { 2 }", "1:12+4 expected the end of the statement, found `elif`",
      "write `else if`"
    ),
    ("if a { 1 }\nelif b { 2 }", "2:1+4 `elif` means nothing here", "write `else if`"),
    ("switch x { case 1: 2 }", "1:1+6 `switch` means nothing here", "write `match x { pattern => value }`"),
    ("[x for x in xs]", "1:4+3 there are no comprehensions", "write xs | where . > 1 | map . * 2"),
    ("print(x for x in xs)", "1:9+3 there are no comprehensions", "write xs | where . > 1 | map . * 2"),
    ("lambda x: x + 1", "1:1+6 `lambda` means nothing here", "a function value is written `x => x + 1`"),
    (
      "f(x -> x + 1)", "1:5+2 `->` stands only before the type of a result",
      "a function is written x => x + 1"
    ),
    (
      "xs.map(function(x) { x })", "1:20+1 expected `,` or `)`, found `{`",
      "a function value is written x => e or x => { ... }; a body belongs to if, for, fn, ..."
    ),
    ("f(x=3)", "1:4+1 `=` cannot stand in an argument", "a named argument is written x: value"),
    ("f(**kw)", "1:3+2 expected an expression, found `**`", "to spread a list or record write ...xs"),
    ("f(*xs)", "1:3+1 expected an expression, found `*`", "to spread a list or record write ...xs"),
    ("xs[1:3]", "1:5+1 expected `]`, found `:`", "a slice is a range: xs[1..<3], xs[2...]"),
    (
      "for i in 0..10 { }", "1:11+2 there is no `..`",
      "a range is written 1...5 with its end, 0..<5 without"
    ),
    ("xs || ys", "1:4+2 there is no `||`", "write `or`"),
    ("x?.y = 3", "1:1+4 this cannot be assigned to", "write a plain point: assigning needs the record"),
    ("try { f() } except e { 1 }", "1:13+6 there is no `except`", "write catch e { ... }"),
    ("defer f()", "1:7+1 expected `{` for the block of `defer`, found `f`", "write defer { ... }"),
    ("use lib/geo", "1:5+3 the path of `use` is a string", #"write use "lib/geo.swale""#),
    (
      "import math", "1:1+6 `import` means nothing here",
      #"write `use "file.swale"`; standard modules are there by name"#
    ),
    ("x === y", "1:3+3 there is no `===`", "write =="),
    ("x <> y", "1:3+2 there is no `<>`", "write !="),
    (
      "/* comment */", "1:1+1 expected an expression, found `/`",
      "a comment begins with # and ends with its line"
    ),
    ("// comment", "1:1+2 expected a statement, found `//`", "a comment begins with #"),
    (
      "print 'a'", "1:7+3 expected the end of the statement, found a string",
      "to call a function write print(...)"
    ),
    (
      "print x, y", "1:7+1 expected the end of the statement, found `x`",
      "to call a function write print(...)"
    ),
    ("x ?. y", "1:3+2 a space between a dot and its name", "write .y"),
    (
      "x\n  ?.y", "2:3+2 expected a statement, found `?.`",
      "a line goes on with `.name` but not with `?.`: break it elsewhere"
    ),
    ("a -> b", "1:3+2 `->` stands only before the type of a result", "a function is written x => x + 1"),
    ("xs[1...2...3]", "1:9+3 a range has two ends", "steps are made with range(a, b, step)"),
    (
      "x\n?.y", "2:1+2 expected a statement, found `?.`",
      "a line goes on with `.name` but not with `?.`: break it elsewhere"
    ),
    (
      "a | f ?? b", "1:7+2 `??` cannot follow the name of a stage",
      "put the pipe in parentheses: (xs | len) ?? ..."
    ),
    (
      "match v { int? n => 2 }", "1:11+3 `int` alone would bind a variable of that name",
      "to test for the type write `int _`"
    ),
    (
      "fn f(x) -> { 1 }", "1:12+1 expected the type of the result, found `{`",
      "leave out `->` where none is written"
    ),
    ("fn f(x) -> Strng { 1 }", "1:12+5 name: there is no type `Strng`", "did you mean `string`?"),
    (
      "defer\n{ 1 }", "2:1+1 a `{` that begins a line opens no body",
      "put it at the end of the line above: that is where the block of `defer` begins"
    ),
    (
      "xs | take(1)?.x", "1:13+2 a stage ends at its closing parenthesis",
      "begin another stage with `|`, or put the pipe in parentheses: (xs | f(1)).g()"
    ),
    ("&&", "1:1+2 there is no `&&`", "write `and`"),
    ("x ? y", "1:3+1 there is no `?` operator", "write if cond { a } else { b }, or a ?? b for null"),
    (
      "while True do", "1:12+2 expected `{` for the body of `while`, found `do`",
      "a body stands in braces right behind its head"
    ),
    (
      "x is y", "1:3+2 expected the end of the statement, found `is`",
      "compare with `==`, or test a type with `match`"
    ),
    (#"raise Error("x")"#, "1:1+5 `raise` means nothing here", #"write `fail "message"`"#),
    ("go f()", "1:1+2 `go` means nothing here", "a task is started with `spawn f(x)`"),
    ("class A {}", "1:1+5 `class` means nothing here", "there are no classes: use records and functions"),
  ]

  @Test(arguments: cases) func explains(_ source: String, _ expected: String, _ hint: String?) {
    let found = problem(source)
    #expect(found.summary == expected)
    #expect(found.hint == hint)
  }
}
