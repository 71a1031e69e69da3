extension Lexer {
  /// Reads the format behind the `:` of an interpolation, up to its closing brace.
  mutating func lexFormat() throws(Diagnostic) {
    let colon = offset
    offset += 1
    let start = offset
    while offset < limit, bytes[offset] != UInt8(ascii: "}"), bytes[offset] != UInt8(ascii: "\""),
      bytes[offset] != UInt8(ascii: "\n"), bytes[offset] != UInt8(ascii: "{")
    {
      offset += 1
    }
    guard current == UInt8(ascii: "}"), offset < limit else {
      throw problem(
        "this format is not closed", colon, offset,
        hint: "close the interpolation with }, or put an expression with a `:` in parentheses")
    }
    let text = text(from: start, to: offset)
    guard let format = FormatSpecification(parsing: text) else {
      throw problem(
        "`\(text)` is no format", start, offset,
        hint: text.first == " "
          ? "put an expression with a `:` in parentheses"
          : "a format is [[fill]<^>][+][0][width][,][.digits][f e g % d x b s], such as >8 or .2f")
    }
    result.formats.append(format)
    append(.formatSpecification, from: start, value: result.formats.count - 1)
  }
}

extension FormatSpecification {
  /// The widest width and the most digits that a format may ask for.
  static let mostWidth = 1_000_000
  static let mostDigits = 1_000

  /// Reads a format; nil where the text is none.
  public init?(parsing text: String) {
    self.init()
    var rest = Array(text)[...]
    if rest.count >= 2, let alignment = Alignment(rawValue: String(rest[rest.startIndex + 1])) {
      fill = rest.removeFirst()
      self.alignment = alignment
      rest.removeFirst()
    } else if let first = rest.first, let alignment = Alignment(rawValue: String(first)) {
      self.alignment = alignment
      rest.removeFirst()
    }
    if rest.first == "+" {
      showsPlus = true
      rest.removeFirst()
    }
    if rest.first == "0" {
      padsWithZeros = true
      rest.removeFirst()
    }
    guard let width = Self.number(&rest, most: Self.mostWidth) else { return nil }
    self.width = width
    if rest.first == "," {
      groupsThousands = true
      rest.removeFirst()
    }
    if rest.first == "." {
      rest.removeFirst()
      guard let first = rest.first, first.isASCII, first.isNumber,
        let digits = Self.number(&rest, most: Self.mostDigits)
      else { return nil }
      self.digits = digits
    }
    if let first = rest.first {
      guard let style = Style(rawValue: String(first)), rest.count == 1 else { return nil }
      self.style = style
    }
  }

  private static func number(_ text: inout ArraySlice<Character>, most: Int) -> Int? {
    var value = 0
    while let first = text.first, first.isASCII, let digit = first.wholeNumberValue {
      value = value * 10 + digit
      if value > most { return nil }
      text.removeFirst()
    }
    return value
  }
}
