import CStack
import Glibc

/// The storage of a list: one contiguous buffer, of raw ints, floats or bools while all items are
/// of that type, else of values. A script cannot tell the difference.
///
/// Whoever changes a storage must hold it alone (`isKnownUniquelyReferenced`); `Value.list` users
/// go through `ListStorage.makeUnique(&storage)`.
public final class ListStorage {
  public enum Kind: UInt8, Sendable {
    case values, ints, floats, bools

    @inlinable var stride: Int {
      switch self {
      case .values: MemoryLayout<Value>.stride
      case .ints, .floats: 8
      case .bools: 1
      }
    }
  }

  /// An empty list may have any kind; the first item decides.
  public var kind: Kind
  public var count: Int
  @usableFromInline var capacity: Int
  @usableFromInline var base: UnsafeMutableRawPointer

  /// Makes a list of `count` items whose memory the caller initializes through `values`, `ints`,
  /// `floats` or `bools` before anything else happens to it.
  public init(uninitialized kind: Kind, count: Int, capacity: Int = 0) {
    self.kind = kind
    self.count = count
    self.capacity = max(count, capacity)
    base = malloc(max(1, self.capacity * kind.stride))!
  }

  public convenience init() { self.init(uninitialized: .values, count: 0) }

  /// Makes a list of the values, unboxed where all are ints, floats or bools.
  public convenience init(_ values: some Collection<Value>) {
    self.init(uninitialized: .values, count: 0, capacity: values.count)
    for value in values { append(value) }
  }

  public convenience init(ints: some Collection<Int>) {
    self.init(uninitialized: .ints, count: ints.count)
    var i = 0
    for item in ints {
      self.ints[i] = item
      i += 1
    }
  }

  public convenience init(floats: some Collection<Double>) {
    self.init(uninitialized: .floats, count: floats.count)
    var i = 0
    for item in floats {
      self.floats[i] = item
      i += 1
    }
  }

  public convenience init(bools: some Collection<Bool>) {
    self.init(uninitialized: .bools, count: bools.count)
    var i = 0
    for item in bools {
      self.bools[i] = item
      i += 1
    }
  }

  deinit {
    if kind == .values { releaseValues(base.assumingMemoryBound(to: Value.self), count) } else { free(base) }
  }

  // MARK: Raw access; only for the kind that the list has

  @inlinable public var values: UnsafeMutablePointer<Value> { base.assumingMemoryBound(to: Value.self) }
  @inlinable public var ints: UnsafeMutablePointer<Int> { base.assumingMemoryBound(to: Int.self) }
  @inlinable public var floats: UnsafeMutablePointer<Double> { base.assumingMemoryBound(to: Double.self) }
  @inlinable public var bools: UnsafeMutablePointer<Bool> { base.assumingMemoryBound(to: Bool.self) }

  // MARK: Items; the index must be in bounds

  @inlinable public subscript(index: Int) -> Value {
    @inline(__always) get {
      switch kind {
      case .values: values[index]
      case .ints: .int(ints[index])
      case .floats: .float(floats[index])
      case .bools: .bool(bools[index])
      }
    }
  }

  /// Replaces an item.
  @inlinable public func set(_ index: Int, _ value: Value) {
    switch (kind, value) {
    case (.ints, .int(let item)): ints[index] = item
    case (.floats, .float(let item)): floats[index] = item
    case (.bools, .bool(let item)): bools[index] = item
    case (.values, _): values[index] = value
    default:
      box()
      values[index] = value
    }
  }

  /// Replaces an item of storage of values, and returns the one before.
  @inlinable func exchange(_ index: Int, _ value: Value) -> Value {
    let old = (values + index).move()
    (values + index).initialize(to: value)
    return old
  }

  @inlinable public func append(_ value: Value) {
    if count == 0 { adoptKind(of: value) }
    switch (kind, value) {
    case (.ints, .int(let item)):
      if count == capacity { grow() }
      ints[count] = item
    case (.floats, .float(let item)):
      if count == capacity { grow() }
      floats[count] = item
    case (.bools, .bool(let item)):
      if count == capacity { grow() }
      bools[count] = item
    default:
      if kind != .values { box() }
      if count == capacity { grow() }
      (values + count).initialize(to: value)
    }
    count &+= 1
  }

  /// Appends all items of another list, which may be this one.
  public func append(contentsOf other: ListStorage) { append(contentsOf: other, 0..<other.count) }

  /// Appends some items of another list, which may be this one.
  func append(contentsOf other: ListStorage, _ range: Range<Int>) {
    if range.isEmpty { return }
    if count == 0 { changeKindWhileEmpty(to: other.kind) }
    if kind != other.kind {
      for i in range { append(other[i]) }
      return
    }
    reserve(count + range.count)
    if kind == .values {
      (values + count).initialize(from: other.values + range.lowerBound, count: range.count)
    } else {
      memcpy(
        base + count * kind.stride, other.base + range.lowerBound * kind.stride, range.count * kind.stride)
    }
    count += range.count
  }

  /// Inserts an item so that it has the index, at most `count`.
  public func insert(_ value: Value, at index: Int) {
    append(value)
    let stride = kind.stride
    withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { buffer in
      // Items are moved as bytes: nothing is copied or released on the way.
      memcpy(buffer.baseAddress!, base + (count - 1) * stride, stride)
      memmove(base + (index + 1) * stride, base + index * stride, (count - 1 - index) * stride)
      memcpy(base + index * stride, buffer.baseAddress!, stride)
    }
  }

  /// Removes and returns an item.
  public func remove(at index: Int) -> Value {
    let item = self[index]
    if kind == .values { (values + index).deinitialize(count: 1) }
    let stride = kind.stride
    memmove(base + index * stride, base + (index + 1) * stride, (count - 1 - index) * stride)
    count -= 1
    return item
  }

  @inlinable public func removeLast() -> Value {
    count &-= 1
    if kind == .values { return (values + count).move() }
    return self[count]
  }

  public func removeAll() {
    if kind == .values { values.deinitialize(count: count) }
    count = 0
  }

  public func swapAt(_ i: Int, _ j: Int) {
    switch kind {
    case .values: if i != j { swap(&values[i], &values[j]) }
    case .ints: (ints[i], ints[j]) = (ints[j], ints[i])
    case .floats: (floats[i], floats[j]) = (floats[j], floats[i])
    case .bools: (bools[i], bools[j]) = (bools[j], bools[i])
    }
  }

  /// Makes room for `total` items at least.
  public func reserve(_ total: Int) {
    if total > capacity { resize(to: max(total, capacity * 2)) }
  }

  // MARK: Copies

  public func copy(extraCapacity: Int = 0) -> ListStorage { slice(0, count, extraCapacity: extraCapacity) }

  /// Returns the items from `lower` up to but not including `upper`, which must be in bounds.
  public func slice(_ lower: Int, _ upper: Int, extraCapacity: Int = 0) -> ListStorage {
    let result = ListStorage(
      uninitialized: kind, count: upper - lower, capacity: upper - lower + extraCapacity)
    if kind == .values {
      result.values.initialize(from: values + lower, count: upper - lower)
    } else {
      memcpy(result.base, base + lower * kind.stride, (upper - lower) * kind.stride)
    }
    return result
  }

  /// Makes `storage` one that nobody else holds, copying it if need be.
  @inlinable public static func makeUnique(_ storage: inout ListStorage) {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
  }

  /// Calls `body` with each item in order.
  @inlinable public func forEach(_ body: (Value) throws -> Void) rethrows {
    var i = 0
    while i < count {
      try body(self[i])
      i &+= 1
    }
  }

  /// All items as boxed values.
  public var array: [Value] {
    var result: [Value] = []
    result.reserveCapacity(count)
    forEach { result.append($0) }
    return result
  }

  // MARK: Growing and changing kind

  @usableFromInline @inline(never) func grow() { resize(to: max(4, capacity &* 2)) }

  private func resize(to newCapacity: Int) {
    // Values are bitwise movable, so realloc may move them.
    base = realloc(base, max(1, newCapacity * kind.stride))!
    capacity = newCapacity
  }

  @usableFromInline func adoptKind(of value: Value) {
    let wanted: Kind =
      switch value {
      case .int: .ints
      case .float: .floats
      case .bool: .bools
      default: .values
      }
    changeKindWhileEmpty(to: wanted)
  }

  private func changeKindWhileEmpty(to wanted: Kind) {
    if wanted == kind { return }
    capacity = capacity * kind.stride / wanted.stride
    kind = wanted
    if capacity == 0 { resize(to: 4) }
  }

  /// Turns unboxed storage into storage of values.
  @usableFromInline @inline(never) func box() {
    if kind == .values { return }
    let boxed = malloc(max(1, capacity * MemoryLayout<Value>.stride))!
    let target = boxed.assumingMemoryBound(to: Value.self)
    for i in 0..<count { (target + i).initialize(to: self[i]) }
    free(base)
    base = boxed
    kind = .values
  }
}

/// Releases values and frees their buffer, without recursion however deeply they are nested: beyond
/// a depth the buffer is put on a list that the outermost release works off.
@usableFromInline func releaseValues(_ values: UnsafeMutablePointer<Value>, _ count: Int) {
  let state = cstack_release_state()!
  if state.pointee.depth >= 64 {
    let entry = malloc(MemoryLayout<cstack_deferred>.size)!.assumingMemoryBound(to: cstack_deferred.self)
    entry.initialize(to: cstack_deferred(base: values, count: count, next: state.pointee.deferred))
    state.pointee.deferred = entry
    return
  }
  state.pointee.depth += 1
  values.deinitialize(count: count)
  free(values)
  state.pointee.depth -= 1
  if state.pointee.depth > 0 { return }
  while let entry = state.pointee.deferred {
    let (base, count) = (entry.pointee.base!, entry.pointee.count)
    state.pointee.deferred = entry.pointee.next
    free(entry)
    state.pointee.depth += 1
    base.assumingMemoryBound(to: Value.self).deinitialize(count: count)
    free(base)
    state.pointee.depth -= 1
  }
}
