/// Standard input, read line by line for `input`.
enum StandardInput {
  // Read by one task at a time: the main one, or one that holds the terminal.
  nonisolated(unsafe) private static var buffer: [UInt8] = []
  nonisolated(unsafe) private static var position = 0
  nonisolated(unsafe) private static var reader: FileReader?

  /// Returns the next line without its line end, nil at the end of the input.
  static func readLine() throws -> Text? {
    var line: [UInt8] = []
    while true {
      if position == buffer.count, try !fill() {
        return line.isEmpty ? nil : try text(line)
      }
      if let end = buffer[position...].firstIndex(of: 0x0A) {
        line += buffer[position..<end]
        position = end + 1
        if line.last == 0x0D { line.removeLast() }
        return try text(line)
      }
      line += buffer[position...]
      position = buffer.count
    }
  }

  /// Moves bytes that were read beyond the last line into a reader's buffer and returns their
  /// number, so that reading standard input as a whole goes on where `input` stopped.
  static func drain(into target: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(target.count, buffer.count - position)
    buffer.withUnsafeBytes {
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
    }
    position += count
    return count
  }

  /// Reads some bytes; false at the end of the input.
  private static func fill() throws -> Bool {
    let reader = try reader ?? FileReader("/dev/stdin")
    self.reader = reader
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    let count = try chunk.withUnsafeMutableBytes { try reader.read(into: $0) }
    buffer = Array(chunk[..<count])
    position = 0
    return count > 0
  }

  private static func text(_ bytes: [UInt8]) throws -> Text {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw SwaleError(.io, "standard input is not valid UTF-8")
    }
    return bytes.withUnsafeBufferPointer { Text.make($0) }
  }
}
