import Glibc

/// A buffered writer on a file descriptor, or into memory.
///
/// A closed pipe ends the program quietly: writing raises `ProgramExit.exit`.
///
/// Tasks share it: what is given to one call of `write` stays together.
public final class Output {
  private let lock = Lock()
  private var buffer: [UInt8] = []
  private let descriptor: Int32?
  /// True where each line should appear at once: on a terminal.
  public let isLineBuffered: Bool
  /// True while output is counted but thrown away, as when timing.
  public var isMuted = false
  /// Called, by any thread, when something was written while output is held back; nil while it is not.
  private var onHeld: (() -> Void)?
  /// What is written while output is captured; nil otherwise.
  private var captured: [UInt8]?
  private static let capacity = 1 << 16

  /// Writes to a descriptor.
  public init(descriptor: Int32) {
    self.descriptor = descriptor
    isLineBuffered = isatty(descriptor) == 1
  }

  /// Writes into memory; `takeBytes` gives what was written.
  public init() {
    descriptor = nil
    isLineBuffered = false
  }

  public func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    if isMuted { return }
    try lock.withLock {
      if captured != nil {
        captured?.append(contentsOf: bytes)
        return
      }
      buffer.append(contentsOf: bytes)
      if let onHeld { return onHeld() }
      if descriptor != nil, buffer.count >= Output.capacity || isLineBuffered && bytes.last == 0x0A {
        try writeOut()
      }
    }
  }

  public func write(_ string: String) throws {
    var string = string
    try string.withUTF8 { try write($0) }
  }

  /// Writes out what is buffered; raises `io` where that fails.
  public func flush() throws { try lock.withLock { if onHeld == nil { try writeOut() } } }

  private func writeOut() throws {
    guard let descriptor, !buffer.isEmpty else { return }
    var written = 0
    defer { buffer.removeAll(keepingCapacity: true) }
    while written < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        Context.unblocking { Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written) }
      }
      if count >= 0 {
        written += count
      } else if errno == EPIPE {
        throw ProgramExit.exit(141)
      } else if errno == EAGAIN {
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&poller, 1, 1000)
      } else if errno != EINTR {
        throw SwaleError(.io, "cannot write the output: \(String(cString: strerror(errno)))")
      }
      if count < 0, Interrupt.isPending { throw ProgramExit.interrupted }
    }
  }

  /// Keeps back what is written, for somebody else to show; `notify` is called for each write.
  public func hold(_ notify: @escaping () -> Void) { lock.withLock { onHeld = notify } }

  /// Writes out again what is written.
  public func release() { lock.withLock { onHeld = nil } }

  /// Keeps what is written from now on for `endCapture` instead of writing it.
  public func beginCapture() { captured = [] }

  /// Returns what was written since `beginCapture`.
  public func endCapture() -> [UInt8] {
    defer { captured = nil }
    return captured ?? []
  }

  /// Returns and forgets what was written into memory, or held back.
  public func takeBytes() -> [UInt8] {
    lock.withLock {
      defer { buffer = [] }
      return buffer
    }
  }
}
