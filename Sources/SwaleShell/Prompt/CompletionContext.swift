/// What stands before the cursor, as far as completion needs to know.
enum CompletionContext: Equatable {
  /// The name of a prompt command, with its colon.
  case command(prefix: String, start: Int)
  /// What a prompt command is given.
  case argument(command: String, prefix: String, start: Int)
  /// A path in a string or for the system shell; `start` is where its last part begins.
  case path(String, start: Int, closing: String)
  /// `receiver.prefix`; the receiver is a chain of names, or nil where it is more than that.
  case member(receiver: [String]?, prefix: String, start: Int)
  /// `.prefix` of the current item in a stage; `source` is the name at the head of the pipe.
  case item(source: [String]?, prefix: String, start: Int)
  case name(prefix: String, start: Int)
  case nothing

  init(text: String, cursor: Int) {
    let bytes = Array(text.utf8.prefix(cursor))
    if bytes.first == UInt8(ascii: ":") {
      self = CompletionContext.inCommand(bytes)
    } else if bytes.first == UInt8(ascii: "!") {
      let start = (bytes.lastIndex { $0 == 0x20 || $0 == UInt8(ascii: "!") } ?? 0) + 1
      self = .path(CompletionContext.string(bytes[start...]), start: start, closing: "")
    } else {
      self = CompletionContext.inCode(bytes, from: 0)
    }
  }

  /// Commands whose argument is an expression.
  private static let takesExpression: Set<String> = [":time", ":bench", ":type"]

  private static func inCommand(_ bytes: [UInt8]) -> CompletionContext {
    guard let blank = bytes.firstIndex(where: { $0 == 0x20 || $0 == 0x0a }) else {
      return .command(prefix: string(bytes[...]), start: 0)
    }
    let command = string(bytes[..<blank])
    if takesExpression.contains(command) { return inCode(bytes, from: blank + 1) }
    let start = bytes[blank...].firstIndex { $0 != 0x20 } ?? bytes.count
    return .argument(command: command, prefix: string(bytes[start...]), start: start)
  }

  private static func inCode(_ bytes: [UInt8], from begin: Int) -> CompletionContext {
    var scan = EntryScan(bytes, from: begin)
    scan.run()
    switch scan.place {
    case .comment: return .nothing
    case .string(let start, let quote):
      return .path(string(bytes[start...]), start: start, closing: quote)
    case .code: break
    }
    var start = bytes.count
    while start > begin, isWord(bytes[start - 1]) { start -= 1 }
    let prefix = string(bytes[start...])
    if let first = prefix.utf8.first, first >= 0x30, first <= 0x39 { return .nothing }
    guard start > begin, bytes[start - 1] == UInt8(ascii: ".") else {
      return .name(prefix: prefix, start: start)
    }
    var end = start - 1
    // `..` is a range, not a member.
    if end > begin, bytes[end - 1] == UInt8(ascii: ".") { return .name(prefix: prefix, start: start) }
    if end > begin, bytes[end - 1] == UInt8(ascii: "?") { end -= 1 }
    guard end > begin, isExpressionEnd(bytes[end - 1]) else {
      let head = string(bytes[scan.pipeStart..<max(scan.pipeStart, scan.pipeHeadEnd ?? scan.pipeStart)])
      return .item(source: chain(head), prefix: prefix, start: start)
    }
    var first = end
    while first > begin, isWord(bytes[first - 1]) || bytes[first - 1] == UInt8(ascii: ".") { first -= 1 }
    let receiver = string(bytes[first..<end])
    let isWhole = first == begin || !isExpressionEnd(bytes[first - 1])
    return .member(receiver: isWhole ? chain(receiver) : nil, prefix: prefix, start: start)
  }

  /// Returns the names of `a.b.c`; nil for any other text.
  private static func chain(_ text: String) -> [String]? {
    let trimmed = text.split(whereSeparator: \.isWhitespace)
    guard trimmed.count == 1, let only = trimmed.first else { return nil }
    let names = only.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isChain = names.allSatisfy { name in
      !name.isEmpty && name.utf8.allSatisfy(isWord) && !name.utf8.first!.isDigit
    }
    return isChain ? names : nil
  }

  private static func isExpressionEnd(_ byte: UInt8) -> Bool {
    isWord(byte) || ")]}\"'".utf8.contains(byte)
  }

  fileprivate static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || byte.isDigit
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}

/// A quick reading of an unfinished entry: is its end in a string, a comment or code?
private struct EntryScan {
  enum Place {
    case code
    case comment
    /// The offset of the string's text, and its quote.
    case string(start: Int, quote: String)
  }

  private let bytes: [UInt8]
  private var index: Int
  private(set) var place = Place.code
  /// Where the pipe that is open at the end begins.
  private(set) var pipeStart: Int
  /// Where its first stage begins, behind the head.
  private(set) var pipeHeadEnd: Int?
  /// The same for the brackets around, outermost first.
  private var outer: [(start: Int, headEnd: Int?)] = []
  /// The strings whose interpolations the end is in: the quote of each, and the brackets open in it.
  private var interpolations: [(quote: UInt8, start: Int, depth: Int)] = []

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    index = start
    pipeStart = start
  }

  mutating func run() {
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "#"):
        place = .comment
        while index < bytes.count, bytes[index] != 0x0a { index += 1 }
        if index < bytes.count { place = .code }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): string(quote: byte)
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open()
      case UInt8(ascii: "}") where interpolations.last?.depth == outer.count:
        // The text of a string goes on behind its interpolation.
        let interpolation = interpolations.removeLast()
        string(quote: interpolation.quote, start: interpolation.start)
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): close()
      case UInt8(ascii: "|"): if pipeHeadEnd == nil { pipeHeadEnd = index - 1 }
      case UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: ";"): restart()
      case 0x0a: if !continuesPipe { restart() }
      default: break
      }
      if case .string = place { return }
    }
  }

  /// True if what follows belongs to the pipe above.
  private var continuesPipe: Bool {
    bytes[index...].first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "|") || outer.isEmpty == false
  }

  private mutating func open() {
    outer.append((pipeStart, pipeHeadEnd))
    // An item inside a stage's brackets is still of the pipe around them.
  }

  private mutating func close() {
    guard let last = outer.popLast() else { return }
    (pipeStart, pipeHeadEnd) = last
  }

  private mutating func restart() {
    // A comma between a stage's arguments does not end the pipe.
    if pipeHeadEnd != nil, bytes[index - 1] != 0x0a, bytes[index - 1] != UInt8(ascii: ";") { return }
    pipeStart = index
    pipeHeadEnd = nil
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
        interpolations.append((quote, start, outer.count))
        return
      } else if byte == 0x0a, !isTriple {
        return
      }
    }
    place = .string(start: start, quote: String(UnicodeScalar(quote)))
  }
}
