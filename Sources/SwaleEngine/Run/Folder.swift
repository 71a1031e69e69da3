import Glibc

/// Directories and what is in them.
public enum Folder {
  public enum Kind: String, Sendable {
    case file, directory, link, pipe, socket, device

    init(_ mode: mode_t) {
      switch mode & S_IFMT {
      case S_IFDIR: self = .directory
      case S_IFLNK: self = .link
      case S_IFIFO: self = .pipe
      case S_IFSOCK: self = .socket
      case S_IFCHR, S_IFBLK: self = .device
      default: self = .file
      }
    }
  }

  /// Returns what the system knows of a path; nil where there is nothing, raises `io` for other reasons.
  static func information(_ path: String, followsLinks: Bool) throws -> stat? {
    try Files.checkPath(path)
    var information = stat()
    if (followsLinks ? stat(path, &information) : lstat(path, &information)) == 0 { return information }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw Files.failure("look at", path)
  }

  /// The kind of what a path names, nil where there is nothing.
  static func kind(_ path: String, followsLinks: Bool) throws -> Kind? {
    try information(path, followsLinks: followsLinks).map { Kind($0.st_mode) }
  }

  /// Returns the names in a directory, sorted by their bytes.
  public static func names(_ path: String) throws -> [String] {
    try Files.checkPath(path)
    guard let stream = opendir(path) else { throw Files.failure("list", path) }
    defer { closedir(stream) }
    var result: [String] = []
    while true {
      try Interrupt.check()
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw Files.failure("list", path) }
        break
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { result.append(name) }
    }
    return result.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Returns everything below a directory, each directory before what is in it. Links are not followed.
  static func everything(below path: String, includesHidden: Bool = true) throws -> [(
    path: String, kind: Kind
  )] {
    var result: [(path: String, kind: Kind)] = []
    // Those yet to be listed, the next one last.
    var open = [path]
    while let folder = open.popLast() {
      var inside: [String] = []
      for name in try names(folder) where includesHidden || !name.hasPrefix(".") {
        let child = join(folder, name)
        // What has been removed meanwhile is not there.
        guard let kind = try kind(child, followsLinks: false) else { continue }
        result.append((child, kind))
        if kind == .directory { inside.append(child) }
      }
      open += inside.reversed()
    }
    return result
  }

  /// Returns the path of a name in a directory; an absolute name stays as it is.
  public static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty || name.hasPrefix("/") { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Returns the last part of a path.
  public static func lastName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? (path.isEmpty ? "" : "/")
  }

  // MARK: Changing

  /// Creates a directory and those above it that are missing.
  static func create(_ path: String) throws {
    try Files.checkPath(path)
    if mkdir(path, 0o777) == 0 { return }
    let code = errno
    if code == EEXIST, try kind(path, followsLinks: true) == .directory { return }
    guard code == ENOENT, !path.isEmpty else { throw Files.failure("create the directory", path, code: code) }
    var missing = ""
    for part in path.split(separator: "/") {
      missing = missing.isEmpty && !path.hasPrefix("/") ? String(part) : missing + "/" + part
      if mkdir(missing, 0o777) == 0 { continue }
      let code = errno
      if code == EEXIST, try kind(missing, followsLinks: true) == .directory { continue }
      throw Files.failure("create the directory", missing, code: code)
    }
  }

  /// Removes a file, a link or an empty directory; with `isRecursive` a directory and all that is in it.
  static func remove(_ path: String, isRecursive: Bool) throws {
    guard let kind = try kind(path, followsLinks: false) else {
      throw Files.failure("remove", path, code: ENOENT)
    }
    guard kind == .directory else {
      if unlink(path) != 0 { throw Files.failure("remove", path) }
      return
    }
    if isRecursive {
      for (child, kind) in try everything(below: path).reversed() {
        try Interrupt.check()
        let code = kind == .directory ? rmdir(child) : unlink(child)
        if code != 0 && errno != ENOENT { throw Files.failure("remove", child) }
      }
    }
    if rmdir(path) == 0 { return }
    let error = Files.failure("remove", path)
    if !isRecursive, errno == ENOTEMPTY || errno == EEXIST {
      error.hint = "fs.remove(path, recursive: true) removes what is in it as well"
    }
    throw error
  }

  /// Renames a file or directory; where that leads to another file system, copies and removes it.
  static func move(_ source: String, _ target: String) throws {
    let target = try self.target(source, target)
    if rename(source, target) == 0 { return }
    let code = errno
    guard code == EXDEV else { throw Files.failure("move \(Files.shown(source)) to", target, code: code) }
    try copy(source, target)
    try remove(source, isRecursive: true)
  }

  /// Copies a file, or a directory and all that is in it; files that are there are replaced.
  static func copy(_ source: String, _ target: String) throws {
    let target = try self.target(source, target)
    guard let information = try information(source, followsLinks: true) else {
      throw Files.failure("copy", source, code: ENOENT)
    }
    guard Kind(information.st_mode) == .directory else { return try copyFile(source, target, information) }
    // The whole is listed first, so that a copy into itself ends.
    let children = try everything(below: source)
    try create(target)
    for (child, kind) in children {
      let inner = String(decoding: child.utf8.dropFirst(source.utf8.count), as: UTF8.self)
      let place = target + (inner.hasPrefix("/") ? inner : "/" + inner)
      switch kind {
      case .directory: try create(place)
      case .link: try copyLink(child, place)
      case .file:
        if let information = try self.information(child, followsLinks: false) {
          try copyFile(child, place, information)
        }
      case .pipe, .socket, .device:
        throw SwaleError(.io, "cannot copy \(Files.shown(child)): it is a \(kind.rawValue)")
      }
    }
  }

  /// Where something goes: into a directory that is there, else to the path itself. Raises `io` for a path
  /// onto or into itself.
  private static func target(_ source: String, _ target: String) throws -> String {
    try Files.checkPath(source)
    var target = target
    if try kind(target, followsLinks: true) == .directory { target = join(target, lastName(source)) }
    if let from = try information(source, followsLinks: true) {
      if let to = try information(target, followsLinks: true), to.st_dev == from.st_dev,
        to.st_ino == from.st_ino
      {
        throw SwaleError(.io, "\(Files.shown(source)) and \(Files.shown(target)) are the same file")
      }
      if Kind(from.st_mode) == .directory, let inner = resolved(target), let outer = resolved(source),
        inner.hasPrefix(outer + "/")
      {
        throw SwaleError(.io, "\(Files.shown(target)) lies in \(Files.shown(source)) itself")
      }
    }
    return target
  }

  /// The path without links and dots, of which the last part need not exist.
  private static func resolved(_ path: String) -> String? {
    if let whole = realpath(path, nil) {
      defer { free(whole) }
      return String(cString: whole)
    }
    let trimmed = path.hasSuffix("/") ? String(path.dropLast()) : path
    let name = lastName(trimmed)
    let folder = String(trimmed.dropLast(name.count))
    guard let parent = realpath(folder.isEmpty ? "." : folder, nil) else { return nil }
    defer { free(parent) }
    return join(String(cString: parent), name)
  }

  private static func copyFile(_ source: String, _ target: String, _ information: stat) throws {
    let reader = try FileReader(source)
    let writer = try FileWriter(target)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try reader.read(into: buffer)
      if count == 0 { break }
      try writer.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    try writer.finish()
    if Kind(information.st_mode) == .file, chmod(target, information.st_mode & 0o777) != 0 {
      throw Files.failure("set the permissions of", target)
    }
  }

  private static func copyLink(_ source: String, _ target: String) throws {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = buffer.withUnsafeMutableBytes {
      readlink(source, $0.baseAddress!.assumingMemoryBound(to: CChar.self), Int(PATH_MAX))
    }
    guard count >= 0 else { throw Files.failure("copy", source) }
    let destination = String(decoding: buffer[..<count], as: UTF8.self)
    if symlink(destination, target) == 0 { return }
    guard errno == EEXIST, unlink(target) == 0, symlink(destination, target) == 0 else {
      throw Files.failure("create the link", target)
    }
  }
}
