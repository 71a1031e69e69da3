import SwaleSyntax
import Testing

/// What the cases of other suites cannot show in their s-expressions.
@Suite struct LexerTests {
  @Test func readsEscapes() throws {
    let source = Source(name: "test", text: #""\n\t\r\b\f\0\e\\\/\"\{\u{1F600}\u00e9""#)
    let program = try Parser.parse(source)
    guard case .expression(let value)? = program.statements.first?.kind,
      case .string(let text) = value.kind
    else {
      Issue.record("not a string")
      return
    }
    #expect(text == "\n\t\r\u{8}\u{C}\0\u{1B}\\/\"{😀é")
  }

  @Test func carriageReturnsBeforeNewlinesMeanNothing() {
    #expect(tree("a\r\nb | f\r\n  | g\r\n") == "a (| b (stage f) (stage g))")
    #expect(tree("## doc\r\nlet x = 1\r\n") == #"(doc "doc" (let x 1))"#)
    #expect(tree("\"\"\"\r\n  a\r\n\r\n  b\r\n  \"\"\"") == #""a\n\nb""#)
  }

  @Test func aByteOrderMarkIsSkipped() {
    #expect(tree("\u{FEFF}#!/usr/bin/env swale\nx") == "x")
    #expect(problem("\u{FEFF}x y").summary == "1:3+1 expected the end of the statement, found `y`")
    #expect(problem("x\u{FEFF}").summary == "1:2+3 an invisible character, U+FEFF")
  }

  static let malformed: [([UInt8], String)] = [
    ([0x61, 0xFF], "1:2+1 this text is not UTF-8: byte 0xFF cannot stand here"),
    ([0x22, 0xC3], "1:2+1 this text is not UTF-8: byte 0xC3 cannot stand here"),
    ([0x23, 0xC0, 0xAF], "1:2+1 this text is not UTF-8: byte 0xC0 cannot stand here"),
    ([0xED, 0xA0, 0x80], "1:1+1 this text is not UTF-8: byte 0xED cannot stand here"),
    ([0xF4, 0x90, 0x80, 0x80], "1:1+1 this text is not UTF-8: byte 0xF4 cannot stand here"),
    ([0xE2, 0x82], "1:1+1 this text is not UTF-8: byte 0xE2 cannot stand here"),
    ([0x80], "1:1+1 this text is not UTF-8: byte 0x80 cannot stand here"),
    ([0x61, 0x00], "1:2+1 a program text has no NUL bytes"),
    ([0x22, 0x00, 0x22], "1:2+1 a program text has no NUL bytes"),
    ([0x61, 0x0D, 0x62], "1:2+1 a carriage return without a newline after it"),
    ([0x61, 0x0D], "1:2+1 a carriage return without a newline after it"),
    ([0x61, 0x0C, 0x62], "1:3+1 expected the end of the statement, found `b`"),
    ([0x61, 0x01], "1:2+1 a control character, 0x1"),
    ([0x61, 0xC2, 0xA0, 0x62], "1:2+2 an invisible character, U+00A0"),
  ]

  @Test(arguments: malformed) func refusesBytes(_ bytes: [UInt8], _ expected: String) {
    #expect(problem(bytes: bytes).summary == expected)
  }

  @Test func anEarlierMistakeComesFirst() {
    #expect(problem(bytes: Array("x y\n".utf8) + [0xFF]).location?.position.line == 1)
    #expect(problem("x y \"abc").message == "expected the end of the statement, found `y`")
    #expect(problem("x = $").message == "`$` cannot stand here")
  }

  @Test func utf16IsRecognised() {
    #expect(problem(bytes: [0xFF, 0xFE, 0x61, 0x00]).hint == "it looks like UTF-16; save it as UTF-8")
  }

  @Test func formatsAreReadInParts() throws {
    let format = try #require(FormatSpecification(parsing: "*^+010,.2f"))
    #expect(format.fill == "*")
    #expect(format.alignment == .center)
    #expect(format.showsPlus && format.padsWithZeros && format.groupsThousands)
    #expect(format.width == 10 && format.digits == 2 && format.style == .fixed)
    #expect(FormatSpecification(parsing: "<<5")?.fill == "<")
    #expect(FormatSpecification(parsing: "👩‍👧<5")?.fill == "👩‍👧")
    for wrong in ["x5", "5.", ".f", "5ff", "+-5", "1000001", ".1001", " 5", "٣"] {
      #expect(FormatSpecification(parsing: wrong) == nil, "\(wrong)")
    }
  }
}
