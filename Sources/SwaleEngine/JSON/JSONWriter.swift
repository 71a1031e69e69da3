/// Writes values as JSON.
///
/// Sets, ranges and columns become arrays, tables arrays of records; dates, datetimes and durations become
/// strings. Keys that are no strings are written as the strings that `str` makes of them. Nesting takes no
/// stack.
public struct JSONWriter {
  /// What was written and not yet taken.
  public var bytes: [UInt8] {
    get { writer.bytes }
    _modify { yield &writer.bytes }
  }

  private var writer = ValueWriter()
  private let context: Context
  /// How many spaces each level is indented; nil for all on one line.
  private let indent: Int?
  private var containers: [Container] = []

  private struct Container {
    enum Items {
      case list(ListStorage)
      case record(RecordStorage)
      case iterator(ValueIterator)
    }
    let items: Items
    /// The number of the next item, for a record its position.
    var next = 0
    var isEmpty = true

    init(_ items: Items) { self.items = items }
  }

  public init(_ context: Context, indent: Int? = nil) {
    self.context = context
    self.indent = indent
  }

  /// Writes a value; raises `value` or `type` for what JSON cannot hold.
  public mutating func write(_ value: Value) throws {
    containers.removeAll(keepingCapacity: true)
    try begin(value)
    while !containers.isEmpty {
      try context.tick()
      if bytes.count > Operations.largestSize { try Operations.checkSize(bytes.count, 1) }
      if let item = try nextItem() { try begin(item) } else { end() }
    }
  }

  // MARK: Containers

  /// Writes a scalar, or opens a container.
  private mutating func begin(_ value: Value) throws {
    switch value {
    case .null: append("null")
    case .bool(let bool): append(bool ? "true" : "false")
    case .int(let int): writer.writeInt(int)
    case .float(let double): try append(double)
    case .string(let text): appendQuoted(text)
    case .list(let list): try open(.list(list), "[")
    case .record(let record): try open(.record(record), "{")
    case .date, .dateTime, .duration: appendQuoted(Text.of(value.printString))
    case .function: throw refusal("a function", "JSON has no functions")
    case .object(let object):
      guard object.type.isSubset(of: [.set, .range, .column, .table]) else {
        let hint = object.type == .bytes ? "base64.encode(b) makes a string of bytes" : nil
        throw refusal(value.typeNameWithArticle, "JSON has no such type", hint: hint)
      }
      try open(.iterator(Operations.iterator(value, context)), "[")
    }
  }

  private mutating func open(_ items: Container.Items, _ bracket: Unicode.Scalar) throws {
    if containers.count >= JSONParser.depthLimit {
      throw SwaleError(.value, "json: the value is nested deeper than \(JSONParser.depthLimit) levels")
    }
    bytes.append(UInt8(ascii: bracket))
    containers.append(Container(items))
  }

  /// Moves on in the innermost container and writes what stands before the item; nil at its end.
  private mutating func nextItem() throws -> Value? {
    let last = containers.count - 1
    let position = containers[last].next
    switch containers[last].items {
    case .list(let list):
      guard position < list.count else { return nil }
      containers[last].next += 1
      separate()
      return list[position]
    case .iterator(let iterator):
      guard let item = try iterator.next(context) else { return nil }
      containers[last].next += 1
      separate()
      return item
    case .record(let record):
      var position = position
      while position < record.table.used, !record.table.isLive(position) { position += 1 }
      guard position < record.table.used else { return nil }
      containers[last].next = position + 1
      separate()
      try appendKey(record.table.keys[position])
      append(indent == nil ? ":" : ": ")
      return record.values[position]
    }
  }

  /// Writes what stands before an item: a comma, and a new line where there are lines.
  private mutating func separate() {
    let last = containers.count - 1
    if !containers[last].isEmpty { bytes.append(UInt8(ascii: ",")) }
    containers[last].isEmpty = false
    breakLine()
  }

  private mutating func end() {
    let container = containers.removeLast()
    if !container.isEmpty { breakLine() }
    if case .record = container.items { append("}") } else { append("]") }
  }

  private mutating func breakLine() {
    guard let indent else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent * containers.count))
  }

  // MARK: Scalars

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func append(_ number: Double) throws {
    guard number.isFinite else {
      throw refusal(
        Value.float(number).displayString, "JSON has no such number", hint: "replace it by null first")
    }
    // As short as the form that the prompt shows, and faster.
    writer.bytes.append(contentsOf: number.description.utf8)
  }

  private mutating func appendKey(_ key: Value) throws {
    switch key {
    case .string(let text): appendQuoted(text)
    case .null, .bool, .int, .float, .date, .dateTime, .duration: appendQuoted(Text.of(key.printString))
    default: throw refusal("a key that is \(key.typeNameWithArticle)", "JSON has only strings as keys")
    }
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// Writes a string in quotes, with the escapes that JSON demands.
  public mutating func appendQuoted(_ text: Text) {
    let source = text.bytes
    bytes.append(0x22)
    var start = 0
    for i in 0..<source.count {
      let byte = source[i]
      if byte >= 0x20, byte != 0x22, byte != 0x5C { continue }
      bytes.append(contentsOf: source[start..<i])
      start = i + 1
      switch byte {
      case 0x22: append("\\\"")
      case 0x5C: append("\\\\")
      case 0x0A: append("\\n")
      case 0x09: append("\\t")
      case 0x0D: append("\\r")
      case 0x08: append("\\b")
      case 0x0C: append("\\f")
      default:
        append("\\u00")
        bytes.append(JSONWriter.hexDigits[Int(byte >> 4)])
        bytes.append(JSONWriter.hexDigits[Int(byte & 15)])
      }
    }
    bytes.append(contentsOf: source[start...])
    bytes.append(0x22)
  }

  // MARK: Errors

  private func refusal(_ what: String, _ why: String, hint: String? = nil) -> SwaleError {
    let path = path
    let place = path.isEmpty ? "" : " at \(path)"
    return SwaleError(.value, "json: \(what)\(place) cannot be written: \(why)", hint: hint)
  }

  /// Where in the value the writer is, such as `users[2].name`.
  private var path: String {
    var result = ""
    // Of a deep nesting the innermost part says most.
    for container in containers.suffix(12) {
      switch container.items {
      case .record(let record):
        let key = container.next > 0 ? record.table.keys[container.next - 1] : .null
        if case .string(let text) = key,
          text.bytes.allSatisfy({ $0 | 0x20 &- 0x61 < 26 || $0 == 0x5F || $0 &- 0x30 < 10 })
        {
          result += (result.isEmpty ? "" : ".") + text.string
        } else {
          result += "[\(key.displayString)]"
        }
      default: result += "[\(max(0, container.next - 1))]"
      }
    }
    return containers.count > 12 ? "..." + result : result
  }
}
