import SwaleSyntax
import Testing

@testable import SwaleEngine

/// Changing parts of values: what comes of it, and that others who hold the value see nothing.
@Suite struct AssignmentTests {
  @Test(arguments: [
    ("var a = [1, 2]; a[0] = 9; a", "[9, 2]"), ("var a = [1, 2]; a[-1] = \"x\"; a", "[1, \"x\"]"),
    ("var a = [1, 2]; a[0] = 1.5; a", "[1.5, 2]"), ("var a = [true]; a[0] = null; a", "[null]"),
    ("var a = [1]; var b = a; b[0] = 2; [a, b]", "[[1], [2]]"),
    ("var a = {x: [1]}; var b = a; b.x[0] = 2; [a, b]", "[{x: [1]}, {x: [2]}]"),
    ("var a = {}; a.x = 1; a[\"y\"] = 2; a[3] = 4; a[3.0] = 5; a", "{x: 1, y: 2, [3]: 5}"),
    ("var a = {x: 1}; let b = a; a.y = 2; [a, b]", "[{x: 1, y: 2}, {x: 1}]"),
    ("var a = [[1], [2]]; a[1][0] += 5; a", "[[1], [7]]"), ("var a = [{n: 1}]; a[0].n *= 10; a", "[{n: 10}]"),
    ("var a = [[1]]; a[0] = a; a", "[[[1]]]"), ("var a = {}; a.self = a; a", "{self: {}}"),
    ("var a = {x: null}; a.x ??= 1; a.y ??= 2; a", "{x: 1, y: 2}"),
    ("var a = [\"x\"]; a[0] += \"y\"; a", "[\"xy\"]"),
    ("var s = \"a\"; let t = s; s += \"b\"; [s, t]", "[\"ab\", \"a\"]"),
    ("var s = \"ab\"; s += s; s", "\"abab\""),
    ("var a = [1]; a += a; a", "[1, 1]"), ("var a = [1]; a += [\"x\"]; a", "[1, \"x\"]"),
    ("var a = [0] * 3; a[1] = 7; a", "[0, 7, 0]"),
  ])
  func results(code: String, expected: String) {
    for engine in EngineKind.allCases {
      let result = Evaluation(code, engine: engine)
      #expect(result.value == expected, "\(code): \(result.message ?? "")")
    }
  }

  @Test(arguments: [
    ("v = [1]; v[1] = 2", "index"), ("v = [1]; v[-2] = 2", "index"), ("v = [1]; v[0.0] = 2", "type"),
    ("v = [1]; v[0...0] = [2]", "type"), ("v = \"abc\"; v[0] = \"x\"", "type"),
    ("v = {a: 1}; v.b.c = 2", "key"),
    ("v = {a: 1}; v[print] = 2", "type"), ("v = {a: 1}; v.b += 2", "key"), ("v = {a: 1}; v.a.b = 2", "type"),
    ("v = {a: [1]}; v.a[0] += \"x\"", "type"), ("v = {a: [1]}; v.a[5] += 1", "index"),
    ("v = null; v.a = 2", "type"),
    ("v = {a: 1}; v.b ??= int(\"x\")", "parse"), ("v = {a: null}; v.a ??= [1][2]", "index"),
    ("v = [1]; v[1] ??= 2", "index"), ("v = {a: 1}; v.b.c ??= 2", "key"), ("v = 5; v.b ??= 2", "type"),
    ("v = 1...3; v[0] = 2", "type"), ("v = set([1]); v[0] = 2", "type"),
    ("v = {a: [9223372036854775807]}; v.a[0] += 1", "overflow"),
  ])
  func errorsLeaveTheValueAsItWas(code: String, kind: String) {
    let (start, change) = (code.prefix { $0 != ";" }, code.drop { $0 != ";" }.dropFirst())
    for engine in EngineKind.allCases {
      let result = Evaluation(
        "var \(start); let before = v; try { \(change) } catch e { [e.kind, v == before] }", engine: engine)
      #expect(result.value == "[\"\(kind)\", true]", "\(code): \(result.message ?? "")")
    }
  }

  private let context = Session(
    engine: .interpret, arguments: [], output: Output(), errorOutput: Output()
  ).context

  @Test func anItemMustBeThere() throws {
    var record = Value.record(RecordStorage(["a": .int(1)]))
    try Operations.withItem(&record, .text("a"), context) { $0 = .int(5) }
    #expect(record.displayString == "{a: 5}")
    #expect(throws: SwaleError.self) { try Operations.withItem(&record, .text("c"), context) { _ in } }
    #expect(try Operations.isMissing(record, .text("c"), context))
    #expect(try !Operations.isMissing(record, .text("a"), context))
  }

  @Test func storageHeldOnceIsChangedInPlace() throws {
    var list = Value.list(ListStorage([.text("a"), .text("b")]))
    func identity(_ value: Value) -> ObjectIdentifier? {
      switch value {
      case .list(let list): ObjectIdentifier(list)
      case .record(let record): ObjectIdentifier(record)
      default: nil
      }
    }
    let before = identity(list)
    try Operations.setIndex(&list, .int(0), .text("c"), context)
    try Operations.withItem(&list, .int(1), context) { $0 = .text("d") }
    #expect(identity(list) == before)
    let held = list
    try Operations.setIndex(&list, .int(0), .null, context)
    #expect(identity(list) != before)
    #expect(held.displayString == "[\"c\", \"d\"]")

    var record = Value.record(RecordStorage(["a": .int(1)]))
    let recordBefore = identity(record)
    try Operations.setMember(&record, Text.of("a"), .int(2), context)
    try Operations.setMember(&record, Text.of("b"), .int(3), context)
    #expect(identity(record) == recordBefore)
    #expect(record.displayString == "{a: 2, b: 3}")
  }
}
