import SwaleEngine

/// Which rows of two tables belong together.
struct JoinMatches {
  /// The rows of the left and the right table that make each row of the result; -1 where there is none.
  let left: Buffer<Int>
  /// nil where the result has the left table's columns only.
  let right: Buffer<Int>?

  /// True where the left rows are all rows of the left table in their order.
  let isWholeLeft: Bool

  var count: Int { left.count }

  private init(left: Buffer<Int>, right: Buffer<Int>?, isWholeLeft: Bool = false) {
    self.left = left
    self.right = right
    self.isWholeLeft = isWholeLeft
  }

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
      let index = try RowsByNumber(right, below: distinct, context)
      return try pairs(
        left, index, keepsUnmatched: kind != .inner, addsRest: kind == .full, rightCount, context)
    case .right:
      let index = try RowsByNumber(left, below: distinct, context)
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
    _ outer: Buffer<Int32>, _ index: RowsByNumber, keepsUnmatched: Bool, addsRest: Bool, _ innerCount: Int,
    _ context: Context
  ) throws -> JoinMatches {
    let shares = Parallel.shareCount(of: outer.count)
    let parts = RowPairs.List(count: shares + 1)
    try Parallel.forEachShare(of: outer.count, context) { share, rows in
      var pairs = RowPairs(capacity: rows.count)
      for row in rows {
        let number = outer.base[row]
        let range = number < 0 ? 0..<0 : index.range(Int(number))
        if range.isEmpty {
          if keepsUnmatched { pairs.append(row, -1) }
          continue
        }
        // A key that many rows of both sides have makes many pairs of few rows.
        if range.count > 1 << 12, Interrupt.isPending { return }
        for k in range { pairs.append(row, index.rows.base[k]) }
      }
      parts.set(share, pairs.finish())
    }
    if addsRest {
      let isMatched = Buffer<Bool>(repeating: false, count: innerCount)
      for part in parts.all.dropLast() {
        for row in part.right.items where row >= 0 { isMatched.base[row] = true }
      }
      var rest = RowPairs(capacity: 0)
      for row in 0..<innerCount where !isMatched.base[row] { rest.append(-1, row) }
      parts.set(shares, rest.finish())
    }
    let all = try parts.concatenated(context)
    let isWhole = all.left.count == outer.count && all.left.items.enumerated().allSatisfy { $0 == $1 }
    return JoinMatches(left: all.left, right: all.right, isWholeLeft: isWhole)
  }
}
