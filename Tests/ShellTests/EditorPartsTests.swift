import Testing

@testable import SwaleShell

@Suite struct EditorPartsTests {
  @Test func layoutBreaksRowsAndPlacesTheCursor() {
    let buffer = EditBuffer(scalars: Array("abcdefgh\nxy".unicodeScalars), cursor: 8)
    let layout = EntryLayout(
      prompt: PromptText(first: "> ", continuation: ". "), buffer: buffer, styles: [],
      columns: 6, colored: false)
    #expect(layout.rows.map(\.text) == ["> abc", "defgh", "", ". xy"])
    #expect([layout.cursorRow, layout.cursorColumn] == [2, 0])
  }

  @Test func layoutColoursRunsAndNotCharacters() {
    let layout = EntryLayout(
      prompt: PromptText(first: "", continuation: ""), buffer: EditBuffer("ab1"),
      styles: [.keyword, .keyword, .number], columns: 80, colored: true)
    #expect(layout.rows[0].text == "\u{1b}[35mab\u{1b}[0m\u{1b}[36m1\u{1b}[0m")
    #expect(layout.rows[0].width == 3)
  }

  @Test func controlCharactersAreShownNotSent() {
    let layout = EntryLayout(
      prompt: PromptText(first: "", continuation: ""), buffer: EditBuffer("a\u{1b}]b\u{9b}"),
      styles: [], columns: 80, colored: false)
    #expect(layout.rows[0].text == "a\\e]b\\u{9B}")
  }

  @Test func paintingWritesOnlyWhatChanged() {
    func layout(_ text: String) -> EntryLayout {
      EntryLayout(
        prompt: PromptText(first: "> ", continuation: ". "), buffer: EditBuffer(text), styles: [],
        columns: 40, colored: false)
    }
    var painter = Painter()
    _ = painter.paint(layout("first\nsecond"), height: 10)
    let output = painter.paint(layout("first\nsecond!"), height: 10)
    #expect(!output.contains("first"))
    #expect(output.contains(". second!"))
    #expect(painter.paint(layout("first\nsecond!"), height: 10) == "")
  }

  /// Whatever is drawn after whatever, the screen shows the last layout and nothing else of it.
  @Test(arguments: 1...40) func drawingByDifferencesShowsTheWhole(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    let columns = Int.random(in: 6...30, using: &random)
    let rows = Int.random(in: 2...8, using: &random)
    var screen = TerminalScreen(columns: columns, rows: rows)
    let above = Int.random(in: 0..<rows, using: &random)
    screen.feed(Array(String(repeating: "above\r\n", count: above).utf8))
    var painter = Painter()
    for _ in 0..<60 {
      let length = Int.random(in: 0...60, using: &random)
      let text = (0..<length).map { _ in
        ["a", "b", "\n", "漢", "e\u{301}", " ", "\u{7}"].randomElement(using: &random)!
      }
      var buffer = EditBuffer(text.joined())
      buffer.move(to: Int.random(in: 0...buffer.scalars.count, using: &random))
      var layout = EntryLayout(
        prompt: PromptText(first: "> ", continuation: ". "), buffer: buffer,
        styles: buffer.scalars.map { _ in Style.allCases.randomElement(using: &random)! },
        columns: columns, colored: true)
      if Bool.random(using: &random) { layout.appendBelow("menu", .dim) }
      screen.feed(Array(painter.paint(layout, height: rows).utf8))
      let top = max(0, layout.rows.count - rows)
      let shown = screen.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let plain = layout.rows.map { TerminalScreen.plain($0.text) }
      if top == 0 {
        let window = Array(
          shown.suffix(from: max(0, screen.cursorRow - layout.cursorRow)).prefix(plain.count))
        let padded = window + Array(repeating: "", count: max(0, plain.count - window.count))
        #expect(padded == plain)
      } else {
        let padded = shown + Array(repeating: "", count: max(0, rows - shown.count))
        #expect((0...top).contains { padded == Array(plain[$0..<($0 + rows)]) })
      }
      #expect(screen.cursorColumn == layout.cursorColumn)
    }
  }

  private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var value = state
      value ^= value >> 33
      value = value &* 0xff51_afd7_ed55_8ccd
      return value ^ (value >> 33)
    }
  }

  @Test func wordsAndLines() {
    var buffer = EditBuffer("let naïve_x = f(a)\nb")
    buffer.move(to: 11)
    #expect(buffer.wordBefore == 4)
    buffer.move(to: 12)
    #expect(buffer.wordAfter == 15)
    #expect(buffer.lineEnd(at: 12) == 18)
    #expect(buffer.isOnFirstLine && !buffer.isOnLastLine)
    buffer.move(to: 20)
    #expect(buffer.cursorInBytes == 21)
    buffer.replaceBeforeCursor(fromByte: 20, with: "xyz")
    #expect(buffer.text == "let naïve_x = f(a)\nxyz")
  }

  @Test func undoGoesByWords() {
    var undo = UndoStack()
    var buffer = EditBuffer()
    for letter in "ab cd" {
      buffer.insert(String(letter))
      undo.note(buffer)
    }
    #expect(undo.undo()?.text == "ab ")
    #expect(undo.undo()?.text == "ab")
    #expect(undo.undo()?.text == "")
    #expect(undo.undo() == nil)
  }

  @Test func navigationComesBackToTheDraft() {
    let entries = ["a1", "b", "a2", "a2"]
    var walk = HistoryNavigation()
    #expect(walk.older(in: entries, than: "a") == "a2")
    #expect(walk.older(in: entries, than: "a2") == "a1")
    #expect(walk.older(in: entries, than: "a1") == nil)
    #expect(walk.newer(in: entries, than: "a1") == "a2")
    #expect(walk.newer(in: entries, than: "a2") == "a")
    #expect(walk.newer(in: entries, than: "a") == nil)
  }

  @Test func configurationSeparatesWhatResetsKeys() {
    let configuration = EditorConfiguration(
      text: "# comment\nbind '\\e[A' ed-prev-history\nswale:bind -v\nedit off\n")
    #expect(configuration.mapChoices == [["swale:bind", "-v"]])
    #expect(configuration.rest == [["bind", "\\e[A", "ed-prev-history"]])
    #expect(configuration.boundSequences == [Array("[A".utf8)])
  }

  @Test func menusAreReadDownwardsAndCut() {
    let candidates = ["a", "bb", "c", "d", "e"].map { Completion.Candidate(text: $0, label: $0) }
    #expect(CompletionMenu.rows(candidates, columns: 12, height: 5) == ["a   c   e   ", "bb  d   "])
    #expect(CompletionMenu.rows(candidates, columns: 4, height: 3) == ["a   ", "bb  ", "… 3 more"])
  }

  @Test func theTestsOwnScreen() {
    var screen = TerminalScreen(columns: 5, rows: 3)
    screen.feed(Array("abcdef\r\nx漢\u{1b}[2D!\u{1b}[A\u{1b}[K\r\n\r\nend\u{1b}[1m\u{1b}[0m".utf8))
    #expect(screen.scrolled == ["abcde"])
    #expect(screen.text == "f\nx!\nend")
  }
}
