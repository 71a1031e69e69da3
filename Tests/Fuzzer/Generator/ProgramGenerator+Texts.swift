extension ProgramGenerator {
  func string() -> String {
    let a = { self.expression(.string) }
    switch below(20) {
    case 0...2: return "(\(a()) + \(a()))"
    case 3: return "(\(a()) * \(oneOf("0", "1", "2", "3", "-1")))"
    case 4...8: return interpolation()
    case 9: return "\(a()).\(oneOf("upper", "lower", "trim", "reverse"))()"
    case 10: return "\(a())[\(smallIndex())]"
    case 11: return "\(a())[\(slice())]"
    case 12: return "str(\(expression(.any)))"
    case 13: return "repr(\(expression(.any)))"
    case 14: return "type(\(expression(.any)))"
    case 15: return "(\(expression(.list)) | join \(leaf(.string)))"
    case 16: return "\(a()).replace(\(leaf(.string)), \(leaf(.string)))"
    case 17: return "\(expression(.record)).b"
    case 18: return "\(expression(.strings))[\(smallIndex())]"
    default: return "\(a()).pad_left(\(below(6)))"
    }
  }

  private func interpolation() -> String {
    let pieces = several(1...3) {
      let text = oneOf("", "", "a", " ", "-", "\u{E9}")
      switch below(5) {
      case 0:
        let spec = oneOf("d", "x", "b", ">5", "<4", "03", "+", ",", "f", "s", ".1f", "e")
        return text + "{\(headSafe(expression(.int))):\(spec)}"
      case 1:
        let spec = oneOf(".2f", "8.3f", "g", "%", ".1%", "e", "+.1f", "^9", "d")
        return text + "{\(headSafe(expression(.float))):\(spec)}"
      case 2: return text + "{\(headSafe(expression(.string))):\(oneOf(">5", "<5", "*^7", "s", "d"))}"
      default: return text + "{\(expression(.any).parenthesized)}"
      }
    }
    return "\"\(pieces.joined())\""
  }

  func slice() -> String {
    switch below(4) {
    case 0: "\(smallIndex())..."
    case 1: "..<\(smallIndex())"
    case 2: "\(smallIndex())...\(smallIndex())"
    default: "\(smallIndex())..<\(smallIndex())"
    }
  }

  func time(_ kind: Kind) -> String {
    switch (kind, below(6)) {
    case (.duration, 0): "(\(expression(.date)) - \(expression(.date)))"
    case (.duration, 1): "(\(expression(.duration)) \(oneOf("+", "-")) \(expression(.duration)))"
    case (.duration, 2): "(\(expression(.duration)) * \(leaf(.int)))"
    case (.duration, 3): "(-\(expression(.duration)))"
    case (.date, 0), (.date, 1): "(\(expression(.date)) \(oneOf("+", "-")) \(below(9))d)"
    case (.date, 2): "add_months(\(expression(.date)), \(smallIndex()))"
    case (.date, 3): "truncate(\(expression(.date)), \"month\")"
    case (.dateTime, 0...2): "(\(expression(.dateTime)) + \(expression(.duration)))"
    default: leaf(kind)
    }
  }
}
