import SwaleSyntax
import Testing

/// Mistakes in expressions.
@Suite struct ExpressionErrorsTests {
  /// The text, where the problem is and what it is, and the hint.
  static let cases: [(String, String, String?)] = [
    (
      "x, y = y, x", "1:2+1 a comma cannot stand here",
      "several values at once are taken apart by a list: let [a, b] = [1, 2]"
    ),
    ("a == b == c", "1:8+2 comparisons do not chain", "write a < b and b < c"),
    ("xs[1, 2]", "1:5+1 expected `]`, found `,`", "an index is one value: write xs[i][j]"),
    ("xs[]", "1:4+1 expected an index, found `]`", "all elements are xs[0...]"),
    (
      #"f"hello {x}""#, "1:2+1 expected the end of the statement, found a string",
      #"strings have no prefix: "...{x}" interpolates, '...' is raw"#
    ),
    ("xs[1,2]", "1:5+1 expected `]`, found `,`", "an index is one value: write xs[i][j]"),
    ("[a, b] = [1, 2]", "1:1+6 this cannot be assigned to", "to take a list apart write let [a, b] = xs"),
    ("print((1, 2)", "1:9+1 a comma cannot stand here", "there are no tuples: write a list, [a, b]"),
    ("foo(1, [2, 3)", "1:13+1 expected `,` or `]`, found `)`", nil),
    ("foo(1, 2]", "1:9+1 expected `,` or `)`, found `]`", nil),
    (
      "xs.each(x => total += x)", "1:20+2 an assignment is no value",
      "put it in braces: x => { total += ... }"
    ),
    (
      "xs.each(x => out <- x)", "1:18+2 a send is a statement and has no value",
      "put it in braces: x => { ch <- x }; to compare with a negative number write a < -b"
    ),
    (
      "a + (b <- c)", "1:8+2 a send is a statement and has no value",
      "put it in braces: x => { ch <- x }; to compare with a negative number write a < -b"
    ),
    ("a == not b", "1:6+3 `not` is looser than `==`", "write (not x)"),
    (
      "-9223372036854775808 ** 2",
      "1:2+19 this number does not fit an int, which goes up to 9223372036854775807",
      "only directly behind a minus does 9223372036854775808 stand for an int"
    ),
    (".5", "1:1+2 a number has a digit before its point", "write 0.5; an element of the item is .[i]"),
    ("x.0", "1:3+1 expected a name behind the dot, found `0`", "an element is written xs[0]"),
    ("x. y", "1:2+1 a space between a dot and its name", "write .y"),
    (
      "x .y",
      "1:3+1 a dot behind a space speaks of the current item, and two expressions stand side by side",
      "for a member write the dot without a space"
    ),
    (#"x."two words""#, "1:3+11 expected a name behind the dot, found a string", #"write ["two words"]"#),
    (
      "{1: 2}", "1:2+1 expected a key, found `1`",
      "a key that is no string is written in brackets: {[1]: 2}"
    ),
    (
      "()", "1:2+1 there is nothing between the parentheses",
      "a function without parameters is written () => e; nothing is null"
    ),
    ("(1, 2)", "1:3+1 a comma cannot stand here", "there are no tuples: write a list, [a, b]"),
    ("not", "1:4+0 expected an expression, found the end of the text (incomplete)", nil),
    (
      "print(x) print(y)", "1:10+5 expected the end of the statement, found `print`",
      "statements are apart by a newline or `;`"
    ),
    ("await\n  3", "1:6+0 expected an expression, found the end of the line", nil),
    ("fn", "1:3+0 expected a name for a function, found the end of the text", nil),
    ("match", "1:6+0 expected an expression, found the end of the text", nil),
    ("{", "1:2+0 expected `}`, found the end of the text (incomplete)", nil),
    ("{a: 1,", "1:7+0 expected a key of the record, found the end of the text (incomplete)", nil),
    ("x & y", "1:3+1 there is no `&` operator", "write `and`; for bits, bits.and(a, b)"),
    (
      ". + 1", "1:1+1 a leading dot outside of a stage",
      "`.name` speaks of the current item in an argument of a stage, as in | where .name == 1"
    ),
    (
      "x: int = 3", "1:2+1 expected the end of the statement, found `:`",
      "variables have no written type: let x = ..."
    ),
    ("x[1", "1:4+0 expected `]`, found the end of the text (incomplete)", nil),
    (
      "t.mine(.x)", "1:8+1 a leading dot outside of a stage",
      "`.name` speaks of the current item in an argument of a stage, as in | where .name == 1"
    ),
    (
      "match {a: 1}.a { }", "1:7+1 expected an expression behind `match`: a `{` in a head opens the body",
      "put a record in parentheses: ({a: 1})"
    ),
    ("[1 2]", "1:4+1 expected `,` or `]`, found `2`", "put a comma between two values"),
    ("[1,, 2]", "1:4+1 expected an expression, found `,`", nil),
    ("x..y", "1:2+2 there is no `..`", "a range is written 1...5 with its end, 0..<5 without"),
    ("a b", "1:3+1 expected the end of the statement, found `b`", "to call a function write a(...)"),
    ("a 1", "1:3+1 expected the end of the statement, found `1`", "to call a function write a(...)"),
    (
      "ch <- x => y", "1:9+2 a sent value goes no further than an operator",
      "put a pipe or a lambda in parentheses: ch <- (x | f)"
    ),
    (
      "a or ch <- 1", "1:9+2 a send is a statement and has no value",
      "put it in braces: x => { ch <- x }; to compare with a negative number write a < -b"
    ),
    ("-x = 3", "1:1+2 this cannot be assigned to", "to compare write `==`"),
    (#"print("a""#, "1:10+0 expected `,` or `)`, found the end of the text (incomplete)", nil),
    (
      "sort(xs, .name)", "1:10+1 a leading dot outside of a stage",
      "`.name` speaks of the current item in an argument of a stage, as in | where .name == 1"
    ),
    ("&x", "1:1+1 there is no `&` operator", "write `and`; for bits, bits.and(a, b)"),
    (":", "1:1+1 expected a statement, found `:`", nil),
    ("=", "1:1+1 `=` assigns and has no value", "to compare write `==`"),
    ("=> x", "1:1+2 expected a statement, found `=>`", nil),
    (
      "... x", "1:1+3 expected an expression, found `...`",
      "`...` spreads only in lists, records and arguments"
    ),
    ("not = 3", "1:5+1 `=` assigns and has no value", "to compare write `==`"),
    (
      "a {", "1:3+1 expected the end of the statement, found `{`",
      "a function value is written x => e or x => { ... }; a body belongs to if, for, fn, ..."
    ),
    ("foo.bar baz", "1:9+3 expected the end of the statement, found `baz`", nil),
  ]

  @Test(arguments: cases) func explains(_ source: String, _ expected: String, _ hint: String?) {
    let found = problem(source)
    #expect(found.summary == expected)
    #expect(found.hint == hint)
  }
}
