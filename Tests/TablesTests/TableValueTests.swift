import SwaleEngine
import Testing

@testable import SwaleTables

@Suite struct TableValueTests {
  @Test func asValue() {
    let t = "let t = table([{a: 1, b: \"x\"}, {b: \"y\", c: [1]}])"
    #expect(evaluate("\(t); t") == #"table({a: [1, null], b: ["x", "y"], c: [null, [1]]})"#)
    #expect(
      evaluate("\(t); [len(t), t[0], t[-1].b, t.b]")
        == #"[2, {a: 1, b: "x", c: null}, "y", column(["x", "y"])]"#)
    #expect(evaluate("\(t); t[1...]") == #"table({a: [null], b: ["y"], c: [[1]]})"#)
    #expect(
      evaluate("\(t); [t == t, t != t, t == t[0...0], {a: 1, b: \"x\", c: null} in t]")
        == "[true, false, false, true]")
    #expect(evaluate("\(t); t[5]").hasPrefix("index: index 5 is out of bounds: the table has 2 rows"))
    #expect(evaluate("\(t); t.d").hasPrefix("key"))
    #expect(evaluate("\(t); t.rejects") == "table({file: [], line: [], reason: [], text: []})")
    #expect(evaluate("var s = \"\"; for r in table({a: [1, 2]}) { s += str(r.a) }; s") == "\"12\"")
    #expect(
      evaluate("let t = table({a: [1, 2]}); var rows = []; for r in t { rows.push(r) }; rows")
        == "[{a: 1}, {a: 2}]")
    #expect(evaluate("list(table({a: [1, 2]}))") == "[{a: 1}, {a: 2}]")
    #expect(evaluate("table({a: [1, 2], b: [1]})").hasPrefix("value: the columns of a table"))
    #expect(evaluate("table([1])").hasPrefix("type: table makes a table of records"))
    #expect(evaluate("table([])") == "table({})")
  }

  /// Missing columns are found before a row is read.
  @Test func missingColumns() {
    let t = "table({price: [1], qty: [2]})"
    for stage in [
      "where .pirce > 1", "select .pirce", "drop .pirce", "rename x: .pirce", "derive x: .pirce + 1",
      "sort .pirce",
      "distinct .pirce", "summarize x: sum(.pirce)", "summarize n: count(), by: .pirce", "tally .pirce",
      "take 1, by: .pirce", "derive x: .qty, y: .pirce", "join \(t), on: .pirce",
    ] {
      #expect(
        evaluate("let x = \(t) | \(stage); 1")
          == "key: the table has no column pirce: its columns are price, qty\(stage.hasPrefix("derive x: .qty") ? ", x" : "")",
        "\(stage)")
    }
  }

  @Test func mistakes() {
    #expect(evaluate("table({a: [1]}) | select .a + 1").hasPrefix("type: select needs columns"))
    #expect(evaluate("table({a: [1]}) | select").hasPrefix("value: select needs"))
    #expect(
      evaluate("table({a: [1]}) | select .a, a: 2").hasPrefix("value: select: there would be two columns a"))
    #expect(
      evaluate("table({a: [1], b: [1]}) | rename b: .a").hasPrefix(
        "value: rename: there would be two columns b"))
    #expect(evaluate("table({a: [1]}) | take(-1)").hasPrefix("value: take"))
    #expect(evaluate("len(table({a: [1]}) | where .a)").hasPrefix("type"))
    #expect(evaluate("len(table({a: [\"x\"]}) | summarize s: sum(.a))") == "1")
    #expect(evaluate("(table({a: [\"x\"]}) | summarize s: sum(.a)).s").hasPrefix("type: sum needs numbers"))
    #expect(
      evaluate("[1, 2] | summarize n: count()").hasPrefix(
        "type: summarize makes a table of records, and item 0"))
    #expect(
      evaluate("table({a: [1]}) | summarize x: sum(.a), by: .a % 2").hasPrefix(
        "type: summarize: a key that is computed"))
  }

  @Test func constantsAndColumns() {
    #expect(
      evaluate("table({a: [1, 2]}) | derive b: 5, c: column([7, 8])")
        == "table({a: [1, 2], b: [5, 5], c: [7, 8]})")
    #expect(evaluate("let t = table({a: [1, 2]}); t | where(t.a > 1)") == "table({a: [2]})")
    #expect(
      evaluate("(table({a: [1, 2]}) | derive b: column([1])).b").hasPrefix("value: a column of 1 items"))
  }

  @Test func groupsOfNothing() {
    #expect(
      evaluate("table({a: [1]}) | where .a > 1 | summarize n: count(), s: sum(.a), m: mean(.a)")
        == "table({n: [0], s: [0], m: [null]})")
    #expect(
      evaluate("table({a: [1]}) | where .a > 1 | summarize n: count(), by: .a") == "table({a: [], n: []})")
    #expect(evaluate("table([]) | summarize n: count()") == "table({n: [0]})")
  }

  /// What a row function does is done once for each row, however often the table is looked at.
  @Test func runsOnce() throws {
    try withContext { context in
      var calls = 0
      let counting = ClosureFunction(fields: ["a"]) { row, context in
        calls += 1
        return try Operations.member(row, Text.of("a"), context)
      }
      let table = TableValue(Batch(["a": Column([Value.int(1), .int(2), .int(3)])]))
      let derived = try TableVerbs(table, context).derive(RecordStorage(["b": .function(counting)]))
      #expect(calls == 0)
      let small = try TableVerbs(derived, context).slice(skip: 0, take: 1, by: .null, of: "take")
      let other = try TableVerbs(derived, context).slice(skip: 1, take: nil, by: .null, of: "skip")
      _ = try small.batch(context)
      _ = try other.batch(context)
      _ = try derived.batch(context)
      #expect(calls == 3)
    }
  }

  /// Only the columns that something needs are read and computed.
  @Test func readsWhatIsNeeded() throws {
    try withContext { context in
      final class Source: TableSource {
        var loaded: [Set<String>] = []
        let name = "source"
        let columnNames = ["a", "b", "c", "d"]
        func load(_ names: Set<String>, _ context: Context) { loaded.append(names) }
        func column(_ name: String, _ context: Context) -> Column { Column([Value.int(1), .int(2)]) }
        func rowCount(_ context: Context) -> Int { 2 }
        func rejects(_ context: Context) -> Batch { Rejects.none }
      }
      let source = Source()
      let table = try TableValue(.scan(source), source.columnNames, context)
      let condition = ClosureFunction(fields: ["b"]) { _, _ in .bool(true) }
      let filtered = try TableVerbs(table, context).filter(.function(condition))
      let renamed = try TableVerbs(filtered, context).rename(RecordStorage(["x": .text("c")]))
      let groups = try TableVerbs(renamed, context).summarize(
        RecordStorage([
          "s": .function(
            ClosureFunction(formula: .aggregate("sum", [.field("x")]), fields: ["x"]) { v, _ in v })
        ]),
        by: .text("a"))
      _ = try groups.batch(context)
      #expect(source.loaded == [["a", "b", "c"]])
    }
  }

  /// Plans that are built upon each other in a loop stay flat.
  @Test func manyVerbs() {
    #expect(
      evaluate("var t = table({a: [0]}); for i in 1...3000 { t = t | append [{a: i}] }; len(t)") == "3001")
    #expect(
      evaluate("var t = table({a: [0]}); for i in 1...2000 { t = t | derive a: .a + 1 }; t.a[0]") == "2000")
  }

  @Test func interrupts() throws {
    try withContext { context in
      let table = TableValue(Batch(["a": Column(ints: Buffer(0..<100_000))]))
      let interrupting = ClosureFunction(fields: ["a"]) { _, _ in
        Interrupt.request()
        return .bool(true)
      }
      #expect(throws: ProgramExit.self) {
        _ = try TableVerbs(table, context).filter(.function(interrupting)).rowCount(context)
      }
      Interrupt.clear()
    }
  }

  @Test func text() throws {
    let batch = Batch([
      "name": Column([Value.text("Ada"), .text("日本"), .null]), "n": Column([Value.int(1), .null, .int(-20)]),
      "note": Column([Value.text("a\nb"), .text(""), .text("x")]),
    ])
    #expect(
      Value.object(TableValue(batch)).printString == """
        name     n  note
        Ada      1  a\\nb
        日本  null
        null   -20  x
        """)
    #expect(Value.object(TableValue(batch.slice(0, 0))).printString == "name  n  note\n(no rows)")
    let long = TableValue(Batch(["n": Column(ints: Buffer(0..<2000))]))
    #expect(Value.object(long).printString.hasSuffix("1999\n(2000 rows)"))
    #expect(Value.object(long).displayString == "<table of 2000 rows: n>")
  }
}
