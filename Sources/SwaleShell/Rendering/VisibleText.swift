/// Text made safe to show: what would steer the terminal is written out.
enum VisibleText {
  /// Returns how a control character is shown, nil for a scalar that is shown as it is.
  static func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x0a: return "\\n"
    case 0x0d: return "\\r"
    case 0x09: return "\\t"
    case 0x1b: return "\\e"
    case 0x08: return "\\b"
    case 0x0c: return "\\f"
    case 0x00: return "\\0"
    case 0x01..<0x20, 0x7f..<0xa0,
      // Marks that turn the direction of writing can make text read as something else.
      0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069, 0x2028, 0x2029, 0xfeff:
      return "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default: return nil
    }
  }

  /// Returns the text with every control character written out.
  static func of(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if let visible = escape(scalar) {
        result += visible
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
