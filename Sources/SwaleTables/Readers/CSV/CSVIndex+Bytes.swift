import Glibc

extension CSVIndex {
  /// Finds the fields of a piece byte by byte, whatever its quotes look like. This defines how a file
  /// is read; `scanBlocks` is a faster way for files that need no decisions.
  ///
  /// A quote opens a quoted field at its beginning only. Two quotes in it are one; what follows its closing
  /// quote belongs to the field. Of a row over several lines that has the wrong number of fields, or
  /// something behind a closing quote, or a quote that is never closed, only the first line is left out:
  /// one stray quote must not swallow what follows.
  ///
  /// `columns` is the number of fields that rows must have; nil takes any, and `ends` is then of no use
  /// but through `row`, which is called with the end of each row and its number of fields.
  ///
  /// `following` counts the bytes behind the piece, up to the end of the file: a row that is left out may
  /// seem to go on there, and what is said of it must not depend on where the piece ends.
  func scanBytes(
    _ p: UnsafePointer<UInt8>, _ count: Int, following: Int = 0, _ dialect: CSVDialect, columns: Int?,
    row: (_ start: Int, _ end: Int, _ firstField: Int, _ fields: Int) -> Bool = { _, _, _, _ in true }
  ) {
    reset(count)
    var position = 0
    while position < count {
      let start = position
      let firstField = endCount
      let line = scanRow(p, count + following, from: start, stored: count, dialect)
      let fields = line.fields
      position = line.next
      if line.isBlank {
        continue
      } else if let columns, fields != columns || line.isSuspicious {
        var reason = CSVIndex.raggedReason(fields, columns)
        var end = line.end
        if let newline = line.firstNewline {
          // Reads on behind the first line.
          end = newline
          position = newline + 1
          if line.isOpen {
            reason = "a quote that is never closed"
          } else if fields == columns {
            reason = "text behind a closing quote"
          }
        } else if line.isOpen {
          reason = "a quote that is never closed"
        }
        badRows.append(BadRow(start: start, end: trimmed(p, start, end), reason: reason))
      } else {
        starts[rowCount] = UInt32(start)
        endCount = firstField + fields
        ends[endCount - 1] = UInt32(trimmed(p, start, line.end))
        rowCount += 1
        if !row(start, line.end, firstField, fields) { return }
      }
    }
  }

  private func trimmed(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    end > start && p[end - 1] == 0x0D ? end - 1 : end
  }

  private struct Line {
    /// The end of the last field, and where the next row begins.
    var end = 0
    var next = 0
    var fields = 0
    var isBlank = false
    /// The first newline inside of quotes.
    var firstNewline: Int?
    /// True if the file ends inside of quotes.
    var isOpen = false
    var hasTextBehindQuote = false

    var isSuspicious: Bool { isOpen || hasTextBehindQuote && firstNewline != nil }
  }

  /// Writes the ends of the fields of one row behind those that are there, as far as they are among the first
  /// `stored` bytes.
  private func scanRow(
    _ p: UnsafePointer<UInt8>, _ count: Int, from start: Int, stored: Int, _ dialect: CSVDialect
  ) -> Line {
    var line = Line()
    var i = start
    while true {
      if i < count, p[i] == dialect.quote {
        i += 1
        var isClosed = false
        while i < count {
          let byte = p[i]
          i += 1
          if byte == dialect.quote {
            if i < count, p[i] == dialect.quote {
              i += 1
            } else {
              isClosed = true
              break
            }
          } else if byte == dialect.newline, line.firstNewline == nil {
            line.firstNewline = i - 1
          }
        }
        if !isClosed { line.isOpen = true }
        let behind = i
        while i < count, p[i] != dialect.delimiter, p[i] != dialect.newline { i += 1 }
        if i > behind, !(i - behind == 1 && p[behind] == 0x0D) { line.hasTextBehindQuote = true }
      } else {
        while i < count, p[i] != dialect.delimiter, p[i] != dialect.newline {
          if p[i] >= 0x80 { hasHighBytes = true }
          i += 1
        }
      }
      if i <= stored { ends[endCount + line.fields] = UInt32(i) }
      line.fields += 1
      if i >= count || p[i] == dialect.newline { break }
      i += 1
      // A delimiter as the last byte of the file has an empty field behind it.
    }
    // Bytes inside of quotes were not looked at one by one.
    if !hasHighBytes { hasHighBytes = (start..<min(i, stored)).contains { p[$0] >= 0x80 } }
    line.end = i
    line.next = i + 1
    line.isBlank = i == start || i == start + 1 && p[start] == 0x0D
    return line
  }
}
