import SwaleSyntax
import Testing

@Suite struct DisplayWidthTests {
  static let cases: [(String, Int)] = [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("ﾊﾝ", 2), ("한국", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("ａ", 2), ("😀", 2), ("👩‍👧‍👦", 2), ("🇩🇪", 2), ("❤", 1),
    ("❤️", 2), ("☕", 2), ("\u{200B}", 0), ("→", 1), ("…", 1), ("नि", 1), ("\u{AD}", 0),
    ("\u{7}", 0), ("𠮷", 2), ("½", 1), ("日a", 3),
  ]

  @Test(arguments: cases) func countsColumns(_ text: String, _ expected: Int) {
    #expect(DisplayWidth.of(text) == expected)
  }
}
