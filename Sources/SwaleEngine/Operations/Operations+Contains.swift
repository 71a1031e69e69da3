import CLibraries
import Glibc

extension Operations {
  /// True if `item in container`: an item of a list, set or range, a key of a record, a part of a
  /// string or of bytes.
  public static func contains(_ item: Value, in container: Value, _ c: Context) throws -> Bool {
    switch container {
    case .list(let list): return try contains(item, in: list, c)
    case .string(let text):
      guard case .string(let part) = item else {
        if item.isNull { return false }
        throw SwaleError(
          .type, "a string contains strings, not \(item.typeNameWithArticle)",
          hint: "str(x) makes a string of any value")
      }
      return try Text.find(part.bytes, in: text.bytes, c) != nil
    case .record(let record): return try record.find(item) >= 0
    case .object(let object):
      if let result = try object.contains(item, c) { return result }
      if let iterator = try object.makeIterator(c) {
        while let next = try iterator.next(c) {
          try c.tick()
          if Value.isEqual(next, item) { return true }
        }
        return false
      }
    default: break
    }
    throw SwaleError(
      .type, "`in` looks into a container, not into \(container.typeNameWithArticle)",
      hint: container.isNull ? "the value is missing; `xs ?? []` stands in an empty list" : nil)
  }

  private static func contains(_ item: Value, in list: ListStorage, _ c: Context) throws -> Bool {
    try firstIndex(of: item, in: list, c) != nil
  }

  /// Returns the index of the first item that equals `item`; nil without one.
  static func firstIndex(of item: Value, in list: ListStorage, _ c: Context) throws -> Int? {
    var found: Int?
    switch (list.kind, item) {
    case (.ints, .int(let wanted)):
      let ints = UnsafeBufferPointer(start: list.ints, count: list.count)
      try c.forEachBatch(list.count) { batch in
        if found == nil { found = ints[batch].firstIndex(of: wanted) }
      }
    case (.floats, .float(let wanted)):
      let floats = UnsafeBufferPointer(start: list.floats, count: list.count)
      try c.forEachBatch(list.count) { batch in
        if found == nil { found = floats[batch].firstIndex(of: wanted) }
      }
    default:
      for i in 0..<list.count {
        try c.tick()
        if Value.isEqual(list[i], item) { return i }
      }
    }
    return found
  }
}

extension Text {
  /// Returns the first offset, at or behind `start`, at which bytes stand in others; nil where they
  /// do not.
  public static func find(
    _ part: UnsafeBufferPointer<UInt8>, in all: UnsafeBufferPointer<UInt8>, from start: Int = 0
  ) -> Int? {
    if part.count == 0 { return start }
    if part.count == 1, let base = all.baseAddress {
      return memchr(base + start, Int32(part[0]), all.count - start).map {
        UnsafeRawPointer($0) - UnsafeRawPointer(base)
      }
    }
    guard all.count - start >= part.count, let base = all.baseAddress,
      let found = memmem(base + start, all.count - start, part.baseAddress!, part.count)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The same, looking for interrupts on the way.
  public static func find(
    _ part: UnsafeBufferPointer<UInt8>, in all: UnsafeBufferPointer<UInt8>, from start: Int = 0, _ c: Context
  ) throws -> Int? {
    let window = 1 << 22
    var start = start
    while all.count - start > window + part.count {
      // What begins in the window may end behind it.
      let end = start + window + part.count
      if let found = find(part, in: UnsafeBufferPointer(rebasing: all[..<end]), from: start) {
        try c.tick((found - start) >> 8 &+ 1)
        return found
      }
      try c.tick(window >> 8)
      start += window
    }
    let found = find(part, in: all, from: start)
    try c.tick(((found ?? all.count) - start) >> 8 &+ 1)
    return found
  }
}
