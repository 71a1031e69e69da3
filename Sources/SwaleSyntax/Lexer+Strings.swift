/// A string whose end has not been read yet.
struct OpenString {
  /// Text between two interpolations, or between one of them and a quote.
  struct Piece {
    /// The index of the piece's token.
    let token: Int
    var bytes: [UInt8]
    /// Where lines of the source begin: in the piece and in the source.
    var lineStarts: [(inPiece: Int, inSource: Int)] = []
  }

  let quote: UInt8
  let isMultiline: Bool
  let start: Int
  let startToken: Int
  var pieces: [Piece] = []

  var isRaw: Bool { quote == UInt8(ascii: "'") }
  var delimiter: String { String(repeating: isRaw ? "'" : "\"", count: isMultiline ? 3 : 1) }
}

extension Lexer {
  mutating func lexStringStart() throws(Diagnostic) {
    let start = offset
    let quote = current
    let isMultiline = byte(at: offset + 1) == quote && byte(at: offset + 2) == quote
    let open = OpenString(
      quote: quote, isMultiline: isMultiline, start: start, startToken: result.tokens.count)
    offset += isMultiline ? 3 : 1
    append(.stringStart, from: start)
    if isMultiline { try skipOpeningLine(open) }
    frames.append(.string(open))
  }

  /// The text of a multi-line string begins on the line behind its opening quotes.
  private mutating func skipOpeningLine(_ open: OpenString) throws(Diagnostic) {
    var end = offset
    while end < limit, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") {
      end += 1
    }
    if byte(at: end) == UInt8(ascii: "\r") { end += 1 }
    guard end < limit else {
      offset = limit
      throw unterminated(open)
    }
    guard bytes[end] == UInt8(ascii: "\n") else {
      throw problem(
        "the text of a multi-line string begins on the next line", open.start, open.start + 3,
        hint: "break the line behind \(open.delimiter)")
    }
    offset = end + 1
  }

  /// Reads text of the innermost string up to its end or an interpolation.
  mutating func lexStringPiece() throws(Diagnostic) {
    guard case .string(var open)? = frames.popLast() else { return }
    let start = offset
    var piece = OpenString.Piece(token: result.tokens.count, bytes: [])
    if open.isMultiline, open.pieces.isEmpty { piece.lineStarts.append((0, offset)) }
    while true {
      guard offset < limit else { throw unterminated(open) }
      let byte = bytes[offset]
      if byte == open.quote, !open.isMultiline || isTripleQuote(byte) {
        append(.stringText, from: start)
        open.pieces.append(piece)
        return try closeString(open)
      }
      switch byte {
      case UInt8(ascii: "\n"):
        guard open.isMultiline else { throw unterminated(open) }
        offset += 1
        piece.bytes.append(byte)
        piece.lineStarts.append((piece.bytes.count, offset))
      case UInt8(ascii: "\r"): offset += 1
      case UInt8(ascii: "\\") where !open.isRaw:
        let character = try lexEscape()
        piece.bytes.append(contentsOf: String(character).utf8)
      case UInt8(ascii: "{") where !open.isRaw:
        append(.stringText, from: start)
        open.pieces.append(piece)
        frames.append(.string(open))
        return try openInterpolation(isMultiline: open.isMultiline)
      default:
        piece.bytes.append(byte)
        offset += 1
      }
    }
  }

  private func isTripleQuote(_ quote: UInt8) -> Bool {
    byte(at: offset + 1) == quote && byte(at: offset + 2) == quote
  }

  private mutating func openInterpolation(isMultiline: Bool) throws(Diagnostic) {
    let start = offset
    if byte(at: offset + 1) == UInt8(ascii: "{") {
      throw problem(
        "`{{` in a string", start, start + 2,
        hint: "for a brace write \\{; for an interpolated record write a space between the braces")
    }
    frames.append(.interpolation)
    interpolations.append((result.tokens.count, isMultiline))
    offset += 1
    append(.interpolationStart, from: start)
  }

  private mutating func closeString(_ open: OpenString) throws(Diagnostic) {
    let start = offset
    offset += open.isMultiline ? 3 : 1
    var pieces = open.pieces
    if open.isMultiline { pieces = try unindented(open, closing: start) }
    if pieces.count == 1 {
      result.tokens.removeLast()
      result.tokens[open.startToken].kind = .string
      result.tokens[open.startToken].span = Span(open.start, offset)
      result.tokens[open.startToken].text = String(decoding: pieces[0].bytes, as: UTF8.self)
      return
    }
    for piece in pieces {
      result.tokens[piece.token].text = String(decoding: piece.bytes, as: UTF8.self)
    }
    result.tokens[open.startToken].value = result.tokens.count
    append(.stringEnd, from: start)
  }

  private func unterminated(_ open: OpenString) -> Diagnostic {
    if open.isMultiline {
      return problem(
        "this multi-line string has no end", open.start, open.start + 3,
        hint: "close it with \(open.delimiter) on a line of its own", isIncomplete: true)
    }
    let name = open.isRaw ? "raw string" : "string"
    return problem(
      "this \(name) does not end on its line", open.start, offset,
      hint: "close it with \(open.delimiter)"
        + (offset < limit ? "; a text of several lines stands between three quotes" : ""))
  }

  /// Returns what to say of an interpolation that its string, or the text, ends before.
  func unclosedInterpolation(_ token: Int, isMultiline: Bool, atEnd: Bool) -> Diagnostic {
    let span = result.tokens[token].span
    return problem(
      "this interpolation is not closed" + (atEnd ? "" : " on its line"), Int(span.lower),
      Int(span.upper), hint: "close it with }, or write \\{ for a brace",
      isIncomplete: isMultiline && atEnd)
  }

  // MARK: Escapes

  /// Reads an escape sequence.
  private mutating func lexEscape() throws(Diagnostic) -> Unicode.Scalar {
    let start = offset
    offset += 1
    guard let (character, count) = scalar(at: offset) else {
      throw problem(
        "nothing follows the backslash", start, offset, hint: "for a backslash write \\\\")
    }
    if character == "u" { return try lexUnicodeEscape(start) }
    if let value = Self.escapes[character] {
      offset += 1
      return value
    }
    let hint =
      switch character {
      case "x": "write \\u{41} for a character by its number"
      case "}": "a closing brace needs no backslash"
      case "'", "`": "this quote needs no backslash"
      case "\n", "\r": "a text of several lines stands between three quotes"
      default: "for a backslash write \\\\, or use a raw string '...'"
      }
    let name = character == "\n" || character == "\r" ? "a line end" : "`\\\(character)`"
    throw problem("\(name) is no escape", start, offset + (name.first == "a" ? 0 : count), hint: hint)
  }

  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "n": "\n", "t": "\t", "r": "\r", "b": "\u{8}", "f": "\u{C}", "0": "\0", "e": "\u{1B}",
    "\\": "\\", "/": "/", "\"": "\"", "{": "{",
  ]

  /// Reads `u{1F600}`, `u00e9` or two surrogates behind a backslash.
  private mutating func lexUnicodeEscape(_ start: Int) throws(Diagnostic) -> Unicode.Scalar {
    offset += 1
    if current == UInt8(ascii: "{") {
      offset += 1
      let digits = offset
      let value = hexadecimal(most: 8)
      guard let value, current == UInt8(ascii: "}") else {
        throw problem(
          "`\\u{` takes hexadecimal digits and a closing brace", start, max(offset, digits),
          hint: "such as \\u{1F600}")
      }
      offset += 1
      guard let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else {
        throw problem(
          "there is no such character", start, offset,
          hint: "characters go up to \\u{10FFFF}, without the surrogates D800 to DFFF")
      }
      return scalar
    }
    let first = try fourDigits(start)
    guard (0xD800...0xDFFF).contains(first) else {
      return Unicode.Scalar(first) ?? "\u{FFFD}"
    }
    let firstEnd = offset
    if first < 0xDC00, current == UInt8(ascii: "\\"), byte(at: offset + 1) == UInt8(ascii: "u") {
      offset += 2
      let second = try fourDigits(firstEnd)
      if (0xDC00...0xDFFF).contains(second) {
        let value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
      }
    }
    throw problem(
      "half of a surrogate pair", start, firstEnd,
      hint: "write both halves, such as \\ud83d\\ude00, or the character itself")
  }

  private mutating func fourDigits(_ start: Int) throws(Diagnostic) -> UInt32 {
    let digits = offset
    guard let value = hexadecimal(most: 4), offset - digits == 4 else {
      throw problem(
        "`\\u` takes four hexadecimal digits", start, offset, hint: "such as \\u00e9 or \\u{e9}")
    }
    return UInt32(value)
  }

  private mutating func hexadecimal(most: Int) -> Int? {
    let start = offset
    var value = 0
    while offset - start < most, offset < limit,
      let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue
    {
      value = value * 16 + digit
      offset += 1
    }
    return offset > start ? value : nil
  }
}
