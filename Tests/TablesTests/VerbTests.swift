import SwaleEngine
import Testing

@testable import SwaleTables

/// Each verb against a slow obvious implementation, on random tables.
@Suite struct VerbTests {
  static let sizes = [0, 1, 2, 7, 40, 300, 1000]

  /// Calls `body` with random tables of many sizes.
  private func forRandomTables(_ body: (RandomRows, TableValue, Context) throws -> Void) throws {
    try withContext { context in
      var random = SeededGenerator(7)
      for size in VerbTests.sizes {
        for hasDictionary in [false, true] {
          let rows = RandomRows(size, &random)
          try body(rows, rows.table(hasDictionary: hasDictionary), context)
        }
      }
    }
  }

  private func field(_ name: String) -> Value { .function(FieldFunction(name)) }

  private func check(_ table: TableValue, _ expected: [Row], _ context: Context) throws {
    let found = try table.batch(context)
    #expect(found.names == table.columnNames)
    if let difference = difference(found.rows, expected) { Issue.record("\(difference)") }
    #expect(try table.rowCount(context) == expected.count)
  }

  @Test func filter() throws {
    try forRandomTables { rows, table, context in
      let condition = ClosureFunction(fields: ["i", "s"]) { row, _ in
        guard case .record(let record) = row else { return .null }
        // Only the fields that the function reads are there.
        #expect(record.count == 2)
        guard case .int(let i)? = record["i"] else { return .null }
        return .bool(i > 0 && record["s"]!.isNull == false)
      }
      let expected = rows.rows.filter { row in
        if case .int(let i) = row[0] { return i > 0 && !row[2].isNull }
        return false
      }
      try check(TableVerbs(table, context).filter(.function(condition)), expected, context)
      let trueRows = rows.rows.filter { if case .bool(true) = $0[3] { true } else { false } }
      try check(TableVerbs(table, context).filter(field("b")), trueRows, context)
      try check(TableVerbs(table, context).filter(.bool(false)), [], context)
    }
  }

  @Test func columns() throws {
    try forRandomTables { rows, table, context in
      let doubled = ClosureFunction(fields: ["i"]) { row, context in
        try Operations.multiply(Operations.member(row, Text.of("i"), context), .int(2), context)
      }
      let again = ClosureFunction(fields: ["i2"]) { row, context in
        try Operations.add(Operations.member(row, Text.of("i2"), context), .int(1), context)
      }
      func twice(_ value: Value) -> Value { if case .int(let i) = value { .int(i * 2) } else { .null } }
      let verbs = TableVerbs(table, context)
      let derived = try verbs.derive(
        RecordStorage(["i2": .function(doubled), "i3": .function(again), "i": .int(9)]))
      #expect(derived.columnNames == rows.names + ["i2", "i3"])
      try check(
        derived,
        rows.rows.map { row in
          let double = twice(row[0])
          let more: Value = if case .int(let i) = double { .int(i + 1) } else { .null }
          return [.int(9)] + row.dropFirst() + [double, more]
        }, context)
      try check(
        verbs.select([field("s"), .text("i")], RecordStorage(["x": .function(doubled)])),
        rows.rows.map { [$0[2], $0[0], twice($0[0])] }, context)
      try check(verbs.drop([field("i"), field("m")]), rows.rows.map { Array($0[1...4] + [$0[6]]) }, context)
      let renamed = try verbs.rename(RecordStorage(["x": field("s")]))
      #expect(renamed.columnNames == ["i", "f", "x", "b", "d", "m", "k"])
      try check(renamed, rows.rows, context)
    }
  }

  @Test func sortsStably() throws {
    try forRandomTables { rows, table, context in
      func compare(_ a: Value, _ b: Value, isDescending: Bool) throws -> Int {
        if a.isNull || b.isNull { return (a.isNull ? 1 : 0) - (b.isNull ? 1 : 0) }
        return try Value.compare(a, b).signum() * (isDescending ? -1 : 1)
      }
      func sorted(_ keys: [(Int, Bool)]) throws -> [Row] {
        try rows.rows.enumerated().sorted { x, y in
          for (column, isDescending) in keys {
            let order = try compare(x.element[column], y.element[column], isDescending: isDescending)
            if order != 0 { return order < 0 }
          }
          return x.offset < y.offset
        }.map(\.element)
      }
      let verbs = TableVerbs(table, context)
      func descending(_ name: String) -> Value {
        .function(ClosureFunction(.descending(FieldFunction(name)), fields: [name]) { row, _ in row })
      }
      for (column, name) in rows.names.enumerated() where name != "m" {
        try check(verbs.sort([field(name)], by: .null), sorted([(column, false)]), context)
        try check(verbs.sort([descending(name)], by: .null), sorted([(column, true)]), context)
      }
      try check(
        verbs.sort([field("k"), descending("s"), field("f")], by: .null),
        sorted([(6, false), (2, true), (1, false)]),
        context)
      // Groups in order of first appearance, each sorted.
      var order: [Value] = []
      for row in rows.rows where !order.contains(where: { areSame($0, row[6]) }) { order.append(row[6]) }
      let byI = try sorted([(0, false)])
      try check(
        verbs.sort([field("i")], by: field("k")), order.flatMap { key in byI.filter { areSame($0[6], key) } },
        context)
    }
  }

  @Test func takesAndSkips() throws {
    try forRandomTables { rows, table, context in
      let verbs = TableVerbs(table, context)
      for n in [0, 1, 5, 10_000] {
        try check(verbs.slice(skip: 0, take: n, by: .null, of: "take"), Array(rows.rows.prefix(n)), context)
        try check(
          verbs.slice(skip: n, take: nil, by: .null, of: "skip"), Array(rows.rows.dropFirst(n)), context)
        let groups = groups(rows.rows) { [$0[2]] }
        try check(
          verbs.slice(skip: 0, take: n, by: field("s"), of: "take"), groups.flatMap { $0.prefix(n) }, context)
        try check(
          verbs.slice(skip: n, take: nil, by: field("s"), of: "skip"), groups.flatMap { $0.dropFirst(n) },
          context)
      }
    }
  }

  /// Rows with equal keys together, in order of first appearance.
  private func groups(_ rows: [Row], by key: (Row) -> Row) -> [[Row]] {
    var keys: [Row] = []
    var groups: [[Row]] = []
    for row in rows {
      let key = key(row)
      if let index = keys.firstIndex(where: { zip($0, key).allSatisfy { Value.isSameKey($0, $1) } }) {
        groups[index].append(row)
      } else {
        keys.append(key)
        groups.append([row])
      }
    }
    return groups
  }

  @Test func distinct() throws {
    try forRandomTables { rows, table, context in
      let verbs = TableVerbs(table, context)
      try check(verbs.distinct([]), groups(rows.rows) { $0 }.map { $0[0] }, context)
      for (column, name) in rows.names.enumerated() {
        try check(verbs.distinct([field(name)]), groups(rows.rows) { [$0[column]] }.map { $0[0] }, context)
      }
      try check(
        verbs.distinct([field("f"), field("s")]), groups(rows.rows) { [$0[1], $0[2]] }.map { $0[0] }, context)
    }
  }

  @Test func summarizes() throws {
    try forRandomTables { rows, table, context in
      let verbs = TableVerbs(table, context)
      let keys: [([Int], Value)] = [
        ([2], field("s")), ([6], field("k")), ([1], field("f")), ([5], field("m")),
        ([2, 6, 3], .list(ListStorage([.text("s"), .text("k"), .text("b")]))),
      ]
      for (columns, by) in keys {
        let groups = groups(rows.rows) { row in columns.map { row[$0] } }
        let aggregates = RecordStorage()
        var expected: [Row] = groups.map { group in columns.map { group[0][$0] } + [.int(group.count)] }
        aggregates["n"] = .function(CountFunction())
        for aggregate in Aggregate.allCases {
          let numbers = [Aggregate.sum, .mean, .median, .std, .variance].contains(aggregate)
          let source = aggregate == .any || aggregate == .all ? 3 : numbers ? 1 : 4
          let name = rows.names[source]
          aggregates["\(aggregate.rawValue)_"] = .function(
            ClosureFunction(formula: .aggregate(aggregate.rawValue, [.field(name)]), fields: [name]) {
              group, _ in
              group
            })
          for (i, group) in groups.enumerated() {
            expected[i].append(try SlowAggregates.apply(aggregate, group.map { $0[source] }))
          }
        }
        try check(verbs.summarize(aggregates, by: by), expected, context)
      }
    }
  }

  /// Functions that get the group as a table.
  @Test func summarizesWithFunctions() throws {
    try forRandomTables { rows, table, context in
      let total = ClosureFunction(fields: ["i", "k"]) { group, context in
        guard case .object(let object) = group, let table = object as? TableValue else { return .null }
        #expect(table.columnNames == ["i", "k"])
        let products = try Elementwise.operate(
          .multiply, .object(ColumnValue(table.column("i", context))),
          .object(ColumnValue(table.column("k", context))), context)
        return try Aggregate.sum.apply(products, context)
      }
      let groups = groups(rows.rows) { [$0[2]] }
      let expected: [Row] = groups.map { group in
        let sum = group.reduce(0) { sum, row in
          if case .int(let i) = row[0], case .int(let k) = row[6] { return sum + i * k }
          return sum
        }
        return [group[0][2], .int(sum)]
      }
      let verbs = TableVerbs(table, context)
      try check(verbs.summarize(RecordStorage(["t": .function(total)]), by: field("s")), expected, context)
    }
  }

  @Test func tallies() throws {
    try forRandomTables { rows, table, context in
      let groups = groups(rows.rows) { [$0[2]] }.enumerated().sorted {
        ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
      }
      try check(
        TableVerbs(table, context).tally([field("s")]),
        groups.map { [$0.element[0][2], .int($0.element.count)] }, context)
    }
  }

  @Test func appends() throws {
    try forRandomTables { rows, table, context in
      let other = TableValue(Batch(["z": Column([Value.int(1)]), "i": Column([Value.float(0.5)])]))
      let result = try TableVerbs(table, context).append([other])
      #expect(result.columnNames == rows.names + ["z"])
      let last: Row = [.float(0.5)] + Array(repeating: .null, count: 6) + [.int(1)]
      try check(result, rows.rows.map { $0 + [.null] } + [last], context)
    }
  }
}
