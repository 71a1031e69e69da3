import SwaleSyntax
import Testing

@Suite struct TransformsTests {
  @Test func earlierTransformsMakeMethodCallsStages() {
    #expect(tree("t.paid(.x)", transforms: ["paid"]) == "(mcall t paid (@ (item x)))")
    #expect(problem("t.paid(.x)").message == "a leading dot outside of a stage")
  }

  @Test func declaredTransformsAreNamed() throws {
    let text = "transform a = take 1\nlet x = 1\ntransform b = skip 2\n{ transform c = take 3 }"
    let program = try Parser.parse(Source(name: "test", text: text))
    #expect(Parser.transformNames(in: program) == ["a", "b"])
  }
}
