import SwaleEngine

/// Numbers words of 64 bits in order of first appearance.
enum WordNumbering {
  /// Numbers words; rows without one, where the validity says so, are one key.
  static func numbers(_ words: Buffer<UInt64>, _ validity: Bitmap?, _ context: Context) throws
    -> Grouping.Numbers
  {
    if words.count >= Parallel.leastRows, validity == nil, areMostlyDifferent(words) {
      return try divided(words, context)
    }
    return try PieceNumbering.numbers(words.count, context) { WordPieceTable(words, validity) }
  }

  /// Judges by the first rows.
  private static func areMostlyDifferent(_ words: Buffer<UInt64>) -> Bool {
    let sample = 1 << 15
    var table = WordTable()
    for row in 0..<min(sample, words.count) { _ = table.number(of: words.base[row]) }
    return table.count > sample / 4
  }

  /// Numbers words of which most are different: a table of all would be too large for any cache, so they are
  /// divided by their hash first, and each division has a small table.
  private static func divided(_ words: Buffer<UInt64>, _ context: Context) throws -> Grouping.Numbers {
    let divisions = try Divided(words, context)
    // For each row the first one with the same word.
    let ids = Buffer<Int32>(uninitialized: words.count)
    try Parallel.forEach(Divided.count, context) {
      FirstRowTable()
    } _: { table, division in
      table.findFirstRows(divisions.entries(division), into: ids)
    }
    var next: Int32 = 0
    try context.forEachRow(words.count) { row in
      let first = Int(ids.base[row])
      if first == row {
        ids.base[row] = next
        next &+= 1
      } else {
        ids.base[row] = ids.base[first]
      }
    }
    return Grouping.Numbers(ids: ids, count: Int(next))
  }

  /// Words with their rows, in divisions by hash; in each they are in the order of the rows.
  private struct Divided {
    static let count = 512
    private let all: Buffer<WordSort.Entry>
    private let starts: [Int]

    @inline(__always) private static func division(_ word: UInt64) -> Int { Int(WordTable.hash(word) >> 55) }

    init(_ words: Buffer<UInt64>, _ context: Context) throws {
      let pieces = Parallel.shareCount(of: words.count)
      let counts = Buffer<Int>(repeating: 0, count: pieces * Divided.count)
      try Parallel.forEachShare(of: words.count, context) { piece, rows in
        let mine = counts.base + piece * Divided.count
        for row in rows { mine[Divided.division(words.base[row])] &+= 1 }
      }
      var starts: [Int] = []
      var position = 0
      for division in 0..<Divided.count {
        starts.append(position)
        for piece in 0..<pieces {
          let place = counts.base + piece * Divided.count + division
          let size = place.pointee
          place.pointee = position
          position += size
        }
      }
      starts.append(position)
      let all = Buffer<WordSort.Entry>(uninitialized: words.count)
      try Parallel.forEachShare(of: words.count, context) { piece, rows in
        let next = counts.base + piece * Divided.count
        for row in rows {
          let word = words.base[row]
          let division = Divided.division(word)
          all.base[next[division]] = WordSort.Entry(word: word, row: row)
          next[division] &+= 1
        }
      }
      self.all = all
      self.starts = starts
    }

    func entries(_ division: Int) -> UnsafeBufferPointer<WordSort.Entry> {
      UnsafeBufferPointer(
        start: all.base + starts[division], count: starts[division + 1] - starts[division])
    }
  }

  /// A hash table from words to the rows where they appear first.
  private final class FirstRowTable {
    private var words = Buffer<UInt64>(uninitialized: 0)
    /// -1 where a place is free.
    private var rows = Buffer<Int32>(uninitialized: 0)

    func findFirstRows(_ entries: UnsafeBufferPointer<WordSort.Entry>, into first: Buffer<Int32>) {
      var capacity = 64
      while capacity < entries.count * 2 { capacity *= 2 }
      if rows.count < capacity {
        words = Buffer(uninitialized: capacity)
        rows = Buffer(uninitialized: capacity)
      }
      rows.base.update(repeating: -1, count: capacity)
      let (words, rows, mask) = (words.base, rows.base, capacity - 1)
      for entry in entries {
        var place = Int(truncatingIfNeeded: WordTable.hash(entry.word)) & mask
        while rows[place] >= 0, words[place] != entry.word { place = (place &+ 1) & mask }
        if rows[place] < 0 {
          words[place] = entry.word
          rows[place] = Int32(truncatingIfNeeded: entry.row)
        }
        first.base[entry.row] = rows[place]
      }
    }
  }
}
