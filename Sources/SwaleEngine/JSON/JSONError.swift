/// What is wrong with a JSON text, and at which byte.
public struct JSONError: Error {
  public let message: String
  /// The byte offset in what the parser was given.
  public let offset: Int

  /// Returns the line and column, both from 1, where the error is.
  public func place(in bytes: UnsafeRawBufferPointer) -> (line: Int, column: Int) {
    let before = bytes.prefix(offset)
    let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return (line, String(decoding: before[start...], as: UTF8.self).count + 1)
  }

  /// Returns the error that a program sees; `name` is what holds the text, such as a path.
  public func located(in bytes: UnsafeRawBufferPointer, of name: String? = nil) -> SwaleError {
    let (line, column) = place(in: bytes)
    let data = RecordStorage(["line": .int(line), "column": .int(column)])
    let subject = name.map { Files.shown($0) + " is not valid JSON" } ?? "the text is not valid JSON"
    return SwaleError(.parse, "\(subject): line \(line), column \(column): \(message)", data: .record(data))
  }
}
