import Glibc

/// The input of the program, read line by line: by `input`, and by the prompt where nobody types on
/// a terminal. Whoever reads next goes on where the one before stopped.
public enum StandardInput {
  /// Where it is read from.
  public private(set) nonisolated(unsafe) static var descriptor: Int32 = 0

  // Read by one task at a time: the main one, or one that holds the terminal.
  nonisolated(unsafe) private static var buffer: [UInt8] = []
  nonisolated(unsafe) private static var position = 0
  nonisolated(unsafe) private static var reader: FileReader?

  /// Reads from a descriptor from now on, and forgets what was read ahead.
  public static func attach(_ descriptor: Int32) {
    self.descriptor = descriptor
    buffer = []
    position = 0
    reader = nil
  }

  /// Returns the next line without its line end, nil at the end of the input.
  public static func readLine() throws -> [UInt8]? {
    var line: [UInt8] = []
    while true {
      if position == buffer.count, try !fill() { return line.isEmpty ? nil : line }
      if let end = buffer[position...].firstIndex(of: 0x0A) {
        line += buffer[position..<end]
        position = end + 1
        if line.last == 0x0D { line.removeLast() }
        return line
      }
      line += buffer[position...]
      position = buffer.count
    }
  }

  /// Gives back a line, which is read again before all others.
  public static func unread(_ line: [UInt8]) {
    buffer = line + [0x0A] + buffer[position...]
    position = 0
  }

  /// True if there is something to read, or the end is reached, within a time.
  public static func isReadable(withinMilliseconds milliseconds: Int32) -> Bool {
    if position < buffer.count { return true }
    var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&poller, 1, milliseconds) > 0
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
}
