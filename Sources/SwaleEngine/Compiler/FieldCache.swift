import Synchronization

/// A name looked up in records, which remembers the shape that it met last and where in it the name
/// stands.
struct FieldCache: ~Copyable {
  let name: Text
  /// The shape's number and, in the low half, the position: one word, since several tasks may run the
  /// same code. No shape has the number 0.
  private let met = Atomic<UInt64>(0)

  init(_ name: Text) { self.name = name }

  /// Returns the place of the field, nil where the record has none.
  @inline(__always) func find(_ record: RecordStorage) -> UnsafeMutablePointer<Value>? {
    let met = met.load(ordering: .relaxed)
    let shape = record.table.shapeNumber
    if shape != 0, met >> 32 == UInt64(shape) { return record.values + Int(met & 0xFFFF_FFFF) }
    return search(record)
  }

  @inline(never) private func search(_ record: RecordStorage) -> UnsafeMutablePointer<Value>? {
    let found = record.table.find(name)
    if found < 0 { return nil }
    met.store(UInt64(record.table.shapeNumber) << 32 | UInt64(found), ordering: .relaxed)
    return record.values + found
  }
}
