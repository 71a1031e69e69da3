/// A key that is no character: an arrow, a function of the editing block, a chord.
///
/// Terminals send these as escape sequences. They reach libedit as one code each, from the range
/// of control codes that no UTF-8 keyboard sends, so that they can be bound in the key maps of
/// emacs and of vi alike, where a sequence that begins with Escape would first leave insertion.
enum SpecialKey: UInt32, CaseIterable {
  case up = 0x80, down, left, right, home, end, delete, wordLeft, wordRight
  case newline, pageUp, pageDown, backTab, ignored

  var scalar: Unicode.Scalar { Unicode.Scalar(UInt8(rawValue)) }

  /// The code as the binding language of libedit writes it.
  var bindingText: String { "\\" + String(rawValue, radix: 8) }

  /// Returns the key of an escape sequence without its leading Escape.
  static func named(_ sequence: [UInt8]) -> SpecialKey {
    let text = String(decoding: sequence, as: UTF8.self)
    if let key = fixed[text] { return key }
    guard sequence.first == UInt8(ascii: "["), let last = sequence.last else { return .ignored }
    // A modifier stands behind a semicolon: `[1;5C` is Right with Control.
    let isModified = text.contains(";")
    switch last {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    case UInt8(ascii: "C"): return isModified ? .wordRight : .right
    case UInt8(ascii: "D"): return isModified ? .wordLeft : .left
    case UInt8(ascii: "H"): return .home
    case UInt8(ascii: "F"): return .end
    case UInt8(ascii: "~") where text.hasPrefix("[3;"): return .delete
    default: return .ignored
    }
  }

  private static let fixed: [String: SpecialKey] = [
    "OA": .up, "OB": .down, "OC": .right, "OD": .left, "OH": .home, "OF": .end, "OM": .newline,
    "[1~": .home, "[7~": .home, "[4~": .end, "[8~": .end, "[3~": .delete, "[5~": .pageUp,
    "[6~": .pageDown, "[Z": .backTab,
    // Enter with Alt or Shift, as plain terminals and as those with extended keys send it.
    "\r": .newline, "\n": .newline, "[13;2u": .newline, "[13;3u": .newline,
    "[27;2;13~": .newline, "[27;3;13~": .newline, "[27;5;13~": .newline, "[13;5u": .newline,
  ]
}
