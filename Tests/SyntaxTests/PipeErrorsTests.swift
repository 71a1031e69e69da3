import SwaleSyntax
import Testing

/// Mistakes in pipes.
@Suite struct PipeErrorsTests {
  /// The text, where the problem is and what it is, and the hint.
  static let cases: [(String, String, String?)] = [
    (
      "print(t | sort .a, desc(.b))", "1:25+1 a leading dot outside of a stage",
      "put a pipe whose arguments run over commas in parentheses"
    ),
    (
      "[xs | sort .a, .b]", "1:16+1 a leading dot outside of a stage",
      "put a pipe whose arguments run over commas in parentheses"
    ),
    (
      "for r in t | join u, on: .id { 1 }", "1:20+1 a comma ends the pipe here",
      "put the pipe in parentheses: (xs | sort .a, .b)"
    ),
    (
      "xs | .name", "1:6+1 expected the name of a function, found `.`",
      "write | map .name, or a dot without the pipe"
    ),
    ("xs | x => x + 1", "1:6+1 a lambda in a pipe stands in parentheses", "write | (x => ...)"),
    (
      "xs | map(.x).sum()", "1:13+1 a stage ends at its closing parenthesis",
      "begin another stage with `|`, or put the pipe in parentheses: (xs | f(1)).g()"
    ),
    (
      "xs | map(.x)\n  .sum()", "2:3+1 a stage ends at its closing parenthesis",
      "begin another stage with `|`, or put the pipe in parentheses: (xs | f(1)).g()"
    ),
    (
      "xs | len + 1", "1:10+1 `+` cannot follow the name of a stage",
      "put the pipe in parentheses: (xs | len) + ..."
    ),
    (
      "xs | select .a .b",
      "1:16+1 a dot behind a space speaks of the current item, and two expressions stand side by side",
      "put a comma between two arguments"
    ),
    (
      "xs | map[1]", "1:9+1 the arguments of a stage begin behind a space or in parentheses",
      "write a space, or put the pipe in parentheses"
    ),
    (
      "xs | where\n  .a > 3", "2:3+1 this dot would continue the stage on the line above",
      "begin a stage with `|`, or put the pipe in parentheses to take a member of its result"
    ),
    ("xs |> f", "1:4+2 there is no `|>`", "write `|`"),
    (
      "xs | match", "1:6+5 expected the name of a function, found the keyword `match`",
      "write | (x => ...)"
    ),
    ("x |", "1:4+0 expected the name of a function, found the end of the text (incomplete)", nil),
    ("a | b | | c", "1:9+1 expected the name of a function, found `|`", nil),
    ("xs | where .a >", "1:16+0 expected an expression, found the end of the text (incomplete)", nil),
    ("xs | select .a,", "1:16+0 expected an expression, found the end of the text (incomplete)", nil),
    (
      "for x in xs | f {a: 1} {}", "1:19+1 expected the end of the statement, found `:`",
      "this `{` opens a block; a record in a head stands in parentheses: ({a: 1})"
    ),
    (
      #"o | map {a: .x, "two words": .y, [.k]: 1, ...., .}"#,
      "1:49+1 expected a key of the record, found `.`",
      nil
    ),
    ("xs | if", "1:6+2 expected the name of a function, found the keyword `if`", "write | (x => ...)"),
    (
      "ch <- x | f", "1:9+1 a sent value goes no further than an operator",
      "put a pipe or a lambda in parentheses: ch <- (x | f)"
    ),
    (
      "xs | take(1)[0]", "1:13+1 a stage ends at its closing parenthesis",
      "begin another stage with `|`, or put the pipe in parentheses: (xs | f(1)).g()"
    ),
    (
      "xs | take(1)(2)", "1:13+1 a stage ends at its closing parenthesis",
      "begin another stage with `|`, or put the pipe in parentheses: (xs | f(1)).g()"
    ),
    (
      "xs | take * 2", "1:11+1 `*` cannot follow the name of a stage",
      "put the pipe in parentheses: (xs | len) * ..."
    ),
    (
      "xs | take - 2", "1:11+1 `-` cannot follow the name of a stage",
      "put the pipe in parentheses: (xs | len) - ..."
    ),
    (
      "xs | take == 2", "1:11+2 `==` cannot follow the name of a stage",
      "put the pipe in parentheses: (xs | len) == ..."
    ),
    (
      "xs | take and 2", "1:11+3 `and` cannot follow the name of a stage",
      "put the pipe in parentheses: (xs | len) and ..."
    ),
    (
      #"xs | "a""#, "1:6+3 expected the name of a function, found a string",
      "`|` passes a value on to a function, as in xs | sort | take(3)"
    ),
    (
      "xs | {a: 1}", "1:6+1 expected the name of a function, found `{`",
      "write | (x => ...) or | map x => ..."
    ),
    ("xs | _ => 1", "1:6+1 a lambda in a pipe stands in parentheses", "write | (_ => ...)"),
    ("xs | map . name", "1:12+4 expected the end of the statement, found `name`", nil),
    (#"xs | map ."{x}""#, "1:11+1 the name behind a dot has no interpolation", #"write .["..."]"#),
    (
      "xs | map .5", "1:10+2 a number has a digit before its point",
      "write 0.5; an element of the item is .[i]"
    ),
    ("xs | f(.a, .b", "1:14+0 expected `,` or `)`, found the end of the text (incomplete)", nil),
    (
      "xs | where .a > 3\n  .len()", "2:3+1 this dot would continue the stage on the line above",
      "begin a stage with `|`, or put the pipe in parentheses to take a member of its result"
    ),
    (
      "xs | where(.a)\n  .len()", "2:3+1 a stage ends at its closing parenthesis",
      "begin another stage with `|`, or put the pipe in parentheses: (xs | f(1)).g()"
    ),
    (
      "x | (.a)", "1:6+1 a leading dot outside of a stage",
      "`.name` speaks of the current item in an argument of a stage, as in | where .name == 1"
    ),
    (
      "xs | each x => { fn g() = .y }", "1:27+1 a leading dot outside of a stage",
      "`.name` speaks of the current item in an argument of a stage, as in | where .name == 1"
    ),
    ("| f", "1:1+1 expected an expression, found `|`", "a pipe begins with a value: xs | f"),
  ]

  @Test(arguments: cases) func explains(_ source: String, _ expected: String, _ hint: String?) {
    let found = problem(source)
    #expect(found.summary == expected)
    #expect(found.hint == hint)
  }
}
