import Glibc
import Testing

/// Runs `body` in an empty folder of its own, which is removed afterwards.
func inEmptyFolder(_ body: () throws -> Void) throws {
  var template = Array("/tmp/swale-test-XXXXXX".utf8CString)
  let before = try #require(getcwd(nil, 0))
  defer { free(before) }
  try #require(mkdtemp(&template) != nil && chdir(template) == 0)
  defer {
    chdir(before)
    removeFolder(template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) })
  }
  try body()
}

private func removeFolder(_ path: String) {
  guard let folder = opendir(path) else { return }
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name == "." || name == ".." { continue }
    if unlink(path + "/" + name) != 0 { removeFolder(path + "/" + name) }
  }
  closedir(folder)
  rmdir(path)
}
