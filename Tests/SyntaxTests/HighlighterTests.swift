import SwaleSyntax
import Testing

@Suite struct HighlighterTests {
  /// The pieces of a text as `class:piece`, without plain operators and names.
  private func pieces(_ text: String, all: Bool = false) -> [String] {
    let source = Source(name: "test", text: text)
    return Highlighter.spans(in: source.bytes).compactMap { span, tokenClass in
      if !all, tokenClass == .operator || tokenClass == .name { return nil }
      return "\(tokenClass):\(source.text(span))"
    }
  }

  @Test func classifiesTokens() {
    #expect(
      pieces("let x = 1 + y # c", all: true) == [
        "keyword:let", "name:x", "operator:=", "number:1", "operator:+", "name:y", "comment:# c",
      ])
    #expect(pieces("@2026-05-01 + 1h30m") == ["number:@2026-05-01", "number:1h30m"])
    #expect(pieces("## doc\nfn f() = null") == ["comment:## doc", "keyword:fn", "keyword:null"])
  }

  @Test func itemsAreToldFromMembers() {
    #expect(pieces("xs | where .a.b > x.c") == ["itemDot:.a"])
    #expect(pieces("xs | map . ** 2") == ["itemDot:.", "number:2"])
    #expect(pieces("xs | map .\"two words\"") == ["itemDot:.\"two words\""])
    #expect(pieces("a\n  .f()") == [])
  }

  @Test func interpolationsAreOpened() {
    #expect(
      pieces("\"a {x:>8} b\"", all: true) == [
        "string:\"", "string:a ", "interpolation:{", "name:x", "interpolation:>8", "interpolation:}",
        "string: b", "string:\"",
      ])
  }

  @Test func wordsAreKeywordsInTheirPlaces() {
    #expect(pieces("use \"a\" as b") == ["keyword:use", "string:\"a\"", "keyword:as"])
    #expect(pieces("transform t = take 1") == ["keyword:transform", "number:1"])
    #expect(pieces("r.if + {in: 1}") == ["number:1"])
    #expect(pieces("timeout(3) + scope") == ["number:3"])
    #expect(pieces("timeout 2s { }") == ["keyword:timeout", "number:2s"])
  }

  @Test func mistakesDoNotStopIt() {
    #expect(pieces("let $ x = 1") == ["keyword:let", "invalid:$", "number:1"])
    #expect(pieces("x = \"abc\nlet y = 1") == ["string:\"", "string:abc", "keyword:let", "number:1"])
    #expect(pieces("\"a \\q b\" + 1") == ["string:\"", "string:a \\q b\"", "number:1"])
    #expect(pieces("'''\nabc") == ["string:'''", "string:\nabc"])
    #expect(pieces("5min let") == ["invalid:5min", "keyword:let"])
    #expect(pieces("(1 ]} 2") == ["number:1", "number:2"])
    #expect(pieces("\u{FEFF}let") == ["keyword:let"])
  }

  @Test func malformedBytesAreInvalid() {
    let spans = Highlighter.spans(in: [0x31, 0xFF, 0x20, 0x32])
    #expect(spans.first?.1 == .number && spans.dropFirst().first?.1 == .invalid)
  }
}
