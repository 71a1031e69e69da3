import SwaleSyntax
import Testing

/// Every node says exactly where it stands.
@Suite struct SpanTests {
  /// The texts of all expressions, stages and names of a program, outer before inner.
  private func parts(_ text: String) throws -> [String] {
    let source = Source(name: "test", text: text)
    var result: [String] = []
    walk(try Parser.parse(source).statements) { span, _ in result.append(source.text(span)) }
    return result
  }

  /// Visits everything with a span; the second is that of what it stands in.
  private func walk(_ value: Any, _ outer: Span? = nil, _ visit: (Span, Span?) -> Void) {
    var inner = outer
    switch value {
    case let statement as Statement: inner = statement.span
    case let expression as Expression: inner = expression.span
    case let stage as Stage: inner = stage.span
    case let block as Block: inner = block.span
    case let arm as Arm: inner = arm.span
    case let arm as SelectArm: inner = arm.span
    case let pattern as Pattern: inner = pattern.span
    case let name as Name: inner = name.span
    case is Span: return
    default: break
    }
    if let inner, inner != outer { visit(inner, outer) }
    for child in Mirror(reflecting: value).children { walk(child.value, inner, visit) }
  }

  @Test func innerSpansLieInsideOuterOnes() throws {
    for program in validPrograms {
      let source = Source(name: "test", text: program)
      walk(try Parser.parse(source).statements) { inner, outer in
        let isInside = outer.map { $0.lower <= inner.lower && inner.upper <= $0.upper } ?? true
        #expect(isInside && inner.lower <= inner.upper, "\(program): \(source.text(inner))")
      }
    }
  }

  static let cases: [(String, [String])] = [
    ("a + b * c", ["a + b * c", "a", "b * c", "b", "c"]),
    ("(a + b) * c", ["(a + b) * c", "(a + b)", "a + b", "a", "b", "c"]),
    ("-x ** 2", ["-x ** 2", "x ** 2", "x", "2"]),
    ("f(x, y: 1).z", ["f(x, y: 1).z", "f(x, y: 1)", "f", "x", "y", "1", "z"]),
    ("x.f(1)[2]", ["x.f(1)[2]", "x.f(1)", "x", "f", "1", "2"]),
    (
      "xs | take 3, by: .k | len",
      [
        "xs | take 3, by: .k | len", "xs | take 3, by: .k", "xs", "take 3, by: .k", "take", "3", "by",
        ".k", ".", "k", "len",
      ]
    ),
    ("xs | map(.a.b) ", ["xs | map(.a.b)", "xs", "map(.a.b)", "map", ".a.b", ".a", ".", "a", "b"]),
    ("let [a, {b: c}] = d", ["let [a, {b: c}] = d", "[a, {b: c}]", "a", "{b: c}", "b", "c", "d"]),
    ("not a in b", ["not a in b", "a in b", "a", "b"]),
    ("x = 1...n", ["x = 1...n", "x", "1...n", "1", "n"]),
    ("if a { b } else { c }", ["if a { b } else { c }", "a", "{ b }", "b", "{ c }", "c"]),
    ("\"a{x}b\"", ["\"a{x}b\"", "x"]),
    ("x -9", ["x -9", "x", "9"]),
    ("- 9223372036854775808", ["- 9223372036854775808"]),
    ("fn f(a: int) = a  # c", ["fn f(a: int) = a", "f", "a", "int", "a"]),
    ("x => x", ["x => x", "x", "x"]),
    ("match v { int n => n }", ["match v { int n => n }", "v", "int n => n", "int n", "int", "n", "n"]),
    ("t | f count()", ["t | f count()", "t", "f count()", "f", "count()", "count"]),
    ("a<-b", ["a<-b", "a", "b"]),
    ("x = a<-b", ["x = a<-b", "x", "a<-b", "a", "-b", "b"]),
  ]

  @Test(arguments: cases) func spansAreExact(_ source: String, _ expected: [String]) throws {
    #expect(try parts(source) == expected)
  }

  @Test func operatorsHaveSpans() throws {
    for (text, expected) in [("a  +  b", "+"), ("a not  in b", "not  in"), ("x = a<-b", "<")] {
      let source = Source(name: "test", text: text)
      let statement = try #require(try Parser.parse(source).statements.first)
      let value: Expression
      switch statement.kind {
      case .expression(let expression), .assignment(_, _, let expression): value = expression
      default: continue
      }
      guard case .binary(_, _, _, let operatorSpan) = value.kind else {
        Issue.record("no operator in \(text)")
        continue
      }
      #expect(source.text(operatorSpan) == expected)
    }
  }
}
