import Glibc

/// A file, pipe or device that is read in pieces.
///
/// Waiting for a pipe or a terminal ends within 100 ms of an interrupt.
public final class FileReader: ByteReader {
  public let name: String
  /// The size of a regular file when it was opened; nil for everything else.
  public let size: Int?
  let descriptor: Int32
  private let ownsDescriptor: Bool

  /// Opens a file. `/dev/stdin` is standard input as it stands, even where that is a socket or a
  /// file that was read in part.
  public init(_ path: String) throws {
    name = path
    if path == "/dev/stdin" {
      descriptor = StandardInput.descriptor
      ownsDescriptor = false
    } else {
      try Files.checkPath(path)
      // Without waiting, so that a named pipe nobody writes to can still be interrupted in `read`.
      descriptor = try Files.retrying { Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
      if descriptor < 0 { throw Files.failure("read", path) }
      ownsDescriptor = true
    }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else {
      let error = Files.failure("read", path)
      if ownsDescriptor { close(descriptor) }
      throw error
    }
    size = information.st_mode & S_IFMT == S_IFREG ? Int(information.st_size) : nil
  }

  deinit { if ownsDescriptor { close(descriptor) } }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if !ownsDescriptor {
      let count = StandardInput.drain(into: buffer)
      if count > 0 { return count }
    }
    while true {
      try Interrupt.check()
      if size == nil { try Files.wait(for: descriptor, Int16(POLLIN)) }
      // A piece of a regular file, so that a slow disk does not hold an interrupt up for long.
      let count = Context.unblocking {
        Glibc.read(descriptor, buffer.baseAddress, min(buffer.count, 1 << 24))
      }
      if count >= 0 { return count }
      if errno != EINTR && errno != EAGAIN { throw Files.failure("read", name) }
    }
  }
}
