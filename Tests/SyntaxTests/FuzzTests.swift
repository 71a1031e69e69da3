import SwaleSyntax
import Testing

/// Nothing that is thrown at the parser, the renderer and the highlighter makes them fail.
@Suite struct FuzzTests {
  /// A small generator with a fixed beginning, so that a failure comes again.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  static let words = [
    "let ", "var ", "fn ", "if ", "else ", "match ", "{", "}", "(", ")", "[", "]", "|", ".", "...",
    "..<", "\"", "\"\"\"", "'", "{x:>8}", "\\", "\n", " ", ",", ":", ";", "=", "==", "=>", "<-",
    "->", "+", "-", "**", "//", "??", "?.", "?", "&", "@2026-05-01", "T12:30", "1", "1.5", "1h",
    "0x", "_", "x", "where ", ".a", "count()", "not ", "in ", "await ", "spawn ", "select {",
    "after ", "timeout ", "scope {", "transform ", "use ", "assert ", "try ", "catch ", "fail ",
    "return ", "for ", "defer {", "true", "null", "# c\n", "## d\n", "é", "日本", "😀", "\u{301}",
    "9223372036854775808", "\r\n", "\\ud83d", "int ", "&x", "\0", "\r", "\u{FEFF}", "1e400", "!",
  ]

  private func check(_ bytes: [UInt8]) {
    let source = Source(name: "fuzz", bytes: bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    do {
      _ = try Parser.parse(source)
    } catch {
      let span = error.location?.span ?? Span(-1, -1)
      let isInside = span.lower >= 0 && span.lower <= span.upper && Int(span.upper) <= bytes.count
      #expect(isInside && !error.message.isEmpty, "\(text.debugDescription)")
      let rendered = DiagnosticRenderer(width: 60).render(error)
      #expect(!rendered.isEmpty)
    }
    var end: Int32 = 0
    for (span, _) in Highlighter.spans(in: bytes) {
      let isInOrder = span.lower >= end && span.upper > span.lower && Int(span.upper) <= bytes.count
      #expect(isInOrder, "\(text.debugDescription)")
      end = span.upper
    }
  }

  @Test func randomTextsAreHandled() {
    var random = Generator(state: 0x5DEE_CE66_D1CE_4E5B)
    let corpus = validPrograms.map { Array($0.utf8) }
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(3))
    while clock.now < end {
      for _ in 0..<50 { check(randomText(corpus, &random)) }
    }
  }

  private func randomText(_ corpus: [[UInt8]], _ random: inout Generator) -> [UInt8] {
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      return (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    case 1:
      return (0..<Int.random(in: 0..<40, using: &random)).flatMap { _ in
        Array((Self.words.randomElement(using: &random) ?? "").utf8)
      }
    default:
      var bytes = corpus.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1..<4, using: &random) { mutate(&bytes, &random) }
      return bytes
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout Generator) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let length = Int.random(in: 0..<12, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      bytes.insert(contentsOf: (Self.words.randomElement(using: &random) ?? "").utf8, at: place)
    case 1: bytes.removeSubrange(place..<min(bytes.count, place + length))
    case 2: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
    default:
      let copied = bytes[place..<min(bytes.count, place + length)]
      bytes.insert(contentsOf: copied, at: Int.random(in: 0...bytes.count, using: &random))
    }
  }
}
