import SwaleEngine
import Testing

/// Every example of every builtin holds, on both engines.
@Suite struct BuiltinExampleTests {
  @Test(arguments: EngineKind.allCases) func examples(engine: EngineKind) {
    Builtins.installAll()
    for builtin in Builtins.all {
      let result = Evaluation(builtin.example.code, engine: engine)
      #expect(
        result.value == builtin.example.result,
        "\(builtin.qualifiedName): \(builtin.example.code) gives \(result.value ?? result.message ?? "")")
    }
  }

  @Test func everyDeclarationIsDocumented() {
    Builtins.installAll()
    for builtin in Builtins.all {
      #expect(builtin.summary.hasSuffix("."), "\(builtin.qualifiedName)")
      #expect(!builtin.summary.split(separator: "\n")[0].isEmpty, "\(builtin.qualifiedName)")
    }
  }
}
