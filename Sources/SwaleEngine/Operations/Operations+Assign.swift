// Changing a part of a value in place. The storage is taken out of the variable meanwhile, so that it
// is known to be held by nobody else, and copied only where it is. After an error the value is what
// it was before.

extension Operations {
  /// `base[index] = new`; adds a missing key of a record.
  public static func setIndex(_ base: inout Value, _ index: Value, _ new: Value, _ c: Context) throws {
    switch base {
    case .list(var list):
      guard case .int(let i) = index else { throw notAssignable(index) }
      let position = i < 0 ? i &+ list.count : i
      if position < 0 || position >= list.count { throw outOfBoundsForSetting(i, list.count) }
      base = .null
      ListStorage.unique(&list).set(position, new)
      base = .list(list)
    case .record(var record):
      // Hashing a key may raise; it must come first.
      let hash = try index.hash()
      base = .null
      RecordStorage.unique(&record).set(index, hash: hash, new)
      base = .record(record)
    default: throw notChangeable(base, index)
    }
  }

  /// `base.name = new`; adds a missing key.
  public static func setMember(_ base: inout Value, _ name: Text, _ new: Value, _ c: Context) throws {
    guard case .record(var record) = base else { throw notChangeable(base, .string(name)) }
    base = .null
    RecordStorage.unique(&record).set(name, new)
    base = .record(record)
  }

  /// Calls `body` with the place of `base[index]`, which it may change. A missing key is added where
  /// `createsMissing` is true, holding null; it is removed again if `body` raises.
  public static func withItem<R>(
    _ base: inout Value, _ index: Value, _ c: Context, createsMissing: Bool, _ body: (inout Value) throws -> R
  ) throws -> R {
    switch base {
    case .list(var list):
      guard case .int(let i) = index else { throw notAssignable(index) }
      let position = i < 0 ? i &+ list.count : i
      if position < 0 || position >= list.count { throw outOfBoundsForSetting(i, list.count) }
      base = .null
      ListStorage.unique(&list)
      defer { base = .list(list) }
      if list.kind == .values { return try body(&list.values[position]) }
      var item = list[position]
      defer { list.set(position, item) }
      return try body(&item)
    case .record(var record):
      var position = try record.find(index)
      let isMissing = position < 0
      if isMissing, !createsMissing { throw missingKey(index, record) }
      let hash = isMissing ? try index.hash() : 0
      base = .null
      RecordStorage.unique(&record)
      defer { base = .record(record) }
      if !isMissing { return try body(&record.values[position]) }
      position = record.add(index, hash: hash, .null)
      do { return try body(&record.values[position]) } catch {
        _ = record.remove(at: position)
        throw error
      }
    default: throw notChangeable(base, index)
    }
  }

  private static func outOfBoundsForSetting(_ index: Int, _ count: Int) -> SwaleError {
    let error = outOfBounds(index, count, "list")
    if index == count { error.hint = "xs.push(v) adds an item at the end" }
    return error
  }

  private static func notAssignable(_ index: Value) -> SwaleError {
    if case .object(let object) = index, object.type == .range {
      return SwaleError(
        .type, "a slice cannot be assigned to",
        hint: "assign its items one by one, or join slices with `+`: xs = xs[..<i] + new + xs[j...]")
    }
    return SwaleError(.type, "an index of a list must be an int, not \(index.typeNameWithArticle)")
  }

  @inline(never) private static func notChangeable(_ base: Value, _ index: Value) -> SwaleError {
    let hint: String? =
      switch base.type {
      case .string: "a string never changes: replace(text, old, new) makes a new one"
      case .bytes, .range: "list(x) makes a list of it, which can be changed"
      case .set: "s.add(v) and s.remove(v) change a set"
      case .column, .table: "t | derive name: expr makes a table with a changed column"
      case .cell: "c.set(v) and c.update(x => ...) change a cell"
      case .null: "make it a record or a list first, such as `x = {}`"
      case .error: "fail {kind: ..., message: ...} makes an error"
      default: nil
      }
    if case .string(let name) = index, base.type != .string {
      return SwaleError(.type, "\(name.string) of \(base.typeNameWithArticle) cannot be set", hint: hint)
    }
    return SwaleError(.type, "an item of \(base.typeNameWithArticle) cannot be set", hint: hint)
  }
}

extension RecordStorage {
  /// Adds or replaces the value of a key of a hash.
  func set(_ key: Value, hash: Int, _ value: Value) {
    let position = table.find(key, hash: hash)
    if position >= 0 { values[position] = value } else { add(key, hash: hash, value) }
  }

  /// Adds or replaces the value of a string key.
  public func set(_ key: Text, _ value: Value) {
    let position = table.find(key)
    if position >= 0 { values[position] = value } else { add(.string(key), hash: key.hash, value) }
  }
}
