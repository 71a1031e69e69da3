import CLibraries
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
      writeNumber(isNegative: number < 0, format) { $0.writeDigits(number.magnitude) }
    case .hexadecimal, .binary:
      if format.digits != nil || format.groupsThousands {
        let extra = format.groupsThousands ? "`,`" : "a number of digits"
        throw SwaleError(.value, "the format \(format.style?.rawValue ?? "") does not go with \(extra)")
      }
      let radix = format.style == .binary ? 2 : 16
      writeNumber(isNegative: number < 0, format) { $0.write(String(number.magnitude, radix: radix)) }
    case .fixed:
      // Written from the int itself: not all large ints are floats.
      writeNumber(isNegative: number < 0, format) { writer in
        writer.writeDigits(number.magnitude)
        let digits = format.digits ?? 6
        if digits > 0 { writer.write(byte: UInt8(ascii: ".")) }
        for _ in 0..<digits { writer.write(byte: UInt8(ascii: "0")) }
      }
    case .string: pad(clipped(String(number), format), format, default: .left)
    case .exponent, .general, .percent: try writeDouble(Double(number), format)
    }
  }

  /// Writes a float as a format has it; raises `type` for the formats of ints.
  mutating func writeDouble(_ number: Double, _ format: FormatSpecification) throws {
    let magnitude = number.magnitude
    let isNegative = number.sign == .minus && !number.isNaN
    switch format.style {
    case .decimal, .hexadecimal, .binary:
      throw SwaleError(
        .type, "the format `\(format.style?.rawValue ?? "")` is for ints, not for a float",
        hint: "the format .0f rounds to a whole number; int(x) rounds towards zero")
    case .string: return pad(clipped(Value.float(number).printString, format), format, default: .left)
    case _ where !number.isFinite:
      let name = (number.isNaN ? "nan" : "inf") + (format.style == .percent ? "%" : "")
      let sign = isNegative ? "-" : format.showsPlus ? "+" : ""
      return pad(Text.of(sign + name), format, default: .right)
    default: break
    }
    writeNumber(isNegative: isNegative, format) { writer in
      switch format.style {
      case .exponent: writer.print(magnitude, "e", format.digits ?? 6)
      case .general: writer.print(magnitude, "g", format.digits ?? 6)
      case .percent:
        writer.print(magnitude * 100, "f", format.digits ?? 6)
        writer.write(byte: UInt8(ascii: "%"))
      case nil:
        if let digits = format.digits {
          writer.write(ValueWriter.significant(magnitude, max(1, digits)))
        } else {
          writer.writeDouble(magnitude)
        }
      default: writer.print(magnitude, "f", format.digits ?? 6)
      }
    }
  }

  /// The first characters of a number written as text, as many as the format has digits.
  private func clipped(_ text: String, _ format: FormatSpecification) -> Text {
    Text.of(format.digits.map { String(text.prefix($0)) } ?? text)
  }

  /// Writes a sign and the digits that `body` writes: thousands apart, zeros between both up to the width,
  /// then filled.
  private mutating func writeNumber(
    isNegative: Bool, _ format: FormatSpecification, _ body: (inout ValueWriter) -> Void
  ) {
    let sign = isNegative ? UInt8(ascii: "-") : format.showsPlus ? UInt8(ascii: "+") : nil
    if format.width == 0, !format.groupsThousands {
      if let sign { write(byte: sign) }
      return body(&self)
    }
    // The digits are written first, so that it is known how many there are, and taken off again.
    let start = bytes.count
    body(&self)
    let digits = Array(bytes[start...])
    bytes.removeLast(digits.count)
    let isHexadecimal = format.style == .hexadecimal
    let whole = digits.prefix { isHexadecimal || $0 &- 0x30 < 10 }.count
    let others = digits.count - whole + (sign == nil ? 0 : 1)
    var format = format
    var least = 0
    if format.padsWithZeros {
      if format.alignment == nil {
        least = format.width - others
      } else if format.fill == " " {
        format.fill = "0"
      }
    }
    var count = whole
    if format.groupsThousands {
      while count + (count - 1) / 3 < least { count += 1 }
    } else {
      count = max(whole, least)
    }
    let commas = format.groupsThousands && count > 0 ? (count - 1) / 3 : 0
    fill(format.width - count - commas - others, format, default: .right) { writer in
      if let sign { writer.write(byte: sign) }
      for i in 0..<count {
        if commas > 0, i > 0, (count - i) % 3 == 0 { writer.write(byte: UInt8(ascii: ",")) }
        writer.write(byte: i < count - whole ? UInt8(ascii: "0") : digits[i - (count - whole)])
      }
      writer.bytes.append(contentsOf: digits[whole...])
    }
  }

  /// Returns a number with some significant digits: as `%g` has it, but recognizably a float.
  private static func significant(_ magnitude: Double, _ digits: Int) -> String {
    func printed(_ conversion: Unicode.Scalar, _ digits: Int) -> String {
      var writer = ValueWriter()
      writer.print(magnitude, conversion, digits)
      return writer.string
    }
    let text = printed("g", digits)
    if text.contains(".") || text.contains("e") { return text }
    if text.count < digits { return text + ".0" }
    let scientific = printed("e", digits - 1)
    guard let e = scientific.firstIndex(of: "e"), scientific.contains(".") else { return scientific }
    var mantissa = scientific[..<e]
    while mantissa.last == "0" { mantissa.removeLast() }
    if mantissa.last == "." { mantissa.removeLast() }
    return String(mantissa + scientific[e...])
  }

  /// Writes what `printf` makes of a number, rounded exactly.
  private mutating func print(_ number: Double, _ conversion: Unicode.Scalar, _ digits: Int) {
    // A multiple of a hundred may have overflowed.
    if !number.isFinite { return write("inf") }
    // The largest float has 309 digits before the point.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: digits + 330) { buffer in
      let count = clibraries_print_double(
        buffer.baseAddress!, buffer.count, CChar(conversion.value), Int32(digits), number)
      for i in 0..<min(Int(count), buffer.count - 1) {
        let byte = UInt8(bitPattern: buffer[i])
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "e"), UInt8(ascii: "+"), UInt8(ascii: "-"):
          write(byte: byte)
        default:
          // The point, however the locale writes it.
          if bytes.last != UInt8(ascii: ".") { write(byte: UInt8(ascii: ".")) }
        }
      }
    }
  }
}
