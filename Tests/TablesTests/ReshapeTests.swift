import SwaleEngine
import Testing

@testable import SwaleTables

/// The verbs that do with missing items, lists, columns as rows and rows as columns, against slow obvious ones.
@Suite struct ReshapeTests {
  /// Calls `body` with random tables of many sizes, also larger than a part of rows.
  private func forRandomTables(
    _ sizes: [Int] = [0, 1, 2, 7, 40, 17_000],
    _ body: (ReferenceTable, TableVerbs, Context) throws -> Void
  ) throws {
    try withContext { c in
      var random = SeededGenerator(5)
      for size in sizes {
        let reference = ReferenceTable(random: size, &random)
        try body(reference, TableVerbs(reference.table(hasDictionary: size % 2 == 1), c), c)
        if size < 100 {
          let ofRecords = try TableMaking.table(reference.records(), "test", c)
          // Records say nothing of columns where there are none.
          if size > 0 { try body(reference, TableVerbs(ofRecords, c), c) }
        }
      }
    }
  }

  @Test func fill() throws {
    let fillers: [(String, Value)] = [
      ("i", .int(7)), ("f", .float(-0.0)), ("s", .text("ß")), ("b", .bool(true)), ("d", .date(9)),
      ("m", .null),
      ("t", .dateTime(1)), ("u", .duration(5)), ("i", .float(0.5)), ("s", .int(1)), ("m", .int(3)),
      ("i", .list(ListStorage([.int(1)]))),
    ]
    try forRandomTables { reference, verbs, c in
      for (name, value) in fillers {
        let place = reference.place(name)
        let expected = reference.rows.map { row in
          var row = row
          if row[place].isNull { row[place] = value }
          return row
        }
        try check(verbs.fill(RecordStorage([name: value])), reference.names, expected, "fill \(name)", c)
      }
      // By another column, as a field, as a column and as a function that is no formula.
      let (i, k) = (reference.place("i"), reference.place("k"))
      let expected = reference.rows.map { row in
        var row = row
        if row[i].isNull { row[i] = row[k] }
        return row
      }
      let function = ClosureFunction(fields: ["k"]) { try Operations.member($0, Text.of("k"), $1) }
      let column = Value.object(ColumnValue(try verbs.table.column("k", c)))
      for filler in [field("k"), .function(function), column] {
        try check(verbs.fill(RecordStorage(["i": filler])), reference.names, expected, "fill by k", c)
      }
    }
  }

  @Test func dropNulls() throws {
    try forRandomTables { reference, verbs, c in
      for columns in [["i"], ["s", "m"], ["f", "d", "t", "u"], reference.names] {
        let places = columns.map(reference.place)
        let expected = reference.rows.filter { row in places.allSatisfy { !row[$0].isNull } }
        try check(verbs.dropNulls([names(columns)]), reference.names, expected, "drop_nulls \(columns)", c)
        if columns == reference.names {
          try check(verbs.dropNulls([]), reference.names, expected, "drop_nulls", c)
        }
      }
    }
  }

  @Test func explode() throws {
    try withContext { c in
      var random = SeededGenerator(6)
      for size in [0, 1, 3, 50, 17_000] {
        var reference = ReferenceTable(random: size, &random)
        reference.names += ["l", "l2"]
        reference.rows = reference.rows.map { row in
          let count = Int.random(in: 0...3, using: &random)
          let isMissing = Int.random(in: 0..<5, using: &random) == 0
          func list(_ items: [Value]) -> Value { isMissing ? .null : .list(ListStorage(items)) }
          return row + [
            list((0..<count).map { $0 == 1 ? .null : .int($0) }), list((0..<count).map { .text("x\($0)") }),
          ]
        }
        let verbs = TableVerbs(reference.table(), c)
        func items(_ value: Value) throws -> [Value] {
          value.isNull ? [.null] : try list(value)
        }
        func list(_ value: Value) throws -> [Value] {
          guard case .list(let list) = value else { return [] }
          return list.array
        }
        let (l, l2) = (reference.place("l"), reference.place("l2"))
        let one = try reference.rows.flatMap { row in
          try items(row[l]).map { Array(row[..<l]) + [$0, row[l2]] }
        }
        try check(verbs.explode([field("l")]), reference.names, one, "explode l", c)
        let two = try reference.rows.flatMap { row in
          try zip(items(row[l]), items(row[l2])).map { Array(row[..<l]) + [$0, $1] }
        }
        try check(verbs.explode([field("l"), field("l2")]), reference.names, two, "explode l, l2", c)
      }
    }
  }

  @Test func unpivot() throws {
    try forRandomTables { reference, verbs, c in
      for columns in [["i"], ["i", "f"], ["s", "d", "m"], ["k", "i"], reference.names] {
        let others = reference.names.filter { !columns.contains($0) }
        let expected = reference.rows.flatMap { row in
          columns.map { column in
            others.map { row[reference.place($0)] } + [.text(column), row[reference.place(column)]]
          }
        }
        try check(
          verbs.unpivot([names(columns)], name: "key", value: "item"), others + ["key", "item"], expected,
          "unpivot \(columns)", c)
      }
    }
  }

  @Test func pivot() throws {
    try forRandomTables { reference, verbs, c in
      for (name, keys) in [("k", ["s"]), ("b", ["i", "d"]), ("d", []), ("i", ["k"])] {
        let place = reference.place(name)
        var columns: [Value] = []
        for row in reference.rows where !columns.contains(where: { Value.isSameKey($0, row[place]) }) {
          columns.append(row[place])
        }
        let groups = reference.rows.isEmpty ? [] : reference.groups(by: keys)
        for aggregate in [Aggregate.sum, .count, .collect, .first] {
          let expected = try groups.map { rows in
            try keys.map { reference.rows[rows[0]][reference.place($0)] }
              + columns.map { column -> Value in
                let cell = rows.filter { Value.isSameKey(reference.rows[$0][place], column) }
                if cell.isEmpty { return .null }
                let items = cell.map { reference.rows[$0][reference.place("u")] }
                if aggregate == .sum { return try durations(items, c) }
                return try SlowAggregates.apply(aggregate, items)
              }
          }
          let cell = ClosureFunction(
            formula: .aggregate(aggregate.rawValue, [.field("u")]), fields: ["u"]
          ) { v, _ in v }
          try check(
            verbs.pivot(field(name), .function(cell), by: names(keys)), keys + columns.map(\.printString),
            expected, "pivot \(name) by \(keys): \(aggregate)", c)
        }
      }
    }
  }

  private func durations(_ items: [Value], _ c: Context) throws -> Value {
    var sum = Value.duration(0)
    for item in items where !item.isNull { sum = try Operations.add(sum, item, c) }
    return sum
  }

  @Test func sample() throws {
    try forRandomTables { reference, verbs, c in
      for n in [0, 1, 5, 1000, 100_000] {
        let taken = try verbs.sample(n, seed: 42, by: .null).batch(c).rows
        #expect(taken.count == min(n, reference.rows.count))
        try check(verbs.sample(n, seed: 42, by: .null), reference.names, taken, "sample twice", c)
        if n >= reference.rows.count { #expect(difference(taken, reference.rows) == nil) }
        let grouped = try verbs.sample(n, seed: 1, by: names(["k"])).batch(c).rows
        let groups = reference.groups(by: ["k"])
        #expect(grouped.count == groups.reduce(0) { $0 + min(n, $1.count) })
      }
      // With a number of its own each row tells which it was: in order, once.
      if reference.rows.isEmpty { return }
      let numbered = try verbs.derive(
        RecordStorage(["n": .object(ColumnValue(Column(ints: Buffer(0..<reference.rows.count))))]))
      let picked = try TableVerbs(numbered, c).sample(7, seed: 3, by: .null).column("n", c)
      let rows = picked.list().array.map { value -> Int in
        guard case .int(let row) = value else { fatalError("no row") }
        return row
      }
      #expect(rows == Set(rows).sorted())
    }
  }

  @Test func eachRowIsAsLikely() throws {
    try withContext { c in
      let table = TableValue(Batch(["n": Column(ints: Buffer(0..<10))]))
      var counts = Array(repeating: 0, count: 10)
      for seed in 0..<2000 {
        let picked = try TableVerbs(table, c).sample(3, seed: seed, by: .null).column("n", c)
        for i in 0..<3 { if case .int(let row) = picked.value(i) { counts[row] += 1 } }
      }
      // 600 are expected of each, with a deviation of about 20.
      #expect(counts.allSatisfy { (500...700).contains($0) }, "\(counts)")
    }
  }

  @Test func whereAndDeriveByGroup() throws {
    try forRandomTables { reference, verbs, c in
      let (k, i) = (reference.place("k"), reference.place("i"))
      let sums = reference.groups(by: ["k"]).map { rows in
        rows.reduce(0) { sum, row in
          if case .int(let item) = reference.rows[row][i] { sum + item } else { sum }
        }
      }
      func sum(_ row: Row) -> Int {
        sums[reference.groups(by: ["k"]).firstIndex { Value.isSameKey(reference.rows[$0[0]][k], row[k]) }!]
      }
      let total = RowFormula.aggregate("sum", [.field("i")])
      let condition = ClosureFunction(formula: .binary(.less, .field("i"), total), fields: ["i"]) { v, _ in v
      }
      let perRow = Dictionary(
        uniqueKeysWithValues: (0...2).map { key in
          (key, reference.rows.first { Value.isSameKey($0[k], .int(key)) }.map(sum) ?? 0)
        })
      func known(_ row: Row) -> Int { if case .int(let key) = row[k] { perRow[key]! } else { 0 } }
      let kept = reference.rows.filter { row in
        if case .int(let item) = row[i] { item < known(row) } else { false }
      }
      try check(verbs.filter(.function(condition), by: field("k")), reference.names, kept, "where by", c)
      let share = ClosureFunction(formula: total, fields: ["i"]) { v, _ in v }
      try check(
        verbs.derive(RecordStorage(["x": .function(share)]), by: field("k")), reference.names + ["x"],
        reference.rows.map { $0 + [.int(known($0))] }, "derive by", c)
    }
  }
}
