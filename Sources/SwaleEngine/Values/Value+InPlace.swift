// Reaching the storage of a value where it stands. A pattern match that binds a storage holds it a
// second time, at least in debug builds, and what is held twice is copied before it is changed; so
// whatever changes a value in place goes through these.

extension Value {
  @inline(__always) var isString: Bool { if case .string = self { true } else { false } }
  @inline(__always) var isList: Bool { if case .list = self { true } else { false } }
  @inline(__always) var isRecord: Bool { if case .record = self { true } else { false } }

  /// Calls `body` with the text of a string in its place.
  @inline(__always) mutating func withText<R>(_ body: (inout Text) throws -> R) rethrows -> R {
    try withUnsafeMutablePointer(to: &self) { try body(&$0.text.pointee) }
  }

  /// Makes a list's storage one that only this value holds, and calls `body` with it.
  @inline(__always) mutating func withUniqueList<R>(_ body: (ListStorage) throws -> R) rethrows -> R {
    try withUnsafeMutablePointer(to: &self) { try $0.withUniqueList(body) }
  }

  /// Calls `body` with a record's storage, which it must not change.
  @inline(__always) mutating func withRecord<R>(_ body: (RecordStorage) throws -> R) rethrows -> R {
    try withUnsafeMutablePointer(to: &self) { try $0.withRecord(body) }
  }

  /// Makes a record's storage one that only this value holds, and calls `body` with it.
  @inline(__always) mutating func withUniqueRecord<R>(_ body: (RecordStorage) throws -> R) rethrows -> R {
    try withUnsafeMutablePointer(to: &self) { try $0.withUniqueRecord(body) }
  }

  /// Calls `body` with an object, of the class that it is known to be, in its place.
  @inline(__always) mutating func withObject<T: ObjectValue, R>(
    as type: T.Type, _ body: (inout T) throws -> R
  ) rethrows -> R {
    try withUnsafeMutablePointer(to: &self) { try body(&$0.object(as: type).pointee) }
  }
}
