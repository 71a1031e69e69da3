import SwaleEngine
import Testing

@testable import SwaleTables

/// Work that is divided over threads, on as many rows as it takes for that, gives what plain loops give.
@Suite struct ManyRowsTests {
  static let count = Parallel.leastRows + 1000
  /// Columns of every way to store keys: few and many different ones, with and without missing items.
  static func columns(seed: Int) -> [(name: String, column: Column)] {
    var random = SeededGenerator(UInt64(seed + 1))
    func below(_ n: Int) -> Int { Int.random(in: 0..<n, using: &random) }
    func holes() -> Bitmap {
      let bitmap = Bitmap(repeating: true, count: count)
      for row in 0..<count where below(50) == 0 { bitmap.clear(row) }
      return bitmap
    }
    let few = (0..<count).map { _ in below(40) - 20 }
    let spread = (0..<count).map { _ in (below(1000) - 500) &* 1_000_000_007 }
    let different = (0..<count).map { _ in below(1 << 40) }
    let floats = (0..<count).map { _ in
      [0.0, -0.0, .nan, .infinity, -1.5, Double(below(3000)) / 7][min(5, below(30))]
    }
    let strings = (0..<count).map { _ in Value.string(Text.of("k\(below(70_000))é")) }
    return [
      ("few ints", Column(ints: Buffer(few))),
      ("few ints with holes", Column(ints: Buffer(few), validity: holes())),
      ("spread ints", Column(ints: Buffer(spread))),
      ("spread ints with holes", Column(ints: Buffer(spread), validity: holes())),
      ("different ints", Column(ints: Buffer(different))),
      ("extreme ints", Column(ints: Buffer(few.map { $0 == 0 ? Int.min : $0 == 1 ? Int.max : $0 }))),
      ("floats", Column(floats: Buffer(floats))),
      ("floats with holes", Column(floats: Buffer(floats), validity: holes())),
      ("bools", Column(bools: Buffer(few.map { $0 > 7 }))),
      ("strings", Column(strings)),
      ("mixed", Column((0..<count).map { few[$0] == 3 ? .int(3) : few[$0] == 4 ? .null : strings[$0] })),
    ]
  }

  /// Keys that are equal where items are.
  func keys(_ column: Column) -> [String] {
    (0..<column.count).map { row in
      switch column.value(row) {
      case .float(let item): item == 0 ? "0.0" : "\(item)"
      case let value: value.displayString
      }
    }
  }

  @Test(arguments: 0..<11) func numbers(index: Int) throws {
    try withContext { context in
      let (name, column) = ManyRowsTests.columns(seed: index)[index]
      var known: [String: Int32] = [:]
      let expected = keys(column).map { key in
        let number = known[key] ?? Int32(known.count)
        known[key] = number
        return number
      }
      let numbers = try Grouping.number(column, context)
      #expect(numbers.count == known.count, "\(name)")
      #expect(Array(numbers.ids.items) == expected, "\(name)")
    }
  }

  @Test func numbersOfSeveralColumns() throws {
    try withContext { context in
      let all = ManyRowsTests.columns(seed: 5)
      for names in [[0, 8], [1, 3, 9], [4, 2, 7], [0, 1, 2, 3, 4, 6, 8, 9]] {
        let columns = names.map { all[$0].column }
        let texts = columns.map(keys)
        var known: [String: Int] = [:]
        var firstRows: [Int] = []
        let expected = (0..<ManyRowsTests.count).map { row in
          let key = texts.map { $0[row] }.joined(separator: "|")
          if known[key] == nil {
            known[key] = known.count
            firstRows.append(row)
          }
          return Int32(known[key]!)
        }
        let groups = try Grouping.groups(by: columns, rowCount: ManyRowsTests.count, context)
        #expect(groups.ids.map { Array($0.items) } == expected, "\(names)")
        #expect(Array(groups.firstRows.items) == firstRows, "\(names)")
      }
    }
  }

  @Test(arguments: [0, 9]) func aggregates(by index: Int) throws {
    try withContext { context in
      let all = ManyRowsTests.columns(seed: 7)
      let groups = try Grouping.groups(by: [all[index].column], rowCount: ManyRowsTests.count, context)
      let members = try groups.members(context)
      for (name, column) in all {
        for aggregate in Aggregate.allCases {
          let result = Result { try aggregate.apply(column, groups, context) }
          guard case .success(let values) = result else {
            let isFine = { (try? aggregate.apply(column, context)) == nil }
            #expect(isFine(), "\(name) \(aggregate)")
            continue
          }
          for group in stride(from: 0, to: groups.count, by: max(1, groups.count / 25)) {
            let rows = Buffer(
              (members.starts.base[group]..<members.starts.base[group + 1]).map { members.rows.base[$0] })
            let expected = try aggregate.apply(try column.gather(rows, context), context)
            #expect(isClose(values.value(group), expected), "\(name) \(aggregate) of group \(group)")
          }
        }
      }
    }
  }

  /// Sums of shares may be rounded otherwise in the last place.
  private func isClose(_ a: Value, _ b: Value) -> Bool {
    if case .float(let x) = a, case .float(let y) = b, x.isFinite, y.isFinite {
      return abs(x - y) <= 1e-12 * max(1, abs(x))
    }
    return a.displayString == b.displayString
  }

  @Test(arguments: 0..<11, [false, true]) func order(index: Int, isDescending: Bool) throws {
    try withContext { context in
      let (name, column) = ManyRowsTests.columns(seed: index)[index]
      if name == "mixed" { return }
      func precedes(_ a: Int, _ b: Int) throws -> Bool {
        if column.isNull(a) || column.isNull(b) {
          return column.isNull(a) == column.isNull(b) ? a < b : column.isNull(b)
        }
        let order = try Value.compare(column.value(a), column.value(b))
        return order == 0 ? a < b : (order < 0) != isDescending
      }
      let sorted = try Sorting.order(by: [(column, isDescending)], rowCount: column.count, context)
      #expect(Set(sorted.items).count == column.count, "\(name)")
      for i in 1..<column.count where try !precedes(sorted.base[i - 1], sorted.base[i]) {
        Issue.record("\(name): rows \(sorted.base[i - 1]) and \(sorted.base[i]) at \(i)")
        break
      }
      for limit in [1, 10, 1000] {
        let top = try Sorting.order(
          by: [(column, isDescending)], rowCount: column.count, limit: limit, context)
        #expect(Array(top.items) == Array(sorted.items.prefix(limit)), "\(name), \(limit) of them")
      }
    }
  }
}
