import SwaleSyntax

extension Operations {
  /// Returns a value as a format has it, by the rules of Python's `format`. The width counts
  /// user-perceived characters.
  public static func format(_ value: Value, _ format: FormatSpecification, _ c: Context) throws -> Text {
    var writer = ValueWriter()
    switch value {
    case .int(let number): try writer.writeInt(number, format)
    case .float(let number): try writer.writeDouble(number, format)
    case .null:
      // A missing number stands where the number would.
      let isNumber = format.style != nil && format.style != .string
      writer.pad(Text.of("null"), format, default: isNumber ? .right : .left)
    default:
      try checkTextFormat(value, format)
      var text = try value.written(isDisplay: false, watching: c)
      if let digits = format.digits, digits < text.characterCount { text = text.characters(0..<digits) }
      writer.pad(text, format, default: .left)
    }
    return writer.text
  }

  /// Raises `type` where a format is one of numbers.
  private static func checkTextFormat(_ value: Value, _ format: FormatSpecification) throws {
    let numeric: String
    if let style = format.style, style != .string {
      numeric = style.rawValue
    } else if format.showsPlus {
      numeric = "+"
    } else if format.groupsThousands {
      numeric = ","
    } else if format.padsWithZeros {
      numeric = "0"
    } else {
      return
    }
    let hint: String? =
      switch value.type {
      case .string: "int(text) and float(text) read a number"
      case .duration: "d / 1s gives the seconds as a float"
      case .date, .dateTime: "format_date(d, \"%Y-%m-%d\") formats dates"
      default: nil
      }
    throw SwaleError(
      .type, "the format `\(numeric)` is for numbers, not for \(value.typeNameWithArticle)", hint: hint)
  }
}

extension ValueWriter {
  /// Writes text, filled up to the width of a format.
  mutating func pad(
    _ text: Text, _ format: FormatSpecification, default alignment: FormatSpecification.Alignment
  ) {
    let missing = format.width > 0 ? format.width - text.characterCount : 0
    fill(missing, format, default: alignment) { $0.write(text) }
  }

  /// Writes what `body` writes, with so many fill characters around it.
  @inline(__always)
  mutating func fill(
    _ missing: Int, _ format: FormatSpecification, default alignment: FormatSpecification.Alignment,
    _ body: (inout ValueWriter) -> Void
  ) {
    if missing <= 0 { return body(&self) }
    let before: Int =
      switch format.alignment ?? alignment {
      case .left: 0
      case .center: missing / 2
      case .right: missing
      }
    let fill = Array(String(format.fill).utf8)
    for _ in 0..<before { bytes.append(contentsOf: fill) }
    body(&self)
    for _ in before..<missing { bytes.append(contentsOf: fill) }
  }
}
