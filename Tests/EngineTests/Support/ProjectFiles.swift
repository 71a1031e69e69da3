import Glibc
import SwaleEngine

/// The files of the project that tests read.
enum ProjectFiles {
  static let root: String = {
    var parts = #filePath.split(separator: "/").map(String.init)
    parts.removeLast(4)
    return "/" + parts.joined(separator: "/")
  }()

  static func text(_ path: String) throws -> String {
    String(decoding: try Files.read(root + "/" + path), as: UTF8.self)
  }

  /// Returns the paths of the Swale files in a folder and the folders in it, sorted.
  static func programs(in folder: String) -> [String] {
    guard let stream = opendir(root + "/" + folder) else { return [] }
    defer { closedir(stream) }
    var paths: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if name.hasSuffix(".swale") {
        paths.append(folder + "/" + name)
      } else if name != "lib" {
        paths += programs(in: folder + "/" + name)
      }
    }
    return paths.sorted()
  }
}
