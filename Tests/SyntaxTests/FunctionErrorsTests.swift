import SwaleSyntax
import Testing

/// Mistakes in declarations and calls.
@Suite struct FunctionErrorsTests {
  /// The text, where the problem is and what it is, and the hint.
  static let cases: [(String, String, String?)] = [
    ("fn f(x: str) {}", "1:9+3 name: there is no type `str`", "did you mean `string`?"),
    ("fn f(int x) {}", "1:10+1 expected `,` or `)`, found `x`", "write x: int"),
    ("fn f(x int) {}", "1:8+3 expected `,` or `)`, found `int`", "a type is written x: int"),
    (
      "fn f(x): int { 1 }", "1:8+1 expected `{` for the body of `f`, found `:`",
      "a body stands in braces; the type of the result stands behind `->`"
    ),
    ("fn f(x) => x + 1", "1:9+2 expected `=` or `{`, found `=>`", "write fn f(...) = e"),
    ("fn f { 1 }", "1:6+1 expected `(` for the parameters of `f`, found `{`", "write fn f() { }"),
    (
      "f() = 3", "1:1+3 this cannot be assigned to",
      "assign to a variable, a member of one or an element of one"
    ),
    (
      "f().x += 3", "1:1+5 this cannot be assigned to",
      "assign to a variable, a member of one or an element of one"
    ),
    (
      "fn match() {}", "1:4+5 `match` is a keyword and cannot name a function",
      "choose another name, such as `match_`"
    ),
    (
      "transform f {", "1:13+1 expected `=` and the stages of `f`, found `{`",
      "write transform f = where .x > 1 | take 3"
    ),
    ("fn f(a, b", "1:10+0 expected `,` or `)`, found the end of the text (incomplete)", nil),
    ("fn f(...xs, y) {}", "1:13+1 a parameter that takes the rest stands last", nil),
    ("f(", "1:3+0 expected an expression, found the end of the text (incomplete)", nil),
    (
      "f(1\ng(2)", "2:1+1 expected `,` or `)`, found `g`",
      "is a comma or the closing bracket missing at the end of the line above?"
    ),
    ("fn f(x) {\n  if x {\n    1\n}", "4:2+0 expected `}`, found the end of the text (incomplete)", nil),
    (
      "transform f =", "1:14+0 expected the name of a function, found the end of the text (incomplete)",
      nil
    ),
    (
      "transform f = where .x |",
      "1:25+0 expected the name of a function, found the end of the text (incomplete)",
      nil
    ),
    (
      "f(&3)", "1:3+2 `&` lends a variable, a member of one or an element of one",
      "write the value without `&`"
    ),
    ("fn 3() {}", "1:4+1 expected a name for a function, found `3`", nil),
    ("fn f(3) {}", "1:6+1 expected a name for a parameter, found `3`", nil),
    ("fn f(a,, b) {}", "1:8+1 expected a name for a parameter, found `,`", nil),
    ("fn f(...xs = 1) {}", "1:12+1 a parameter that takes the rest has no default", nil),
    ("fn f(var x = 1) {}", "1:12+1 a parameter that is changed in the caller has no default", nil),
    ("fn f(let x) {}", "1:6+3 a parameter needs no `let`", "parameters are immutable anyway"),
    (
      "fn f(&x) {}", "1:6+1 expected a parameter, found `&`",
      "a parameter that is changed in the caller is written var xs"
    ),
    (
      "fn f(*x) {}", "1:6+1 expected a parameter, found `*`",
      "a parameter that takes the rest is written ...xs"
    ),
    ("fn f(x: list[int]) {}", "1:13+1 types have no parameters", "write list alone"),
    (
      "fn f(x: [int]) {}", "1:9+1 expected the name of a type, found `[`",
      "types have no parts: write list or record"
    ),
    ("fn f(x: int | null) {}", "1:13+1 a value has one type", "write int? for a value or null, or any"),
    (
      "fn f<T>(x) {}", "1:5+1 functions have no type parameters",
      "a parameter without a type takes any value"
    ),
    (
      "fn a.b() {}", "1:5+1 functions do not belong to a type or record",
      "any function is a method of its first argument: x.f() is f(x)"
    ),
    (
      "fn (x) { 1 }", "1:1+2 a function that is declared has a name",
      "a function value is written (a, b) => a + b"
    ),
    (
      "fn f()\n{ 1 }", "2:1+1 a `{` that begins a line opens no body",
      "put it at the end of the line above: that is where the body of `f` begins"
    ),
    ("f(1, , 2)", "1:6+1 expected an expression, found `,`", nil),
    ("f(,)", "1:3+1 expected an expression, found `,`", nil),
    ("f(1 2)", "1:5+1 expected `,` or `)`, found `2`", "put a comma between two values"),
    (
      "f(ch <- 1)", "1:6+2 a send is a statement and has no value",
      "put it in braces: x => { ch <- x }; to compare with a negative number write a < -b"
    ),
    (
      "transform t", "1:12+0 expected `=` and the stages of `t`, found the end of the text",
      "write transform t = where .x > 1 | take 3"
    ),
    (
      "transform t = (.a)", "1:16+1 a leading dot outside of a stage",
      "`.name` speaks of the current item in an argument of a stage, as in | where .name == 1"
    ),
    (
      "transform if = take 1", "1:11+2 `if` is a keyword and cannot name a transform",
      "choose another name, such as `if_`"
    ),
    (
      "fn f() = .x", "1:10+1 a leading dot outside of a stage",
      "`.name` speaks of the current item in an argument of a stage, as in | where .name == 1"
    ),
  ]

  @Test(arguments: cases) func explains(_ source: String, _ expected: String, _ hint: String?) {
    let found = problem(source)
    #expect(found.summary == expected)
    #expect(found.hint == hint)
  }
}
