import Glibc

/// The few questions that the shell asks the file system.
enum FileSystem {
  /// Returns the bytes of a file; nil where it cannot be read, with the reason in `errno`.
  static func readFile(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return Descriptor.readAll(descriptor)
  }

  /// Makes a folder and those above it that are missing, for the user alone.
  @discardableResult
  static func makeFolders(_ path: String) -> Bool {
    if isFolder(path) { return true }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      guard makeFolders(String(path[..<slash])) else { return false }
    }
    return mkdir(path, 0o700) == 0 || errno == EEXIST
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Returns the names in a folder, without `.` and `..`, in no certain order.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Returns a path with a leading `~` or `~user` replaced by the home folder.
  static func expandTilde(_ path: String, home: String?) -> String {
    guard path.hasPrefix("~") else { return path }
    let end = path.firstIndex(of: "/") ?? path.endIndex
    let user = path[path.index(after: path.startIndex)..<end]
    if user.isEmpty { return (home ?? "~") + path[end...] }
    guard let entry = getpwnam(String(user)) else { return path }
    return String(cString: entry.pointee.pw_dir) + path[end...]
  }

  /// Returns what an error number means, in the words of the system.
  static func message(for code: Int32) -> String { String(cString: strerror(code)) }
}
