import SwaleEngine
import Testing

@testable import SwaleTables

@Suite struct ColumnTests {
  private func column(_ items: [Value]) -> Column { Column(items) }

  @Test func typesOfItems() {
    #expect(column([.int(1), .null]).type == .int)
    #expect(column([.null, .int(1), .float(2.5)]).type == .float)
    #expect(column([.null, .null]).type == .general)
    #expect(column([.text("a"), .null]).type == .string)
    #expect(column([.int(1), .text("a")]).type == .general)
    #expect(column([.date(1), .null, .dateTime(1)]).type == .general)
    // An int that a float cannot tell from its neighbours stays what it is.
    #expect(column([.int(1 << 53 + 1), .float(0.5)]).type == .general)
    #expect(column([.bool(true), .bool(false)]).typeName == "bool")
    #expect(column([.list(ListStorage())]).typeName == "list")
  }

  @Test func itemsStayWhatTheyAre() throws {
    var random = SeededGenerator(3)
    for size in [0, 1, 63, 64, 65, 200] {
      let rows = RandomRows(size, &random)
      for (c, name) in rows.names.enumerated() {
        let items = rows.rows.map { $0[c] }
        let plain = column(items)
        for column in plain.type == .string ? [plain, plain.encoded()] : [plain] {
          #expect(column.count == size)
          #expect((0..<size).allSatisfy { areSame(column.value($0), items[$0]) }, "\(name)")
          #expect(column.nullCount == items.count(where: \.isNull))
          #expect(zip(column.list().array, items).allSatisfy { areSame($0, $1) })
          let (lower, upper) = (size / 3, size - size / 4)
          let slice = column.slice(lower, upper)
          #expect((lower..<upper).allSatisfy { areSame(slice.value($0 - lower), items[$0]) })
          let picks = (0..<size).map { _ in Int.random(in: -1..<size, using: &random) }
          let gathered = try withContext { try column.gather(Buffer(picks), $0) }
          #expect(
            picks.indices.allSatisfy { areSame(gathered.value($0), picks[$0] < 0 ? .null : items[picks[$0]]) }
          )
          let twice = Column.concatenated([slice, column])
          #expect(
            (0..<twice.count).allSatisfy {
              areSame(twice.value($0), $0 < slice.count ? slice.value($0) : column.value($0 - slice.count))
            })
        }
      }
    }
  }

  @Test func operationsAreThoseOfTheItems() throws {
    try withContext { context in
      var random = SeededGenerator(5)
      let operations: [Operation] = [
        .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .power, .equal, .notEqual, .less,
        .lessEqual,
        .greater, .greaterEqual, .and, .or,
      ]
      let rows = RandomRows(90, &random)
      for (a, b) in [(0, 0), (0, 1), (1, 0), (1, 6), (6, 0), (2, 2), (3, 3), (4, 4), (5, 5), (0, 6)] {
        let (x, y) = (rows.rows.map { $0[a] }, rows.rows.map { $0[b] })
        for operation in operations {
          try compare(operation, x, y, context)
        }
      }
    }
  }

  /// Column with column, column with scalar and scalar with column, against the operation on items.
  private func compare(_ operation: Operation, _ x: [Value], _ y: [Value], _ context: Context) throws {
    func one(_ a: Value, _ b: Value) throws -> Value {
      switch operation {
      case .and: .bool(try Operations.isTrue(a) && Operations.isTrue(b))
      case .or: .bool(try Operations.isTrue(a) || Operations.isTrue(b))
      default: try Operations.binary(operation, a, b, context)
      }
    }
    func value(_ items: [Value]) -> Value { .object(ColumnValue(Column(items))) }
    let cases: [(Value, Value, (Int) throws -> Value)] = [
      (value(x), value(y), { try one(x[$0], y[$0]) }), (value(x), y[0], { try one(x[$0], y[0]) }),
      (x[1], value(y), { try one(x[1], y[$0]) }),
    ]
    for (left, right, expected) in cases {
      let result = Result { try Elementwise.operate(operation, left, right, context) }
      let wanted = Result { try x.indices.map(expected) }
      switch (result, wanted) {
      case (.success(let column), .success(let items)):
        let isSame = items.indices.allSatisfy { areSame(column.value($0), items[$0]) }
        #expect(isSame, "\(operation) \(left.displayString) \(right.displayString)")
      case (.failure(let error as SwaleError), .failure(let other as SwaleError)):
        #expect(error.kind == other.kind)
      default:
        Issue.record("\(operation) of \(left.typeName) and \(right.typeName): \(result) instead of \(wanted)")
      }
    }
  }

  @Test func overflowAndZero() {
    #expect(evaluate("column([9223372036854775807, 1]) + 1").hasPrefix("overflow"))
    #expect(evaluate("column([1, null]) // column([1, 0])").hasPrefix("column([1, null])"))
    #expect(evaluate("column([1, 2]) // 0").hasPrefix("zero_division"))
    #expect(evaluate("column([1, 2]) + column([1])").hasPrefix("value: columns of 2 and 1"))
    #expect(evaluate("sum(column([9223372036854775807, 1, -1]))") == "9223372036854775807")
    #expect(evaluate("sum(column([9223372036854775807, 1]))").hasPrefix("overflow"))
  }

  @Test func indexing() {
    #expect(
      evaluate("let c = column([1, 2, 3]); [c[0], c[-1], c[1...], len(c), 2 in c]")
        == "[1, 3, column([2, 3]), 3, true]")
    #expect(evaluate("column([1])[1]").hasPrefix("index: index 1 is out of bounds: the column has 1 item"))
    #expect(evaluate("[for_each(column([1, null]))]").hasPrefix("name"))
    #expect(evaluate("var s = 0; for x in column([1, 2, 3]) { s += x }; s") == "6")
    #expect(evaluate("column([1, 2]) == column([1, 3])") == "column([true, false])")
    #expect(evaluate("list(column([1, null]))") == "[1, null]")
    #expect(evaluate("upper(column([\"a\", null, \"ß\"]))") == #"column(["A", null, "SS"])"#)
    #expect(evaluate("-column([1, 2.5])") == "column([-1.0, -2.5])")
    #expect(evaluate("not column([true, null])") == "column([false, true])")
  }

  @Test func aggregates() throws {
    try withContext { context in
      var random = SeededGenerator(9)
      for size in [0, 1, 2, 17, 300] {
        let rows = RandomRows(size, &random)
        for (c, aggregates) in [
          (0, Aggregate.allCases.filter { $0 != .any && $0 != .all }),
          (1, Aggregate.allCases.filter { $0 != .any && $0 != .all }),
          (2, [Aggregate.min, .max, .count, .distinctCount, .first, .last, .collect, .mode]),
          (3, [.any, .all]),
        ] {
          let items = rows.rows.map { $0[c] }
          for aggregate in aggregates {
            let found = try aggregate.apply(Column(items), context)
            let expected = try SlowAggregates.apply(aggregate, items)
            #expect(
              areSame(found, expected),
              "\(aggregate): \(found.displayString), expected \(expected.displayString)")
          }
        }
      }
    }
  }
}
