import Glibc

/// The entries of this and earlier sessions, kept in a file to which each entry is appended.
///
/// Nothing is ever rewritten, so sessions that run at the same time do not destroy each other's
/// entries, and a session that ends badly has lost nothing.
final class History {
  /// How many entries are kept in mind; the file may hold more.
  static let limit = 10_000
  /// How much of the end of the file is read at most.
  private static let bytesRead = 8 << 20

  /// From the oldest to the newest.
  private(set) var entries: [String] = []
  /// Nil where entries are kept in memory only.
  let path: String?

  init(path: String?) {
    self.path = path
    if let path { entries = History.load(path) }
  }

  /// Returns where the history is by the user's settings; nil where no home folder is known.
  static func defaultPath(environment: (String) -> String?) -> String? {
    if let path = environment("SWALE_HISTORY") { return path.isEmpty ? nil : path }
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/swale/history"
    }
    return environment("HOME").map { $0 + "/.local/state/swale/history" }
  }

  /// Adds an entry, unless it is the same as the one before.
  func add(_ entry: String) {
    guard entry.contains(where: { !$0.isWhitespace }), entry != entries.last else { return }
    entries.append(entry)
    if entries.count > History.limit { entries.removeFirst(entries.count - History.limit) }
    if let path { History.append(entry, to: path) }
  }

  // MARK: The file

  private static func load(_ path: String) -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
    let skipped = max(0, Int(status.st_size) - bytesRead)
    lseek(descriptor, skipped, SEEK_SET)
    guard let bytes = Descriptor.readAll(descriptor) else { return [] }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
    // The first line read may be the end of a longer one.
    if skipped > 0, !lines.isEmpty { lines.removeFirst() }
    var entries: [String] = []
    for line in lines.suffix(limit) {
      guard let text = decode(line), text != entries.last else { continue }
      entries.append(text)
    }
    return entries
  }

  private static func append(_ entry: String, to path: String) {
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      guard FileSystem.makeFolders(String(path[..<slash])) else { return }
    }
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // One write call, so that entries of several sessions do not mix.
    Descriptor.write(encode(entry) + "\n", to: descriptor)
  }

  /// Returns an entry as one line of the file.
  static func encode(_ entry: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": line.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": line.append(contentsOf: "\\n".unicodeScalars)
      case "\r": line.append(contentsOf: "\\r".unicodeScalars)
      default: line.append(scalar)
      }
    }
    return String(line)
  }

  /// Returns the entry of a line; nil for what no session wrote.
  static func decode(_ line: some Collection<UInt8>) -> String? {
    var bytes: [UInt8] = []
    var escaped = false
    for byte in line {
      if byte == 0 { return nil }
      if escaped {
        switch byte {
        case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "\\"): bytes.append(byte)
        default: return nil
        }
        escaped = false
      } else if byte == UInt8(ascii: "\\") {
        escaped = true
      } else {
        bytes.append(byte)
      }
    }
    return escaped ? nil : String(validating: bytes, as: UTF8.self)
  }
}
