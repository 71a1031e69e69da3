import SwaleEngine
import Testing

@testable import SwaleTables

/// `window` and its functions against slow obvious ones, on random tables.
@Suite struct WindowTests {
  private static let numbers = ["i", "f", "u"]
  private static let ordered = ["i", "f", "s", "b", "d", "t", "u"]

  /// The columns that a function takes.
  private func columns(_ function: WindowFunction) -> [String] {
    switch function {
    case .cumsum, .rollingMean, .rollingSum: WindowTests.numbers + ["b"]
    case .percentChange: WindowTests.numbers
    case .lag, .lead, .rowNumber: WindowTests.ordered + ["m"]
    default: WindowTests.ordered
    }
  }

  private func takesDescending(_ function: WindowFunction) -> Bool {
    function == .rank || function == .denseRank || function == .ntile
  }

  /// A call of the function on a column of the group: as a formula, or as nothing but a function.
  private func call(
    _ function: WindowFunction, _ name: String, n: Int, isDescending: Bool, asFormula: Bool
  ) -> Value {
    var arguments: [(label: String?, argument: RowFormula)] = [(nil, .field(name))]
    let takesCount =
      ![.cumsum, .cummin, .cummax, .rank, .denseRank, .rowNumber].contains(function)
    if takesCount { arguments.append(("n", .constant(.int(n)))) }
    let formula = RowFormula.window(function.rawValue, arguments, isDescending: isDescending)
    return .function(
      ClosureFunction(formula: asFormula ? formula : nil, fields: [name]) { group, c in
        var items = try Operations.member(group, Text.of(name), c)
        if isDescending { items = .object(DescendingKey(items)) }
        let builtin = Builtins.prelude[function.rawValue]!
        return try builtin(takesCount ? [items, .int(n)] : [items], c)
      })
  }

  private func check(
    _ reference: ReferenceTable, hasDictionary: Bool, by keys: [String], n: Int,
    order: [(name: String, isDescending: Bool)], asFormula: Bool, _ c: Context
  ) throws {
    let table = reference.table(hasDictionary: hasDictionary)
    let groups = reference.groups(by: keys).map { reference.sorted($0, by: order) }
    let orderKeys = order.map { key -> Value in
      let field = FieldFunction(key.name)
      return .function(key.isDescending ? ClosureFunction(.descending(field)) { v, _ in v } : field)
    }
    for function in WindowFunction.allCases {
      for name in columns(function) {
        for isDescending in takesDescending(function) ? [false, true] : [false] {
          let made = try TableVerbs(table, c).window(
            RecordStorage([
              "x": call(function, name, n: n, isDescending: isDescending, asFormula: asFormula)
            ]),
            by: .list(ListStorage(keys.map { .text($0) })),
            order: order.isEmpty
              ? .null : .function(ClosureFunction(.fields(orderKeys.map(\.function))) { v, _ in v }))
          let items = (0..<reference.rows.count).map { reference.rows[$0][reference.place(name)] }
          var expected = Row(repeating: .null, count: items.count)
          for group in groups {
            let results = try SlowWindows.apply(
              function, group.map { items[$0] }, n: n, isDescending: isDescending, c)
            for (row, result) in zip(group, results) { expected[row] = result }
          }
          #expect(made.columnNames == reference.names + ["x"])
          let found = try made.batch(c)
          if let difference = difference(found.rows, zip(reference.rows, expected).map { $0 + [$1] }) {
            Issue.record(
              "\(function)(\(name), \(n)) by \(keys), order \(order), formula \(asFormula), \(items.count) rows: \(difference)"
            )
          }
        }
      }
    }
  }

  @Test func everyFunction() throws {
    try withContext { c in
      var random = SeededGenerator(3)
      for size in [0, 1, 2, 5, 50] {
        for keys in [[], ["k"], ["s", "b"]] {
          let reference = ReferenceTable(random: size, &random)
          for (n, order) in [(1, []), (3, [("d", false)]), (2, [("f", true), ("s", false)])] {
            for asFormula in [true, false] {
              try check(
                reference, hasDictionary: n == 3, by: keys, n: n, order: order, asFormula: asFormula, c)
            }
          }
        }
      }
    }
  }

  @Test func manyBatches() throws {
    try withContext { c in
      var random = SeededGenerator(4)
      // Larger than a part of rows, in groups small enough for the slow functions.
      var reference = ReferenceTable(random: 40_000, &random)
      reference.rows = reference.rows.enumerated().map { i, row in row.dropLast() + [.int(i % 1000)] }
      let table = reference.table()
      for function in WindowFunction.allCases {
        let name = columns(function)[0]
        let made = try TableVerbs(table, c).window(
          RecordStorage(["x": call(function, name, n: 4, isDescending: false, asFormula: true)]),
          by: .text("k"), order: .null
        ).column("x", c)
        for group in [0, 1, 17, 999] {
          let rows = Array(stride(from: group, to: 40_000, by: 1000))
          let expected = try SlowWindows.apply(
            function, rows.map { reference.rows[$0][reference.place(name)] }, n: 4, isDescending: false, c)
          #expect(zip(rows, expected).allSatisfy { areSame(made.value($0), $1) }, "\(function)")
        }
      }
    }
  }

  @Test func aggregatesSpread() {
    let t = "table({g: [1, 2, 1], x: [1.0, 2.0, 3.0], y: [3, 5, 1]})"
    for engine in EngineKind.allCases {
      func column(_ code: String) -> String {
        evaluate("(\(t) | window r: \(code), by: .g).r", engine: engine)
      }
      #expect(column(".x / sum(.x)") == "column([0.25, 1.0, 0.75])")
      #expect(column("count()") == "column([2, 1, 2])")
      #expect(column("sum(.x / sum(.x))") == "column([1.0, 1.0, 1.0])")
      #expect(column("quantile(.x, 0.25)") == "column([1.5, 2.0, 1.5])")
      #expect(column("corr(.x, .y)") == "column([-1.0, null, -1.0])")
      #expect(column("collect(.y)") == "column([[3, 1], [5], [3, 1]])")
      #expect(column("7") == "column([7, 7, 7])")
      #expect(column("\"{len(.)} of {first(.y)}\"") == #"column(["2 of 3", "1 of 5", "2 of 3"])"#)
      #expect(column("if count() > 1 { .y } else { 0 }") == "column([3, 0, 1])")
      #expect(column("cumsum(.y) - .y") == "column([0, 0, 3])")
      #expect(column("(t => max(t.y))") == "column([3, 5, 3])")
    }
  }

  @Test func laterSeeEarlier() {
    #expect(
      evaluate("table({x: [1, 2, 3]}) | window x: cumsum(.x), y: lag(.x), w: (t => t.y), z: .y ?? 0")
        == "table({x: [1, 3, 6], y: [null, 1, 3], w: [null, 1, 3], z: [0, 1, 3]})")
  }

  @Test func listsAndColumns() {
    #expect(evaluate("cumsum([1, 2.5, null])") == "[1.0, 3.5, null]")
    #expect(evaluate(#"lag([1, 2.5, "x"])"#) == "[null, 1, 2.5]")
    #expect(evaluate("cummax(1...3)") == "[1, 2, 3]")
    #expect(evaluate("cumsum([1s, 2s])") == "[1s, 3s]")
    #expect(evaluate("cumsum([true, false, true])") == "[1, 1, 2]")
    #expect(evaluate(#"rank(desc(["b", null, "a"]))"#) == "[1, null, 2]")
    #expect(evaluate("row_number(table({a: [5, 6]}))") == "column([1, 2])")
    #expect(evaluate("rolling_sum(column([1, 2, 3]), 2)") == "column([null, 3, 5])")
    #expect(evaluate("lead([1, 2], 5, default: -1)") == "[-1, -1]")
    #expect(evaluate("lag([1, 2], 0)") == "[1, 2]")
    #expect(evaluate("cumsum([])") == "[]")
  }

  @Test func floatsLeaveNothingBehind() {
    // What a large item, or an infinite one, did to a sum is gone once it has left the window.
    #expect(evaluate("rolling_sum([1e300, 1.0, 2.0, 3.0], 2)") == "[null, 1e300, 3.0, 5.0]")
    #expect(
      evaluate("rolling_mean([math.inf, 1.0, 2.0, math.nan, 2.0, 4.0], 2)")
        == "[null, math.inf, 1.5, math.nan, math.nan, 3.0]")
  }

  /// Evaluates code that gives a table, with all rows of it.
  private func problem(_ code: String) -> String { evaluate("repr((\(code)))") }

  @Test func mistakes() {
    let t = "table({a: [1, 2], s: [\"x\", \"y\"]})"
    #expect(problem("\(t) | window x: cumsum(.q)").hasPrefix("key: the table has no column q"))
    #expect(problem("\(t) | window x: 1, by: .q").hasPrefix("key: the table has no column q"))
    #expect(problem("\(t) | window x: 1, order: .q").hasPrefix("key: the table has no column q"))
    #expect(problem("\(t) | window").hasPrefix("value: window needs a column to make"))
    #expect(problem("\(t) | window x: cumsum(.s)") == "type: cumsum needs numbers or durations, not strings")
    #expect(problem("\(t) | window x: pct_change(.s)") == "type: pct_change needs numbers, not strings")
    #expect(
      problem("\(t) | window x: rolling_sum(.a, 0)") == "value: rolling_sum: n must be at least 1, not 0")
    #expect(problem("\(t) | window x: lag(.a, -1)") == "value: lag: n must be at least 0, not -1")
    #expect(problem("\(t) | window x: lag(.a, 1.0)") == "type: lag: n must be an int, not a float")
    #expect(problem("\(t) | window x: cumsum(.a + 9223372036854775806)").hasPrefix("overflow:"))
    #expect(evaluate("cumsum([9223372036854775807, 1])").hasPrefix("overflow: cumsum"))
    #expect(evaluate("rolling_sum([9223372036854775807, 1], 2)").hasPrefix("overflow: rolling_sum"))
    #expect(evaluate("rank([1, \"x\"])").hasPrefix("type:"))
    #expect(evaluate("cumsum(desc([1]))").hasPrefix("type:"))
    #expect(evaluate("rank(desc(5))").hasPrefix("type:"))
    #expect(
      problem("\(t) | window x: (t => t.a[1...1])") == "value: window: x has 1 items in a group of 2 rows")
    #expect(evaluate("[1] | window x: 1").hasPrefix("type: window makes a table of records"))
  }
}

extension Value {
  fileprivate var function: FunctionValue {
    guard case .function(let function) = self else { fatalError("no function") }
    return function
  }
}
