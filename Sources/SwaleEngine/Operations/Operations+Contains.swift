import CLibraries

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
      return Text.find(part.bytes, in: text.bytes) != nil
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
    try c.tick(list.count / 16)
    switch (list.kind, item) {
    case (.ints, .int(let wanted)):
      for i in 0..<list.count where list.ints[i] == wanted { return true }
      return false
    case (.floats, .float(let wanted)):
      for i in 0..<list.count where list.floats[i] == wanted { return true }
      return false
    default:
      for i in 0..<list.count where Value.isEqual(list[i], item) { return true }
      return false
    }
  }
}

extension Text {
  /// Returns the first offset, at or behind `start`, at which bytes stand in others; nil where they
  /// do not.
  public static func find(
    _ part: UnsafeBufferPointer<UInt8>, in all: UnsafeBufferPointer<UInt8>, from start: Int = 0
  ) -> Int? {
    if part.count == 0 { return start }
    guard all.count - start >= part.count, let base = all.baseAddress,
      let found = memmem(base + start, all.count - start, part.baseAddress!, part.count)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
