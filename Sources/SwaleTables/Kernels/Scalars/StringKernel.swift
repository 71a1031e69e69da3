import Glibc
import SwaleEngine

/// Functions of strings, byte by byte. Those that look at characters have a loop for ASCII only.
enum StringKernel {
  static func apply(_ name: String, _ column: Column, _ arguments: [Value], _ context: Context) throws
    -> Column?
  {
    switch (name, arguments.count) {
    case ("len", 0): return try lengths(column, context)
    case ("upper", 0): return try changed(column, context) { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 }
    case ("lower", 0): return try changed(column, context) { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    case ("contains", 1), ("starts_with", 1), ("ends_with", 1):
      guard case .string(let text) = arguments[0] else { return nil }
      let part = text.bytes
      return try truths(column, context) { string in
        if string.count < part.count { return false }
        if part.count == 0 { return true }
        let (start, count) = (string.baseAddress!, part.count)
        switch name {
        case "contains": return try Text.find(part, in: string, context) != nil
        case "starts_with": return memcmp(start, part.baseAddress!, count) == 0
        default: return memcmp(start + string.count - count, part.baseAddress!, count) == 0
        }
      }
    default: return nil
    }
  }

  /// Asks once for each string of a dictionary, else once for each row.
  @inline(__always)
  private static func forEach<T: BitwiseCopyable>(
    _ column: Column, missing: T, _ context: Context, _ body: (UnsafeBufferPointer<UInt8>) throws -> T
  ) throws -> Buffer<T> {
    let result = Buffer<T>(uninitialized: column.count)
    switch column.data {
    case .codes(let codes, let dictionary) where dictionary.count <= column.count:
      let answers = Buffer<T>(repeating: missing, count: max(1, dictionary.count))
      for code in 0..<dictionary.count { answers.base[code] = try body(dictionary.strings[code]) }
      try context.forEachRow(column.count) { row in
        result.base[row] = column.isNull(row) ? missing : answers.base[Int(codes.base[row])]
      }
    default:
      try context.forEachRow(column.count) { row in
        result.base[row] = column.isNull(row) ? missing : try body(column.stringBytes(row))
      }
    }
    return result
  }

  private static func truths(
    _ column: Column, _ context: Context, _ body: (UnsafeBufferPointer<UInt8>) throws -> Bool
  ) throws -> Column {
    Column(bools: try forEach(column, missing: false, context, body), validity: column.validity)
  }

  /// The numbers of characters; nil where not all strings are ASCII without line ends of two bytes.
  private static func lengths(_ column: Column, _ context: Context) throws -> Column? {
    var isSimple = true
    let counts = try forEach(column, missing: 0, context) { string in
      isSimple = isSimple && string.allSatisfy { $0 < 0x80 && $0 != 0x0D }
      return string.count
    }
    return isSimple ? Column(ints: counts, validity: column.validity) : nil
  }

  /// Changes each byte; nil where not all strings are ASCII.
  @inline(__always)
  private static func changed(_ column: Column, _ context: Context, _ change: (UInt8) -> UInt8) throws
    -> Column?
  {
    let strings: StringBuffer
    switch column.data {
    case .strings(let items): strings = items
    case .codes(_, let dictionary): strings = dictionary.strings
    default: return nil
    }
    let (first, end) = (strings.offsets.base[0], strings.offsets.base[strings.count])
    let bytes = Buffer<UInt8>(uninitialized: end - first)
    var all: UInt8 = 0
    try context.forEachRow(end - first) { i in
      let byte = strings.bytes.base[first + i]
      all |= byte
      bytes.base[i] = change(byte)
    }
    if all >= 0x80 { return nil }
    let offsets = Buffer<Int>(uninitialized: strings.count + 1)
    for i in 0...strings.count { offsets.base[i] = strings.offsets.base[i] - first }
    let result = StringBuffer(offsets: offsets, bytes: bytes)
    if case .codes(let codes, _) = column.data {
      return Column(codes: codes, StringDictionary(result), validity: column.validity)
    }
    return Column(strings: result, validity: column.validity)
  }
}
