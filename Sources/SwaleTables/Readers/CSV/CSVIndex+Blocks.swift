import CScan
import Glibc

extension CSVIndex {
  /// Finds the fields of a piece whose quotes all stand where they belong, 64 bytes at a time. Returns
  /// false where a row over several lines does not fit: then byte by byte must be looked at.
  func scanBlocks(_ p: UnsafePointer<UInt8>, _ count: Int, _ dialect: CSVDialect, columns: Int) -> Bool {
    reset(count)
    // For each row the number of separators up to its end; `starts` is free until the end.
    let rowEnds = starts
    var rows = 0
    var found = 0
    var inside: UInt64 = 0
    var high: UInt64 = 0
    var hasQuotes = false
    let ends = self.ends
    var base = 0
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 64) { tail in
      while base < count {
        var block = p + base
        var limit: UInt64 = ~0
        if count &- base < 64 {
          let copy = tail.baseAddress!.assumingMemoryBound(to: UInt8.self)
          memcpy(copy, block, count &- base)
          limit = 1 &<< UInt64(count &- base) &- 1
          block = UnsafePointer(copy)
        }
        let masks = cscan_block(block, dialect.delimiter, dialect.newline, dialect.quote)
        high |= masks.high & limit
        var newlines = masks.newlines & limit
        var separators = (masks.delimiters | masks.newlines) & limit
        let quotes = masks.quotes & limit
        if quotes | inside != 0 {
          hasQuotes = true
          let quoted = CSVIndex.prefix(quotes) ^ inside
          newlines &= ~quoted
          separators &= ~quoted
          inside = quoted &>> 63 == 0 ? 0 : ~0
        }
        var rest = newlines
        while rest != 0 {
          let below = (rest &- 1) & ~rest
          rowEnds[rows] = UInt32(truncatingIfNeeded: found &+ (separators & below).nonzeroBitCount &+ 1)
          rows &+= 1
          rest &= rest &- 1
        }
        found = CSVIndex.write(separators, base, ends, found)
        base &+= 64
      }
    }
    hasHighBytes = high != 0
    if count > 0, found == 0 || Int(ends[found - 1]) != count - 1 || p[count - 1] != dialect.newline {
      // The last line has no newline.
      ends[found] = UInt32(count)
      found += 1
      rowEnds[rows] = UInt32(found)
      rows += 1
    }
    endCount = found
    return finishBlocks(p, rows, dialect, columns: columns, hasQuotes: hasQuotes)
  }

  /// Returns a word in which each bit is set that has an odd number of set bits up to itself.
  @inline(__always) static func prefix(_ bits: UInt64) -> UInt64 {
    var bits = bits
    bits ^= bits &<< 1
    bits ^= bits &<< 2
    bits ^= bits &<< 4
    bits ^= bits &<< 8
    bits ^= bits &<< 16
    bits ^= bits &<< 32
    return bits
  }

  /// Writes the positions of the set bits and returns how many there are now. More are written than there
  /// are, since a fixed number takes no hard to predict branch for each.
  @inline(__always)
  private static func write(_ bits: UInt64, _ base: Int, _ ends: UnsafeMutablePointer<UInt32>, _ found: Int)
    -> Int
  {
    let count = bits.nonzeroBitCount
    let target = ends + found
    let base = UInt32(truncatingIfNeeded: base)
    var bits = bits
    var i = 0
    repeat {
      for k in 0..<8 {
        target[i &+ k] = base &+ UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
        bits &= bits &- 1
      }
      i &+= 8
    } while i < count
    return found &+ count
  }

  /// Turns numbers of separators into starts of rows and leaves out rows that do not fit.
  private func finishBlocks(
    _ p: UnsafePointer<UInt8>, _ rows: Int, _ dialect: CSVDialect, columns: Int, hasQuotes: Bool
  ) -> Bool {
    let rowEnds = starts
    var previous = 0
    var start = 0
    // Rows that fit are moved down over those that do not.
    var kept = 0
    for row in 0..<rows {
      let upper = Int(rowEnds[row])
      let end = Int(ends[upper &- 1])
      let fields = upper &- previous
      let next = end &+ 1
      if fields == 1, end == start || end == start &+ 1 && p[start] == 0x0D {
        // A blank line is no row.
      } else if fields == columns {
        keep(p, row: kept, from: previous, start: start, columns: columns)
        kept &+= 1
      } else {
        if hasQuotes, memchr(p + start, Int32(dialect.newline), end - start) != nil { return false }
        badRows.append(BadRow(start: start, end: end, reason: CSVIndex.raggedReason(fields, columns)))
      }
      previous = upper
      start = next
    }
    rowCount = kept
    endCount = kept * columns
    return true
  }

  /// Takes over a row that fits; a carriage return before the newline is no part of it.
  @inline(__always)
  private func keep(_ p: UnsafePointer<UInt8>, row: Int, from first: Int, start: Int, columns: Int) {
    let target = row &* columns
    if first != target {
      for c in 0..<columns { ends[target &+ c] = ends[first &+ c] }
    }
    let last = target &+ columns &- 1
    let end = Int(ends[last])
    if end > start, p[end &- 1] == 0x0D { ends[last] = UInt32(truncatingIfNeeded: end &- 1) }
    starts[row] = UInt32(truncatingIfNeeded: start)
  }
}
