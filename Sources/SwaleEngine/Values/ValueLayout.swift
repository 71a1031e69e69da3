/// The memory layout of `Value`, which compiled code reads directly.
///
/// Safety: Swift lays an enum whose payloads leave no spare bits out as the payload in the first
/// eight bytes and the case's number, counted over the cases with payload, in the ninth. Reading
/// storage through it instead of a pattern match saves two atomic reference counts for each access.
/// `verify` compares the assumption with what the compiler did, once at start; a toolchain that
/// lays values out otherwise stops there and not later.
enum ValueLayout {
  static let tagOffset = 8
  static let float: UInt8 = 2
  static let string: UInt8 = 3
  static let list: UInt8 = 4
  static let record: UInt8 = 5
  static let object: UInt8 = 10

  /// Stops the program where the layout is not the assumed one.
  static func verify() {
    let storage = ListStorage()
    let record = RecordStorage()
    let object = SetValue()
    var values: [Value] = [
      .list(storage), .record(record), .int(7), .float(1.5), .string(Text.empty), .object(object),
    ]
    let isAsAssumed = values.withUnsafeMutableBytes { bytes in
      MemoryLayout<Value>.size == 9 && MemoryLayout<Value>.stride == 16
        && bytes.load(fromByteOffset: 8, as: UInt8.self) == list
        && bytes.load(fromByteOffset: 0, as: UnsafeRawPointer.self)
          == UnsafeRawPointer(Unmanaged.passUnretained(storage).toOpaque())
        && bytes.load(fromByteOffset: 24, as: UInt8.self) == ValueLayout.record
        && bytes.load(fromByteOffset: 16, as: UnsafeRawPointer.self)
          == UnsafeRawPointer(Unmanaged.passUnretained(record).toOpaque())
        && bytes.load(fromByteOffset: 32, as: Int.self) == 7
        && bytes.load(fromByteOffset: 48, as: Double.self) == 1.5
        && bytes.load(fromByteOffset: 56, as: UInt8.self) == float
        && bytes.load(fromByteOffset: 72, as: UInt8.self) == string
        && bytes.load(fromByteOffset: 64, as: UnsafeRawPointer.self)
          == UnsafeRawPointer(Unmanaged.passUnretained(Text.empty).toOpaque())
        && bytes.load(fromByteOffset: 88, as: UInt8.self) == ValueLayout.object
        && bytes.load(fromByteOffset: 80, as: UnsafeRawPointer.self)
          == UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque())
    }
    precondition(isAsAssumed, "the memory layout of Value is not the assumed one")
  }
}

extension UnsafeMutablePointer<Value> {
  /// True if the value is a list; its storage is then at `listStorage`.
  @inline(__always) var isString: Bool { tag == ValueLayout.string }

  @inline(__always) var isList: Bool { tag == ValueLayout.list }

  @inline(__always) var isRecord: Bool { tag == ValueLayout.record }

  @inline(__always) private var tag: UInt8 {
    UnsafeRawPointer(self).load(fromByteOffset: ValueLayout.tagOffset, as: UInt8.self)
  }

  /// The float, if the value is one.
  @inline(__always) var floatIfAny: Double? {
    tag == ValueLayout.float ? UnsafeRawPointer(self).load(as: Double.self) : nil
  }

  /// Replaces the value by a float.
  @inline(__always) func setFloat(_ number: Double) {
    if tag == ValueLayout.float {
      UnsafeMutableRawPointer(self).storeBytes(of: number, as: Double.self)
    } else {
      pointee = .float(number)
    }
  }

  /// Where the reference to a list's storage is kept.
  @inline(__always) var listStorage: UnsafeMutablePointer<ListStorage> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: ListStorage.self)
  }

  @inline(__always) var recordStorage: UnsafeMutablePointer<RecordStorage> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: RecordStorage.self)
  }

  /// Where the reference to a string's text is kept.
  @inline(__always) var text: UnsafeMutablePointer<Text> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Text.self)
  }

  /// Where the reference to an object is kept, which is of the class.
  @inline(__always) func object<T: ObjectValue>(as type: T.Type) -> UnsafeMutablePointer<T> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: T.self)
  }

  /// Calls `body` with a string's text without counting a reference.
  @inline(__always) func withText<R>(_ body: (Text) throws -> R) rethrows -> R {
    let reference = UnsafeRawPointer(self).load(as: UnsafeRawPointer.self)
    return try Unmanaged<Text>.fromOpaque(reference)._withUnsafeGuaranteedRef(body)
  }

  /// Calls `body` with an object, of the class that it is known to be, without counting a reference.
  @inline(__always) func withObject<T: ObjectValue, R>(as type: T.Type, _ body: (T) throws -> R) rethrows -> R
  {
    let reference = UnsafeRawPointer(self).load(as: UnsafeRawPointer.self)
    return try Unmanaged<T>.fromOpaque(reference)._withUnsafeGuaranteedRef(body)
  }

  /// The channel, if the value is one, without counting a reference.
  @inline(__always) var channel: Unmanaged<ChannelValue>? {
    guard tag == ValueLayout.object else { return nil }
    let reference = UnsafeRawPointer(self).load(as: UnsafeRawPointer.self)
    let isChannel = Unmanaged<ObjectValue>.fromOpaque(reference)._withUnsafeGuaranteedRef {
      type(of: $0) == ChannelValue.self
    }
    return isChannel ? .fromOpaque(reference) : nil
  }

  /// Calls `body` with a list's storage without counting a reference.
  @inline(__always) func withList<R>(_ body: (ListStorage) throws -> R) rethrows -> R {
    let reference = UnsafeRawPointer(self).load(as: UnsafeRawPointer.self)
    return try Unmanaged<ListStorage>.fromOpaque(reference)._withUnsafeGuaranteedRef(body)
  }

  @inline(__always) func withRecord<R>(_ body: (RecordStorage) throws -> R) rethrows -> R {
    let reference = UnsafeRawPointer(self).load(as: UnsafeRawPointer.self)
    return try Unmanaged<RecordStorage>.fromOpaque(reference)._withUnsafeGuaranteedRef(body)
  }

  /// Makes a list's storage one that only this place holds, and calls `body` with it.
  @inline(__always) func withUniqueList<R>(_ body: (ListStorage) throws -> R) rethrows -> R {
    ListStorage.makeUnique(&listStorage.pointee)
    return try withList(body)
  }

  @inline(__always) func withUniqueRecord<R>(_ body: (RecordStorage) throws -> R) rethrows -> R {
    RecordStorage.makeUnique(&recordStorage.pointee)
    return try withRecord(body)
  }
}
