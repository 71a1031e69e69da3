import SwaleSyntax
import Testing

/// A text that merely ends too early is told from one that is wrong: the prompt asks for more.
@Suite struct IncompleteTests {
  static let unfinished = [
    "x =", "x = ", "x +=", "x +", "x |", "x ??", "not", "a and", "a in", "for x in", "x =>",
    "(x, y) =>", "f(", "f(1", "f(1,", "f(a:", "[", "[1", "[1,", "x[", "x[1...", "(", "(1", "(1 +",
    "let r = {", "let r = {a:", "let r = {a: 1,", "let [a", "let {a: [b", "if x {", "if x { 1",
    "if a { b } else {", "while x {\n f()", "fn f() {", "fn f(", "fn f(a = ", "fn f() =", "{",
    "match x {", "match x { 1 =>", "match x { 1 => 2,", "match x {\n 1 => 2", "select {",
    "select { else =>", "try {", "try { 1 }", "try { 1 } catch e {", "try f()", "try f() else {",
    "xs | f 1,", "xs | where .a >", "xs | f(.a,", "transform t =", "transform t = take 1 |",
    "use \"a\" {", "use \"a\" { b,", "ch <-", "x ** ", "-", "<-", "1...", "a..<", "scope {",
    "timeout 2s {", "spawn {", "defer {", "\"\"\"", "\"\"\"\nabc", "'''\nabc\n", "\"\"\"\n {x",
    "\"\"\"\n {f(", "x => {", "f(x => {\n  x", "let x = [\n  {a: 1},",
    "xs |  # comment", "f(  # comment\n", "xs | map if .a {",
  ]

  @Test(arguments: unfinished) func asksForMore(_ source: String) {
    let found = problem(source)
    #expect(found.isIncomplete, "\(found.summary)")
  }

  static let wrong = [
    "let", "let x", "var [a] ", "fn", "fn f", "if", "if x", "while", "for", "for x", "match",
    "match x", "if x {} else", "try {} catch", "try {} catch e", "let [a] = x else", "use \"a\" as",
    "transform t", "defer", "timeout 2s", "\"abc", "'abc", "\"abc {x", "\"{f(", "x.", "x?.", "x--",
    "f(1]", "[1)", "{a: 1]", "x y", ")", "await", "spawn", "return x y", "f(1, let", "[1, 2 3",
    "\"\\q", "\"\"\"abc", "f($", "(1 + \"abc", "@2026-", "0x", "1_",
  ]

  @Test(arguments: wrong) func doesNotAskForMore(_ source: String) {
    let found = problem(source)
    #expect(!found.isIncomplete, "\(found.summary)")
    #expect(found.message != "no problem")
  }

  @Test func aWholeTextIsWhole() {
    for source in ["x", "if a { 1 }", "let x = 1", "xs | f", "return", "# comment", "", "## doc"] {
      #expect(problem(source).message == "no problem", "\(source)")
    }
  }

  /// Whoever enters a valid program line by line is never told that it is wrong.
  @Test func noLineOfAValidProgramIsRefused() {
    // A transform that is declared further down makes stages of what stands above it.
    for program in validPrograms where !program.contains("transform mine") {
      let bytes = Array(program.utf8)
      for (offset, byte) in bytes.enumerated() where byte == 0x0A {
        let found = problem(bytes: Array(bytes[..<offset]))
        let isFine = found.isIncomplete || found.message == "no problem"
        #expect(isFine, "\(program) | up to byte \(offset): \(found.summary)")
      }
    }
  }

  /// A valid program cut anywhere gives a tree or a problem inside the text.
  @Test func everyPrefixIsParsed() {
    for program in validPrograms {
      let bytes = Array(program.utf8)
      for end in 0...bytes.count {
        let found = problem(bytes: Array(bytes[..<end]))
        if let span = found.location?.span {
          #expect(span.lower <= span.upper && Int(span.upper) <= end, "\(program): \(span)")
        }
      }
    }
  }

  @Test func theOpenBracketIsNamed() {
    let found = problem("fn f() {\n  g(1,\n")
    #expect(found.summary == "2:7+0 expected an expression, found the end of the text (incomplete)")
    #expect(found.notes.map(\.message) == ["opened here and not closed"])
    #expect(found.notes.first?.location?.position.column == 4)
    let wrong = problem("f(1, [2, 3)")
    #expect(wrong.summary == "1:11+1 expected `,` or `]`, found `)`")
    #expect(wrong.notes.map(\.message) == ["the bracket to close first"])
    #expect(wrong.notes.first?.location?.position.column == 6)
  }
}
