import Glibc

/// Something that bytes are read from in pieces.
public protocol ByteReader: AnyObject {
  /// What messages call it: a path.
  var name: String { get }

  /// Reads some bytes, at most as many as the buffer holds, and returns their number; 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ByteReader {
  /// Reads all that is left, into memory that the caller releases with `free`. Room for `expected`
  /// bytes is made at once.
  func readAll(expected: Int) throws -> UnsafeMutableRawBufferPointer {
    // One byte more than expected, so that the end is noticed without growing.
    var capacity = max(expected + 1, 1 << 16)
    var base = malloc(capacity)
    var count = 0
    do {
      while true {
        guard let memory = base else { throw Files.tooLarge(name) }
        let read = try read(
          into: UnsafeMutableRawBufferPointer(start: memory + count, count: capacity - count))
        if read == 0 { return UnsafeMutableRawBufferPointer(start: memory, count: count) }
        count += read
        if count == capacity {
          guard let larger = realloc(memory, capacity * 2) else { throw Files.tooLarge(name) }
          base = larger
          capacity *= 2
        }
      }
    } catch {
      free(base)
      throw error
    }
  }
}

/// Bytes in memory, read as if from a file.
public final class MemoryReader: ByteReader {
  public let name: String
  private let bytes: [UInt8]
  private var position = 0

  public init(name: String, _ bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, bytes.count - position)
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
    }
    position += count
    return count
  }
}
