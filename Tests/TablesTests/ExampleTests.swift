import SwaleEngine
import Testing

@testable import SwaleTables

/// The examples in the help of tables and columns hold, on both engines.
@Suite struct ExampleTests {
  @Test(arguments: EngineKind.allCases) func examples(_ engine: EngineKind) {
    for family in [
      Tables.verbs, Tables.groupVerbs, Tables.looks, Tables.conversions, Tables.aggregates,
      Tables.columnVerbs,
      Tables.files, Tables.csv,
    ] {
      for builtin in family {
        #expect(
          evaluate(builtin.example.code, engine: engine) == builtin.example.result, "\(builtin.qualifiedName)"
        )
      }
    }
  }
}
