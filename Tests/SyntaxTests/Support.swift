import SwaleSyntax

/// Returns the tree of a text as an s-expression, or what is wrong with it.
func tree(_ text: String, transforms: Set<String> = []) -> String {
  do {
    return TreePrinter.print(
      try Parser.parse(Source(name: "test", text: text), transforms: transforms))
  } catch {
    return "error: \(error.summary)"
  }
}

/// Returns what is wrong with a text that should have something wrong.
func problem(_ text: String) -> Diagnostic { problem(bytes: Array(text.utf8)) }

func problem(bytes: [UInt8]) -> Diagnostic {
  do {
    _ = try Parser.parse(Source(name: "test", bytes: bytes))
    return Diagnostic(.syntax, "no problem", at: nil)
  } catch {
    return error
  }
}

extension Diagnostic {
  /// `line:column+length message`, behind the kind where that is not `syntax`.
  var summary: String {
    guard let location else { return message }
    let position = location.position
    let length = location.span.upper - location.span.lower
    let kindName = kind == .syntax ? "" : "\(kind): "
    return
      "\(position.line):\(position.column)+\(length) \(kindName)\(message)\(isIncomplete ? " (incomplete)" : "")"
  }
}

/// The programs of the other suites, which all parse.
let validPrograms: [String] =
  [
    NumbersTests.cases, StringsTests.cases, NamesTests.cases, NewlinesTests.cases,
    OperatorsTests.cases, LiteralsTests.cases, HeadsTests.cases, PipesTests.cases,
    StatementsTests.cases, FunctionsTests.cases, PatternsTests.cases, TasksTests.cases,
  ].flatMap { $0.map(\.0) }
