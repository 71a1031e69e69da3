/// How many columns of a terminal a text takes.
///
/// East Asian wide and full-width characters and emoji take two, combining and invisible ones
/// none, all others one. It agrees with what terminals do for all but a few rare sequences.
public enum DisplayWidth {
  /// Returns the columns of a text without line ends and tabs.
  public static func of(_ text: some StringProtocol) -> Int {
    let utf8 = text.utf8
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// Returns the columns of a user-perceived character.
  public static func of(_ character: Character) -> Int {
    var width = 0
    var count = 0
    for scalar in character.unicodeScalars {
      count += 1
      // A variation selector asks for the picture; two regional indicators make a flag.
      if scalar.value == 0xFE0F, width == 1, count > 1 { return 2 }
      if isRegionalIndicator(scalar), count > 1 { return 2 }
      width = max(width, of(scalar))
    }
    return width
  }

  /// Returns the columns of a character that stands alone.
  static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x20 || (0x7F..<0xA0).contains(value) { return 0 }
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator:
      return 0
    default: break
    }
    // The vowels and final consonants of Hangul join the consonant before them.
    if (0x1160...0x11FF).contains(value) { return 0 }
    return isWide(value) || scalar.properties.isEmojiPresentation && !isRegionalIndicator(scalar)
      ? 2 : 1
  }

  private static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool {
    (0x1F1E6...0x1F1FF).contains(scalar.value)
  }

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    return wideRanges.contains { $0.contains(value) }
  }

  /// The blocks of wide and full-width characters, apart from emoji.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF,
    0x20000...0x3FFFD,
  ]
}
