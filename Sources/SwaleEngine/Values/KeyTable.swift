import Glibc

/// The keys of a record or set in insertion order, with an open-addressing index over them.
///
/// A table is either a *shape*, shared by all records that were built with the same string keys in
/// the same order and never changed after it was made, or owned by one record that changes it.
/// Removed keys leave holes until the table is compacted.
public final class KeyTable {
  public internal(set) var keys: UnsafeMutablePointer<Value>
  @usableFromInline var hashes: UnsafeMutablePointer<Int>
  @usableFromInline var capacity: Int
  /// Positions in use, holes included.
  public internal(set) var used: Int
  /// Keys that are there.
  public internal(set) var live: Int
  /// Positions by hash, each with the high half of the hash before it, so that a key is looked at only
  /// where that agrees. nil while the table is small enough to be searched in line.
  private var index: UnsafeMutablePointer<UInt64>?
  private var mask: Int = 0
  /// Tells shapes apart; 0 for a table that is none.
  let shapeNumber: UInt32
  public var isShape: Bool { shapeNumber != 0 }
  /// The shapes that have one key more than this one.
  private var successors: [KeyTable] = []

  /// Marks a removed key; no hash has this value.
  @usableFromInline static let hole = Int.min
  private static let inlineLimit = 8
  private static let shapeLimit = 32
  private static let successorLimit = 64

  /// The shape without keys, from which all shapes grow.
  nonisolated(unsafe) public static let emptyShape = KeyTable(isShape: true, capacity: 0)
  nonisolated(unsafe) private static var lastShapeNumber: UInt32 = 0
  private static let shapeLock = Lock()

  /// Shapes are made one at a time.
  init(isShape: Bool, capacity: Int) {
    if isShape { KeyTable.lastShapeNumber += 1 }
    shapeNumber = isShape ? KeyTable.lastShapeNumber : 0
    self.capacity = capacity
    used = 0
    live = 0
    keys = KeyTable.allocateKeys(capacity)
    hashes = .allocate(capacity: max(1, capacity))
    if capacity > KeyTable.inlineLimit { rebuildIndex() }
  }

  deinit {
    releaseValues(keys, used)
    hashes.deallocate()
    index?.deallocate()
  }

  /// Keys are released like items of lists, which frees their memory.
  private static func allocateKeys(_ capacity: Int) -> UnsafeMutablePointer<Value> {
    malloc(max(1, capacity) * MemoryLayout<Value>.stride)!.assumingMemoryBound(to: Value.self)
  }

  @inlinable func isLive(_ position: Int) -> Bool { hashes[position] != KeyTable.hole }

  // MARK: Looking up

  /// Returns the position of a string key, or -1.
  public func find(_ key: Text) -> Int {
    find(KeyTable.cleaned(key.hash)) { place in
      place.isString && place.withText { Text.equal($0, key) }
    }
  }

  /// Returns the position of the key of a hash that is the wanted one, or -1.
  @inline(__always)
  private func find(_ hash: Int, _ isWanted: (UnsafeMutablePointer<Value>) -> Bool) -> Int {
    guard let index else {
      var i = 0
      while i < used {
        if hashes[i] == hash, isWanted(keys + i) { return i }
        i &+= 1
      }
      return -1
    }
    let tag = KeyTable.entry(0, hash)
    var slot = hash & mask
    while true {
      let entry = index[slot]
      if entry == KeyTable.emptyEntry { return -1 }
      let position = entry ^ tag
      // Holes hold null, and their hash is no key's.
      if position <= KeyTable.lastPosition, isWanted(keys + Int(position)) { return Int(position) }
      slot = (slot &+ 1) & mask
    }
  }

  private static let emptyEntry = UInt64.max
  private static let lastPosition = UInt64(UInt32.max)

  @inline(__always) private static func entry(_ position: Int, _ hash: Int) -> UInt64 {
    UInt64(bitPattern: Int64(hash)) & ~lastPosition | UInt64(truncatingIfNeeded: position)
  }

  /// Returns the position of an int key, or -1.
  public func find(_ key: Int) -> Int {
    find(KeyTable.cleaned(Value.hash(ofInt: key))) { place in
      switch place.pointee {
      case .int(let other): other == key
      case .float(let other): other == Double(key) && Int(exactly: other) == key
      default: false
      }
    }
  }

  /// Returns the position of a key, or -1. `hash` is `key.hash()`.
  public func find(_ key: Value, hash: Int) -> Int {
    if case .string(let text) = key { return find(text) }
    if case .int(let number) = key { return find(number) }
    let hash = KeyTable.cleaned(hash)
    return find(hash) { hashes[$0 - keys] == hash && Value.isSameKey($0.pointee, key) }
  }

  @inlinable static func cleaned(_ hash: Int) -> Int { hash == hole ? 0 : hash }

  // MARK: Growing

  /// Returns a table with the key added, at position `used` of the result: a successor shape where
  /// this is a shape and the key a string, this very table where the caller owns it, else a copy.
  static func adding(_ key: Value, hash: Int, to table: inout KeyTable) {
    if table.isShape {
      if case .string(let text) = key, table.used < shapeLimit, let shape = table.successor(text) {
        table = shape
        return
      }
      table = table.ownedCopy()
    } else if !isKnownUniquelyReferenced(&table) {
      table = table.ownedCopy()
    }
    table.append(key, hash: hash)
  }

  /// Returns the shape that has one key more, nil where this one has too many such: records used as
  /// dictionaries of many different first keys must not pile up shapes.
  private func successor(_ key: Text) -> KeyTable? {
    KeyTable.shapeLock.withLock {
      for shape in successors {
        if case .string(let other) = shape.keys[used], Text.equal(other, key) { return shape }
      }
      if successors.count == KeyTable.successorLimit { return nil }
      let shape = KeyTable(isShape: true, capacity: used + 1)
      for i in 0..<used { shape.append(keys[i], hash: hashes[i]) }
      // The key may grow in place where its holder appends to it, so the shape keeps its own.
      shape.append(.string(Text.make(key.bytes)), hash: key.hash)
      successors.append(shape)
      return shape
    }
  }

  /// Returns a changeable copy. Positions stay those of the values, so holes stay too.
  private func ownedCopy() -> KeyTable {
    let copy = KeyTable(isShape: false, capacity: max(8, used + used / 2 + 1))
    copy.keys.initialize(from: keys, count: used)
    copy.hashes.update(from: hashes, count: used)
    copy.used = used
    copy.live = live
    if copy.capacity > KeyTable.inlineLimit { copy.rebuildIndex() }
    return copy
  }

  func append(_ key: Value, hash: Int) {
    if used == capacity { grow() }
    let hash = KeyTable.cleaned(hash)
    (keys + used).initialize(to: key)
    hashes[used] = hash
    if let index {
      var slot = hash & mask
      while index[slot] != KeyTable.emptyEntry { slot = (slot &+ 1) & mask }
      index[slot] = KeyTable.entry(used, hash)
    }
    used += 1
    live += 1
  }

  private func grow() {
    let newCapacity = max(8, capacity * 2)
    // Values are bitwise movable, so realloc may move them.
    keys = realloc(keys, newCapacity * MemoryLayout<Value>.stride)!.assumingMemoryBound(to: Value.self)
    let newHashes = UnsafeMutablePointer<Int>.allocate(capacity: newCapacity)
    newHashes.update(from: hashes, count: used)
    hashes.deallocate()
    hashes = newHashes
    capacity = newCapacity
    if newCapacity > KeyTable.inlineLimit { rebuildIndex() }
  }

  /// Makes the index anew, for the present capacity, half full at most.
  private func rebuildIndex() {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    index?.deallocate()
    let fresh = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
    fresh.initialize(repeating: KeyTable.emptyEntry, count: size)
    mask = size - 1
    for position in 0..<used where isLive(position) {
      var slot = hashes[position] & mask
      while fresh[slot] != KeyTable.emptyEntry { slot = (slot &+ 1) & mask }
      fresh[slot] = KeyTable.entry(position, hashes[position])
    }
    index = fresh
  }

  // MARK: Removing; only by an owner

  /// Makes `table` one that the caller owns and may remove from.
  static func own(_ table: inout KeyTable) {
    if table.isShape || !isKnownUniquelyReferenced(&table) { table = table.ownedCopy() }
  }

  /// Leaves a hole. The index keeps pointing at it, so that probing goes on past it.
  func remove(at position: Int) {
    keys[position] = .null
    hashes[position] = KeyTable.hole
    live -= 1
  }

  /// True when holes outweigh keys, so that `compact` pays.
  var isSparse: Bool { used > 16 && live < used / 2 }

  /// Closes the holes; `move(from, to)` is called in order for every key that changes its place.
  func compact(move: (Int, Int) -> Void) {
    var target = 0
    for position in 0..<used where isLive(position) {
      if position != target {
        keys[target] = keys[position]
        hashes[target] = hashes[position]
        move(position, target)
      }
      target += 1
    }
    (keys + target).deinitialize(count: used - target)
    used = target
    if index != nil { rebuildIndex() }
  }
}
