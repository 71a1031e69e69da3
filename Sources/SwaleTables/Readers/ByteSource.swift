import Glibc
import SwaleEngine

/// The bytes of a file to be read in any order: all of them in memory, or for large files as they are
/// asked for.
///
/// Large files are read and not mapped, since a mapped file that somebody shortens ends the program.
final class ByteSource: @unchecked Sendable {
  /// What messages call it.
  let name: String
  let count: Int
  private let descriptor: Int32
  private let memory: Buffer<UInt8>?

  /// Files up to this size are read when they are opened.
  private static let memoryLimit = 1 << 24

  init(name: String, _ bytes: Buffer<UInt8>) {
    self.name = name
    count = bytes.count
    descriptor = -1
    memory = bytes
  }

  /// Opens a file; one that is compressed, a pipe or a small file is read at once.
  init(_ path: String, isCompressed: Bool) throws {
    name = path
    var information = stat()
    let isLarge =
      !isCompressed && path != "/dev/stdin" && stat(path, &information) == 0
      && information.st_mode & S_IFMT == S_IFREG && information.st_size > ByteSource.memoryLimit
    if isLarge {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Files.failure("read", path) }
      count = Int(information.st_size)
      memory = nil
    } else {
      let contents = try FileContents(path, isCompressed: isCompressed)
      let bytes = Buffer<UInt8>(uninitialized: contents.bytes.count)
      if let base = contents.bytes.baseAddress { memcpy(bytes.base, base, bytes.count) }
      descriptor = -1
      count = bytes.count
      memory = bytes
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Returns the bytes from `lower` up to but not including `upper`: valid until the scratch is used again.
  func bytes(_ lower: Int, _ upper: Int, _ scratch: Scratch) throws -> UnsafePointer<UInt8> {
    if let memory { return UnsafePointer(memory.base + lower) }
    let target = scratch.reserve(upper - lower)
    var done = 0
    while done < upper - lower {
      let size = pread(descriptor, target + done, upper - lower - done, off_t(lower + done))
      if size > 0 {
        done += size
      } else if size == 0 {
        throw SwaleError(
          .io, "\(name) became shorter while it was read",
          hint: "a file that is still being changed can be copied first, and the copy read")
      } else if errno != EINTR {
        throw Files.failure("read", name)
      }
    }
    return UnsafePointer(target)
  }

  /// Returns the source with all bytes in memory.
  func inMemory() throws -> ByteSource {
    if memory != nil { return self }
    let bytes = Buffer<UInt8>(uninitialized: count)
    let scratch = Scratch()
    let step = 1 << 22
    for start in stride(from: 0, to: count, by: step) {
      try Interrupt.check()
      let end = min(start + step, count)
      memcpy(bytes.base + start, try self.bytes(start, end, scratch), end - start)
    }
    return ByteSource(name: name, bytes)
  }

  /// Memory that a thread uses again and again.
  final class Scratch {
    private var memory: UnsafeMutablePointer<UInt8>?
    private var capacity = 0

    deinit { free(memory) }

    func reserve(_ count: Int) -> UnsafeMutablePointer<UInt8> {
      if count > capacity || memory == nil {
        free(memory)
        capacity = max(count, 1 << 16)
        memory = malloc(capacity)!.assumingMemoryBound(to: UInt8.self)
      }
      return memory!
    }
  }
}
