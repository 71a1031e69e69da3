import SwaleSyntax

/// A path whose root is a boxed value in this frame, with its keys compiled.
///
/// Keys are evaluated into temporaries before the path is walked, so that nothing runs between
/// finding a place and using it; the place found is a plain pointer. Constants and variables are
/// safe to read on the way.
final class PlaceCode {
  enum Step {
    case member(Text, MemberCache)
    /// An int in a slot, or a constant.
    case intKey(Code)
    case key(Code)
  }

  /// The shape met last and where in it the name stands.
  final class MemberCache {
    var shape: KeyTable?
    var position = 0
  }

  let place: Place
  let rootOffset: Int
  let steps: [Step]
  /// Keys to be evaluated first, each with its temporary.
  let keys: [(code: Code, offset: Int)]

  init(_ place: Place, _ steps: [Step], keys: [(code: Code, offset: Int)]) {
    self.place = place
    rootOffset = place.root.slot * Frame.slotSize
    self.steps = steps
    self.keys = keys
  }

  /// True if the path is the variable itself.
  var isSimple: Bool { steps.isEmpty }

  @inline(__always) func root(_ f: Frame) -> UnsafeMutablePointer<Value> { f.value(rootOffset) }

  @inline(__always) func evaluateKeys(_ f: Frame, _ c: Context) throws {
    for key in keys {
      if key.code.representation == .int {
        f.set(key.offset, try key.code.int(f, c))
      } else {
        f.value(key.offset).pointee = try key.code.value(f, c)
      }
    }
  }

  /// Returns the key of a step as a value.
  func key(_ i: Int, _ f: Frame, _ c: Context) throws -> Value {
    switch steps[i] {
    case .member(let name, _): .string(name)
    case .intKey(let code), .key(let code): try code.value(f, c)
    }
  }

  /// Returns the place after the first `count` steps, all storage on the way made unique; nil where a
  /// step is none of the simple ones, which then must be walked in general.
  @inline(__always) func walk(_ f: Frame, _ c: Context, _ count: Int) throws -> UnsafeMutablePointer<Value>? {
    var place = root(f)
    var i = 0
    while i < count {
      switch steps[i] {
      case .member(let name, let cache):
        guard place.isRecord else { return nil }
        let field: UnsafeMutablePointer<Value>? = place.withUniqueRecord { record in
          if record.table === cache.shape { return record.values + cache.position }
          let found = record.table.find(name)
          if found < 0 { return nil }
          if record.table.isShape {
            cache.position = found
            cache.shape = record.table
          }
          return record.values + found
        }
        guard let field else { return nil }
        place = field
      case .intKey(let code):
        let index = try code.int(f, c)
        if place.isList {
          let item: UnsafeMutablePointer<Value>? = place.withUniqueList { list in
            let position = index < 0 ? index &+ list.count : index
            return list.kind == .values && position >= 0 && position < list.count ? list.values + position : nil
          }
          guard let item else { return nil }
          place = item
        } else if place.isRecord {
          let field: UnsafeMutablePointer<Value>? = place.withUniqueRecord { record in
            let found = record.table.find(index)
            return found < 0 ? nil : record.values + found
          }
          guard let field else { return nil }
          place = field
        } else {
          return nil
        }
      case .key(let code):
        guard place.isRecord, case .string(let name) = try code.value(f, c) else { return nil }
        let field: UnsafeMutablePointer<Value>? = place.withUniqueRecord { record in
          let found = record.table.find(name)
          return found < 0 ? nil : record.values + found
        }
        guard let field else { return nil }
        place = field
      }
      i += 1
    }
    return place
  }

  /// Calls `body` with the place that the path leads to, found in the simple or the general way. The
  /// keys are evaluated.
  func withLeaf<R>(_ f: Frame, _ c: Context, createsMissing: Bool = false, _ body: (UnsafeMutablePointer<Value>) throws -> R)
    throws -> R
  {
    if let leaf = try walk(f, c, steps.count) { return try body(leaf) }
    return try place.withLeaf(try allKeys(f, c), f, c, createsMissing: createsMissing) { leaf in
      try withUnsafeMutablePointer(to: &leaf, body)
    }
  }

  func allKeys(_ f: Frame, _ c: Context) throws -> [Value] { try steps.indices.map { try key($0, f, c) } }
}

extension Compiler {
  /// Compiles a path; nil where its root is not a boxed value of this frame.
  func compile(place: Place) -> PlaceCode? {
    guard isLocal(place.root) else { return nil }
    if widen(place.root.slot, .value) != .value { unreachable("a widened slot") }
    var steps: [PlaceCode.Step] = []
    var keys: [(code: Code, offset: Int)] = []
    for (step, _) in place.steps {
      switch step {
      case .member(let name): steps.append(.member(name, .init()))
      case .index(let node):
        var code = compile(node)
        if !(code is IntLocal || code is IntConstant || code is ValueConstant) {
          // A variable could be changed by a later key, and anything else may fail.
          let representation: Representation = code.representation == .int ? .int : .value
          let slot = newTemporary(representation)
          keys.append((convert(code, to: representation), slot * Frame.slotSize))
          code = representation == .int ? IntLocal(slot) : ValueLocal(slot, node)
        }
        steps.append(code.representation == .int ? .intKey(code) : .key(code))
      }
    }
    return PlaceCode(place, steps, keys: keys)
  }
}

/// `path = e`
final class AssignPlaceCode: StatementCode {
  let node: AssignNode
  let place: PlaceCode
  let operand: Code
  init(_ node: AssignNode, _ place: PlaceCode, _ operand: Code) {
    self.node = node
    self.place = place
    self.operand = operand
  }

  override func run(_ f: Frame, _ c: Context) throws {
    let last = place.steps.count - 1
    if case .intKey(let index) = place.steps[last] {
      switch operand.representation {
      case .int:
        let new = try operand.int(f, c)
        try place.evaluateKeys(f, c)
        if try set(index, f, c, { $0.kind == .ints ? ($0.ints[$1] = new) : $0.set($1, .int(new)) }) { return }
        return try general(.int(new), f, c)
      case .float:
        let new = try operand.float(f, c)
        try place.evaluateKeys(f, c)
        if try set(index, f, c, { $0.kind == .floats ? ($0.floats[$1] = new) : $0.set($1, .float(new)) }) { return }
        return try general(.float(new), f, c)
      case .bool:
        let new = try operand.bool(f, c)
        try place.evaluateKeys(f, c)
        if try set(index, f, c, { $0.kind == .bools ? ($0.bools[$1] = new) : $0.set($1, .bool(new)) }) { return }
        return try general(.bool(new), f, c)
      default:
        let new = try operand.value(f, c)
        try place.evaluateKeys(f, c)
        if try set(index, f, c, { $0.set($1, new) }) { return }
        return try general(new, f, c)
      }
    }
    let new = try operand.value(f, c)
    try place.evaluateKeys(f, c)
    if let leaf = try place.walk(f, c, place.steps.count) {
      leaf.pointee = new
    } else {
      try general(new, f, c)
    }
  }

  /// Sets an item of a list; false where the base is no list, or a key of a record that is new.
  @inline(__always)
  private func set(_ index: Code, _ f: Frame, _ c: Context, _ store: (ListStorage, Int) -> Void) throws -> Bool {
    guard let base = try place.walk(f, c, place.steps.count - 1) else { return false }
    guard base.isList else { return false }
    let i = try index.int(f, c)
    return base.withUniqueList { list in
      let position = i < 0 ? i &+ list.count : i
      if position < 0 || position >= list.count { return false }
      store(list, position)
      return true
    }
  }

  @inline(never) private func general(_ new: Value, _ f: Frame, _ c: Context) throws {
    if let base = try place.walk(f, c, place.steps.count - 1), base.isRecord {
      // A key of a record: new, or of a type that the simple way does not look up.
      let key = try place.key(place.steps.count - 1, f, c)
      do { try base.withUniqueRecord { try $0.set(key, new) } } catch let error as SwaleError where error.location == nil {
        error.location = node.place.steps[node.place.steps.count - 1].at
        throw error
      }
      return
    }
    try node.place.assign(new, try place.allKeys(f, c), f, c)
  }
}

/// `path += e`
final class UpdatePlaceCode: StatementCode {
  let node: AssignNode
  let operation: Operation
  let place: PlaceCode
  let operand: Code
  init(_ node: AssignNode, _ operation: Operation, _ place: PlaceCode, _ operand: Code) {
    self.node = node
    self.operation = operation
    self.place = place
    self.operand = operand
  }

  override func run(_ f: Frame, _ c: Context) throws {
    let new = try operand.value(f, c)
    try place.evaluateKeys(f, c)
    if let leaf = try place.walk(f, c, place.steps.count) {
      switch (leaf.pointee, new, operation) {
      case (.float(let x), .float(let y), .add): leaf.pointee = .float(x + y)
      case (.float(let x), .float(let y), .subtract): leaf.pointee = .float(x - y)
      case (.float(let x), .float(let y), .multiply): leaf.pointee = .float(x * y)
      default: try node.locating { try Operations.update(&leaf.pointee, operation, new, c) }
      }
      return
    }
    if case .intKey(let index)? = place.steps.last, operation == .add || operation == .subtract, case .int(let step) = new,
      let base = try place.walk(f, c, place.steps.count - 1), base.isList
    {
      let i = try index.int(f, c)
      let isDone = base.withUniqueList { list in
        let position = i < 0 ? i &+ list.count : i
        guard list.kind == .ints, position >= 0, position < list.count else { return false }
        let old = list.ints[position]
        let (sum, overflow) =
          operation == .add ? old.addingReportingOverflow(step) : old.subtractingReportingOverflow(step)
        if overflow { return false }
        list.ints[position] = sum
        return true
      }
      if isDone { return }
    }
    try node.place.withLeaf(try place.allKeys(f, c), f, c, createsMissing: false) { leaf in
      try node.locating { try Operations.update(&leaf, operation, new, c) }
    }
  }
}

/// `path ??= e`
final class CoalescePlaceCode: StatementCode {
  let node: AssignNode
  let place: PlaceCode
  let operand: Code
  init(_ node: AssignNode, _ place: PlaceCode, _ operand: Code) {
    self.node = node
    self.place = place
    self.operand = operand
  }
  override func run(_ f: Frame, _ c: Context) throws {
    try place.evaluateKeys(f, c)
    let keys = try place.allKeys(f, c)
    let isMissing = try place.withLeaf(f, c, createsMissing: true) { $0.pointee.isNull }
    if isMissing { try node.place.assign(try operand.value(f, c), keys, f, c) }
  }
}
