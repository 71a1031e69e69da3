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
  /// `.prefix` of the current item in a stage; `pipe` is the code of what flows into it.
  case item(pipe: String, prefix: String, start: Int)
  /// The name of a stage.
  case stage(pipe: String, prefix: String, start: Int)
  /// Any other name; `called` is the function whose arguments it may be a label in.
  case name(prefix: String, start: Int, called: String? = nil)
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

  private static func inCommand(_ bytes: [UInt8]) -> CompletionContext {
    guard let blank = bytes.firstIndex(where: EntryScan.isBlank) else {
      return .command(prefix: string(bytes[...]), start: 0)
    }
    let command = string(bytes[..<blank])
    if PromptCommand.named(command)?.argument == .expression { return inCode(bytes, from: blank + 1) }
    let start = bytes[blank...].firstIndex { $0 != 0x20 } ?? bytes.count
    return .argument(command: command, prefix: string(bytes[start...]), start: start)
  }

  private static func inCode(_ bytes: [UInt8], from begin: Int) -> CompletionContext {
    let scan = EntryScan(bytes, from: begin)
    switch scan.place {
    case .comment: return .nothing
    case .string(let start, let quote):
      return .path(string(bytes[start...]), start: start, closing: quote)
    case .code: break
    }
    var start = bytes.count
    while start > begin, EntryScan.isWord(bytes[start - 1]) { start -= 1 }
    let prefix = string(bytes[start...])
    if let first = prefix.utf8.first, (0x30...0x39).contains(first) { return .nothing }
    let pipe = scan.pipe.map { string(bytes[$0]) } ?? ""
    let name =
      scan.isStage(at: start)
      ? CompletionContext.stage(pipe: pipe, prefix: prefix, start: start)
      : .name(prefix: prefix, start: start, called: scan.called.map { string(bytes[$0]) })
    guard start > begin, bytes[start - 1] == UInt8(ascii: ".") else { return name }
    var end = start - 1
    // `..` is a range, not a member.
    if end > begin, bytes[end - 1] == UInt8(ascii: ".") { return name }
    if end > begin, bytes[end - 1] == UInt8(ascii: "?") { end -= 1 }
    guard end > begin, isExpressionEnd(bytes[end - 1]) else {
      return .item(pipe: pipe, prefix: prefix, start: start)
    }
    var first = end
    while first > begin, EntryScan.isWord(bytes[first - 1]) || bytes[first - 1] == UInt8(ascii: ".") {
      first -= 1
    }
    let isWhole = first == begin || !isExpressionEnd(bytes[first - 1])
    return .member(
      receiver: isWhole ? chain(string(bytes[first..<end])) : nil, prefix: prefix, start: start)
  }

  /// Returns the names of `a.b.c`; nil for any other text.
  private static func chain(_ text: String) -> [String]? {
    let names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isChain = names.allSatisfy { name in
      guard let first = name.utf8.first else { return false }
      return name.utf8.allSatisfy(EntryScan.isWord) && !(0x30...0x39).contains(first)
    }
    return isChain ? names : nil
  }

  private static func isExpressionEnd(_ byte: UInt8) -> Bool {
    EntryScan.isWord(byte) || ")]}\"'".utf8.contains(byte)
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
