import SwaleEngine

/// Which rows of two tables belong together.
struct JoinMatches {
  /// The rows of the left and the right table that make each row of the result; -1 where there is none.
  let left: Buffer<Int>
  /// nil where the result has the left table's columns only.
  let right: Buffer<Int>?

  var count: Int { left.count }

  /// Finds the rows with equal keys. `numbers` are those of the left keys followed by those of the right
  /// ones; -1 is a key that never matches.
  static func find(
    _ kind: Plan.JoinCondition.Kind, _ numbers: Buffer<Int32>, distinct: Int, leftCount: Int, rightCount: Int,
    _ context: Context
  ) throws -> JoinMatches {
    let left = numbers.slice(0, leftCount)
    let right = numbers.slice(leftCount, leftCount + rightCount)
    switch kind {
    case .inner, .left, .full:
      let index = try RowIndex(right, distinct: distinct, context)
      return try pairs(
        left, index, keepsUnmatched: kind != .inner, addsRest: kind == .full, rightCount, context)
    case .right:
      let index = try RowIndex(left, distinct: distinct, context)
      let turned = try pairs(right, index, keepsUnmatched: true, addsRest: false, leftCount, context)
      return JoinMatches(left: turned.right!, right: turned.left)
    case .semi, .anti:
      let isThere = Buffer<Bool>(repeating: false, count: distinct)
      for row in 0..<rightCount where right.base[row] >= 0 { isThere.base[Int(right.base[row])] = true }
      var rows = GrowingBuffer<Int>()
      try context.forEachRow(leftCount) { row in
        let number = left.base[row]
        if (number >= 0 && isThere.base[Int(number)]) == (kind == .semi) { rows.append(row) }
      }
      return JoinMatches(left: rows.finish(), right: nil)
    }
  }

  private static func pairs(
    _ outer: Buffer<Int32>, _ index: RowIndex, keepsUnmatched: Bool, addsRest: Bool, _ innerCount: Int,
    _ context: Context
  ) throws -> JoinMatches {
    var left = GrowingBuffer<Int>(capacity: outer.count)
    var right = GrowingBuffer<Int>(capacity: outer.count)
    let isMatched = Buffer<Bool>(repeating: false, count: addsRest ? innerCount : 0)
    try context.forEachRow(outer.count) { row in
      let number = outer.base[row]
      let range = number < 0 ? 0..<0 : index.range(Int(number))
      if range.isEmpty {
        if keepsUnmatched {
          left.append(row)
          right.append(-1)
        }
        return
      }
      if range.count > 64 { try context.tick(range.count / 64) }
      for k in range {
        left.append(row)
        right.append(index.rows.base[k])
        if addsRest { isMatched.base[index.rows.base[k]] = true }
      }
    }
    if addsRest {
      for row in 0..<innerCount where !isMatched.base[row] {
        left.append(-1)
        right.append(row)
      }
    }
    return JoinMatches(left: left.finish(), right: right.finish())
  }

  /// Rows by the number of their key.
  private struct RowIndex {
    let rows: Buffer<Int>
    private let starts: Buffer<Int>

    init(_ numbers: Buffer<Int32>, distinct: Int, _ context: Context) throws {
      let starts = Buffer<Int>(repeating: 0, count: distinct + 2)
      // Counted two places on, so that filling leaves each start where it belongs.
      try context.forEachRow(numbers.count) { row in
        if numbers.base[row] >= 0 { starts.base[Int(numbers.base[row]) + 2] += 1 }
      }
      for k in 2..<max(2, distinct + 2) { starts.base[k] += starts.base[k - 1] }
      let rows = Buffer<Int>(uninitialized: starts.base[distinct + 1])
      try context.forEachRow(numbers.count) { row in
        if numbers.base[row] < 0 { return }
        let place = Int(numbers.base[row]) + 1
        rows.base[starts.base[place]] = row
        starts.base[place] += 1
      }
      self.starts = starts
      self.rows = rows
    }

    func range(_ number: Int) -> Range<Int> { starts.base[number]..<starts.base[number + 1] }
  }
}
