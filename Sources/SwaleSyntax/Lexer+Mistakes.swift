extension Lexer {
  /// Returns what to say of a character that begins no token, with what its writer may have meant.
  func unknownCharacter() -> Diagnostic {
    guard let (character, count) = scalar(at: offset) else {
      return problem("this cannot be read", offset, offset + 1)
    }
    if character == "!", case .interpolation? = frames.last {
      return problem("`!` cannot stand here", offset, offset + 1, hint: "write {repr(x)} or {not x}")
    }
    if let (name, hint) = Self.lookalikes[character] {
      return problem(
        "\(name) cannot stand here", offset, offset + count, hint: hint)
    }
    if character.properties.isWhitespace || character.properties.generalCategory == .format {
      let code = String(character.value, radix: 16, uppercase: true)
      return problem(
        "an invisible character, U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)",
        offset, offset + count, hint: "write a plain space")
    }
    if character.value < 0x20 || character.value == 0x7F {
      let code = String(character.value, radix: 16, uppercase: true)
      return problem(
        "a control character, 0x\(code)", offset, offset + 1, hint: "in a string write \\u{\(code)}")
    }
    return problem("`\(character)` is no part of the language", offset, offset + count)
  }

  private static let lookalikes: [Unicode.Scalar: (name: String, hint: String)] = [
    "!": ("`!`", "write `not`"),
    "^": ("`^`", "a power is `**`, an exclusive or bits.xor(a, b)"),
    "~": ("`~`", "to invert bits write bits.not(x)"),
    "$": ("`$`", "names are written without `$`; in a string write {name}"),
    "`": ("a backquote", "a string stands between \" or ' quotes"),
    "\\": (
      "a backslash",
      "a line goes on by itself inside brackets, after an operator and before `|`; "
        + "a function is written x => ..."
    ),
    "\u{201C}": ("a curly quote", "write \""), "\u{201D}": ("a curly quote", "write \""),
    "\u{2018}": ("a curly quote", "write '"), "\u{2019}": ("a curly quote", "write '"),
    "\u{AB}": ("`«`", "write \""), "\u{BB}": ("`»`", "write \""),
    "\u{2212}": ("a minus sign, U+2212,", "write -"), "\u{2013}": ("a dash", "write -"),
    "\u{2014}": ("a dash", "write -"), "\u{D7}": ("`×`", "write *"), "\u{F7}": ("`÷`", "write /"),
    "\u{2264}": ("`≤`", "write <="), "\u{2265}": ("`≥`", "write >="),
    "\u{2260}": ("`≠`", "write !="), "\u{2192}": ("`→`", "write ->"),
    "\u{21D2}": ("`⇒`", "write =>"), "\u{2190}": ("`←`", "write <-"),
    "\u{2026}": ("`…`", "write three points: ..."),
    "\u{FF08}": ("a full-width bracket", "write ("), "\u{FF09}": ("a full-width bracket", "write )"),
    "\u{FF0C}": ("a full-width comma", "write ,"), "\u{FF1A}": ("a full-width colon", "write :"),
  ]
}
