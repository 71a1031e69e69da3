/// A set of hashable values in insertion order.
public final class SetValue: ObjectValue {
  /// Owned by this set alone; never a shape.
  private var table: KeyTable

  public override init() { table = KeyTable(isShape: false, capacity: 8) }

  /// Makes a set of the items, each once; raises `type` for what cannot be a key.
  public convenience init(_ items: some Sequence<Value>) throws {
    self.init()
    for item in items { try insert(item) }
  }

  private init(_ table: KeyTable) { self.table = table }

  public var count: Int { table.live }

  /// The items in order.
  public var items: [Value] {
    var result: [Value] = []
    result.reserveCapacity(table.live)
    for i in 0..<table.used where table.isLive(i) { result.append(table.keys[i]) }
    return result
  }

  /// True if the value is in the set; raises `type` for what cannot be a key.
  public func contains(_ value: Value) throws -> Bool {
    table.find(value, hash: try value.hash()) >= 0
  }

  // MARK: Changing

  /// Adds a value, copying the set first where someone else holds it; false where it was there.
  @discardableResult
  public static func insert(_ value: Value, into set: inout SetValue) throws -> Bool {
    // Hashing raises before anything is touched.
    let hash = try value.hash()
    if set.table.find(value, hash: hash) >= 0 { return false }
    if set.table.used & 0xFFFFF == 0 { try Operations.checkSize(set.table.used, MemoryLayout<Value>.stride) }
    makeUnique(&set)
    set.table.append(value, hash: hash)
    return true
  }

  /// Removes a value, copying the set first where someone else holds it; false where it was missing.
  @discardableResult
  public static func remove(_ value: Value, from set: inout SetValue) throws -> Bool {
    let hash = try value.hash()
    if set.table.find(value, hash: hash) < 0 { return false }
    makeUnique(&set)
    set.table.remove(at: set.table.find(value, hash: hash))
    if set.table.isSparse || set.table.live == 0 { set.table.compact { _, _ in } }
    return true
  }

  private static func makeUnique(_ set: inout SetValue) {
    if isKnownUniquelyReferenced(&set) { return }
    // Copied key by key, so that holes stay behind.
    let table = KeyTable(isShape: false, capacity: max(8, set.table.live + set.table.live / 2))
    for i in 0..<set.table.used where set.table.isLive(i) {
      table.append(set.table.keys[i], hash: set.table.hashes[i])
    }
    set = SetValue(table)
  }

  private func insert(_ value: Value) throws {
    let hash = try value.hash()
    if table.find(value, hash: hash) < 0 { table.append(value, hash: hash) }
  }

  // MARK: As a value

  public override var type: TypeSet { .set }

  public override func isEqual(to other: ObjectValue) -> Bool {
    guard let other = other as? SetValue, other.count == count else { return false }
    for i in 0..<table.used where table.isLive(i) {
      if other.table.find(table.keys[i], hash: table.hashes[i]) < 0 { return false }
    }
    return true
  }

  public override func hash() -> Int {
    // Equal sets may have different orders.
    var state = count
    for i in 0..<table.used where table.isLive(i) { state &+= Value.hash(0x5E7, with: table.hashes[i]) }
    return Value.hash(0x5E7, with: state)
  }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    writer.write("set([")
    var isFirst = true
    for i in 0..<table.used where table.isLive(i) {
      if !isFirst { writer.write(", ") }
      isFirst = false
      writer.write(table.keys[i], isDisplay: true)
    }
    writer.write("])")
  }

  public override func count(_ context: Context) -> Int? { count }

  public override func makeIterator(_ context: Context) -> ValueIterator? { Iterator(self) }

  /// Holds the set, so that whoever adds to it while it is iterated gets a copy.
  private final class Iterator: ValueIterator {
    let set: SetValue
    var position = 0
    init(_ set: SetValue) { self.set = set }
    override func next(_ context: Context) -> Value? {
      while position < set.table.used {
        position += 1
        if set.table.isLive(position - 1) { return set.table.keys[position - 1] }
      }
      return nil
    }
  }

  public override func contains(_ item: Value, _ context: Context) throws -> Bool? { try contains(item) }
}
