import SwaleEngine
import SwaleSyntax
import Testing

@testable import SwaleTables

/// The aggregates on lists, columns and groups: they agree with each other and with slow obvious ones.
@Suite struct AggregateTests {
  /// What a call gives, or the kind of its error.
  private func outcome(_ name: String, _ arguments: [Value], _ c: Context) -> (
    value: Value?, error: ErrorKind?
  ) {
    do { return (try Builtins.prelude[name]!(arguments, c), nil) } catch let error as SwaleError {
      return (nil, error.kind)
    } catch { fatalError("\(error)") }
  }

  /// Lists and columns of one item type each, and of several; also empty ones and ones of nulls only.
  private func forRandomItems(_ body: (String, [Value], Context) throws -> Void) throws {
    try withContext { c in
      var random = SeededGenerator(8)
      for size in [0, 1, 2, 3, 10, 200] {
        for _ in 0..<4 {
          let reference = ReferenceTable(random: size, &random)
          for name in reference.names {
            try body(name, reference.rows.map { $0[reference.place(name)] }, c)
          }
        }
        try body("nulls", Array(repeating: .null, count: size), c)
      }
    }
  }

  @Test func listsAndColumnsAgree() throws {
    let names = Aggregate.allCases.map(\.rawValue) + ["quantile"]
    try forRandomItems { column, items, c in
      for name in names {
        let more: [Value] = name == "quantile" ? [.float(0.3)] : []
        let ofList = outcome(name, [.list(ListStorage(items))] + more, c)
        // As the column that a table has, with its strings as they are and numbered.
        let typed = Column(items)
        for column in [typed, typed.type == .string ? typed.encoded() : typed.general()] {
          let ofColumn = outcome(name, [.object(ColumnValue(column))] + more, c)
          // A list is looked at only until the answer is known.
          if name == "any" || name == "all", ofList.error == nil, ofColumn.error != nil { continue }
          #expect(
            ofList.error == ofColumn.error,
            "\(name) of \(items.map(\.displayString)): \(ofList), of a column \(ofColumn)")
          if let a = ofList.value, let b = ofColumn.value {
            #expect(
              areSame(a, b),
              "\(name) of \(items.map(\.displayString)): \(a.displayString), of a column \(b.displayString)")
          }
        }
      }
    }
  }

  @Test func quantilesAndCorrelationsOfGroups() throws {
    try withContext { c in
      var random = SeededGenerator(9)
      for size in [0, 1, 2, 30, 500, 17_000] {
        let reference = ReferenceTable(random: size, &random)
        for keys in [[], ["k"], ["s", "b"]] {
          for (x, y) in [("i", "f"), ("b", "i"), ("i", "k")] {
            let quantile = RowFormula.aggregate("quantile", [.field(x), .constant(.float(0.7))])
            let corr = RowFormula.aggregate("corr", [.field(x), .field(y)])
            func function(_ formula: RowFormula) -> Value {
              .function(ClosureFunction(formula: formula, fields: [x, y]) { v, _ in v })
            }
            let table = try TableVerbs(reference.table(), c).summarize(
              RecordStorage(["q": function(quantile), "c": function(corr)]),
              by: keys.isEmpty ? .null : names(keys))
            let expected = reference.groups(by: keys).map { rows -> Row in
              let xs = rows.map { reference.rows[$0][reference.place(x)] }
              let ys = rows.map { reference.rows[$0][reference.place(y)] }
              return keys.map { reference.rows[rows[0]][reference.place($0)] } + [
                SlowStatistics.quantile(xs, 0.7), SlowStatistics.correlation(xs, ys),
              ]
            }
            try check(
              table, keys + ["q", "c"], size == 0 && !keys.isEmpty ? [] : expected, "\(x), \(y) by \(keys)", c
            )
          }
        }
      }
    }
  }

  @Test func shares() {
    for items in ["[1, 2]", "column([1, 2])"] {
      #expect(evaluate("quantile(\(items), 1.5)").hasPrefix("value: quantile"))
      #expect(evaluate("quantile(\(items), math.nan)").hasPrefix("value: quantile"))
      #expect(evaluate("quantile(\(items), \"x\")").hasPrefix("type: quantile"))
      #expect(evaluate("corr(\(items), [1])").hasPrefix("value: corr"))
    }
    #expect(evaluate("repr(table({a: [1, 2]}) | summarize q: quantile(.a, 2))").hasPrefix("value: quantile"))
    #expect(
      evaluate("repr((table({a: [1, 2], s: [\"x\", \"y\"]}) | summarize q: corr(.a, .s)))").hasPrefix(
        "type: corr"))
  }
}
