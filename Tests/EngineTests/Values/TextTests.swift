import Testing

@testable import SwaleEngine

@Suite struct TextTests {
  @Test(arguments: ["", "abc", "a\r\nb", "ñandú", "e\u{301}e", "👩‍👩‍👧🇩🇪x", "日本語", "\r\n"])
  func charactersAreThoseOfSwift(string: String) {
    let text = Text.of(string)
    let characters = Array(string)
    #expect(text.string == string)
    #expect(text.byteCount == string.utf8.count)
    #expect(text.characterCount == characters.count)
    #expect(text.isASCII == string.utf8.allSatisfy { $0 < 0x80 })
    for lower in 0...characters.count {
      for upper in lower...characters.count {
        #expect(text.characters(lower..<upper).string == String(characters[lower..<upper]))
      }
    }
  }

  @Test func whatIsRememberedIsForgottenWhenATextGrows() {
    var text = Text.of("")
    var string = ""
    for i in 0..<500 {
      let addition = i % 7 == 0 ? "ñ" : "ab"
      if i % 50 == 0 {
        let held = text
        Text.append(Text.of(addition), to: &text)
        #expect(held.string == string)
      } else {
        Text.append(Text.of(addition), to: &text)
      }
      string += addition
      #expect(text.hash == Text.of(string).hash)
      #expect(text.characterCount == string.count)
      #expect(text.isASCII == (string.utf8.count == string.count))
    }
    Text.append(text, to: &text)
    #expect(text.string == string + string)
  }

  @Test func orderIsThatOfTheBytes() {
    let strings = ["", "a", "aa", "ab", "b", "é", "日", "😀"]
    for (i, a) in strings.enumerated() {
      for (j, b) in strings.enumerated() {
        #expect(Text.compare(Text.of(a), Text.of(b)).signum() == (i - j).signum())
        #expect(Text.equal(Text.of(a), Text.of(b)) == (i == j))
      }
    }
  }

  @Test func lengthIsPartOfTheHash() {
    let hashes = (0..<40).map { Text.of(String(repeating: "\0", count: $0)).hash }
    #expect(Set(hashes).count == hashes.count)
  }
}
