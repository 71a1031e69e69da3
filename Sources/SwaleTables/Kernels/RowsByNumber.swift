import SwaleEngine

/// Rows sorted by small numbers that they have, those of one number in their order.
struct RowsByNumber {
  let rows: Buffer<Int>
  /// Where the rows of each number begin, and behind them how many rows there are.
  let starts: Buffer<Int>

  func range(_ number: Int) -> Range<Int> { starts.base[number]..<starts.base[number + 1] }

  /// Sorts by counting numbers below `count`; rows with a negative one are left out.
  init(_ numbers: Buffer<Int32>, below count: Int, _ context: Context) throws {
    let rowCount = numbers.count
    // Where there are many numbers, a count of each in each share would take longer than is gained.
    let isShared = count * Parallel.shareCount(of: rowCount) <= rowCount / 4
    let shares = isShared ? Parallel.shareCount(of: rowCount) : 1
    func forEachShare(_ body: (Int, Range<Int>) throws -> Void) throws {
      if shares > 1 { return try Parallel.forEachShare(of: rowCount, context, body) }
      try context.inParts(rowCount) { try body(0, $0) }
    }
    let next = Buffer<Int>(repeating: 0, count: shares * count)
    try forEachShare { share, part in
      let mine = next.base + share * count
      for row in part where numbers.base[row] >= 0 { mine[Int(numbers.base[row])] &+= 1 }
    }
    let starts = Buffer<Int>(uninitialized: count + 1)
    var position = 0
    for number in 0..<count {
      starts.base[number] = position
      for share in 0..<shares {
        let place = next.base + share * count + number
        (position, place.pointee) = (position + place.pointee, position)
      }
    }
    starts.base[count] = position
    let rows = Buffer<Int>(uninitialized: position)
    try forEachShare { share, part in
      let mine = next.base + share * count
      for row in part where numbers.base[row] >= 0 {
        let number = Int(numbers.base[row])
        rows.base[mine[number]] = row
        mine[number] &+= 1
      }
    }
    self.rows = rows
    self.starts = starts
  }

  /// Makes one run of all rows.
  init(all rowCount: Int) {
    rows = Buffer(0..<rowCount)
    starts = Buffer([0, rowCount])
  }
}
