import SwaleEngine

extension Column {
  /// Returns an item, null where it is missing. The index must be in bounds.
  public func value(_ index: Int) -> Value {
    if isNull(index) { return .null }
    switch data {
    case .bools(let items): return .bool(items[index])
    case .ints(let items): return Column.value(items[index], type)
    case .floats(let items): return .float(items[index])
    case .strings(let items): return .string(items.text(index))
    case .codes(let codes, let dictionary): return .string(dictionary.allTexts()[Int(codes[index])])
    case .values(let items): return items.values[index]
    }
  }

  @inline(__always) static func value(_ item: Int, _ type: ColumnType) -> Value {
    switch type {
    case .date: .date(item)
    case .dateTime: .dateTime(item)
    case .duration: .duration(item)
    default: .int(item)
    }
  }

  /// Initializes `count` values with the items from `lower` on.
  func initialize(_ target: UnsafeMutablePointer<Value>, from lower: Int, count: Int) {
    switch data {
    case .bools(let items):
      for i in 0..<count { (target + i).initialize(to: .bool(items.base[lower &+ i])) }
    case .ints(let items):
      switch type {
      case .date: for i in 0..<count { (target + i).initialize(to: .date(items.base[lower &+ i])) }
      case .dateTime: for i in 0..<count { (target + i).initialize(to: .dateTime(items.base[lower &+ i])) }
      case .duration: for i in 0..<count { (target + i).initialize(to: .duration(items.base[lower &+ i])) }
      default: for i in 0..<count { (target + i).initialize(to: .int(items.base[lower &+ i])) }
      }
    case .floats(let items):
      for i in 0..<count { (target + i).initialize(to: .float(items.base[lower &+ i])) }
    case .strings(let items):
      for i in 0..<count { (target + i).initialize(to: .string(items.text(lower &+ i))) }
    case .codes(let codes, let dictionary):
      dictionary.allTexts().withUnsafeBufferPointer { texts in
        for i in 0..<count {
          (target + i).initialize(
            to: isNull(lower &+ i) ? .null : .string(texts[Int(codes.base[lower &+ i])]))
        }
      }
      return
    case .values(let items):
      items.values.withUnsafeBufferPointer { values in
        (target).initialize(from: values.baseAddress! + lower, count: count)
      }
      return
    }
    guard let validity else { return }
    for i in 0..<count where !validity[lower &+ i] { target[i] = .null }
  }

  /// Calls `body` with every item in order.
  func forEach(_ body: (Value) throws -> Void) rethrows {
    let batch = 256
    let values = UnsafeMutablePointer<Value>.allocate(capacity: batch)
    defer { values.deallocate() }
    var start = 0
    while start < count {
      let size = min(batch, count - start)
      initialize(values, from: start, count: size)
      defer { values.deinitialize(count: size) }
      for i in 0..<size { try body(values[i]) }
      start += size
    }
  }

  /// The items as a list, unboxed where nothing is missing.
  public func list() -> ListStorage {
    if validity == nil {
      switch data {
      case .bools(let items): return ListStorage(bools: UnsafeBufferPointer(start: items.base, count: count))
      case .ints(let items) where type == .int:
        return ListStorage(ints: UnsafeBufferPointer(start: items.base, count: count))
      case .floats(let items):
        return ListStorage(floats: UnsafeBufferPointer(start: items.base, count: count))
      default: break
      }
    }
    let list = ListStorage()
    list.reserve(count)
    forEach { list.append($0) }
    return list
  }

  /// Makes a column of a list; ints, floats and bools are copied as they lie.
  public static func of(_ list: ListStorage) -> Column {
    switch list.kind {
    case .ints: return Column(ints: Buffer(UnsafeBufferPointer(start: list.ints, count: list.count)))
    case .floats: return Column(floats: Buffer(UnsafeBufferPointer(start: list.floats, count: list.count)))
    case .bools: return Column(bools: Buffer(UnsafeBufferPointer(start: list.bools, count: list.count)))
    case .values: return Column(UnsafeBufferPointer(start: list.values, count: list.count))
    }
  }
}
