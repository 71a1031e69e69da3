import SwaleEngine

@testable import SwaleTables

/// A table as the slow implementations see it: rows of values, with a column of every type.
struct ReferenceTable {
  var names: [String]
  var rows: [Row]

  init(_ names: [String], _ rows: [Row]) {
    self.names = names
    self.rows = rows
  }

  /// Makes random rows with nulls, NaN, infinities, both zeros and unicode.
  init(random count: Int, _ random: inout some RandomNumberGenerator) {
    names = ["i", "f", "s", "b", "d", "t", "u", "m", "k"]
    rows = (0..<count).map { _ in ReferenceTable.row(&random) }
  }

  private static let words = ["", "a", "ab", "ä", "日本", "zebra", "A", "\u{1F600}", "a b", "e\u{301}"]

  private static func row(_ random: inout some RandomNumberGenerator) -> Row {
    func maybe(_ value: Value) -> Value { Int.random(in: 0..<6, using: &random) == 0 ? .null : value }
    // One kind of infinity, since sums of both are NaN in one order and not in another.
    let floats = [0.5, -0.0, 0.0, .nan, .infinity, 1.0, -2.25, 3.0, 0.1, 1e-3]
    let mixed: [Value] = [
      .int(1), .float(1), .text("1"), .bool(true), .float(.nan), .list(ListStorage([.int(1)])),
      .record(RecordStorage(["x": .int(2)])),
    ]
    return [
      maybe(.int(Int.random(in: -3...3, using: &random))),
      maybe(.float(floats.randomElement(using: &random)!)),
      maybe(.text(words.randomElement(using: &random)!)),
      maybe(.bool(Bool.random(using: &random))),
      maybe(.date(Int.random(in: -2...5, using: &random))),
      maybe(.dateTime(Int.random(in: -2...5, using: &random) * 3_600_000_000_000)),
      maybe(.duration(Int.random(in: -2...5, using: &random) * 1_000_000_000)),
      maybe(mixed.randomElement(using: &random)!),
      .int(Int.random(in: 0...2, using: &random)),
    ]
  }

  func place(_ name: String) -> Int { names.firstIndex(of: name)! }

  /// The table as the verbs see it; its strings may have a dictionary.
  func table(hasDictionary: Bool = false) -> TableValue {
    let columns = names.indices.map { column -> Column in
      let made = Column(rows.map { $0[column] })
      return hasDictionary && made.type == .string ? made.encoded() : made
    }
    return TableValue(Batch(names, columns, count: rows.count))
  }

  /// The rows as a list of records.
  func records() -> Value {
    .list(
      ListStorage(
        rows.map { row in
          let record = RecordStorage()
          for (name, value) in zip(names, row) { record[name] = value }
          return .record(record)
        }))
  }

  /// The numbers of the rows of each group, groups in order of first appearance.
  func groups(by keys: [String]) -> [[Int]] {
    if keys.isEmpty { return [Array(rows.indices)] }
    var groups: [(key: Row, rows: [Int])] = []
    for (i, row) in rows.enumerated() {
      let key = keys.map { row[place($0)] }
      if let found = groups.firstIndex(where: { zip($0.key, key).allSatisfy(Value.isSameKey) }) {
        groups[found].rows.append(i)
      } else {
        groups.append((key, [i]))
      }
    }
    return groups.map(\.rows)
  }

  /// Sorts rows by number, nulls last, rows with equal keys in their order.
  func sorted(_ rows: [Int], by keys: [(name: String, isDescending: Bool)]) -> [Int] {
    rows.enumerated().sorted { a, b in
      for key in keys {
        let (x, y) = (self.rows[a.element][place(key.name)], self.rows[b.element][place(key.name)])
        let order = ReferenceTable.order(x, y, key.isDescending)
        if order != 0 { return order < 0 }
      }
      return a.offset < b.offset
    }.map(\.element)
  }

  static func order(_ x: Value, _ y: Value, _ isDescending: Bool) -> Int {
    if x.isNull || y.isNull { return x.isNull && y.isNull ? 0 : x.isNull ? 1 : -1 }
    guard let order = try? Value.compare(x, y) else { fatalError("values that have no order") }
    return isDescending ? -order : order
  }
}
