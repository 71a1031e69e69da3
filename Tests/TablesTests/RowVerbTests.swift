import SwaleEngine
import Testing

@testable import SwaleTables

/// The verbs that pick and order rows, group and join them, on columns of every type and on tables larger than a
/// part of rows, against slow obvious ones.
@Suite struct RowVerbTests {
  private static let ordered = ["i", "f", "s", "b", "d", "t", "u", "k"]

  private func forRandomTables(_ body: (ReferenceTable, TableVerbs, Context) throws -> Void) throws {
    try withContext { c in
      var random = SeededGenerator(21)
      for size in [0, 1, 2, 60, 17_000] {
        let reference = ReferenceTable(random: size, &random)
        // Large tables take the slow functions long.
        for hasDictionary in size > 1000 ? [true] : [false, true] {
          try body(reference, TableVerbs(reference.table(hasDictionary: hasDictionary), c), c)
        }
      }
    }
  }

  private func key(_ name: String, _ isDescending: Bool) -> Value {
    let field = FieldFunction(name)
    return .function(isDescending ? ClosureFunction(.descending(field)) { v, _ in v } : field)
  }

  @Test func sort() throws {
    try forRandomTables { reference, verbs, c in
      let single = RowVerbTests.ordered.flatMap { name in [[(name, false)], [(name, true)]] }
      let isLarge = reference.rows.count > 1000
      for keys in (isLarge ? Array(single[1...5]) : single) + [
        [("s", true), ("i", false)], [("b", false), ("f", true), ("d", false)],
      ] {
        let order = reference.sorted(
          Array(reference.rows.indices), by: keys.map { (name: $0.0, isDescending: $0.1) })
        try check(
          verbs.sort(keys.map { key($0.0, $0.1) }, by: .null), reference.names,
          order.map { reference.rows[$0] },
          "sort \(keys)", c)
      }
      let groups = reference.groups(by: ["s", "k"])
      let sorted = groups.flatMap { reference.sorted($0, by: [("f", true)]) }
      try check(
        verbs.sort([key("f", true)], by: names(["s", "k"])), reference.names,
        reference.rows.isEmpty ? [] : sorted.map { reference.rows[$0] }, "sort by group", c)
    }
  }

  @Test func takeSkipDistinct() throws {
    try forRandomTables { reference, verbs, c in
      let single = reference.rows.count > 1000 ? ["f", "s"] : RowVerbTests.ordered + ["m"]
      for keys in single.map({ [$0] }) + [["s", "b"]] {
        let groups = reference.rows.isEmpty ? [] : reference.groups(by: keys)
        let first = groups.map { reference.rows[$0[0]] }
        try check(verbs.distinct([names(keys)]), reference.names, first, "distinct \(keys)", c)
        for n in reference.rows.count > 1000 ? [3] : [0, 1, 3] {
          let taken = groups.flatMap { $0.prefix(n) }.map { reference.rows[$0] }
          let skipped = groups.flatMap { $0.dropFirst(n) }.map { reference.rows[$0] }
          try check(
            verbs.slice(skip: 0, take: n, by: names(keys), of: "take"), reference.names, taken,
            "take \(n) by \(keys)", c)
          try check(
            verbs.slice(skip: n, take: nil, by: names(keys), of: "skip"), reference.names, skipped,
            "skip \(n) by \(keys)", c)
        }
      }
      for n in [0, 1, 50, 16_384, 16_385, 100_000] {
        try check(
          verbs.slice(skip: 0, take: n, by: .null, of: "take"), reference.names,
          Array(reference.rows.prefix(n)),
          "take \(n)", c)
        try check(
          verbs.slice(skip: n, take: nil, by: .null, of: "skip"), reference.names,
          Array(reference.rows.dropFirst(n)),
          "skip \(n)", c)
      }
    }
  }

  /// The columns that an aggregate takes.
  private func columns(_ aggregate: Aggregate) -> [String] {
    switch aggregate {
    case .sum, .mean, .median, .std, .variance: ["i", "f", "k"]
    case .min, .max: RowVerbTests.ordered
    case .any, .all: ["b"]
    case .count, .distinctCount, .first, .last, .collect, .mode: RowVerbTests.ordered + ["m"]
    }
  }

  @Test func summarize() throws {
    try forRandomTables { reference, verbs, c in
      let isLarge = reference.rows.count > 1000
      for keys in isLarge ? [["s", "k"]] : [[], ["k"], ["s"], ["d", "b"], ["t", "u"], ["m"]] {
        let groups = reference.rows.isEmpty && !keys.isEmpty ? [] : reference.groups(by: keys)
        let aggregates = RecordStorage()
        var expected = groups.map { rows in keys.map { reference.rows[rows[0]][reference.place($0)] } }
        var made: [String] = []
        for aggregate in Aggregate.allCases {
          for name in columns(aggregate) {
            made.append("\(aggregate)_\(name)")
            aggregates[made.last!] = .function(
              ClosureFunction(formula: .aggregate(aggregate.rawValue, [.field(name)]), fields: [name]) {
                v, _ in v
              })
            for (i, rows) in groups.enumerated() {
              expected[i].append(
                try SlowAggregates.apply(aggregate, rows.map { reference.rows[$0][reference.place(name)] }))
            }
          }
        }
        let table = try verbs.summarize(aggregates, by: keys.isEmpty ? .null : names(keys))
        try check(table, keys + made, expected, "summarize by \(keys)", c)
      }
    }
  }

  @Test func joinOnKeysOfOtherNames() throws {
    try withContext { c in
      var random = SeededGenerator(22)
      for (size, otherSize) in [(0, 5), (5, 0), (60, 40), (17_000, 3)] {
        let left = ReferenceTable(random: size, &random)
        let right = ReferenceTable(random: otherSize, &random)
        for keys in [["t"], ["u", "s"], ["d", "f", "b"]] {
          let renamed = RecordStorage()
          let on = RecordStorage()
          for key in keys {
            renamed["r_" + key] = field(key)
            on[key] = .text("r_" + key)
          }
          let other = try TableVerbs(right.table(hasDictionary: true), c).rename(renamed)
          let places = keys.map(left.place)
          let rest = left.names.indices.filter { !places.contains($0) }
          for kind in ["inner", "left", "semi", "anti"] {
            let expected = left.rows.flatMap { row -> [Row] in
              let found = right.rows.filter { b in
                places.allSatisfy { !row[$0].isNull && Value.isSameKey(row[$0], b[$0]) }
              }
              switch kind {
              case "semi": return found.isEmpty ? [] : [row]
              case "anti": return found.isEmpty ? [row] : []
              case "left" where found.isEmpty: return [row + rest.map { _ in .null }]
              default: return found.map { b in row + rest.map { b[$0] } }
              }
            }
            let hasBoth = kind == "inner" || kind == "left"
            try check(
              TableVerbs(left.table(), c).join(other, on: .record(on), kind: kind),
              left.names + (hasBoth ? rest.map { left.names[$0] + "_right" } : []), expected,
              "\(kind) on \(keys)", c)
          }
        }
      }
    }
  }

  @Test func appendAndTally() throws {
    try forRandomTables { reference, verbs, c in
      let other = try TableVerbs(reference.table(), c).select(
        [names(["f", "s"])], RecordStorage(["x": .int(1)]))
      let nothing = Row(repeating: .null, count: reference.names.count)
      let below = reference.rows.map { row -> Row in
        var result = nothing
        for name in ["f", "s"] { result[reference.place(name)] = row[reference.place(name)] }
        return result + [.int(1)]
      }
      try check(
        verbs.append([other]), reference.names + ["x"], reference.rows.map { $0 + [.null] } + below, "append",
        c)
      for keys in [["s"], ["k", "b"], ["u"]] {
        let groups = reference.rows.isEmpty ? [] : reference.groups(by: keys)
        let counted = groups.enumerated().sorted { a, b in
          a.element.count != b.element.count ? a.element.count > b.element.count : a.offset < b.offset
        }.map(\.element)
        try check(
          verbs.tally([names(keys)]), keys + ["count"],
          counted.map { rows in
            keys.map { reference.rows[rows[0]][reference.place($0)] } + [.int(rows.count)]
          }, "tally \(keys)", c)
      }
    }
  }
}
