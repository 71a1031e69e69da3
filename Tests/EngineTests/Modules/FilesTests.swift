import Glibc
import SwaleEngine
import Testing

@testable import SwaleEngine

/// A folder that is removed at the end of a test.
private final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/swale-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { try? Folder.remove(path, isRecursive: true) }

  subscript(_ name: String) -> String { path + "/" + name }

  func write(_ name: String, _ text: String) throws {
    try Array(text.utf8).withUnsafeBytes { try Files.write(self[name], $0) }
  }
}

@Suite struct FilesTests {
  private let folder: TemporaryFolder
  private let sample: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    var generator = RandomGenerator(seed: 5)
    // Beyond what is mapped instead of read, and only partly compressible.
    sample = (0..<3_000_000).map { _ in UInt8(truncatingIfNeeded: generator.below(20)) }
  }

  @Test func roundTrips() throws {
    for size in [0, 1, 1000, 3_000_000] {
      let bytes = Array(sample.prefix(size))
      try bytes.withUnsafeBytes { try Files.write(folder["plain"], $0) }
      #expect(try Files.read(folder["plain"]) == bytes)
      try bytes.withUnsafeBytes { try Files.write(folder["packed.gz"], $0, isCompressed: true) }
      #expect(try Files.readGzip(folder["packed.gz"]) == bytes)
    }
  }

  @Test func gzipMembers() throws {
    let bytes = Array(sample.prefix(100_000))
    try bytes.withUnsafeBytes { try Files.write(folder["a.gz"], $0, isCompressed: true) }
    let packed = try Files.read(folder["a.gz"])
    #expect(try Files.gunzip(packed + packed + [0, 0, 0], name: "a") == bytes + bytes)
    #expect(throws: SwaleError.self) { try Files.gunzip(packed + [7], name: "a") }
    #expect(throws: SwaleError.self) { try Files.gunzip([], name: "a") }
    #expect(throws: SwaleError.self) { try Files.gunzip([1, 2, 3], name: "a") }
    // Cut anywhere or damaged anywhere: an error, never wrong data.
    for cut in [1, 5, 12, packed.count / 2, packed.count - 1] {
      #expect(throws: SwaleError.self) { try Files.gunzip(Array(packed.prefix(cut)), name: "a") }
    }
    for position in stride(from: 20, to: packed.count, by: packed.count / 50) {
      var damaged = packed
      damaged[position] ^= 0x10
      #expect(throws: SwaleError.self) { try Files.gunzip(damaged, name: "a") }
    }
  }

  @Test func failures() throws {
    for path in ["/nope/x", folder.path, "", "a\0b"] {
      #expect(throws: SwaleError.self) { try Files.write(path, UnsafeRawBufferPointer(start: nil, count: 0)) }
    }
    #expect(throws: SwaleError.self) { try Files.read(folder.path) }
    #expect(throws: SwaleError.self) { try sample.withUnsafeBytes { try Files.write("/dev/full", $0) } }
    #expect(throws: SwaleError.self) {
      try sample.withUnsafeBytes { try Files.write("/dev/full", $0, isCompressed: true) }
    }
    #expect(try !Files.read("/proc/self/status").isEmpty)
  }

  @Test func folders() throws {
    try Folder.create(folder["a/b/c"])
    try Folder.create(folder["a/b"])
    try folder.write("a/b/c/x.txt", "x")
    try folder.write("a/.hidden", "h")
    #expect(try Folder.names(folder["a"]) == [".hidden", "b"])
    #expect(symlink("b", folder["a/link"]) == 0)
    try Folder.copy(folder["a"] + "/", folder["copy"])
    #expect(
      try Folder.everything(below: folder["copy"]).map(\.path).sorted() == [
        folder["copy/.hidden"], folder["copy/b"], folder["copy/b/c"], folder["copy/b/c/x.txt"],
        folder["copy/link"],
      ])
    #expect(try Folder.kind(folder["copy/link"], followsLinks: false) == .link)
    #expect(throws: SwaleError.self) { try Folder.copy(folder["a"], folder["a/b/inner"]) }
    #expect(throws: SwaleError.self) { try Folder.copy(folder["a"], folder["a"] + "/../a") }
    #expect(throws: SwaleError.self) { try Folder.copy(folder["a/.hidden"], folder["a/.hidden"]) }
    #expect(try Files.read(folder["a/.hidden"]) == Array("h".utf8))
    #expect(throws: SwaleError.self) { try Folder.remove(folder["a"], isRecursive: false) }
    try Folder.move(folder["a"], folder["moved"])
    try Folder.remove(folder["moved"], isRecursive: true)
    #expect(try Folder.names(folder.path) == ["copy"])
    #expect(try Folder.kind(folder["copy/b/c/x.txt"], followsLinks: true) == .file)
  }

  @Test func globs() throws {
    for name in ["a.csv", "b.csv", "c.txt", ".d.csv"] { try folder.write(name, "") }
    try Folder.create(folder["in/deep"])
    try folder.write("in/e.csv", "")
    try folder.write("in/deep/f.csv", "")
    func names(_ pattern: String) throws -> [String] {
      try Glob.paths(folder[pattern]).map { String($0.dropFirst(folder.path.count + 1)) }
    }
    #expect(try names("*.csv") == ["a.csv", "b.csv"])
    #expect(try names(".*.csv") == [".d.csv"])
    #expect(try names("[bc].*") == ["b.csv", "c.txt"])
    #expect(try names("?.txt") == ["c.txt"])
    #expect(try names("**/*.csv") == ["a.csv", "b.csv", "in/deep/f.csv", "in/e.csv"])
    #expect(try names("in/**") == ["in/deep", "in/deep/f.csv", "in/e.csv"])
    #expect(try names("**/**/f.csv") == ["in/deep/f.csv"])
    #expect(try names("a.csv") == ["a.csv"])
    #expect(try names("nope/*") == [])
    #expect(try Glob.paths("") == [])
  }
}
