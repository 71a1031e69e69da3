import SwaleEngine
import SwaleTables
import Testing

@testable import SwaleShell

/// What help names beside a function exists.
@Suite struct RelatedNamesTests {
  @Test func namesExist() {
    Tables.install()
    for name in RelatedNames.groups.joined() {
      let parts = name.split(separator: ".").map(String.init)
      let function = parts.count == 1 ? Builtins.prelude[name] : Builtins.modules[parts[0]]?[parts[1]]
      #expect(function != nil, "\(name)")
    }
  }

  @Test func relationsAreFound() {
    #expect(RelatedNames.related(to: "trim").contains("trim_end"))
    #expect(!RelatedNames.related(to: "trim").contains("trim"))
    #expect(RelatedNames.related(to: "no such name").isEmpty)
  }
}
