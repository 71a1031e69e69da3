import Glibc

@testable import SwaleShell

/// A folder that exists during a test.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/swale-test-XXXXXX".utf8CString)
    path = String(cString: mkdtemp(&template))
  }

  deinit { remove(path) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) -> String {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    Descriptor.write(text, to: descriptor)
    close(descriptor)
    return file
  }

  private func remove(_ path: String) {
    for name in FileSystem.names(in: path) {
      let inner = path + "/" + name
      if FileSystem.isFolder(inner) { remove(inner) } else { unlink(inner) }
    }
    rmdir(path)
  }
}
