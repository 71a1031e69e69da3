import SwaleSyntax
import Testing

/// Strings hold their text, escapes and interpolations.
@Suite struct StringsTests {
  static let cases: [(String, String)] = [
    (#""""#, #""""#),
    ("''", #""""#),
    (#""plain""#, #""plain""#),
    (#""\u{1F600}\u{41}\u00e9""#, #""😀Aé""#),
    (#""\ud83d\ude00""#, #""😀""#),
    (#""é 日本 😀""#, #""é 日本 😀""#),
    ("\"tab\tinside\"", "\"tab\tinside\""),
    (#""a } b""#, #""a } b""#),
    (#"'raw {x} \n "q"'"#, #""raw {x} \\n \"q\"""#),
    (#""a {x} b""#, #"(fmt "a " x " b")"#),
    (#""{x}""#, "(fmt x)"),
    (#""{x}{y}""#, "(fmt x y)"),
    (#""{ x }""#, "(fmt x)"),
    (#""{x:>8}""#, "(fmt (spec x >8))"),
    (#""{x:}""#, "(fmt x)"),
    (#""{x:*^+010,.2f}""#, "(fmt (spec x *^+010,.2f))"),
    (#""{x:->8}{y::^9}""#, "(fmt (spec x ->8) (spec y :^9))"),
    (#""{x:日<4}""#, "(fmt (spec x 日<4))"),
    (
      #""{x:d}{x:x}{x:b}{x:e}{x:g}{x:%}{x:s}""#,
      "(fmt (spec x d) (spec x x) (spec x b) (spec x e) (spec x g) (spec x %) (spec x s))"
    ),
    (#""{f(h: 2):.2f}""#, "(fmt (spec (call f (: h 2)) .2f))"),
    (#""{r["k"]:>8}""#, #"(fmt (spec (index r "k") >8))"#),
    (#""a {f("x {y:>3}")} b""#, #"(fmt "a " (call f (fmt "x " (spec y >3))) " b")"#),
    (#""{ {a: 1}.a }""#, "(fmt (. (rec (a 1)) a))"),
    (#""{ {a: 1} }""#, "(fmt (rec (a 1)))"),
    (#""{(x => {y: x})(1)}""#, "(fmt (call (=> (x) (rec (y x))) 1))"),
    (#""{xs[1...]}""#, "(fmt (index xs (... 1 _)))"),
    (#""{@2026-05-01T12:30}""#, "(fmt @1777638600000000000ns)"),
    (#""{if a { "yes" } else { "no" }}""#, #"(fmt (if a (block "yes") (block "no")))"#),
    (#""{match v { 1 => "a", _ => "b" }}""#, #"(fmt (match v (arm 1 "a") (arm _ "b")))"#),
    (#""{'}'}""#, #"(fmt "}")"#),
    (#""{xs | map . + 1 | len}""#, "(fmt (| xs (stage map (@ (+ (item) 1))) (stage len)))"),
    (#"xs | map "{.name:>8} {.}""#, #"(| xs (stage map (@ (fmt (spec (item name) >8) " " (item)))))"#),
    (#""{(xs | f a: 1)}""#, "(fmt (| xs (stage f (: a 1))))"),
    ("\"\"\"\nabc\n\"\"\"", #""abc""#),
    ("\"\"\"\n  abc\n    def\n  \"\"\"", #""abc\n  def""#),
    ("\"\"\"\n\"\"\"", #""""#),
    ("\"\"\"\n\n\"\"\"", #""""#),
    ("\"\"\"\n  a\n\n  b\n  \"\"\"", #""a\n\nb""#),
    ("\"\"\"\n  a\n \n  b\n  \"\"\"", #""a\n\nb""#),
    ("\"\"\"\n  a {x} b\n  {y}\n  \"\"\"", #"(fmt "a " x " b\n" y)"#),
    ("\"\"\"\n  a {f(\n    1,\n    2\n  )} b\n  \"\"\"", #"(fmt "a " (call f 1 2) " b")"#),
    ("\"\"\"\n  \"quoted\" \"\"twice\"\" \\n \\{ \n  \"\"\"", #""\"quoted\" \"\"twice\"\" \n { ""#),
    ("'''\n  raw {x} \\n\n  'q'\n  '''", #""raw {x} \\n\n'q'""#),
    ("\"\"\"\n  {\"\"\"\n    inner {x}\n    \"\"\"}\n  \"\"\"", #"(fmt (fmt "inner " x))"#),
    ("f(\"\"\"\n  text\n  \"\"\", 1)", #"(call f "text" 1)"#),
    ("\"\"\"\n\ttab\n\t\"\"\"", #""tab""#),
  ]

  @Test(arguments: cases) func parses(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }
}
