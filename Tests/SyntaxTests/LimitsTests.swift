import Glibc
import SwaleSyntax
import Testing

/// Deep and long programs end in a tree or an error, never in a fault, in time that grows with
/// their length.
@Suite struct LimitsTests {
  /// A construct around another, and what stands in the middle.
  static let nested: [(open: String, middle: String, close: String)] = [
    ("(", "1", ")"), ("[", "", "]"), ("x = {a: ", "1", "}"), ("f(", "1", ")"), ("x.f(", "1", ")"),
    ("x.map(", ".a", ")"), ("x | f (", "1", ")"), ("(x | f (", "1", "))"), ("x[", "1", "]"),
    ("x => ", "1", ""), ("x => {", "1", "}"), ("x => {[", "1", "]}"), ("{ ", "1", "}"),
    ("if x {", "1", "}"), ("if ", "x", "{}"), ("while x {", "1", "}"), ("fn f() {", "1", "}"),
    ("fn f(x = ", "1", ""), ("match x { 1 => ", "1", "}"), ("match x { 1 => { ", "1", "}}"),
    ("try ", "1", " else 1"), ("try {", "1", "} catch e {}"), ("try {} catch e {", "1", "}"),
    ("let x = 1 else {", "1", "}"), ("2 ** ", "1", ""), ("2 ** -", "1", ""),
    ("1 + (1 * (x or (", "1", ")))"), ("\"{", "1", "}\""), ("\"\"\"\n{", "1", "}\n\"\"\""),
    ("let [", "", "] = 1"), ("let {a: ", "x", "} = 1"), ("return ", "1", ""),
    ("x ?? fail ", "1", ""), ("spawn {", "1", "}"), ("select { else => ", "1", "}"),
    ("select { after ", "1", ""), ("timeout 1s {", "1", "}"), ("timeout 1s + ", "1", "{}"),
    ("timeout (", "1", ")"), ("scope {", "1", "}"), ("defer {", "1", "}"),
    ("{[", "1", "]: 1}"), ("assert (", "1", ")"), ("for x in xs { ", "", "}"),
  ]

  /// Long rows, which lean to one side.
  static let rows: [(first: String, repeated: String)] = [
    ("1", " + 1"), ("x", " ?? x"), ("x", " or x"), ("x", ".y"), ("x", "?.y"), ("x", "()"),
    ("x", "[0]"), ("x", ".f()"), ("x", " | f"), ("x", " | f 1"), ("if x {}", " else if x {}"),
    ("x = -", " -"), ("x = not", " not"), ("x = await", " await"), ("<-", "<-"),
    ("match x { 1", " or 1"), ("transform t = f", " | f"),
  ]

  /// Long rows that do not nest.
  static let flat: [(first: String, repeated: String, last: String)] = [
    ("", "let x = 1; ", ""), ("f(", "1, ", ")"), ("x | f 1", ", 1", ""), ("[", "1, ", "]"),
    ("", "## a\n", ""), ("{a: 1", ", a: 1", "}"), ("match x {", "1 => 1, ", "}"),
    ("\"", "{x}", "\""), ("\"\"\"\n", "  text {x}\n", "  \"\"\""), ("", "\n", ""),
    ("", "timeout (1) | f\n", ""), ("use \"a\" {", "a, ", "}"), ("fn f(", "a, ", ") = 1"),
  ]

  /// Runs something on a stack of 8 MB, the usual one of a program.
  private func onUsualStack(_ body: @escaping @Sendable () -> Void) {
    final class Box {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 8 << 20)
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body)).toOpaque()
    let code = pthread_create(
      &thread, &attributes,
      { pointer in
        pointer.map { Unmanaged<Box>.fromOpaque($0).takeRetainedValue().body() }
        return nil
      }, box)
    #expect(code == 0)
    pthread_join(thread, nil)
    pthread_attr_destroy(&attributes)
  }

  private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  @Test(arguments: nested.indices) func nestingEndsInAnError(_ index: Int) {
    let (open, middle, close) = Self.nested[index]
    let text = repeated(open, 100_000) + middle + repeated(close, 100_000)
    onUsualStack {
      let found = problem(text)
      // Some constructs cannot stand inside themselves, which is found first.
      let expected = found.message == "this is nested too deeply" || found.summary.hasPrefix("1:")
      #expect(expected && found.message != "no problem", "\(open): \(found.summary)")
    }
  }

  @Test(arguments: nested.indices) func modestNestingIsFine(_ index: Int) {
    let (open, middle, close) = Self.nested[index]
    // What cannot stand inside itself is tried once.
    let isStatement = problem(repeated(open, 2) + middle + repeated(close, 2)).message != "no problem"
    let count = isStatement ? 1 : Limits.nesting / 4
    let text = repeated(open, count) + middle + repeated(close, count)
    onUsualStack {
      let found = problem(text)
      // Parts of constructs that are listed for their openings alone do not end.
      if close.isEmpty || isStatement { return }
      #expect(found.message == "no problem", "\(open): \(found.summary)")
    }
  }

  @Test(arguments: rows.indices) func longRowsEndInAnError(_ index: Int) {
    let (first, step) = Self.rows[index]
    let text = first + repeated(step, 100_000)
    onUsualStack {
      #expect(problem(text).message == "this is nested too deeply", "\(step)")
    }
  }

  @Test func rowsMayBeLong() {
    onUsualStack {
      #expect(problem("1" + repeated(" + 1", 1_500)).message == "no problem")
      #expect(problem("if x {}" + repeated(" else if x {}", 1_500)).message == "no problem")
      #expect(problem("x" + repeated("\n | f", 1_500)).message == "no problem")
    }
  }

  @Test(arguments: flat.indices) func flatRowsMayBeOfAnyLength(_ index: Int) {
    let (first, step, last) = Self.flat[index]
    onUsualStack {
      let found = problem(first + repeated(step, 100_000) + last)
      #expect(found.message == "no problem", "\(step): \(found.summary)")
    }
  }

  @Test func aHundredThousandClosersAreOneError() {
    #expect(problem(repeated("]", 100_000)).summary == "1:1+1 `]` closes nothing")
  }
}
