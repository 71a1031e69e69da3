import Glibc

/// Something that bytes are written to in pieces.
public protocol ByteWriter: AnyObject {
  func write(_ bytes: UnsafeRawBufferPointer) throws

  /// Writes what is held back and closes. Without it the end of the data is lost, and with it an error such
  /// as a full disk.
  func finish() throws
}

/// A file that is written in pieces, unbuffered.
///
/// Where standard output is a pipe that nobody reads any more, writing to it ends the program quietly.
public final class FileWriter: ByteWriter {
  public let name: String
  private var descriptor: Int32

  /// Creates a file or empties the one that is there; with `isAppending` goes on at its end.
  /// `/dev/stdout` and `/dev/stderr` are what they were redirected to, as it stands.
  public init(_ path: String, isAppending: Bool = false) throws {
    name = path
    switch path {
    case "/dev/stdout": descriptor = dup(1)
    case "/dev/stderr": descriptor = dup(2)
    default:
      try Files.checkPath(path)
      // Without waiting in the call, so that a named pipe nobody reads can still be interrupted.
      let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | (isAppending ? O_APPEND : O_TRUNC)
      descriptor = try Files.retrying { Glibc.open(path, flags, 0o666) }
      while descriptor < 0, errno == ENXIO {
        try Clock.sleep(20_000_000)
        descriptor = try Files.retrying { Glibc.open(path, flags, 0o666) }
      }
    }
    if descriptor < 0 { throw Files.failure("write", path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      try Interrupt.check()
      let count = Glibc.write(descriptor, rest.baseAddress, min(rest.count, 1 << 24))
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EAGAIN {
        try Files.wait(for: descriptor, Int16(POLLOUT))
      } else if errno == EPIPE, name == "/dev/stdout" {
        throw ProgramExit.exit(141)
      } else if errno != EINTR {
        throw Files.failure("write", name)
      }
    }
  }

  public func finish() throws {
    if descriptor < 0 { return }
    let code = close(descriptor)
    descriptor = -1
    // Linux has closed the descriptor even where it says EINTR.
    if code < 0 && errno != EINTR { throw Files.failure("write", name) }
  }
}
