import Glibc

/// Whole files as bytes, and what reading and writing files share.
public enum Files {
  /// Returns the bytes of a file, pipe or device; raises `io`.
  public static func read(_ path: String) throws -> [UInt8] {
    try array(FileContents(path))
  }

  /// Returns the decompressed bytes of a gzip file; raises `io`, also for data that are damaged or not
  /// complete.
  public static func readGzip(_ path: String) throws -> [UInt8] {
    try array(FileContents(path, isCompressed: true))
  }

  /// Returns what gzip data in memory hold; messages call them `name`.
  public static func gunzip(_ bytes: [UInt8], name: String) throws -> [UInt8] {
    let all = try GzipReader(MemoryReader(name: name, bytes)).readAll(expected: min(bytes.count, 1 << 26) * 4)
    defer { free(all.baseAddress) }
    return Array(all)
  }

  /// Replaces the contents of a file, which is created where there is none; raises `io`.
  public static func write(
    _ path: String, _ bytes: UnsafeRawBufferPointer, isCompressed: Bool = false, isAppending: Bool = false
  ) throws {
    let writer = try writer(path, isCompressed: isCompressed, isAppending: isAppending)
    try writer.write(bytes)
    try writer.finish()
  }

  /// Opens a file for writing in pieces, plain or compressed.
  public static func writer(_ path: String, isCompressed: Bool, isAppending: Bool = false) throws
    -> any ByteWriter
  {
    let writer = try FileWriter(path, isAppending: isAppending)
    return isCompressed ? try GzipWriter(writer) : writer
  }

  private static func array(_ contents: FileContents) throws -> [UInt8] {
    // A failed allocation of an array ends the program, so it is tried first.
    guard let probe = malloc(contents.bytes.count + 64) else { throw tooLarge(contents.name) }
    free(probe)
    return Array(contents.bytes)
  }

  // MARK: Errors

  /// Returns the error of a system call that failed: `cannot read a.csv: No such file or directory`.
  public static func failure(_ action: String, _ path: String, code: Int32 = errno) -> SwaleError {
    var hint: String?
    if code == ENOENT, !path.hasPrefix("/"), let folder = workingDirectory {
      hint = "the path is relative to \(folder)"
    }
    return SwaleError(.io, "cannot \(action) \(shown(path)): \(message(code))", hint: hint)
  }

  /// The system's words for an error number.
  public static func message(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Raises `value` for a path that no file can have.
  public static func checkPath(_ path: String) throws {
    if path.utf8.contains(0) {
      throw SwaleError(.value, "the path \(shown(path)) holds a NUL character, which no path can")
    }
  }

  /// The folder that relative paths start from; nil where it was removed.
  public static var workingDirectory: String? {
    guard let name = getcwd(nil, 0) else { return nil }
    defer { free(name) }
    return String(cString: name)
  }

  /// A path as messages show it: quoted where it would not be seen, or be confusing.
  static func shown(_ path: String) -> String {
    let isPlain = !path.isEmpty && path.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x7F }
    if isPlain { return path }
    let escaped = path.unicodeScalars.map {
      $0.value < 0x20 || $0 == "\u{7F}" ? $0.escaped(asASCII: true) : String($0)
    }
    return "\"" + escaped.joined() + "\""
  }

  static func tooLarge(_ name: String) -> SwaleError {
    SwaleError(.io, "cannot read \(shown(name)): there is not enough memory for all of it")
  }

  // MARK: Waiting

  /// Repeats a system call that a signal stopped, unless that was an interrupt.
  static func retrying(_ call: () -> Int32) throws -> Int32 {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
      try Interrupt.check()
    }
  }

  /// Waits until a descriptor is ready for `events`, while other tasks run; an interrupt ends that.
  static func wait(for descriptor: Int32, _ events: Int16) throws {
    var request = pollfd(fd: descriptor, events: events, revents: 0)
    if let context = Context.current, context.wait != nil {
      if poll(&request, 1, 0) != 0 { return }
      return try context.wait(forDescriptor: descriptor, writing: events & Int16(POLLOUT) != 0)
    }
    while true {
      let count = poll(&request, 1, 50)
      // Errors show in the read or write that follows.
      if count > 0 || count < 0 && errno != EINTR { return }
      try Interrupt.check()
    }
  }
}
