/// A string of bytes; its items are ints from 0 to 255.
public final class BytesValue: ObjectValue {
  public let bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public override var type: TypeSet { .bytes }

  public override func isEqual(to other: ObjectValue) -> Bool {
    guard let other = other as? BytesValue else { return false }
    return bytes == other.bytes
  }

  public override func hash() -> Int {
    if bytes.isEmpty { return 0xB7 }
    return bytes.withUnsafeBufferPointer { Value.hash(Text.hash($0), with: 0xB7) }
  }

  public override func compare(to other: ObjectValue) -> Int? {
    guard let other = other as? BytesValue else { return nil }
    return bytes == other.bytes ? 0 : bytes.lexicographicallyPrecedes(other.bytes) ? -1 : 1
  }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    writer.write("bytes(")
    if bytes.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }) {
      writer.writeQuoted(bytes.withUnsafeBufferPointer { Text.make($0) })
    } else {
      writer.write("[")
      for (i, byte) in bytes.enumerated() {
        if i > 0 { writer.write(", ") }
        writer.writeInt(Int(byte))
      }
      writer.write("]")
    }
    writer.write(")")
  }

  public override func count(_ context: Context) -> Int? { bytes.count }

  public override func makeIterator(_ context: Context) -> ValueIterator? { Iterator(bytes) }

  private final class Iterator: ValueIterator {
    let bytes: [UInt8]
    var position = 0
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    override func next(_ context: Context) -> Value? {
      if position == bytes.count { return nil }
      position += 1
      return .int(Int(bytes[position - 1]))
    }
  }

  public override func item(_ index: Value, _ context: Context) throws -> Value? {
    switch try Operations.position(index, count: bytes.count, of: "bytes") {
    case .item(let i): .int(Int(bytes[i]))
    case .slice(let range): .object(BytesValue(Array(bytes[range])))
    }
  }

  /// A byte, or bytes that stand together.
  public override func contains(_ item: Value, _ context: Context) throws -> Bool? {
    switch item {
    case .int(let number): return UInt8(exactly: number).map { bytes.contains($0) } ?? false
    case .object(let object):
      guard let part = object as? BytesValue else { return nil }
      return bytes.withUnsafeBufferPointer { all in
        part.bytes.withUnsafeBufferPointer { Text.find($0, in: all) != nil }
      }
    default: return nil
    }
  }

  public override func operate(
    _ operation: Operation, _ left: Value, _ right: Value, _ context: Context
  ) throws -> Value? {
    switch (operation, left, right) {
    case (.add, .object(let l), .object(let r)):
      guard let l = l as? BytesValue, let r = r as? BytesValue else { return nil }
      return .object(BytesValue(l.bytes + r.bytes))
    case (.multiply, .int(let count), _), (.multiply, _, .int(let count)):
      let count = try Operations.repetitions(count, size: bytes.count)
      var result: [UInt8] = []
      result.reserveCapacity(count * bytes.count)
      for _ in 0..<count { result += bytes }
      return .object(BytesValue(result))
    default: return nil
    }
  }
}
