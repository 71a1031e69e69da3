import Synchronization

/// A name looked up in records, which remembers the shape that it met last and where in it the name
/// stands.
struct FieldCache: ~Copyable {
  fileprivate struct Storage: ~Copyable {
    let name: Text
    /// The shape's number and, in the low half, the position: one word, since several tasks may run the
    /// same code. No shape has the number 0.
    let met = Atomic<UInt64>(0)
  }

  /// A cache that whoever holds this keeps alive.
  struct Reference {
    fileprivate let storage: UnsafeMutablePointer<Storage>

    /// Returns the place of the field, nil where the record has none.
    @inline(__always) func find(_ record: RecordStorage) -> UnsafeMutablePointer<Value>? {
      let met = storage.pointee.met.load(ordering: .relaxed)
      let shape = record.table.shapeNumber
      if shape != 0, met >> 32 == UInt64(shape) { return record.values + Int(met & 0xFFFF_FFFF) }
      return search(record)
    }

    /// Returns the field of what is at a place, where that is a record and the field a float.
    @inline(__always) func float(_ place: UnsafeMutablePointer<Value>?) -> Double? {
      guard let place, place.isRecord else { return nil }
      return place.withRecord { find($0)?.floatIfAny }
    }

    @inline(never) private func search(_ record: RecordStorage) -> UnsafeMutablePointer<Value>? {
      let found = record.table.find(storage.pointee.name)
      if found < 0 { return nil }
      storage.pointee.met.store(
        UInt64(record.table.shapeNumber) << 32 | UInt64(found), ordering: .relaxed)
      return record.values + found
    }
  }

  let reference: Reference
  var name: Text { reference.storage.pointee.name }

  init(_ name: Text) {
    reference = Reference(storage: .allocate(capacity: 1))
    reference.storage.initialize(to: Storage(name: name))
  }

  deinit {
    reference.storage.deinitialize(count: 1)
    reference.storage.deallocate()
  }

  @inline(__always) func find(_ record: RecordStorage) -> UnsafeMutablePointer<Value>? {
    reference.find(record)
  }
}
