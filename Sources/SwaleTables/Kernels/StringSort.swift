import SwaleEngine

/// Sorts rows by strings, eight bytes at a time: rows whose first eight bytes are equal are sorted by the next
/// eight, and so on.
struct StringSort {
  private let strings: StringBuffer
  private let isDescending: Bool
  private let context: Context

  /// Fewer rows than this are sorted by comparing them.
  private static let smallCount = 256

  /// Returns the rows in the order of their strings by bytes; rows with equal strings stay in their order.
  static func order(_ rows: Buffer<Int>, _ strings: StringBuffer, isDescending: Bool, _ context: Context)
    throws -> Buffer<Int>
  {
    let result = Buffer(rows.items)
    let sort = StringSort(strings: strings, isDescending: isDescending, context: context)
    // Runs of rows that are equal so far, and the number of bytes in which they are.
    var open = [(run: 0..<rows.count, depth: 0)]
    while let (run, depth) = open.popLast() {
      let rows = UnsafeMutableBufferPointer(start: result.base + run.lowerBound, count: run.count)
      if run.count < smallCount {
        try sort.compare(rows, depth)
      } else {
        for inner in try sort.words(rows, depth) {
          open.append((run.lowerBound + inner.lowerBound..<run.lowerBound + inner.upperBound, depth + 8))
        }
      }
    }
    return result
  }

  /// Sorts by the eight bytes from `depth` on and returns the runs that are equal in them and go on.
  private func words(_ rows: UnsafeMutableBufferPointer<Int>, _ depth: Int) throws -> [Range<Int>] {
    let flip: UInt64 = isDescending ? ~0 : 0
    let unsorted = Buffer<WordSort.Entry>(uninitialized: rows.count)
    var goesOn = false
    try context.inParts(rows.count) { part in
      for i in part {
        let string = strings[rows[i]]
        goesOn = goesOn || string.count > depth
        unsorted.base[i] = WordSort.Entry(word: StringSort.word(string, depth) ^ flip, row: rows[i])
      }
    }
    guard goesOn else {
      // Equal but for their lengths: bytes of zero at the end.
      try compare(rows, depth)
      return []
    }
    let entries = try WordSort.sort(unsorted, context)
    var runs: [Range<Int>] = []
    var start = 0
    for i in 0..<rows.count {
      rows[i] = entries.base[i].row
      if i + 1 == rows.count || entries.base[i + 1].word != entries.base[i].word {
        if i > start { runs.append(start..<i + 1) }
        start = i + 1
      }
    }
    return runs
  }

  /// Sorts by comparing all bytes from `depth` on.
  private func compare(_ rows: UnsafeMutableBufferPointer<Int>, _ depth: Int) throws {
    var list = Array(rows.enumerated())
    try list.sort { a, b in
      try context.tick()
      let order = StringSort.compare(strings[a.element], strings[b.element], depth)
      return order == 0 ? a.offset < b.offset : (order < 0) != isDescending
    }
    for (i, entry) in list.enumerated() { rows[i] = entry.element }
  }

  private static func compare(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, _ depth: Int)
    -> Int
  {
    func rest(_ string: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
      let start = min(depth, string.count)
      return UnsafeBufferPointer(start: string.baseAddress! + start, count: string.count - start)
    }
    // Strings that ended before differ by their lengths only.
    let order = StringBuffer.compare(rest(a), rest(b))
    return order == 0 ? a.count - b.count : order
  }

  /// Returns the eight bytes from `depth` on as a number of their order; zeros stand for those behind the end.
  @inline(__always)
  private static func word(_ string: UnsafeBufferPointer<UInt8>, _ depth: Int) -> UInt64 {
    let count = string.count - depth
    if count <= 0 { return 0 }
    let p = UnsafeRawPointer(string.baseAddress! + depth)
    if count >= 8 { return UInt64(bigEndian: p.loadUnaligned(as: UInt64.self)) }
    var word: UInt64 = 0
    for i in 0..<count { word |= UInt64(p.load(fromByteOffset: i, as: UInt8.self)) << UInt64(56 - 8 * i) }
    return word
  }
}
