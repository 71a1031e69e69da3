import SwaleEngine

@testable import SwaleTables

/// A row as the slow implementations see it: values in the order of the columns.
typealias Row = [Value]

/// Random rows with nulls, NaN, unicode and values of several types.
struct RandomRows {
  let names = ["i", "f", "s", "b", "d", "m", "k"]
  let rows: [Row]

  init(_ count: Int, _ random: inout some RandomNumberGenerator) {
    rows = (0..<count).map { _ in RandomRows.row(&random) }
  }

  private static let words = ["", "a", "ab", "ä", "日本", "zebra", "A", "\u{1F600}", "a b"]

  private static func row(_ random: inout some RandomNumberGenerator) -> Row {
    func maybe(_ value: Value) -> Value { Int.random(in: 0..<6, using: &random) == 0 ? .null : value }
    let floats = [0.5, -0.0, 0.0, .nan, .infinity, 1.0, -2.25, 3.0]
    let mixed: [Value] = [
      .int(1), .float(1), .text("1"), .bool(true), .float(.nan), .list(ListStorage([.int(1)])),
    ]
    return [
      maybe(.int(Int.random(in: -3...3, using: &random))),
      maybe(.float(floats.randomElement(using: &random)!)),
      maybe(.text(words.randomElement(using: &random)!)),
      maybe(.bool(Bool.random(using: &random))),
      maybe(.date(Int.random(in: 0...5, using: &random))),
      maybe(mixed.randomElement(using: &random)!),
      .int(Int.random(in: 0...2, using: &random)),
    ]
  }

  /// The rows as a table, of which the strings may have a dictionary.
  func table(hasDictionary: Bool) -> TableValue {
    let columns = names.indices.map { column -> Column in
      let made = Column(rows.map { $0[column] })
      return hasDictionary && made.type == .string ? made.encoded() : made
    }
    return TableValue(Batch(names, columns, count: rows.count))
  }

  /// The row as a record.
  func record(_ row: Row) -> Value {
    let record = RecordStorage()
    for (name, value) in zip(names, row) { record[name] = value }
    return .record(record)
  }
}

extension Column {
  /// The strings as numbers into a dictionary.
  func encoded() -> Column {
    var table = StringTable()
    let codes = Buffer<Int32>(repeating: 0, count: count)
    for row in 0..<count where !isNull(row) { codes.base[row] = table.number(of: stringBytes(row)) }
    return Column(codes: codes, table.finish(), validity: validity)
  }
}

/// A reproducible generator of random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// True if both are the same, NaN and missing values being themselves.
func areSame(_ a: Value, _ b: Value) -> Bool {
  if case .float(let x) = a, case .float(let y) = b, x.isFinite, y.isFinite {
    // Sums may be rounded in another order.
    return abs(x - y) <= 1e-9 * Swift.max(1, abs(x), abs(y))
  }
  return Value.isSameKey(a, b)
}

extension Batch {
  /// The rows, for comparing.
  var rows: [Row] { (0..<count).map { row in columns.map { $0.value(row) } } }
}

/// Says where two sets of rows differ; nil where they do not.
func difference(_ a: [Row], _ b: [Row]) -> String? {
  if a.count != b.count { return "\(a.count) rows, expected \(b.count)" }
  for (i, (x, y)) in zip(a, b).enumerated()
  where x.count != y.count || !zip(x, y).allSatisfy({ areSame($0, $1) }) {
    return "row \(i): \(x.map(\.displayString)), expected \(y.map(\.displayString))"
  }
  return nil
}
