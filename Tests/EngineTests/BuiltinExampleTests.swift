import Glibc
import SwaleEngine
import Testing

/// Every example of every builtin holds, on both engines.
///
/// One after the other, each in an empty folder of its own: some write files.
@Suite(.serialized) struct BuiltinExampleTests {
  @Test(arguments: EngineKind.allCases) func examples(engine: EngineKind) throws {
    _ = builtinsAreInstalled
    for builtin in Builtins.all {
      try inEmptyFolder {
        let result = Evaluation(builtin.example.code, engine: engine)
        #expect(
          result.value == builtin.example.result,
          "\(builtin.qualifiedName): \(builtin.example.code) gives \(result.value ?? result.message ?? "")")
      }
    }
  }

  @Test func everyDeclarationIsDocumented() {
    _ = builtinsAreInstalled
    for builtin in Builtins.all {
      #expect(builtin.summary.hasSuffix("."), "\(builtin.qualifiedName)")
      #expect(!builtin.summary.split(separator: "\n")[0].isEmpty, "\(builtin.qualifiedName)")
    }
  }

  private func inEmptyFolder(_ body: () throws -> Void) throws {
    var template = Array("/tmp/swale-example-XXXXXX".utf8CString)
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
}
