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
}
