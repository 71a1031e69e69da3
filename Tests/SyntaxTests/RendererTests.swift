import SwaleSyntax
import Testing

@Suite struct RendererTests {
  private func render(
    _ text: String, _ lower: Int, _ upper: Int, width: Int = 100, colors: Bool = false,
    hint: String? = nil, notes: [Diagnostic.Note] = []
  ) -> String {
    let location = Location(Source(name: "a.swale", text: text), Span(lower, upper))
    let diagnostic = Diagnostic(.syntax, "wrong", at: location, hint: hint, notes: notes)
    return DiagnosticRenderer(colors: colors, width: width).render(diagnostic)
  }

  @Test func showsTheLineAndMarksTheSpan() {
    let source = Source(name: "a.swale", text: "let x = 1\nlet y = x z\n")
    let note = Diagnostic.Note("declared here", Location(source, Span(4, 5)))
    let diagnostic = Diagnostic(
      .name, "unknown name `z`", at: Location(source, Span(20, 21)), hint: "did you mean `x`?",
      notes: [note])
    #expect(
      DiagnosticRenderer().render(diagnostic) == """
        error: unknown name `z` (name)
         --> a.swale:2:11
        2 | let y = x z
          |           ^
        note: declared here --> a.swale:1:5
        hint: did you mean `x`?
        """)
  }

  @Test func aWarningWithoutAPlaceIsOneLine() {
    let warning = Diagnostic(.io, "3 rows were left out", at: nil, severity: .warning)
    #expect(DiagnosticRenderer().render(warning) == "warning: 3 rows were left out (io)")
  }

  @Test func tabsAndWideCharactersKeepTheMarkInPlace() {
    #expect(
      render("\tx\tyy", 3, 5) == """
        error: wrong (syntax)
         --> a.swale:1:4
        1 |     x   yy
          |         ^^
        """)
    #expect(
      render("日本 = e\u{301}x", 6, 9) == """
        error: wrong (syntax)
         --> a.swale:1:3
        1 | 日本 = e\u{301}x
          |     ^^^
        """)
    #expect(
      render("\"👩‍👧\" z", 14, 15) == """
        error: wrong (syntax)
         --> a.swale:1:5
        1 | "👩‍👧" z
          |      ^
        """)
  }

  @Test func aSpanOfSeveralLinesMarksTheFirst() {
    #expect(
      render("if x {\n  1\n}", 3, 12) == """
        error: wrong (syntax)
         --> a.swale:1:4
        1 | if x {
          |    ^^^
        """)
  }

  @Test func anEmptySpanIsMarkedOnce() {
    #expect(
      render("f(1", 3, 3) == """
        error: wrong (syntax)
         --> a.swale:1:4
        1 | f(1
          |    ^
        """)
    #expect(
      render("", 0, 0) == """
        error: wrong (syntax)
         --> a.swale:1:1
        1 |
          | ^
        """)
    #expect(render("a\r\nb", 1, 1).hasSuffix("1 | a\n  |  ^"))
  }

  @Test func longLinesAreCut() {
    let line = (0..<50).map { "item\($0)" }.joined(separator: " + ")
    let place = line.utf8.count / 2
    #expect(
      render(line, place, place + 5, width: 60) == """
        error: wrong (syntax)
         --> a.swale:1:219
        1 | …item22 + item23 + item24 + item25 + item26 + item27 + …
          |                                ^^^^^
        """)
    for (lower, upper) in [(0, 4), (0, 400), (200, 300), (430, 440), (line.utf8.count, line.utf8.count)] {
      let lines = render(line, lower, upper, width: 60).split(separator: "\n")
      for line in lines.dropFirst(2) { #expect(DisplayWidth.of(line) <= 61, "\(lower): \(line)") }
    }
  }

  @Test func aHugeLineIsCutInNoTime() {
    let line = String(repeating: "日本\t", count: 200_000)
    let text = render(line, 700_000, 700_003, width: 80)
    #expect(text.contains("…"))
  }

  @Test func coloursAreOnlyAddedWhenAsked() {
    let text = render("f(1", 2, 3, colors: true, hint: "close it")
    #expect(text.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    #expect(!render("f(1", 2, 3, hint: "close it").contains("\u{1B}"))
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    let source = Source(name: "a\u{1B}[2J", text: "x = \"\u{1B}[31m\" y \u{202E}")
    let diagnostic = Diagnostic(
      .user, "two\nlines\u{7}", at: Location(source, Span(0, 1)), hint: "a\u{9B}b")
    let text = DiagnosticRenderer().render(diagnostic)
    #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.value < 0x20 || $0.value == 0x9B })
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    #expect(text.hasPrefix("error: two\n  lines\u{FFFD} (user)"))
  }
}
