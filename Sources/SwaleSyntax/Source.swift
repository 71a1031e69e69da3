/// A named text that is parsed as a whole: a file, a prompt entry, or the argument of `-e`.
public final class Source: Sendable {
  /// What diagnostics call it: a path as it was given, `<prompt>`, `<stdin>` or `<command>`.
  public let name: String
  public let bytes: [UInt8]
  /// The byte offset at which each line begins; never empty.
  public let lineStarts: [Int]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    // A byte order mark is no part of the first line.
    var starts = [EncodingCheck.startsWithMark(bytes) ? 3 : 0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// A place for a person: both count from 1, the column in user-perceived characters.
  public struct Position: Hashable, Sendable {
    public let line: Int
    public let column: Int
  }

  /// Returns the line and column of a byte offset.
  public func position(of offset: Int) -> Position {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineNumber(of: offset)
    let before = String(decoding: bytes[min(lineStarts[line - 1], offset)..<offset], as: UTF8.self)
    return Position(line: line, column: before.count + 1)
  }

  /// Returns the line of a byte offset, counted from 1.
  public func lineNumber(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// Returns the text of a span.
  public func text(_ span: Span) -> String {
    let lower = min(max(Int(span.lower), 0), bytes.count)
    let upper = min(max(Int(span.upper), lower), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// Returns the text of a line, counted from 1, without its line end.
  public func line(_ number: Int) -> String {
    guard number >= 1, number <= lineStarts.count else { return "" }
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    let start = lineStarts[number - 1]
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}

/// A span of a source: where a diagnostic points.
public struct Location: Sendable {
  public let source: Source
  public let span: Span

  public init(_ source: Source, _ span: Span) {
    self.source = source
    self.span = span
  }

  public var position: Source.Position { source.position(of: Int(span.lower)) }
}
