import Glibc
import SwaleSyntax

// `{value:spec}`, as Python's format() does it. Widths count user-perceived characters.

extension Operations {
  /// Returns the value formatted; raises `type` where the style does not fit the value's type.
  public static func format(_ value: Value, _ specification: FormatSpecification, _ c: Context) throws -> Text {
    let s = specification
    var body: String
    var isNumber = false
    switch (value, s.style) {
    case (.int(let number), nil), (.int(let number), .decimal):
      if s.digits != nil {
        body = try fixed(Double(number), s.digits!)
      } else {
        body = String(number.magnitude)
      }
      body = signed(body, isNegative: number < 0 && !body.hasPrefix("-"), s)
      isNumber = true
    case (.int(let number), .hexadecimal):
      body = signed(String(number.magnitude, radix: 16), isNegative: number < 0, s)
      isNumber = true
    case (.int(let number), .binary):
      body = signed(String(number.magnitude, radix: 2), isNegative: number < 0, s)
      isNumber = true
    case (.int(let number), .fixed), (.int(let number), .exponent), (.int(let number), .general), (.int(let number), .percent):
      body = try float(Double(number), s)
      isNumber = true
    case (.float(let number), nil), (.float(let number), .fixed), (.float(let number), .exponent),
      (.float(let number), .general), (.float(let number), .percent):
      body = try float(number, s)
      isNumber = true
    case (.float(let number), .decimal) where number == number.rounded() && number.magnitude < 1e18:
      body = signed(String(Int(number).magnitude), isNegative: number < 0, s)
      isNumber = true
    case (.null, _): body = "null"
    case (_, nil), (_, .string):
      body = value.printString
      if let digits = s.digits { body = String(body.prefix(digits)) }
    case (_, .some(let style)):
      throw SwaleError(
        .type, "the format `\(style.rawValue)` takes a number, not \(value.typeNameWithArticle)",
        hint: value.type == .string ? "int(text) and float(text) read a number" : nil)
    }
    if isNumber, s.groupsThousands { body = grouped(body) }
    return try padded(body, s, isNumber: isNumber)
  }

  private static func signed(_ digits: String, isNegative: Bool, _ s: FormatSpecification) -> String {
    (isNegative ? "-" : s.showsPlus ? "+" : "") + digits
  }

  /// Returns a float in the wanted style, with its sign.
  private static func float(_ number: Double, _ s: FormatSpecification) throws -> String {
    if !number.isFinite {
      return signed(number.isNaN ? "nan" : "inf", isNegative: number < 0, s) + (s.style == .percent ? "%" : "")
    }
    let isNegative = number.sign == .minus
    let magnitude = number.magnitude
    let body: String
    switch s.style {
    case .fixed: body = try fixed(magnitude, s.digits ?? 6)
    case .percent: body = try fixed(magnitude * 100, s.digits ?? 2) + "%"
    case .exponent: body = try printf("%.*e", s.digits ?? 6, magnitude)
    case .general: body = try printf("%.*g", s.digits ?? 6, magnitude)
    default:
      if let digits = s.digits {
        body = try fixed(magnitude, digits)
      } else {
        body = Value.float(magnitude).printString
      }
    }
    return signed(body, isNegative: isNegative, s)
  }

  private static func fixed(_ number: Double, _ digits: Int) throws -> String { try printf("%.*f", digits, number) }

  /// Formats with the C library in the "C" locale's way: the point is always a point.
  private static func printf(_ format: String, _ digits: Int, _ number: Double) throws -> String {
    if digits > 400 { throw SwaleError(.value, "at most 400 digits can be asked for, not \(digits)") }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { buffer in
      let count = withVaList([Int32(digits), number]) { vsnprintf(buffer.baseAddress!, 1024, format, $0) }
      let bytes = UnsafeRawBufferPointer(start: buffer.baseAddress, count: min(Int(count), 1023))
      return String(decoding: bytes, as: UTF8.self).replacing(",", with: ".")
    }
  }

  /// Puts commas between thousands of the whole part.
  private static func grouped(_ body: String) -> String {
    var result = ""
    let start = body.firstIndex { $0.isNumber } ?? body.endIndex
    let end = body[start...].firstIndex { !$0.isNumber } ?? body.endIndex
    let whole = body[start..<end]
    for (i, digit) in whole.enumerated() {
      if i > 0, (whole.count - i) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return body[..<start] + result + body[end...]
  }

  private static func padded(_ body: String, _ s: FormatSpecification, isNumber: Bool) throws -> Text {
    if s.width > 1_000_000 { throw SwaleError(.value, "a width of \(s.width) is too large: at most 1,000,000") }
    let missing = s.width - body.count
    if missing <= 0 { return Text.of(body) }
    if s.padsWithZeros, s.alignment == nil, isNumber {
      let sign = body.hasPrefix("-") || body.hasPrefix("+") ? String(body.prefix(1)) : ""
      return Text.of(sign + String(repeating: "0", count: missing) + body.dropFirst(sign.count))
    }
    let fill = String(s.fill)
    let pad = { (count: Int) in String(repeating: fill, count: count) }
    switch s.alignment ?? (isNumber ? .right : .left) {
    case .left: return Text.of(body + pad(missing))
    case .right: return Text.of(pad(missing) + body)
    case .center: return Text.of(pad(missing / 2) + body + pad(missing - missing / 2))
    }
  }
}
