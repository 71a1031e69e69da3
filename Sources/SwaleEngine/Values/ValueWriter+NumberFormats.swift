import Glibc
import SwaleSyntax

extension ValueWriter {
  /// Writes an int as a format has it; raises `value` for what no int can be written as.
  mutating func writeInt(_ number: Int, _ format: FormatSpecification) throws {
    switch format.style {
    case nil, .decimal:
      if format.digits != nil {
        throw SwaleError(
          .value, "an int has no digits behind the point",
          hint: "the format .\(format.digits ?? 2)f writes it as a float")
      }
      writeNumber(isNegative: number < 0, String(number.magnitude), format)
    case .hexadecimal, .binary:
      if format.digits != nil || format.groupsThousands {
        let extra = format.groupsThousands ? "`,`" : "a number of digits"
        throw SwaleError(.value, "the format \(format.style?.rawValue ?? "") does not go with \(extra)")
      }
      writeNumber(
        isNegative: number < 0, String(number.magnitude, radix: format.style == .binary ? 2 : 16), format)
    case .fixed:
      // Written from the int itself: not all large ints are floats.
      let digits = format.digits ?? 6
      let fraction = digits > 0 ? "." + String(repeating: "0", count: digits) : ""
      writeNumber(isNegative: number < 0, String(number.magnitude) + fraction, format)
    case .string: pad(String(number), format, default: .left)
    case .exponent, .general, .percent: try writeDouble(Double(number), format)
    }
  }

  /// Writes a float as a format has it; raises `type` for the formats of ints.
  mutating func writeDouble(_ number: Double, _ format: FormatSpecification) throws {
    let magnitude = number.magnitude
    let isNegative = number.sign == .minus && !number.isNaN
    let text: String
    switch format.style {
    case .decimal, .hexadecimal, .binary:
      throw SwaleError(
        .type, "the format `\(format.style?.rawValue ?? "")` is for ints, not for a float",
        hint: "the format .0f rounds to a whole number; int(x) rounds towards zero")
    case .string:
      var writer = ValueWriter()
      writer.writeDouble(number)
      return pad(writer.string, format, default: .left)
    case _ where !number.isFinite:
      text = (number.isNaN ? "nan" : "inf") + (format.style == .percent ? "%" : "")
    case .fixed: text = ValueWriter.print(magnitude, "f", format.digits ?? 6)
    case .exponent: text = ValueWriter.print(magnitude, "e", format.digits ?? 6)
    case .general: text = ValueWriter.print(magnitude, "g", format.digits ?? 6)
    case .percent: text = ValueWriter.print(magnitude * 100, "f", format.digits ?? 6) + "%"
    case nil:
      if let digits = format.digits {
        text = ValueWriter.significant(magnitude, max(1, digits))
      } else {
        var writer = ValueWriter()
        writer.writeDouble(magnitude)
        text = writer.string
      }
    }
    writeNumber(isNegative: isNegative, text, format, isFinite: number.isFinite)
  }

  /// Writes sign and digits: thousands apart, zeros between both up to the width, then filled.
  private mutating func writeNumber(
    isNegative: Bool, _ digits: String, _ format: FormatSpecification, isFinite: Bool = true
  ) {
    let sign = isNegative ? "-" : format.showsPlus ? "+" : ""
    var whole = String(digits.prefix { $0.isHexDigit && ($0 != "e" || format.style == .hexadecimal) })
    let rest = digits.dropFirst(whole.count)
    var format = format
    var zeros = 0
    if format.padsWithZeros, isFinite {
      if format.alignment == nil {
        zeros = format.width - sign.count - rest.count
      } else if format.fill == " " {
        format.fill = "0"
      }
    }
    if !isFinite { return pad(sign + digits, format, default: .right) }
    whole = ValueWriter.grouped(whole, leastWidth: zeros, format.groupsThousands)
    pad(sign + whole + rest, format, default: .right)
  }

  /// Returns digits with zeros before them up to a width, and commas between thousands.
  private static func grouped(_ digits: String, leastWidth: Int, _ groupsThousands: Bool) -> String {
    if !groupsThousands { return String(repeating: "0", count: max(0, leastWidth - digits.count)) + digits }
    var count = digits.count
    while count + (count - 1) / 3 < leastWidth { count += 1 }
    let all = String(repeating: "0", count: count - digits.count) + digits
    var result = ""
    for (i, digit) in all.enumerated() {
      if i > 0, (count - i) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// Returns a number with some significant digits: as `%g` has it, but recognizably a float.
  private static func significant(_ magnitude: Double, _ digits: Int) -> String {
    let text = print(magnitude, "g", digits)
    if text.contains(".") || text.contains("e") { return text }
    if text.count < digits { return text + ".0" }
    let scientific = print(magnitude, "e", digits - 1)
    guard let e = scientific.firstIndex(of: "e"), scientific.contains(".") else { return scientific }
    var mantissa = scientific[..<e]
    while mantissa.last == "0" { mantissa.removeLast() }
    if mantissa.last == "." { mantissa.removeLast() }
    return String(mantissa + scientific[e...])
  }

  /// Returns what `printf` makes of a finite number, rounded exactly.
  private static func print(_ number: Double, _ conversion: String, _ digits: Int) -> String {
    // A multiple of a hundred may have overflowed.
    if !number.isFinite { return "inf" }
    // The largest float has 309 digits before the point.
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: digits + 330) { buffer in
      let count = withVaList([Int32(digits), number]) {
        vsnprintf(buffer.baseAddress!, buffer.count, "%.*\(conversion)", $0)
      }
      var result: [UInt8] = []
      result.reserveCapacity(Int(count))
      for i in 0..<min(Int(count), buffer.count - 1) {
        let byte = UInt8(bitPattern: buffer[i])
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "e"), UInt8(ascii: "+"), UInt8(ascii: "-"):
          result.append(byte)
        default:
          // The point, however the locale writes it.
          if result.last != UInt8(ascii: ".") { result.append(UInt8(ascii: ".")) }
        }
      }
      return String(decoding: result, as: UTF8.self)
    }
  }
}
