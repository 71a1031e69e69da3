import Glibc
import SwaleEngine

/// A file that is written beside its place and moved there when it is complete: an error leaves the old
/// file as it was, and tables that are still being read from it find it unchanged.
enum FileReplacement {
  static func write(_ path: String, isCompressed: Bool, _ body: (ByteOutput) throws -> Void) throws {
    try Files.checkPath(path)
    guard let plan = replacement(path) else {
      // A pipe or a device, or a folder in which no file can be made: then in place.
      let output = ByteOutput(try Files.writer(path, isCompressed: isCompressed))
      try body(output)
      return try output.finish()
    }
    do {
      let output = ByteOutput(try Files.writer(plan.temporary, isCompressed: isCompressed))
      try body(output)
      try output.finish()
      if let mode = plan.mode { chmod(plan.temporary, mode) }
      if rename(plan.temporary, plan.target) != 0 { throw Files.failure("write", path) }
    } catch {
      unlink(plan.temporary)
      guard let error = error as? SwaleError else { throw error }
      throw SwaleError(
        error.kind, error.message.replacing(plan.temporary, with: path), hint: error.hint, data: error.data)
    }
  }

  private struct Replacement {
    /// The file itself, where the path is a link to it.
    let target: String
    let temporary: String
    /// The permissions of the file that is there.
    let mode: mode_t?
  }

  /// Returns where to write; nil where the path can only be written in place.
  private static func replacement(_ path: String) -> Replacement? {
    // Standard output may well be a file, of which the rest of the output must not get lost.
    if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return nil }
    var information = stat()
    var target = path
    var mode: mode_t?
    if stat(path, &information) == 0 {
      // A file that may not be written must not be replaced either.
      guard information.st_mode & S_IFMT == S_IFREG, access(path, W_OK) == 0 else { return nil }
      mode = information.st_mode & 0o7777
      guard let real = realpath(path, nil) else { return nil }
      target = String(cString: real)
      free(real)
    } else if lstat(path, &information) == 0 {
      return nil
    }
    let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? ""
    let temporary =
      "\(folder).\(target[target.index(target.startIndex, offsetBy: folder.count)...]).\(getpid()).part"
    guard access(folder.isEmpty ? "." : folder, W_OK | X_OK) == 0 else { return nil }
    // A name near the limit has no room for more.
    guard temporary.utf8.count - folder.utf8.count <= 255 else { return nil }
    return Replacement(target: target, temporary: temporary, mode: mode)
  }
}
