/// A quick reading of an unfinished entry: is its end in a string, a comment or code, and what is
/// open there?
struct EntryScan {
  enum Place {
    case code
    case comment
    /// The offset of the string's text, and its quote.
    case string(start: Int, quote: String)
  }

  /// What is open between two brackets, or outside of all.
  private struct Level {
    /// Where the expression that may be a pipe begins.
    var start: Int
    /// Where its last `|` is; nil before the first.
    var lastBar: Int?
    /// The bracket that opened it; nil outside of all.
    var bracket: UInt8?
    /// What is called by the bracket, such as `csv.parse`.
    var called: Range<Int>?
  }

  private let bytes: [UInt8]
  private var index: Int
  private(set) var place = Place.code
  private var levels: [Level]
  /// The strings whose interpolations the end is in: the quote of each, and the brackets open in it.
  private var interpolations: [(quote: UInt8, start: Int, depth: Int)] = []

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    index = start
    levels = [Level(start: start)]
    run()
  }

  // MARK: What was found

  /// What flows into the stage that the end is in: a pipe up to its last `|`.
  var pipe: Range<Int>? {
    guard let level = levels.last(where: { $0.lastBar != nil }), let bar = level.lastBar else { return nil }
    return level.start..<bar
  }

  /// True if the name of a stage is expected at a place: only blanks stand between it and a `|`.
  func isStage(at place: Int) -> Bool {
    guard let bar = levels.last?.lastBar else { return false }
    return bytes[(bar + 1)..<max(bar + 1, place)].allSatisfy(EntryScan.isBlank)
  }

  /// The function whose arguments the end is in: what the innermost bracket calls, or the stage.
  var called: Range<Int>? {
    guard let level = levels.last else { return nil }
    guard let bar = level.lastBar else { return level.called }
    let start = bytes[(bar + 1)...].firstIndex { !EntryScan.isBlank($0) } ?? bytes.count
    let end = bytes[start...].firstIndex { !EntryScan.isChain($0) } ?? bytes.count
    return start < end && end < bytes.count ? start..<end : nil
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0a }

  static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  private static func isChain(_ byte: UInt8) -> Bool { isWord(byte) || byte == UInt8(ascii: ".") }

  // MARK: Reading

  private mutating func run() {
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "#"):
        place = .comment
        while index < bytes.count, bytes[index] != 0x0a { index += 1 }
        if index < bytes.count { place = .code }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): string(quote: byte)
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open(byte)
      case UInt8(ascii: "}") where interpolations.last?.depth == levels.count:
        // The text of a string goes on behind its interpolation.
        let interpolation = interpolations.removeLast()
        levels.removeLast()
        string(quote: interpolation.quote, start: interpolation.start)
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if levels.count > 1 { levels.removeLast() }
      case UInt8(ascii: "|"): levels[levels.count - 1].lastBar = index - 1
      case UInt8(ascii: "="): if levels.last?.lastBar == nil { restart() }
      case UInt8(ascii: ","): if commaEndsPipe { restart() }
      case UInt8(ascii: ";"): restart()
      case 0x0a: if !continuesPipe { restart() }
      default: break
      }
      if case .string = place { return }
    }
  }

  private mutating func open(_ bracket: UInt8) {
    var level = Level(start: index, bracket: bracket)
    if bracket == UInt8(ascii: "(") {
      let end = index - 1
      var start = end
      while start > 0, EntryScan.isChain(bytes[start - 1]) { start -= 1 }
      if start < end { level.called = start..<end }
    }
    levels.append(level)
  }

  private mutating func restart() {
    levels[levels.count - 1].start = index
    levels[levels.count - 1].lastBar = nil
  }

  /// A comma between the arguments of a stage does not end the pipe.
  private var commaEndsPipe: Bool {
    guard let level = levels.last, level.lastBar != nil else { return true }
    return level.called != nil || level.bracket == UInt8(ascii: "[")
  }

  /// True if what follows a line's end belongs to the pipe above.
  private var continuesPipe: Bool {
    bytes[index...].first { !EntryScan.isBlank($0) } == UInt8(ascii: "|")
      || levels.last?.bracket == UInt8(ascii: "(") || levels.last?.bracket == UInt8(ascii: "[")
  }

  private mutating func string(quote: UInt8, start: Int? = nil) {
    let isTriple =
      start == nil && bytes[index...].starts(with: [quote, quote])
      && bytes.count > index + 2
    if isTriple { index += 2 }
    let start = start ?? index
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == quote {
        if !isTriple { return }
        if bytes[index...].starts(with: [quote, quote]) {
          index += 2
          return
        }
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        index = min(index + 1, bytes.count)
      } else if byte == UInt8(ascii: "{"), quote == UInt8(ascii: "\"") {
        open(byte)
        interpolations.append((quote, start, levels.count))
        return
      } else if byte == 0x0a, !isTriple {
        return
      }
    }
    place = .string(start: start, quote: String(UnicodeScalar(quote)))
  }
}
