import SwaleSyntax
import Testing

/// Mistakes in statements.
@Suite struct StatementErrorsTests {
  /// The text, where the problem is and what it is, and the hint.
  static let cases: [(String, String, String?)] = [
    (
      "if x == 3\n{ print(x) }", "2:1+1 a `{` that begins a line opens no body",
      "put it at the end of the line above: that is where the body of `if` begins"
    ),
    ("x = = 3", "1:5+1 `=` assigns and has no value", "to compare write `==`"),
    ("if x = 3 { 1 }", "1:6+1 `=` assigns and has no value", "to compare write `==`"),
    (
      "if x == 3: print(x)", "1:10+1 expected `{` for the body of `if`, found `:`",
      "a body stands in braces: { ... }"
    ),
    (
      "for i = 0; i < 3; i += 1 { }", "1:7+1 `for` goes over a sequence",
      "write for i in 0..<n { }, or use `while`"
    ),
    ("for x of xs { }", "1:7+2 expected `in`, found `of`", "write `in`"),
    (
      "for (k, v) in r {}", "1:5+1 the head of `for` stands without parentheses",
      "write for x in xs { }, for k, v in record { } or for i in 0..<n { }"
    ),
    (
      "let x = { f() }", "1:9+1 this `{` begins a record, which has no key here",
      """
      a block stands only where a statement, a lambda's or an arm's body begins; to \
      compute a value use if, match or a function
      """
    ),
    ("let x: int = 3", "1:6+1 variables have no written type", "write let x = ... without it"),
    (
      "let x, y = 1, 2", "1:6+1 one declaration takes one pattern",
      "several values at once are taken apart by a list: let [a, b] = [1, 2]"
    ),
    (
      "let x", "1:6+0 expected `=` and a value, found the end of the text",
      "write let x = null for a value that comes later"
    ),
    (
      "let f = fn(x) { x }", "1:9+2 a declaration is no value",
      "a function value is written (a, b) => a + b"
    ),
    (
      "let y = .name", "1:9+1 a leading dot outside of a stage",
      "`.name` speaks of the current item in an argument of a stage, as in | where .name == 1"
    ),
    ("if x {\n  print(1)", "2:11+0 expected `}`, found the end of the text (incomplete)", nil),
    ("}", "1:1+1 `}` closes nothing", "remove it, or open it before"),
    ("x = 1)", "1:6+1 `)` closes nothing", "remove it, or open it before"),
    (
      "let in = 3", "1:5+2 `in` is a keyword and cannot name a variable",
      "choose another name, such as `in_`"
    ),
    (
      "for if in xs {}", "1:5+2 `if` is a keyword and cannot name a variable",
      "choose another name, such as `if_`"
    ),
    ("x => y = 3", "1:8+1 an assignment is no value", "put it in braces: x => { y = ... }"),
    ("spawn f", "1:7+1 `spawn` starts a call or a block", "write spawn f(x) or spawn { ... }"),
    (
      "spawn () => 3", "1:8+1 there is nothing between the parentheses",
      "a function without parameters is written () => e; nothing is null"
    ),
    (
      "try f()", "1:8+0 expected `else`, found the end of the text (incomplete)",
      "write try { ... } catch e { ... } or try e else fallback"
    ),
    (
      "try { f() }", "1:12+0 expected `catch` or `else`, found the end of the text (incomplete)",
      "write try { ... } catch e { ... } or try e else fallback"
    ),
    (
      "try { f() } catch { 1 }", "1:19+1 expected a name for the error, found `{`",
      "write catch e { ... } or catch _ { ... }"
    ),
    (
      "try { f() } catch (e) { 1 }", "1:19+1 expected a name for the error, found `(`",
      "write catch e { ... }"
    ),
    ("select { <-a => 1 }", "1:10+2 a receive names what it gets", "write let _ = <-ch => ..."),
    (
      "select .a", "1:8+1 expected `{` for the arms of `select`, found `.`",
      "`select` waits for channels; the verb stands behind a `|` or a dot: t | select .a"
    ),
    (
      #"use "a" { b as c }"#, "1:13+2 a used name keeps its name",
      "write let new = old, or use ... as module"
    ),
    (
      "let x = if a 1 else 2", "1:14+1 expected `{` for the body of `if`, found `1`",
      "a body stands in braces: { ... }"
    ),
    (
      "let x = while a {}", "1:9+5 `while` is a statement and has no value",
      "put it in braces where a body stands"
    ),
    (
      "let r = {1: 2}", "1:10+1 expected a key, found `1`",
      "a key that is no string is written in brackets: {[1]: 2}"
    ),
    (
      "let r = {a: 1\n  b: 2}", "2:3+1 expected `,` or `}`, found `b`",
      "the entries of a record are apart by commas, also at the end of a line"
    ),
    (
      "let r = {a = 1}", "1:9+1 this `{` begins a record, which has no key here",
      "a field is written a: value"
    ),
    (
      "let r = {if}", "1:10+2 `if` is a keyword and cannot name a variable",
      "write {if: value} for an entry of that name"
    ),
    (
      "if f(x) == {a: 1} { 2 }", "1:12+1 expected an expression behind `==`: a `{` in a head opens the body",
      "put a record in parentheses: ({a: 1})"
    ),
    (
      #"assert(x == 1, "message")"#, "1:7+1 `assert` is a statement, not a function",
      #"write assert cond, "message" without the parentheses"#
    ),
    ("let [a, ...b, c] = x", "1:15+1 the rest stands last in a list pattern", nil),
    ("let {...a} = x", "1:6+3 a record pattern takes no rest", "it fits records with more keys anyway"),
    ("x = ", "1:4+0 expected an expression, found the end of the text (incomplete)", nil),
    ("if a 1", "1:6+1 expected `{` for the body of `if`, found `1`", "a body stands in braces: { ... }"),
    ("x = {", "1:6+0 expected a key of the record, found the end of the text (incomplete)", nil),
    (
      "let x = [1, 2\ny = 3", "2:1+1 expected `,` or `]`, found `y`",
      "is a comma or the closing bracket missing at the end of the line above?"
    ),
    ("if x { [1 }", "1:11+1 expected `,` or `]`, found `}`", nil),
    (
      "let s = \"abc\nlet t = 3", "1:9+4 this string does not end on its line",
      #"close it with "; a text of several lines stands between three quotes"#
    ),
    (
      "let f = (a, [b, c]) => 1", "1:13+1 expected a name for a parameter, found `[`",
      "the parameters of a lambda are plain names; take a value apart in its body"
    ),
    (
      "let f = (a: int) => 1", "1:11+1 the parameters of a lambda have neither types nor defaults",
      "declare a function with `fn`"
    ),
    (
      "let f = (a, ...b) => 1", "1:13+3 expected a name for a parameter, found `...`",
      "the parameters of a lambda are plain names; take a value apart in its body"
    ),
    ("let [a] = x else", "1:17+0 expected `{` for the block of `else`, found the end of the text", nil),
    (
      "let [a] = x else 3", "1:18+1 expected `{` for the block of `else`, found `3`",
      "a body stands in braces: { ... }"
    ),
    ("while", "1:6+0 expected an expression, found the end of the text", nil),
    ("for x in", "1:9+0 expected an expression, found the end of the text (incomplete)", nil),
    ("if x {} else", "1:13+0 expected `{` for the body of `else`, found the end of the text", nil),
    ("try {} catch e", "1:15+0 expected `{` for the block of `catch`, found the end of the text", nil),
    ("select {", "1:9+0 expected `}`, found the end of the text (incomplete)", nil),
    ("let", "1:4+0 expected a pattern, found the end of the text", nil),
    ("x +=", "1:5+0 expected an expression, found the end of the text (incomplete)", nil),
    ("timeout 2s", "1:11+0 expected `{` for the block of `timeout`, found the end of the text", nil),
    ("let {a, b", "1:10+0 expected `,` or `}`, found the end of the text (incomplete)", nil),
    (
      "for i in 1... {}", "1:15+1 expected the end of the range, found `{`",
      "a loop without an end is while true { }"
    ),
    ("for i in 1.. {}", "1:11+2 there is no `..`", "a range is written 1...5 with its end, 0..<5 without"),
    ("else: 3", "1:1+4 this `else` belongs to no `if`", "it follows the `}` of an `if`"),
    ("if x: 3", "1:5+1 expected `{` for the body of `if`, found `:`", "a body stands in braces: { ... }"),
    ("try:\n  f()", "1:4+1 expected an expression, found `:`", nil),
    (
      "timeout d\n  { f() }", "2:3+1 a `{` that begins a line opens no body",
      "put it at the end of the line above: that is where the block of `timeout` begins"
    ),
    (
      "let 5", "1:6+0 expected `=` and a value, found the end of the text",
      "write let 5 = null for a value that comes later"
    ),
    ("let f() = 3", "1:6+1 expected `=`, found `(`", "a function is declared with fn f(...) = ..."),
    ("let x.y = 3", "1:6+1 expected `=`, found `.`", "to change a part of a variable assign without `let`"),
    (
      "let (a, b) = c", "1:5+1 expected a pattern, found `(`",
      "patterns have no parentheses: write [a, b] for a list"
    ),
    ("for x xs {}", "1:7+2 expected `in`, found `xs`", "write for x in xs { }"),
    (
      "for x, y, z in xs {}", "1:9+1 expected `in`, found `,`",
      "to take lists apart write for [a, b, c] in xs { }"
    ),
    ("for var [a] in xs {}", "1:9+1 expected a name for the element, found `[`", nil),
    (
      "let r = {a 1}", "1:9+1 this `{` begins a record, which has no key here",
      "a field is written a: value"
    ),
    ("let r = {a: 1 b: 2}", "1:15+1 expected `,` or `}`, found `b`", "put a comma between two values"),
    (#"let r = {"a" = 1}"#, #"1:14+1 expected `:` behind the key "a", found `=`"#, "write {key: value}"),
    ("let r = {[a] 1}", "1:14+1 expected `:` behind the key, found `1`", nil),
    ("x = y = z", "1:7+1 `=` assigns once in a statement", "write y = z and x = y on two lines"),
    ("if x += 1 { }", "1:6+2 `+=` assigns and has no value", "write the assignment as a statement"),
    ("let x = y = z", "1:11+1 `=` assigns once in a statement", "write y = z and x = y on two lines"),
    (
      "let x = ch <- 1", "1:12+2 a send is a statement and has no value",
      "put it in braces: x => { ch <- x }; to compare with a negative number write a < -b"
    ),
    ("if x { 1 }}", "1:11+1 `}` closes nothing", "remove it, or open it before"),
    ("try f() catch e { 1 }", "1:9+5 `catch` follows a block", "write try { ... } catch e { ... }"),
    (
      "try { 1 } catch in { 1 }", "1:17+2 expected a name for the error, found the keyword `in`",
      "write catch e { ... } or catch _ { ... }"
    ),
    (
      "try { 1 }\nx", "1:10+0 expected `catch` or `else`, found the end of the line",
      "write try { ... } catch e { ... } or try e else fallback"
    ),
    ("catch e { 1 }", "1:1+5 this `catch` belongs to no `try`", "it follows the `}` of a `try`"),
    ("scope\n{ 1 }.x.y z", "2:11+1 expected the end of the statement, found `z`", nil),
    (
      "select { 1 => 2 }", "1:12+2 expected `<-` and a value to send, found `=>`",
      "an arm is let v = <-ch => ..., ch <- v => ..., after 1s => ... or else => ..."
    ),
    (
      "select { let x = a => 1 }", "1:18+1 expected a receive, found `a`",
      "an arm of `select` is such as let v = <-ch => ..."
    ),
    ("select { let x => 1 }", "1:16+2 expected `=` and a receive, found `=>`", "such as let v = <-ch"),
    (
      "select { after => 1 }", "1:16+2 expected `<-` and a value to send, found `=>`",
      "an arm is let v = <-ch => ..., ch <- v => ..., after 1s => ... or else => ..."
    ),
    ("select { a <- => 1 }", "1:15+2 expected an expression, found `=>`", nil),
    ("spawn x + 1", "1:7+1 `spawn` starts a call or a block", "write spawn f(x) or spawn { ... }"),
    (#"use "a{b}""#, "1:5+1 the path of `use` is a plain string", #"braces in it are written \{"#),
    (#"use "a" as"#, "1:11+0 expected a name for the module, found the end of the text", nil),
    (
      #"use "a" as if"#, "1:12+2 `if` is a keyword and cannot name the module",
      "choose another name, such as `if_`"
    ),
    (#"use "a" { 1 }"#, "1:11+1 expected a name for what is used, found `1`", nil),
    (
      "use \"a\"\n{ b: ", "2:1+1 a `{` that begins a line opens no body",
      "put it at the end of the line above: that is where the list of names begins"
    ),
    (")", "1:1+1 `)` closes nothing", "remove it, or open it before"),
    (
      "let x = ...xs", "1:9+3 expected an expression, found `...`",
      "`...` spreads only in lists, records and arguments"
    ),
    ("else { }", "1:1+4 this `else` belongs to no `if`", "it follows the `}` of an `if`"),
    ("if x { }\nelse => 3", "2:1+4 this `else` belongs to no `if`", "it follows the `}` of an `if`"),
    (
      "for i in 0..<3: print(i)", "1:15+1 expected `{` for the body of `for`, found `:`",
      "a body stands in braces: { ... }"
    ),
    ("return x y", "1:10+1 expected the end of the statement, found `y`", nil),
  ]

  @Test(arguments: cases) func explains(_ source: String, _ expected: String, _ hint: String?) {
    let found = problem(source)
    #expect(found.summary == expected)
    #expect(found.hint == hint)
  }
}
