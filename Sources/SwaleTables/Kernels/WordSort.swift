import SwaleEngine

/// Sorts rows by words of 64 bits, which is how most items can be written so that their order is kept.
enum WordSort {
  struct Entry: BitwiseCopyable {
    var word: UInt64
    var row: Int
  }

  /// Returns the rows in the order of their words; rows with equal words stay in their order.
  @inline(__always)
  static func order(
    _ rows: Buffer<Int>, _ isDescending: Bool, _ context: Context, _ word: (_ row: Int) -> UInt64
  ) throws -> Buffer<Int> {
    let flip: UInt64 = isDescending ? ~0 : 0
    let entries = Buffer<Entry>(uninitialized: rows.count)
    try context.inParts(rows.count) { part in
      for i in part {
        let row = rows.base[i]
        entries.base[i] = Entry(word: word(row) ^ flip, row: row)
      }
    }
    let sorted = try sort(entries, context)
    let result = Buffer<Int>(uninitialized: rows.count)
    for i in 0..<rows.count { result.base[i] = sorted.base[i].row }
    return result
  }

  /// Sorts by one byte after the other from the lowest on, leaving out bytes that do not differ. What is
  /// returned may be the entries themselves, whose memory is used.
  static func sort(_ entries: Buffer<Entry>, _ context: Context) throws -> Buffer<Entry> {
    let n = entries.count
    let counts = Buffer<Int>(repeating: 0, count: 8 * 256)
    var isSorted = true
    var previous: UInt64 = 0
    try context.inParts(n) { part in
      for i in part {
        let word = entries.base[i].word
        isSorted = isSorted && previous <= word
        previous = word
        for byte in 0..<8 { counts.base[byte &* 256 &+ Int(word &>> UInt64(byte &* 8) & 255)] &+= 1 }
      }
    }
    if isSorted { return entries }
    var source = entries
    var target = Buffer<Entry>(uninitialized: n)
    for byte in 0..<8 {
      let count = counts.base + byte * 256
      if (0..<256).contains(where: { count[$0] == n }) { continue }
      var start = 0
      for digit in 0..<256 {
        let size = count[digit]
        count[digit] = start
        start += size
      }
      let shift = UInt64(byte * 8)
      try context.inParts(n) { part in
        for i in part {
          let entry = source.base[i]
          let digit = Int(entry.word &>> shift & 255)
          target.base[count[digit]] = entry
          count[digit] &+= 1
        }
      }
      swap(&source, &target)
    }
    return source
  }
}
