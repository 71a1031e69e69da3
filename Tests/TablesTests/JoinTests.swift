import SwaleEngine
import Testing

@testable import SwaleTables

/// Joins of all kinds against a nested loop.
@Suite struct JoinTests {
  @Test(arguments: Plan.JoinCondition.Kind.allCases) func matchesNestedLoop(_ kind: Plan.JoinCondition.Kind)
    throws
  {
    try withContext { context in
      var random = SeededGenerator(11)
      for size in [0, 1, 3, 20, 100] {
        for otherSize in [0, 1, 5, 60] {
          let (left, right) = (RandomRows(size, &random), RandomRows(otherSize, &random))
          for keys in [["k"], ["s"], ["f"], ["i", "b"], ["m"], ["s", "k", "d"]] {
            try compare(kind, left, right, keys, context)
          }
        }
      }
    }
  }

  private func compare(
    _ kind: Plan.JoinCondition.Kind, _ left: RandomRows, _ right: RandomRows, _ keys: [String],
    _ context: Context
  ) throws {
    let columns = keys.map { left.names.firstIndex(of: $0)! }
    let others = left.names.indices.filter { !columns.contains($0) }
    func match(_ a: Row, _ b: Row) -> Bool {
      columns.allSatisfy { !a[$0].isNull && Value.isSameKey(a[$0], b[$0]) }
    }
    let nothing = Row(repeating: .null, count: others.count)
    func rest(_ row: Row) -> Row { others.map { row[$0] } }
    /// A row that only the right table has, with the keys in their places.
    func alone(_ row: Row) -> Row {
      left.names.indices.map { columns.contains($0) ? row[$0] : .null } + rest(row)
    }
    var expected: [Row] = []
    switch kind {
    case .semi: expected = left.rows.filter { a in right.rows.contains { match(a, $0) } }
    case .anti: expected = left.rows.filter { a in !right.rows.contains { match(a, $0) } }
    case .right:
      for b in right.rows {
        let found = left.rows.filter { match($0, b) }
        expected += found.isEmpty ? [alone(b)] : found.map { $0 + rest(b) }
      }
    case .inner, .left, .full:
      for a in left.rows {
        let found = right.rows.filter { match(a, $0) }
        expected += found.map { a + rest($0) }
        if found.isEmpty, kind != .inner { expected.append(a + nothing) }
      }
      if kind == .full {
        expected += right.rows.filter { b in !left.rows.contains { match($0, b) } }.map(alone)
      }
    }
    let on = ListStorage(keys.map { Value.text($0) })
    let result = try TableVerbs(left.table(hasDictionary: false), context)
      .join(right.table(hasDictionary: true), on: .list(on), kind: kind.rawValue)
    if let difference = difference(try result.batch(context).rows, expected) {
      Issue.record("\(kind) on \(keys): \(difference)")
    }
    if kind != .semi, kind != .anti {
      #expect(result.columnNames == left.names + others.map { left.names[$0] + "_right" })
    }
  }

  @Test func keysOfDifferentNamesAndTypes() {
    #expect(
      evaluate(
        """
        table({a: [1, 2, 3], v: [10, 20, 30]})
          | join(table({b: [3.0, 1.0, 1.0], w: ["x", "y", "z"]}), on: {a: "b"}, kind: "left")
        """) == #"table({a: [1, 1, 2, 3], v: [10, 10, 20, 30], w: ["y", "z", null, "x"]})"#)
    #expect(
      evaluate(#"table({a: [1]}) | join(table({b: [1]}), on: .a)"#).hasPrefix(
        "key: the right table has no column a"))
    // Keys of types that are never equal are a mistake, where there are any.
    #expect(
      evaluate(#"len(table({a: [1]}) | join(table({a: ["1"], b: [2]}), on: .a))"#).hasPrefix(
        "type: join: a of the left table holds ints and a of the right one strings"))
    #expect(evaluate(#"len(table({a: [1]}) | join(table({a: [null], b: [2]}), on: .a))"#) == "0")
    #expect(evaluate(#"len(table({a: [1]}) | join(table({a: [1.0], b: [2]}), on: .a))"#) == "1")
    #expect(
      evaluate(#"table({a: [1]}) | join(table({a: [1]}), on: .a, kind: "outer")"#).hasPrefix("value: join"))
  }
}
