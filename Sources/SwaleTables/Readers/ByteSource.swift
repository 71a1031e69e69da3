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
  private let memory: UnsafePointer<UInt8>?
  /// What keeps the memory.
  private let owner: AnyObject?
  /// When the file was changed for the last time, as it was opened.
  private let modified: timespec?

  /// Files up to this size are read when they are opened.
  private static let memoryLimit = 1 << 24

  init(name: String, _ bytes: Buffer<UInt8>) {
    self.name = name
    count = bytes.count
    descriptor = -1
    memory = UnsafePointer(bytes.base)
    owner = bytes
    modified = nil
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
      modified = information.st_mtim
      memory = nil
      owner = nil
    } else {
      let contents = try FileContents(path, isCompressed: isCompressed)
      descriptor = -1
      count = contents.bytes.count
      memory = contents.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
      owner = contents
      modified = nil
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Returns the bytes from `lower` up to but not including `upper`: valid until the scratch is used again.
  func bytes(_ lower: Int, _ upper: Int, _ scratch: Scratch) throws -> UnsafePointer<UInt8> {
    if let memory { return memory + lower }
    let target = scratch.reserve(upper - lower)
    var done = 0
    while done < upper - lower {
      let size = pread(descriptor, target + done, upper - lower - done, off_t(lower + done))
      if size > 0 {
        done += size
      } else if size == 0 {
        throw changed()
      } else if errno != EINTR {
        throw Files.failure("read", name)
      }
    }
    return UnsafePointer(target)
  }

  /// Raises `io` where somebody has written to the file since it was opened: what was read of it may then be
  /// of two files.
  func checkUnchanged() throws {
    guard let modified else { return }
    var information = stat()
    if fstat(descriptor, &information) != 0 { throw Files.failure("read", name) }
    let now = information.st_mtim
    if now.tv_sec != modified.tv_sec || now.tv_nsec != modified.tv_nsec || information.st_size != count {
      throw changed()
    }
  }

  private func changed() -> SwaleError {
    SwaleError(
      .io, "\(name) was changed while it was read",
      hint: "read it anew; of a file that others write to all the time a copy can be read")
  }

  var isInMemory: Bool { memory != nil }

  /// Returns the first bytes.
  func head(_ size: Int) throws -> Buffer<UInt8> {
    let scratch = Scratch()
    let bytes = Buffer<UInt8>(uninitialized: size)
    memcpy(bytes.base, try self.bytes(0, size, scratch), size)
    return bytes
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
    try checkUnchanged()
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
