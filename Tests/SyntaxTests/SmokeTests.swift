import SwaleSyntax
import Testing

@Test func parsesAStatement() throws {
  let program = try Parser.parse(Source(name: "test", text: "let x = 1 + 2"))
  #expect(TreePrinter.print(program) == "(let x (+ 1 2))")
}
