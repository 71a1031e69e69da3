import Testing

@testable import SwaleEngine

/// Characters are those that Swift's strings have, wherever a text is entered.
@Suite struct TextCharactersTests {
  private static let pieces = [
    "a", "b", " ", "\n", "\r", "\r\n", "\0", "\u{301}", "é", "e\u{301}\u{302}", "日", "本", "👨‍👩‍👧‍👦", "🇩🇪", "🇩", "👍🏽",
    "\u{200D}",
    "\u{FE0F}", "❤️", "\u{600}", "각", "\u{1100}", "\u{1161}", "\u{11A8}", "क", "\u{94D}", "ष", "ி", "\u{85}",
    "\u{2028}",
    "\u{FEFF}", "\u{E0020}", "z\u{336}", "7\u{20E3}",
  ]

  private func randomTexts() -> [String] {
    var random = SeededRandom(seed: 4)
    return (0..<400).map { _ in
      (0..<Int.random(in: 0..<90, using: &random)).map { _ in
        TextCharactersTests.pieces.randomElement(using: &random)!
      }.joined()
    }
  }

  @Test func charactersAreThoseOfStrings() {
    for string in randomTexts() {
      let text = Text.of(string)
      let expected = Array(string).map(String.init)
      #expect(text.characterCount == expected.count, "\(string.debugDescription)")
      var found: [String] = []
      var start = 0
      while start < text.byteCount {
        let end = text.characterEnd(start)
        found.append(text.slice(start, end).string)
        start = end
      }
      #expect(found == expected, "\(string.debugDescription)")
    }
  }

  @Test func positionsAreFoundInAnyOrder() {
    var random = SeededRandom(seed: 5)
    for string in randomTexts() + [String(repeating: "aé日", count: 300)] {
      let text = Text.of(string)
      let characters = Array(string)
      for _ in 0..<30 where !characters.isEmpty {
        let i = Int.random(in: 0..<characters.count, using: &random)
        let j = Int.random(in: i...characters.count, using: &random)
        #expect(text.characters(i..<j).string == String(characters[i..<j]))
      }
      for i in characters.indices { #expect(text.characters(i..<i + 1).string == String(characters[i])) }
    }
  }

  @Test func spaceIsTrimmedAtEachEnd() {
    let text = Text.of("\u{3000} \t a b\u{A0}\n")
    #expect(text.trimmedOfSpace.string == "a b")
    #expect(text.trimmedOfSpace(atStart: true, atEnd: false).string == "a b\u{A0}\n")
    #expect(text.trimmedOfSpace(atStart: false, atEnd: true).string == "\u{3000} \t a b")
    #expect(Text.of(" \u{2003} ").trimmedOfSpace.byteCount == 0)
  }
}
