// Changing a part of a value in place. Storage is copied only where somebody else holds it. After an
// error the value is what it was before.

extension Operations {
  /// `base[index] = new`; adds a missing key of a record.
  public static func setIndex(_ base: inout Value, _ index: Value, _ new: Value, _ c: Context) throws {
    if base.isList {
      let position = try positionForSetting(index, in: base)
      base.withUniqueList { $0.set(position, new) }
    } else if base.isRecord {
      // Hashing a key may raise; it must come first.
      let hash = try index.hash()
      base.withUniqueRecord { $0.set(index, hash: hash, new) }
    } else {
      throw notChangeable(base, index)
    }
  }

  /// `base.name = new`; adds a missing key.
  public static func setMember(_ base: inout Value, _ name: Text, _ new: Value, _ c: Context) throws {
    guard base.isRecord else { throw notChangeable(base, .string(name)) }
    base.withUniqueRecord { $0.set(name, new) }
  }

  /// Calls `body` with the place of `base[index]`, which it may change; a key must be there.
  public static func withItem<R>(
    _ base: inout Value, _ index: Value, _ c: Context, _ body: (inout Value) throws -> R
  ) throws -> R {
    if base.isList {
      let position = try positionForSetting(index, in: base)
      return try base.withUniqueList { list in
        if list.kind == .values { return try body(&list.values[position]) }
        var item = list[position]
        defer { list.set(position, item) }
        return try body(&item)
      }
    }
    guard base.isRecord else { throw notChangeable(base, index) }
    let position = try base.withRecord { try $0.find(index) }
    if position < 0 { throw missingKey(index, in: base) }
    return try base.withUniqueRecord { try body(&$0.values[position]) }
  }

  /// True where `base[index]` may be given its first value: a missing key, or a place that holds null.
  public static func isMissing(_ base: Value, _ index: Value, _ c: Context) throws -> Bool {
    switch base {
    case .list(let list): return list[try positionForSetting(index, in: base)].isNull
    case .record(let record):
      let position = try record.find(index)
      return position < 0 || record.values[position].isNull
    default: throw notChangeable(base, index)
    }
  }

  /// Returns where in a list an index leads that is to be set.
  private static func positionForSetting(_ index: Value, in base: Value) throws -> Int {
    guard case .int(let i) = index else { throw notAssignable(index) }
    guard case .list(let list) = base else { unreachable("a position in what is no list") }
    let position = i < 0 ? i &+ list.count : i
    if position < 0 || position >= list.count { throw outOfBoundsForSetting(i, list.count) }
    return position
  }

  @inline(never) private static func missingKey(_ key: Value, in base: Value) -> SwaleError {
    guard case .record(let record) = base else { unreachable("a key of what is no record") }
    return missingKey(key, record)
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
