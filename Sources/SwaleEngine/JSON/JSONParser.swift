import Glibc

/// Reads JSON as RFC 8259 defines it: whole documents, or values one after the other.
///
/// Ints that fit 64 bits stay exact and all other numbers are floats. Keys keep their order; of a key that
/// comes twice the last value counts. Nesting takes no stack. The bytes must stay where they are while the
/// parser is in use. Errors are `JSONError`, or what `poll` throws.
public struct JSONParser {
  public static let depthLimit = 10_000

  private var base: UnsafePointer<UInt8>
  /// Where the text ends.
  private var end: Int
  /// The offset of the next byte to be read.
  public private(set) var position = 0
  /// Called now and then, so that reading a long text can be stopped.
  public var poll: () throws -> Void = Interrupt.check
  /// False where strings must be checked to be UTF-8.
  private let isKnownUTF8: Bool
  private var containers: [Container] = []
  /// The values of records whose keys all were those of a known shape, so far.
  private var pending: [Value] = []
  /// By depth the shape of the record read last: the next one most likely has the same keys.
  private var shapes: [KeyTable] = []
  private var steps = 0

  /// A list or record that was opened and not yet closed.
  private struct Container {
    var list: ListStorage?
    /// nil for a list, and while the keys are those of `shape`.
    var record: RecordStorage?
    var shape: KeyTable
    /// How many keys of the shape were read.
    var matched = 0
    /// The key of a record's next value, where there is no shape.
    var key = Text.empty
  }

  /// Makes a parser of bytes; `isKnownUTF8` is true for those of a `Text`.
  public init(_ bytes: UnsafeRawBufferPointer, isKnownUTF8: Bool = false) {
    // Never read: an empty text has no bytes.
    base = UnsafePointer(bitPattern: 1)!
    end = 0
    self.isKnownUTF8 = isKnownUTF8
    restart(bytes)
  }

  /// Goes on with other bytes, such as the next line of a file. What was learnt of the keys of records is
  /// kept.
  public mutating func restart(_ bytes: UnsafeRawBufferPointer) {
    let bytes = bytes.bindMemory(to: UInt8.self)
    base = bytes.baseAddress ?? base
    end = bytes.count
    position = 0
    // A byte order mark is no part of the text.
    if end >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { position = 3 }
  }

  // MARK: Reading

  /// Reads the whole text as one value.
  public mutating func document() throws -> Value {
    let value = try value()
    skipSpace()
    if position < end { throw error("there is more text behind the value: \(found)") }
    return value
  }

  /// Reads the next of several values that follow one another; nil at the end of the text.
  public mutating func next() throws -> Value? {
    skipSpace()
    return position < end ? try value() : nil
  }

  private mutating func value() throws -> Value {
    containers.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    while true {
      steps &+= 1
      if steps & 0xFFF == 0 { try poll() }
      skipSpace()
      guard position < end else { throw error("a value is expected, but the text ends") }
      var result: Value
      switch base[position] {
      case UInt8(ascii: "{"):
        if try openRecord() { continue }
        result = .record(RecordStorage(capacity: 0))
      case UInt8(ascii: "["):
        if try openList() { continue }
        result = .list(ListStorage())
      case UInt8(ascii: "\""): result = .string(try string())
      case UInt8(ascii: "-"), 0x30...0x39: result = try number()
      case UInt8(ascii: "t"): result = try word("true", .bool(true))
      case UInt8(ascii: "f"): result = try word("false", .bool(false))
      case UInt8(ascii: "n"): result = try word("null", .null)
      default: throw error("a value is expected, \(found)")
      }
      // Completes containers as long as the value is the last of one.
      repeat {
        if containers.isEmpty { return result }
        add(result)
        guard let completed = try continueContainer() else { break }
        result = completed
      } while true
    }
  }

  // MARK: Containers

  /// Opens a list; false, and past its end, where it is empty.
  private mutating func openList() throws -> Bool {
    try checkDepth()
    position += 1
    skipSpace()
    if position < end, base[position] == UInt8(ascii: "]") {
      position += 1
      return false
    }
    containers.append(Container(list: ListStorage(), shape: KeyTable.emptyShape))
    return true
  }

  /// Opens a record and reads its first key; false, and past its end, where it is empty.
  private mutating func openRecord() throws -> Bool {
    try checkDepth()
    position += 1
    skipSpace()
    if position < end, base[position] == UInt8(ascii: "}") {
      position += 1
      return false
    }
    let depth = containers.count
    containers.append(Container(shape: depth < shapes.count ? shapes[depth] : KeyTable.emptyShape))
    try key()
    return true
  }

  private func checkDepth() throws {
    if containers.count >= JSONParser.depthLimit {
      throw error("the nesting is deeper than \(JSONParser.depthLimit) levels")
    }
  }

  /// Puts a value into the innermost container.
  @inline(__always) private mutating func add(_ value: Value) {
    let last = containers.count - 1
    if let list = containers[last].list {
      list.append(value)
    } else if let record = containers[last].record {
      record[containers[last].key] = value
    } else {
      pending.append(value)
    }
  }

  /// Goes on behind an item: to the next one, for which it returns nil, or closes and returns the container.
  private mutating func continueContainer() throws -> Value? {
    skipSpace()
    let last = containers.count - 1
    let isList = containers[last].list != nil
    let closing: UInt8 = isList ? UInt8(ascii: "]") : UInt8(ascii: "}")
    guard position < end else {
      throw error("\"\(Character(Unicode.Scalar(closing)))\" is missing: the text ends")
    }
    let byte = base[position]
    if byte == UInt8(ascii: ",") {
      position += 1
      skipSpace()
      if position < end, base[position] == closing {
        position -= 1
        throw error("a comma must not stand before \"\(Character(Unicode.Scalar(closing)))\"")
      }
      if !isList { try key() }
      return nil
    }
    guard byte == closing else {
      throw error("\",\" or \"\(Character(Unicode.Scalar(closing)))\" is expected, \(found)")
    }
    position += 1
    let container = containers.removeLast()
    if let list = container.list { return .list(list) }
    return .record(completed(container))
  }

  private mutating func completed(_ container: Container) -> RecordStorage {
    let depth = containers.count
    let record: RecordStorage
    if let grown = container.record {
      record = grown
    } else if container.matched == container.shape.used {
      return taken(container)
    } else {
      record = unshaped(container)
    }
    if record.table.isShape {
      while shapes.count <= depth { shapes.append(KeyTable.emptyShape) }
      if shapes[depth] !== record.table, JSONParser.isPlain(record.table) { shapes[depth] = record.table }
    }
    return record
  }

  /// True if all keys stand in a JSON text as they are, so that `skipKey` may compare bytes.
  private static func isPlain(_ shape: KeyTable) -> Bool {
    for i in 0..<shape.used {
      guard case .string(let key) = shape.keys[i] else { return false }
      if key.bytes.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) { return false }
    }
    return true
  }

  /// Makes a record of a whole shape of the values that are pending.
  private mutating func taken(_ container: Container) -> RecordStorage {
    let count = container.matched
    let record = RecordStorage(uninitialized: container.shape)
    let start = pending.count - count
    for i in 0..<count { (record.values + i).initialize(to: pending[start + i]) }
    pending.removeLast(count)
    return record
  }

  /// Makes a record of the first keys of a shape, and the values that are pending.
  private mutating func unshaped(_ container: Container) -> RecordStorage {
    let count = container.matched
    let record = RecordStorage(capacity: count + 1)
    let start = pending.count - count
    for i in 0..<count {
      guard case .string(let key) = container.shape.keys[i] else { unreachable("shapes have string keys") }
      record.add(.string(key), hash: key.hash, pending[start + i])
    }
    pending.removeLast(count)
    return record
  }

  /// Reads a key and the colon.
  private mutating func key() throws {
    guard position < end, base[position] == UInt8(ascii: "\"") else {
      throw error(
        position < end ? "a key in double quotes is expected, \(found)" : "a key is missing: the text ends")
    }
    let last = containers.count - 1
    let matched = containers[last].matched
    if containers[last].record == nil, matched < containers[last].shape.used,
      skipKey(containers[last].shape, matched)
    {
      containers[last].matched = matched + 1
    } else {
      let key = try string()
      if containers[last].record == nil { containers[last].record = unshaped(containers[last]) }
      containers[last].key = key
    }
    skipSpace()
    guard position < end, base[position] == UInt8(ascii: ":") else {
      throw error(
        position < end ? "\":\" is expected behind a key, \(found)" : "\":\" is missing: the text ends")
    }
    position += 1
  }

  /// Skips a string if it is the key of a shape as it stands there.
  @inline(__always) private mutating func skipKey(_ shape: KeyTable, _ index: Int) -> Bool {
    guard case .string(let expected) = shape.keys[index] else { return false }
    let bytes = expected.bytes
    let start = position + 1
    guard start + bytes.count < end, base[start + bytes.count] == UInt8(ascii: "\""),
      memcmp(base + start, bytes.baseAddress!, bytes.count) == 0
    else { return false }
    position = start + bytes.count + 1
    return true
  }

  // MARK: Text

  @inline(__always) private mutating func skipSpace() {
    while position < end {
      let byte = base[position]
      if byte > 0x20 || byte != 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 { return }
      position &+= 1
    }
  }

  private mutating func word(_ word: StaticString, _ value: Value) throws -> Value {
    let count = word.utf8CodeUnitCount
    guard position + count <= end, memcmp(base + position, word.utf8Start, count) == 0 else {
      throw error("a value is expected, \(found)")
    }
    position += count
    return value
  }

  private mutating func string() throws -> Text {
    var reader = JSONStringReader(base: base, position: position, end: end, isKnownUTF8: isKnownUTF8)
    let text = try reader.read()
    position = reader.position
    return text
  }

  private mutating func number() throws -> Value {
    var reader = JSONNumberReader(base: base, position: position, end: end)
    let value = try reader.read()
    position = reader.position
    return value
  }

  func error(_ message: String) -> JSONError { JSONError(message: message, offset: position) }

  /// What stands at the position, for messages.
  private var found: String {
    guard position < end else { return "but the text ends" }
    let byte = base[position]
    if byte == UInt8(ascii: "'") { return "found ' (strings stand in double quotes)" }
    if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") {
      return "found \(Character(Unicode.Scalar(byte))) (JSON has no comments)"
    }
    var length = 0
    while position + length < end, length < 20, JSONParser.isWordByte(base[position + length]) { length += 1 }
    let text = UnsafeBufferPointer(start: base + position, count: length)
    if length > 1 { return "found \(String(decoding: text, as: UTF8.self))" }
    if byte < 0x20 || byte == 0x7F { return "found the control character \(byte)" }
    let rest = UnsafeBufferPointer(start: base + position, count: min(16, end - position))
    return "found \(String(decoding: rest, as: UTF8.self).first.map(String.init) ?? "")"
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_")
  }
}
