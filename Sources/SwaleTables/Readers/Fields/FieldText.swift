import Glibc
import SwaleEngine

/// Fields as they stand in a file: plain, or in quotes.
enum FieldText {
  private static let quote: UInt8 = 0x22

  /// Returns what a field says, without the quotes around it.
  static func string(_ p: UnsafePointer<UInt8>, _ field: Range<Int>) -> String {
    var bytes = GrowingBuffer<UInt8>()
    append(p + field.lowerBound, field.count, to: &bytes)
    return String(decoding: UnsafeBufferPointer(start: bytes.base, count: bytes.count), as: UTF8.self)
  }

  @inline(__always) static func isQuoted(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    count > 0 && p[0] == quote
  }

  /// Appends what a field says.
  static func append(_ p: UnsafePointer<UInt8>, _ count: Int, to bytes: inout GrowingBuffer<UInt8>) {
    guard isQuoted(p, count) else { return bytes.append(contentsOf: p, count: count) }
    if let inner = plainInner(p, count) {
      return bytes.append(contentsOf: inner.baseAddress!, count: inner.count)
    }
    var i = 1
    while i < count {
      if p[i] == quote {
        if i + 1 < count, p[i + 1] == quote {
          bytes.append(quote)
          i += 2
          continue
        }
        // Behind the closing quote all is meant as it stands.
        bytes.append(contentsOf: p + i + 1, count: count - i - 1)
        return
      }
      bytes.append(p[i])
      i += 1
    }
  }

  /// Returns what is between the quotes where they are the only ones.
  @inline(__always)
  static func plainInner(_ p: UnsafePointer<UInt8>, _ count: Int) -> UnsafeBufferPointer<UInt8>? {
    guard count >= 2, p[count &- 1] == quote, memchr(p + 1, Int32(quote), count &- 2) == nil else {
      return nil
    }
    return UnsafeBufferPointer(start: p + 1, count: count &- 2)
  }

  /// Returns a field without quotes and blanks around it: what is read as a number or a date.
  static func trimmed(_ p: UnsafePointer<UInt8>, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    var (lower, upper) = (0, count)
    if let inner = isQuoted(p, count) ? plainInner(p, count) : nil {
      lower = 1
      upper = inner.count + 1
    }
    while lower < upper, p[lower] == 0x20 || p[lower] == 0x09 { lower += 1 }
    while lower < upper, p[upper - 1] == 0x20 || p[upper - 1] == 0x09 { upper -= 1 }
    return UnsafeBufferPointer(start: p + lower, count: upper - lower)
  }

  /// Returns the type of item that a field is, nil where it is a missing one. `quotesMean` is true where
  /// only strings stand in quotes.
  static func type(
    _ p: UnsafePointer<UInt8>, _ count: Int, _ nulls: NullValues, quotesMean: Bool = false
  ) -> ColumnType? {
    if !isQuoted(p, count), nulls.contains(p, count) { return nil }
    let text = trimmed(p, count)
    // An empty string or one of blanks; to all other types that is a missing item.
    if text.count == 0 { return nil }
    if !isQuoted(p, count), nulls.contains(text.baseAddress!, text.count) { return nil }
    if quotesMean, isQuoted(p, count) { return .string }
    return FieldParser.type(text.baseAddress!, text.count)
  }
}
