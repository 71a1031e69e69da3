import Glibc

extension Value {
  /// True where the language's `==` holds: deep, and between numbers by their exact value.
  @inlinable public static func isEqual(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.int(let x), .int(let y)): x == y
    case (.float(let x), .float(let y)): x == y
    case (.string(let x), .string(let y)): Text.equal(x, y)
    default: isDeepEqual(a, b, isKey: false)
    }
  }

  /// True where two keys are one: as `==`, but NaN is itself.
  public static func isSameKey(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.int(let x), .int(let y)): x == y
    case (.string(let x), .string(let y)): Text.equal(x, y)
    default: isDeepEqual(a, b, isKey: true)
    }
  }

  /// True if a float has exactly the value of an int.
  @inlinable public static func isEqual(_ int: Int, _ float: Double) -> Bool {
    float == Double(int) && Int(exactly: float) == int
  }

  /// Two containers whose items are being compared, up to a position.
  private struct Pair {
    enum Containers {
      case lists(ListStorage, ListStorage)
      case records(RecordStorage, RecordStorage)
    }
    let containers: Containers
    var position = 0
  }

  private enum Step { case equal, different, descend(Pair.Containers) }

  @usableFromInline @inline(never)
  static func isDeepEqual(_ a: Value, _ b: Value, isKey: Bool) -> Bool {
    isDeepEqual(a, b, isKey: isKey) { _ in }
  }

  /// Nested lists and records are kept on a stack of their own, so that no depth is too deep. `poll` is
  /// called now and then with the number of comparisons since.
  static func isDeepEqual(_ a: Value, _ b: Value, isKey: Bool, poll: (Int) throws -> Void) rethrows -> Bool {
    var pair: Pair
    switch step(a, b, isKey) {
    case .equal: return true
    case .different: return false
    case .descend(let containers): pair = Pair(containers: containers)
    }
    var outer: [Pair] = []
    var steps = 0
    while true {
      steps &+= 1
      if steps & 0x3FFF == 0 { try poll(0x4000) }
      guard let (x, y) = next(&pair) else {
        if isMissingKey(pair) { return false }
        guard let enclosing = outer.popLast() else { return true }
        pair = enclosing
        continue
      }
      switch step(x, y, isKey) {
      case .equal: break
      case .different: return false
      case .descend(let containers):
        outer.append(pair)
        pair = Pair(containers: containers)
      }
    }
  }

  /// Compares two values up to their items.
  private static func step(_ a: Value, _ b: Value, _ isKey: Bool) -> Step {
    let result: Bool
    switch (a, b) {
    case (.null, .null): result = true
    case (.bool(let x), .bool(let y)): result = x == y
    case (.int(let x), .int(let y)): result = x == y
    case (.float(let x), .float(let y)): result = x == y || isKey && x.isNaN && y.isNaN
    case (.int(let x), .float(let y)), (.float(let y), .int(let x)): result = isEqual(x, y)
    case (.string(let x), .string(let y)): result = Text.equal(x, y)
    case (.duration(let x), .duration(let y)): result = x == y
    case (.date(let x), .date(let y)): result = x == y
    case (.dateTime(let x), .dateTime(let y)): result = x == y
    case (.function(let x), .function(let y)): result = x === y
    case (.object(let x), .object(let y)):
      result = x === y && isKey || x.type == y.type && x.isEqual(to: y)
    case (.list(let x), .list(let y)):
      if x.count != y.count { return .different }
      if x.count == 0 { return .equal }
      switch (x.kind, y.kind) {
      case (.ints, .ints): result = memcmp(x.ints, y.ints, x.count * 8) == 0
      case (.bools, .bools): result = memcmp(x.bools, y.bools, x.count) == 0
      case (.bools, .ints), (.bools, .floats), (.ints, .bools), (.floats, .bools): result = false
      default: return .descend(.lists(x, y))
      }
    case (.record(let x), .record(let y)):
      if x.count != y.count { return .different }
      return .descend(.records(x, y))
    default: result = false
    }
    return result ? .equal : .different
  }

  /// Returns the next two items to compare; nil at the end, or at a key that the other record lacks.
  private static func next(_ pair: inout Pair) -> (Value, Value)? {
    switch pair.containers {
    case .lists(let x, let y):
      let i = pair.position
      if i >= x.count { return nil }
      pair.position = i + 1
      return (x[i], y[i])
    case .records(let x, let y):
      while pair.position < x.table.used, !x.table.isLive(pair.position) { pair.position += 1 }
      let i = pair.position
      if i >= x.table.used { return nil }
      // Records of one shape have their keys at the same positions.
      let j = x.table === y.table ? i : y.table.find(x.table.keys[i], hash: x.table.hashes[i])
      if j < 0 { return nil }
      pair.position = i + 1
      return (x.values[i], y.values[j])
    }
  }

  /// True where `next` stopped before the end.
  private static func isMissingKey(_ pair: Pair) -> Bool {
    if case .records(let x, _) = pair.containers { return pair.position < x.table.used }
    return false
  }
}
