import SwaleSyntax
import Testing

/// Mistakes in patterns and arms.
@Suite struct PatternErrorsTests {
  /// The text, where the problem is and what it is, and the hint.
  static let cases: [(String, String, String?)] = [
    ("match x { 1: 2 }", "1:12+1 expected `=>`, found `:`", "an arm is written pattern => value"),
    (
      "match x { case 1 => 2 }", "1:11+4 `case` means nothing here",
      "an arm of `match` is written `pattern => value`"
    ),
    (
      "match x { 1 | 2 => 3 }", "1:13+1 expected `=>`, found `|`",
      "alternatives are written 1 or 2 => value"
    ),
    (
      "match x { 1, 2 => 3 }", "1:12+1 expected `=>`, found `,`",
      "alternatives are written 1 or 2 => value"
    ),
    (
      "match x { x > 3 => 3 }", "1:13+1 expected `=>`, found `>`",
      "a condition follows `if`, as in x if x > 5 => ..."
    ),
    (
      "match x { else => 3 }", "1:11+4 an arm of `match` begins with a pattern",
      "the last arm is `_ => value`"
    ),
    (
      "match x { int => 3 }", "1:11+3 `int` alone would bind a variable of that name",
      "to test for the type write `int _`"
    ),
    ("match x { str s => 3 }", "1:11+3 name: there is no type `str`", "did you mean `string`?"),
    ("match x { 1 => 2; 2 => 3 }", "1:17+1 arms are apart by newlines or commas", "write `,`"),
    (
      "match v { 1 => xs | sort .a, desc(.b) }", "1:34+1 expected `=>`, found `(`",
      "put a pipe whose arguments run over commas in parentheses"
    ),
    ("match x { [1, 2 => 3 }", "1:17+2 expected `,` or `]`, found `=>`", nil),
    (
      #"match x { "a{b}" => 1 }"#, "1:11+1 a string in a pattern has no interpolation",
      "bind a name and test it with `if`"
    ),
    (
      "match x { f(y) => 1 }", "1:12+1 expected `=>`, found `(`",
      "a pattern is no call and no member: bind a name and test it, as in x if f(x) => ..."
    ),
    (
      "match x { (a, b) => 1 }", "1:11+1 expected a pattern, found `(`",
      "patterns have no parentheses: write [a, b] for a list"
    ),
    ("match x", "1:8+0 expected `{` for the arms of `match`, found the end of the text", nil),
    ("match x {", "1:10+0 expected `}`, found the end of the text (incomplete)", nil),
    ("match v { 1... => 2 }", "1:16+2 expected a pattern, found `=>`", nil),
    ("match v { - => 2 }", "1:13+2 expected a pattern, found `=>`", nil),
    ("match v { 1 if => 2 }", "1:16+2 expected an expression, found `=>`", nil),
    (
      "match v { int if => 2 }", "1:11+3 `int` alone would bind a variable of that name",
      "to test for the type write `int _`"
    ),
    ("match v { Int n => 2 }", "1:11+3 name: there is no type `Int`", "did you mean `int`?"),
    (
      "match v { x y => 2 }", "1:11+1 name: there is no type `x`",
      """
      the types are any bool bytes cell channel column date datetime duration error float \
      function int list null number range record set string table task
      """
    ),
    (
      "match v { [..., a] => 2 }", "1:15+1 expected a name for the rest, found `,`",
      "write ..._ to ignore it"
    ),
    ("match v { {1: x} => 2 }", "1:12+1 expected a key, found `1`", nil),
    (#"match v { {"a"} => 2 }"#, "1:15+1 expected `:` and a pattern, found `}`", #"write "a": name"#),
  ]

  @Test(arguments: cases) func explains(_ source: String, _ expected: String, _ hint: String?) {
    let found = problem(source)
    #expect(found.summary == expected)
    #expect(found.hint == hint)
  }
}
