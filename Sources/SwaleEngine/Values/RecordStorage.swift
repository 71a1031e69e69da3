import Glibc

/// The storage of a record: keys in insertion order and a value for each.
///
/// Records built with the same string keys share one `KeyTable`, their shape; the compiler
/// remembers the shape it met and where in it a name stands.
public final class RecordStorage {
  public internal(set) var table: KeyTable
  /// One value for each position of the table, holes included.
  public internal(set) var values: UnsafeMutablePointer<Value>
  @usableFromInline var capacity: Int

  public init(capacity: Int = 4) {
    table = KeyTable.emptyShape
    self.capacity = max(1, capacity)
    values = malloc(self.capacity * MemoryLayout<Value>.stride)!.assumingMemoryBound(to: Value.self)
  }

  /// Makes a record of a shape, whose `shape.used` values the caller initializes at once.
  public init(uninitialized shape: KeyTable) {
    table = shape
    capacity = max(1, shape.used)
    values = malloc(capacity * MemoryLayout<Value>.stride)!.assumingMemoryBound(to: Value.self)
  }

  /// Makes a record of string keys.
  public convenience init(_ fields: KeyValuePairs<String, Value>) {
    self.init(capacity: fields.count)
    for (key, value) in fields { self[Text.of(key)] = value }
  }

  deinit { releaseValues(values, table.used) }

  /// The number of keys.
  @inlinable public var count: Int { table.live }

  // MARK: Reading

  @inlinable public func find(_ key: Text) -> Int { table.find(key) }

  /// Returns the position of a key, or -1; raises `type` where the value cannot be a key.
  public func find(_ key: Value) throws -> Int {
    switch key {
    case .string(let text): table.find(text)
    case .int(let number): table.find(number)
    default: table.find(key, hash: try key.hash())
    }
  }

  /// Returns the value of a string key, nil without one; setting adds or replaces.
  public subscript(key: Text) -> Value? {
    get {
      let position = table.find(key)
      return position < 0 ? nil : values[position]
    }
    set {
      let position = table.find(key)
      if let newValue {
        if position >= 0 { values[position] = newValue } else { add(.string(key), hash: key.hash, newValue) }
      } else if position >= 0 {
        _ = remove(at: position)
      }
    }
  }

  public subscript(key: String) -> Value? {
    get { self[Text.of(key)] }
    set { self[Text.of(key)] = newValue }
  }

  /// Calls `body` with every key and value in insertion order.
  @inlinable public func forEach(_ body: (Value, Value) throws -> Void) rethrows {
    var i = 0
    while i < table.used {
      if table.isLive(i) { try body(table.keys[i], values[i]) }
      i &+= 1
    }
  }

  public var keys: [Value] {
    var result: [Value] = []
    result.reserveCapacity(count)
    forEach { key, _ in result.append(key) }
    return result
  }

  // MARK: Changing; only by whoever holds the storage alone

  /// Adds or replaces; raises `type` where the value cannot be a key.
  public func set(_ key: Value, _ value: Value) throws {
    let position = try find(key)
    if position >= 0 { values[position] = value } else { add(key, hash: try key.hash(), value) }
  }

  /// Adds a key that is known to be missing and returns its position.
  @discardableResult
  public func add(_ key: Value, hash: Int, _ value: Value) -> Int {
    KeyTable.adding(key, hash: hash, to: &table)
    let position = table.used - 1
    if position >= capacity { grow(position + 1) }
    (values + position).initialize(to: value)
    return position
  }

  /// Returns where the value of a string key is, which is added with null where it is missing.
  func place(adding key: Text) -> UnsafeMutablePointer<Value> {
    var position = table.find(key)
    if position < 0 { position = add(.string(key), hash: key.hash, .null) }
    return values + position
  }

  /// Returns where the value of an int key is, which is added with null where it is missing.
  func place(adding key: Int) -> UnsafeMutablePointer<Value> {
    var position = table.find(key)
    if position < 0 { position = add(.int(key), hash: Value.hash(ofInt: key), .null) }
    return values + position
  }

  @inline(never) private func grow(_ needed: Int) {
    capacity = max(needed, capacity * 2)
    // Values are bitwise movable, so realloc may move them.
    values = realloc(values, capacity * MemoryLayout<Value>.stride)!.assumingMemoryBound(to: Value.self)
  }

  /// Removes and returns the value at a position.
  public func remove(at position: Int) -> Value {
    KeyTable.own(&table)
    let value = values[position]
    values[position] = .null
    table.remove(at: position)
    if table.isSparse || table.live == 0 {
      let used = table.used
      table.compact { from, to in values[to] = values[from] }
      (values + table.used).deinitialize(count: used - table.used)
    }
    return value
  }

  public func removeAll() {
    values.deinitialize(count: table.used)
    table = KeyTable.emptyShape
  }

  @inline(never) public func copy() -> RecordStorage {
    let result = RecordStorage(uninitialized: table)
    result.values.initialize(from: values, count: table.used)
    return result
  }

  /// Makes `storage` one that nobody else holds, copying it if need be.
  @inlinable public static func makeUnique(_ storage: inout RecordStorage) {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
  }
}
