import CLibEdit
import Glibc

/// How many columns of a terminal text takes.
enum DisplayWidth {
  /// Returns the columns of one scalar: 0 for a combining mark, 2 for a wide character.
  static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x7f { return scalar.value < 0x20 ? 0 : 1 }
    _ = CharacterLocale.prepared
    let columns = swale_character_width(wchar_t(bitPattern: scalar.value))
    if columns >= 0 { return Int(columns) }
    return scalar.properties.generalCategory == .control ? 0 : 1
  }

  static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// Returns the text cut to a number of columns, with `…` in place of what does not fit.
  static func clip(_ text: String, to columns: Int) -> String {
    guard of(text) > columns else { return text }
    guard columns > 0 else { return "" }
    var kept = ""
    var width = 0
    for character in text {
      let next = of(String(character))
      if width + next > columns - 1 { break }
      kept.append(character)
      width += next
    }
    return kept + "…"
  }
}

/// The character set of the process, as the C library needs to know it for widths and keys.
///
/// Only the character category is set: a decimal comma from the user's locale must not reach the
/// C functions that read and write numbers.
enum CharacterLocale {
  static let prepared: Bool = {
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8" { return true }
    return setlocale(LC_CTYPE, "C.UTF-8") != nil
  }()
}
