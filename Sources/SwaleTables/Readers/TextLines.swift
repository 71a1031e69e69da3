import Glibc
import SwaleEngine

/// Lines of text files.
enum TextLines {
  /// Returns the lines without their ends; raises `parse` for bytes that are no UTF-8.
  static func list(_ contents: FileContents, _ context: Context) throws -> ListStorage {
    let result = ListStorage()
    try forEach(contents) { line, _ in
      try context.tick()
      result.append(.string(line.count == 0 ? Text.empty : Text.make(line)))
    }
    return result
  }

  /// Calls `body` with each line and its number, counted from 1. A mark of the encoding at the beginning is
  /// no part of the text.
  static func forEach(_ contents: FileContents, _ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Void)
    throws
  {
    let bytes = contents.bytes.bindMemory(to: UInt8.self)
    guard let p = bytes.baseAddress, bytes.count > 0 else { return }
    if let invalid = UTF8Check.firstInvalid(p, bytes.count) {
      let line = bytes[..<invalid].count { $0 == 0x0A } + 1
      throw UTF8Check.error(contents.name, line: line, offset: invalid, byte: p[invalid])
    }
    var start = bytes.count >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF ? 3 : 0
    var number = 1
    while start < bytes.count {
      let found = memchr(p + start, 0x0A, bytes.count - start)
      let end = found.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - p } ?? bytes.count
      let last = end > start && p[end - 1] == 0x0D ? end - 1 : end
      try body(UnsafeBufferPointer(start: p + start, count: last - start), number)
      number += 1
      start = end + 1
    }
  }
}
