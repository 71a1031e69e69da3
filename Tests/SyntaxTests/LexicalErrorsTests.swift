import SwaleSyntax
import Testing

/// Mistakes in numbers, dates, strings and characters.
@Suite struct LexicalErrorsTests {
  /// The text, where the problem is and what it is, and the hint.
  static let cases: [(String, String, String?)] = [
    ("!a", "1:1+1 `!` cannot stand here", "write `not`"),
    ("if !a { 1 }", "1:4+1 `!` cannot stand here", "write `not`"),
    ("1 < x < 3", "1:7+1 comparisons do not chain", "write a < b and b < c"),
    ("0..<n..<3", "1:6+3 a range has two ends", "steps are made with range(a, b, step)"),
    (#""abc"#, "1:1+4 this string does not end on its line", #"close it with ""#),
    (
      "'it''s'", "1:5+3 expected the end of the statement, found a string",
      #"strings are joined by +; a string with ' in it stands between " quotes"#
    ),
    (#""a {b""#, "1:4+1 this interpolation is not closed", #"close it with }, or write \{ for a brace"#),
    (
      #""a {} b""#, "1:4+2 there is nothing between the braces of this interpolation",
      #"for braces write \{}, or use a raw string '...'"#
    ),
    (
      #""{{x}}""#, "1:2+2 `{{` in a string",
      #"for a brace write \{; for an interpolated record write a space between the braces"#
    ),
    (#""{x!r}""#, "1:4+1 `!` cannot stand here", "write {repr(x)} or {not x}"),
    (#""{x=}""#, "1:4+1 `=` cannot stand here", "write the name outside of the braces: x = {x}"),
    (
      #""{x:>>>}""#, "1:5+3 `>>>` is no format",
      "a format is [[fill]<^>][+][0][width][,][.digits][f e g % d x b s], such as >8 or .2f"
    ),
    (#""\x41 \q""#, #"1:2+2 `\x` is no escape"#, #"write \u{41} for a character by its number"#),
    (#""\d""#, #"1:2+2 `\d` is no escape"#, #"for a backslash write \\, or use a raw string '...'"#),
    (
      #""\ud83d""#, "1:2+6 half of a surrogate pair",
      #"write both halves, such as \ud83d\ude00, or the character itself"#
    ),
    (
      "5 = x", "1:1+1 this cannot be assigned to",
      "assign to a variable, a member of one or an element of one"
    ),
    (
      "9223372036854775808", "1:1+19 this number does not fit an int, which goes up to 9223372036854775807",
      "only directly behind a minus does 9223372036854775808 stand for an int"
    ),
    ("1__0", "1:2+1 an underscore in a number stands between two digits", "such as 1_000"),
    ("007", "1:1+3 a number does not begin with 0", "write 7"),
    ("2026-05-01", "1:6+2 a number does not begin with 0", "a date is written @2026-05-01"),
    ("@2026-02-29", "1:1+11 2026-02 has no day 29", "it has 28 days"),
    ("@2026-13-01", "1:1+11 there is no month 13", "a date is written year-month-day"),
    (
      "@2026-5-1", "1:1+6 this date is not complete",
      "a date is written @2026-05-01, a datetime @2026-05-01T12:30:00Z"
    ),
    (
      "@today", "1:1+6 `@` begins a date",
      "there are no decorators and no @ names; a date is written @2026-05-01"
    ),
    ("5min", "1:1+4 the number 5 runs into `min`", "write 5m: the units are ns us ms s m h d w"),
    ("5in xs", "1:1+3 the number 5 runs into `in`", "put a space between the number and the name"),
    ("0xfg", "1:1+4 the number 0xf runs into `g`", "put a space between the number and the name"),
    (
      "1.", "1:3+0 expected a name behind the dot, found the end of the text",
      "a decimal number is written 1.0"
    ),
    ("“hello”", "1:1+3 a curly quote cannot stand here", #"write ""#),
    ("a ≤ b", "1:3+3 `≤` cannot stand here", "write <="),
    ("x$", "1:2+1 `$` cannot stand here", "names are written without `$`; in a string write {name}"),
    (
      #"let s = """abc""""#, "1:9+3 the text of a multi-line string begins on the next line",
      #"break the line behind """"#
    ),
    (
      "let s = \"\"\"\n    abc\n  def\n    \"\"\"",
      "3:1+2 this line is not indented like the closing quotes of its string",
      "begin each line with the same spaces or tabs as line 4, the closing one"
    ),
    (
      "let s = \"\"\"\n  abc\"\"\"",
      "2:6+3 the closing quotes of a multi-line string stand on a line of their own",
      #"break the line before """"#
    ),
    (
      "let s = \"\"\"\n  abc", "1:9+3 this multi-line string has no end (incomplete)",
      #"close it with """ on a line of its own"#
    ),
    (#""abc {x +} def""#, "1:10+1 expected an expression, found the `}` that ends the interpolation", nil),
    (#""abc {x y} def""#, "1:9+1 expected `}`, found `y`", "to call a function write x(...)"),
    ("1. + 2", "1:4+1 expected a name behind the dot, found `+`", "a decimal number is written 1.0"),
    (
      "\"\"\"\n {f(", "2:2+1 this interpolation is not closed (incomplete)",
      #"close it with }, or write \{ for a brace"#
    ),
    ("1...", "1:5+0 expected an expression, found the end of the text (incomplete)", nil),
    (
      #""{.x}""#, "1:3+1 a leading dot outside of a stage",
      "`.name` speaks of the current item in an argument of a stage, as in | where .name == 1"
    ),
    (#""\u12""#, #"1:2+4 `\u` takes four hexadecimal digits"#, #"such as \u00e9 or \u{e9}"#),
    (
      #""\u{110000}""#, "1:2+10 there is no such character",
      #"characters go up to \u{10FFFF}, without the surrogates D800 to DFFF"#
    ),
    (#""\u{}""#, #"1:2+3 `\u{` takes hexadecimal digits and a closing brace"#, #"such as \u{1F600}"#),
    (
      #""\u{d800}""#, "1:2+8 there is no such character",
      #"characters go up to \u{10FFFF}, without the surrogates D800 to DFFF"#
    ),
    (
      #""\ude00""#, "1:2+6 half of a surrogate pair",
      #"write both halves, such as \ud83d\ude00, or the character itself"#
    ),
    (
      #""\ud83d\u0041""#, "1:2+6 half of a surrogate pair",
      #"write both halves, such as \ud83d\ude00, or the character itself"#
    ),
    ("\"a\\\n\"", "1:3+1 a line end is no escape", "a text of several lines stands between three quotes"),
    ("'abc", "1:1+4 this raw string does not end on its line", "close it with '"),
    (
      "\"\"\"\n  {x\n\"\"\"", "2:3+1 this interpolation is not closed",
      #"close it with }, or write \{ for a brace"#
    ),
    (
      #""{x:999999999999}""#, "1:5+12 `999999999999` is no format",
      "a format is [[fill]<^>][+][0][width][,][.digits][f e g % d x b s], such as >8 or .2f"
    ),
    (
      #""{x:.}""#, "1:5+1 `.` is no format",
      "a format is [[fill]<^>][+][0][width][,][.digits][f e g % d x b s], such as >8 or .2f"
    ),
    (
      #""{x:8""#, "1:4+2 this format is not closed",
      "close the interpolation with }, or put an expression with a `:` in parentheses"
    ),
    (
      #""{x:z}""#, "1:5+1 `z` is no format",
      "a format is [[fill]<^>][+][0][width][,][.digits][f e g % d x b s], such as >8 or .2f"
    ),
    (
      #""{x # c}""#, "1:5+1 a comment cannot stand inside an interpolation",
      "for the character # close the interpolation with } first"
    ),
    (#""{f(}""#, "1:5+1 expected an expression, found `}`", nil),
    (
      "1e400", "1:1+5 this number does not fit a float, which goes up to about 1.8e308",
      "infinity is math.inf"
    ),
    ("0x", "1:1+2 a hexadecimal number has at least one digit", "such as 0xff"),
    ("0b2", "1:1+3 a binary number has at least one digit", "such as 0b101"),
    ("0B1", "1:1+2 a number's prefix is written in lower case", "write 0x or 0b"),
    ("0o17", "1:1+2 there are no octal numbers", "write it as 0x..., 0b... or decimal"),
    ("1_", "1:2+1 an underscore in a number stands between two digits", "such as 1_000"),
    ("10px", "1:1+4 the number 10 runs into `px`", "put a space between the number and the name"),
    ("5L", "1:1+2 the number 5 runs into `L`", "numbers have no type suffix: write 5"),
    ("1h30", "1:1+4 `30` in a duration has no unit", "the units are ns us ms s m h d w, such as 1h30m"),
    (
      "200000d", "1:1+7 this duration is too long",
      "durations count nanoseconds in 64 bits: up to about 292 years"
    ),
    (
      "99999999999999999999s", "1:1+21 this duration is too long",
      "durations count nanoseconds in 64 bits: up to about 292 years"
    ),
    ("@2026-05-01T25:00", "1:1+17 there is no such time of day", "times go from 00:00 to 23:59:59"),
    ("@2026-05-01T12:60", "1:1+17 there is no such time of day", "times go from 00:00 to 23:59:59"),
    (
      "@2026-05-01T12", "1:1+14 this date is not complete",
      "a date is written @2026-05-01, a datetime @2026-05-01T12:30:00Z"
    ),
    ("@2026-05-01T12:30:00.1234567890", "1:21+11 a second has at most nine decimal digits", nil),
    ("@2026-05-01T12:30+25:00", "1:18+6 there is no such offset from UTC", "an offset is written +02:00"),
    ("@2026-05-01t12:30", "1:1+14 the date runs into `t12`", "write T and Z in upper case"),
    ("@2026-05-01x", "1:1+12 the date runs into `x`", "a datetime is written @2026-05-01T12:30:00Z"),
    (
      "@2300-01-01T00:00", "1:1+17 this datetime is out of range",
      "datetimes count nanoseconds in 64 bits: from 1677-09-21 to 2262-04-11"
    ),
    ("@2026-04-31", "1:1+11 2026-04 has no day 31", "it has 30 days"),
    ("@2026-00-01", "1:1+11 there is no month 0", "a date is written year-month-day"),
    ("@", "1:1+1 `@` begins a date", "a date is written @2026-05-01"),
    ("@2100-02-29", "1:1+11 2100-02 has no day 29", "it has 28 days"),
    ("1 + 2 = 3", "1:1+5 this cannot be assigned to", "to compare write `==`"),
    ("«x»", "1:1+2 `«` cannot stand here", #"write ""#),
    ("`x`", "1:1+1 a backquote cannot stand here", #"a string stands between " or ' quotes"#),
    ("a ^ b", "1:3+1 `^` cannot stand here", "a power is `**`, an exclusive or bits.xor(a, b)"),
    ("~a", "1:1+1 `~` cannot stand here", "to invert bits write bits.not(x)"),
    (
      #"a \"#, "1:3+1 a backslash cannot stand here",
      """
      a line goes on by itself inside brackets, after an operator and before `|`; a \
      function is written x => ...
      """
    ),
    ("a – b", "1:3+3 a dash cannot stand here", "write -"),
  ]

  @Test(arguments: cases) func explains(_ source: String, _ expected: String, _ hint: String?) {
    let found = problem(source)
    #expect(found.summary == expected)
    #expect(found.hint == hint)
  }
}
