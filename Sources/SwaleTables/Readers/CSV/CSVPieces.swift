import CScan
import Glibc
import SwaleEngine

/// A file divided into pieces of whole rows, which threads read on their own.
struct CSVPieces {
  /// Where each piece begins, and behind the last one where it ends.
  private(set) var starts: [Int] = []
  /// For each piece a number of rows that lie before it; there may be fewer, but the piece has at most
  /// as many as lie between its number and the next one.
  private(set) var rowBounds: [Int] = []
  /// For each piece the number of lines before it.
  private(set) var lines: [Int] = []
  /// True if all quotes stand where they belong, so that rows can be found 64 bytes at a time.
  private(set) var isRegular = true
  /// The number of bytes from which on a piece ends with its row.
  private var size: Int
  /// The source to read from.
  private(set) var source: ByteSource

  var count: Int { starts.count - 1 }
  var rowBound: Int { rowBounds.last ?? 0 }

  /// Divides what follows `start`. `isRegular` is false where a first attempt found that the
  /// file has rows that must be looked at byte by byte.
  init(
    _ source: ByteSource, from start: Int, _ dialect: CSVDialect, columns: Int, size: Int, isRegular: Bool,
    _ context: Context
  ) throws {
    self.source = source
    self.size = size
    if isRegular, try divide(from: start, dialect, context) { return }
    self = try CSVPieces(byBytes: source.inMemory(), from: start, dialect, columns: columns, size: size)
    try Interrupt.check()
  }

  // MARK: 64 bytes at a time

  /// What a piece holds, if it begins outside of quotes and if inside.
  private struct Census {
    var newlines = (outside: 0, inside: 0)
    var hasOddQuotes = false
    var isRegular = (outside: true, inside: true)
  }

  private mutating func divide(from start: Int, _ dialect: CSVDialect, _ context: Context) throws -> Bool {
    let count = max(1, (source.count - start + size - 1) / size)
    let bounds = (0...count).map { min(start + $0 * size, source.count) }
    let results = UnsafeMutablePointer<Census>.allocate(capacity: count)
    results.initialize(repeating: Census(), count: count)
    defer { results.deallocate() }
    try Parallel.forEach(count, context, worker: ByteSource.Scratch.init) { scratch, piece in
      // The byte before tells whether a quote at the beginning may stand there.
      let lower = max(start, bounds[piece] - 1)
      let p = try source.bytes(lower, bounds[piece + 1], scratch)
      let skip = bounds[piece] - lower
      results[piece] = CSVPieces.census(
        p + skip, bounds[piece + 1] - bounds[piece], before: skip == 0 ? dialect.newline : p[0], dialect)
    }
    var isInside = false
    var rows = 1
    var line = 0
    let scratch = ByteSource.Scratch()
    for piece in 0..<count {
      let census = results[piece]
      if isInside ? !census.isRegular.inside : !census.isRegular.outside { return false }
      let first: Int
      if piece == 0 {
        first = start
      } else if let last = starts.last, last > bounds[piece] {
        // A row that runs over the whole piece.
        first = last
      } else {
        first = try nextRow(from: bounds[piece], isInside: isInside, dialect, scratch)
      }
      starts.append(first)
      rowBounds.append(piece == 0 ? 0 : rows)
      // The lines up to the bound, and those that belong to the row which runs over it.
      lines.append(line + (piece == 0 ? 0 : try newlines(bounds[piece], first, dialect, scratch)))
      rows += isInside ? census.newlines.inside : census.newlines.outside
      line += census.newlines.inside + census.newlines.outside
      if census.hasOddQuotes { isInside.toggle() }
    }
    if isInside { return false }
    starts.append(source.count)
    rowBounds.append(rows)
    lines.append(line)
    for piece in 0..<count where starts[piece + 1] - starts[piece] > Int(UInt32.max) - 128 {
      throw SwaleError(.parse, "\(source.name) has a row of more than 4 GB")
    }
    return true
  }

  private static func census(
    _ p: UnsafePointer<UInt8>, _ count: Int, before: UInt8, _ dialect: CSVDialect
  ) -> Census {
    var census = Census()
    var inside: UInt64 = 0
    // The byte before a block: a separator, a quote that closed a field if the block begins outside.
    var afterSeparator: UInt64 = before == dialect.newline || before == dialect.delimiter ? 1 : 0
    var afterQuote: UInt64 = before == dialect.quote ? 1 : 0
    var closedOutside = afterQuote
    var closedInside: UInt64 = 0
    var bad = (outside: 0 as UInt64, inside: 0 as UInt64)
    var base = 0
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 64) { tail in
      while base < count {
        var block = p + base
        var limit: UInt64 = ~0
        if count - base < 64 {
          let copy = tail.baseAddress!.assumingMemoryBound(to: UInt8.self)
          memcpy(copy, block, count - base)
          limit = 1 &<< UInt64(count &- base) &- 1
          block = UnsafePointer(copy)
        }
        base &+= 64
        let newlines = cscan_equal(block, dialect.newline) & limit
        let quotes = cscan_equal(block, dialect.quote) & limit
        if quotes | inside | closedOutside | closedInside == 0 {
          census.newlines.outside &+= newlines.nonzeroBitCount
          let last = block[63 &- limit.leadingZeroBitCount]
          afterSeparator = last == dialect.newline || last == dialect.delimiter ? 1 : 0
          afterQuote = 0
          continue
        }
        let separators = newlines | cscan_equal(block, dialect.delimiter) & limit
        let returns = cscan_equal(block, 0x0D) & limit
        let quoted = CSVIndex.prefix(quotes) ^ inside
        census.newlines.outside &+= (newlines & ~quoted).nonzeroBitCount
        census.newlines.inside &+= (newlines & quoted).nonzeroBitCount
        // A quote opens where a field begins, or goes on right behind one that closed.
        let mayOpen = separators &<< 1 | afterSeparator | quotes &<< 1 | afterQuote
        // Behind one that closes come a separator, the end of the line or the second quote of a pair.
        let mayFollow = separators | returns | quotes | ~limit
        let (opening, closing) = (quotes & quoted, quotes & ~quoted)
        bad.outside |= opening & ~mayOpen | (closing &<< 1 | closedOutside) & ~mayFollow
        bad.inside |= closing & ~mayOpen | (opening &<< 1 | closedInside) & ~mayFollow
        closedOutside = closing &>> 63
        closedInside = opening &>> 63
        afterSeparator = separators &>> 63
        afterQuote = quotes &>> 63
        inside = quoted &>> 63 == 0 ? 0 : ~0
      }
    }
    census.hasOddQuotes = inside != 0
    census.isRegular = (bad.outside == 0, bad.inside == 0)
    return census
  }

  /// Returns where the first row begins whose beginning follows a newline at `bound` or behind it.
  private func nextRow(
    from bound: Int, isInside: Bool, _ dialect: CSVDialect, _ scratch: ByteSource.Scratch
  ) throws -> Int {
    var isInside = isInside
    var position = bound
    while position < source.count {
      let end = min(position + 4096, source.count)
      let p = try source.bytes(position, end, scratch)
      for i in 0..<(end - position) {
        if p[i] == dialect.quote { isInside.toggle() }
        if p[i] == dialect.newline, !isInside { return position + i + 1 }
      }
      position = end
    }
    return source.count
  }

  private func newlines(_ lower: Int, _ upper: Int, _ dialect: CSVDialect, _ scratch: ByteSource.Scratch)
    throws
    -> Int
  {
    let p = try source.bytes(lower, upper, scratch)
    return UnsafeBufferPointer(start: p, count: upper - lower).reduce(0) {
      $0 + ($1 == dialect.newline ? 1 : 0)
    }
  }

  // MARK: Byte by byte

  private init(
    byBytes source: ByteSource, from start: Int, _ dialect: CSVDialect, columns: Int, size: Int
  ) throws {
    self.source = source
    self.size = size
    isRegular = false
    guard source.count < Int(Int32.max) else {
      throw SwaleError(
        .parse,
        "\(source.name) has quotes in the middle of fields, and is too large (over 2 GB) to be read with them",
        hint: "divide the file, or correct the quotes")
    }
    let p = try source.bytes(0, source.count, ByteSource.Scratch())
    let index = CSVIndex()
    starts = [start]
    rowBounds = [0]
    lines = [0]
    var rows = 0
    index.scanBytes(p + start, source.count - start, dialect, columns: columns) { first, end, _, _ in
      if start + first - starts.last! >= size {
        lines.append(
          lines.last!
            + UnsafeBufferPointer(start: p + starts.last!, count: start + first - starts.last!)
            .reduce(0) { $0 + ($1 == dialect.newline ? 1 : 0) })
        starts.append(start + first)
        rowBounds.append(rows)
      }
      rows += 1
      return true
    }
    starts.append(source.count)
    rowBounds.append(rows)
  }
}
