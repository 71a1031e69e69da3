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
    let entries = Buffer<Entry>(uninitialized: rows.count)
    let flip: UInt64 = isDescending ? ~0 : 0
    try Parallel.forEachPart(rows.count, context) { part in
      for i in part {
        let row = rows.base[i]
        entries.base[i] = Entry(word: word(row) ^ flip, row: row)
      }
    }
    let sorted = try sort(entries, context)
    let result = Buffer<Int>(uninitialized: rows.count)
    try Parallel.forEachPart(rows.count, context) { part in
      for i in part { result.base[i] = sorted.base[i].row }
    }
    return result
  }

  /// Sorts by words. What is returned may be the entries themselves, whose memory is used.
  static func sort(_ entries: Buffer<Entry>, _ context: Context) throws -> Buffer<Entry> {
    if entries.count < Parallel.leastRows {
      let target = Buffer<Entry>(uninitialized: entries.count)
      return try sortBytes(entries.base, target.base, entries.count) {
        try context.tick(entries.count / 64 + 1)
      }
        ? target : entries
    }
    let divided = try Divided(entries, context)
    guard divided.isNeeded else { return entries }
    // Few enough entries to stay in a cache while their bytes are sorted, and all divisions at once.
    let sorted = Buffer<Entry>(uninitialized: entries.count)
    try Parallel.forEach(Divided.count, context, worker: {}) { _, division in
      let range = divided.range(division)
      let (source, target) = (divided.entries.base + range.lowerBound, sorted.base + range.lowerBound)
      if try !sortBytes(source, target, range.count, { try Parallel.stopIfInterrupted() }) {
        target.update(from: source, count: range.count)
      }
    }
    return sorted
  }

  /// Sorts by one byte after the other from the lowest on, leaving out bytes that do not differ; true where
  /// the result is in `target`, false where it is in the entries themselves.
  private static func sortBytes(
    _ entries: UnsafeMutablePointer<Entry>, _ scratch: UnsafeMutablePointer<Entry>, _ n: Int,
    _ look: () throws -> Void
  ) throws -> Bool {
    if n < 48 {
      sortFew(entries, n)
      return false
    }
    return try withUnsafeTemporaryAllocation(of: Int.self, capacity: 8 * 256) { counts in
      let counts = counts.baseAddress!
      counts.initialize(repeating: 0, count: 8 * 256)
      var isSorted = true
      var previous: UInt64 = 0
      try look()
      for i in 0..<n {
        let word = entries[i].word
        isSorted = isSorted && previous <= word
        previous = word
        for byte in 0..<8 { counts[byte &* 256 &+ Int(word &>> UInt64(byte &* 8) & 255)] &+= 1 }
      }
      if isSorted { return false }
      var (source, target) = (entries, scratch)
      for byte in 0..<8 {
        let count = counts + byte * 256
        let shift = UInt64(byte * 8)
        // All entries in one place: nothing to move.
        if count[Int(source[0].word &>> shift & 255)] == n { continue }
        try look()
        var start = 0
        for digit in 0..<256 {
          let size = count[digit]
          count[digit] = start
          start += size
        }
        for i in 0..<n {
          let entry = source[i]
          let digit = Int(entry.word &>> shift & 255)
          target[count[digit]] = entry
          count[digit] &+= 1
        }
        swap(&source, &target)
      }
      return source == scratch
    }
  }

  /// Sorts by insertion.
  private static func sortFew(_ entries: UnsafeMutablePointer<Entry>, _ n: Int) {
    if n < 2 { return }
    for i in 1..<n {
      let entry = entries[i]
      var k = i
      while k > 0, entries[k - 1].word > entry.word {
        entries[k] = entries[k - 1]
        k -= 1
      }
      entries[k] = entry
    }
  }

  /// Entries divided by the highest bits in which their words differ, each division in their order.
  private struct Divided {
    static let count = 2048
    let entries: Buffer<Entry>
    /// False where the entries are sorted as they are.
    let isNeeded: Bool
    private let starts: [Int]

    func range(_ division: Int) -> Range<Int> { starts[division]..<starts[division + 1] }

    init(_ source: Buffer<Entry>, _ context: Context) throws {
      let pieces = Parallel.shareCount(of: source.count)
      let bounds = Buffer<(low: UInt64, high: UInt64)>(repeating: (UInt64.max, 0), count: pieces)
      let sorted = Buffer<Bool>(repeating: true, count: pieces)
      try Parallel.forEachShare(of: source.count, context) { piece, part in
        var (low, high, isSorted) = (UInt64.max, 0 as UInt64, true)
        var previous = source.base[max(0, part.lowerBound - 1)].word
        for i in part {
          let word = source.base[i].word
          low = min(low, word)
          high = max(high, word)
          isSorted = isSorted && previous <= word
          previous = word
        }
        bounds.base[piece] = (low, high)
        sorted.base[piece] = isSorted
      }
      isNeeded = sorted.items.contains(false)
      guard isNeeded else {
        (entries, starts) = (source, [])
        return
      }
      let low = bounds.items.map(\.low).min()!
      let high = bounds.items.map(\.high).max()!
      // Counted from the least word, so that all divisions are used even where few bits are.
      let width = 64 - (high - low).leadingZeroBitCount
      let shift = UInt64(max(0, width - 11))
      @inline(__always) func division(_ entry: Entry) -> Int { Int((entry.word &- low) &>> shift) }
      let counts = Buffer<Int>(repeating: 0, count: pieces * Divided.count)
      try Parallel.forEachShare(of: source.count, context) { piece, part in
        let mine = counts.base + piece * Divided.count
        for i in part { mine[division(source.base[i])] &+= 1 }
      }
      var starts: [Int] = []
      var position = 0
      for division in 0..<Divided.count {
        starts.append(position)
        for piece in 0..<pieces {
          let place = counts.base + piece * Divided.count + division
          (position, place.pointee) = (position + place.pointee, position)
        }
      }
      starts.append(position)
      let entries = Buffer<Entry>(uninitialized: source.count)
      try Parallel.forEachShare(of: source.count, context) { piece, part in
        let next = counts.base + piece * Divided.count
        for i in part {
          let entry = source.base[i]
          let division = division(entry)
          entries.base[next[division]] = entry
          next[division] &+= 1
        }
      }
      (self.entries, self.starts) = (entries, starts)
    }
  }
}
