import Glibc

/// The character set of the process, as the C library needs to know it.
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
