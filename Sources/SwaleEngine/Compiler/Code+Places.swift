import SwaleSyntax

/// A path whose root is a boxed value in this frame, with its keys compiled.
///
/// Keys are evaluated into temporaries before the path is walked, so that nothing runs between
/// finding a place and using it; the place found is a plain pointer. Constants and variables are
/// safe to read on the way.
final class PlaceCode {
  let place: Place
  let rootOffset: Int
  /// Where the path leads to.
  let leaf: PlaceStep
  /// Where all of it but its last step leads to.
  let parent: PlaceStep
  /// The key of the last step, where it is an int in a slot or a constant.
  let lastIndex: Code?
  /// Keys as they are on the way, one for each step: nil for a member.
  let stepKeys: [Code?]
  /// Keys to be evaluated first, each with its temporary.
  private let keys: CodeList
  private let keyOffsets: [Int]

  init(_ place: Place, _ stepKeys: [Code?], keys: [(code: Code, offset: Int)]) {
    self.place = place
    self.stepKeys = stepKeys
    rootOffset = place.root.slot * Frame.slotSize
    var steps: [PlaceStep] = [RootStep(rootOffset)]
    for (i, (step, _)) in place.steps.enumerated() {
      let base = steps[i]
      if case .member(let name) = step {
        steps.append(MemberStep(base, name))
      } else if stepKeys[i]!.representation == .int {
        steps.append(ItemStep(base, stepKeys[i]!))
      } else {
        steps.append(KeyStep(base, stepKeys[i]!))
      }
    }
    leaf = steps[steps.count - 1]
    parent = steps[max(0, steps.count - 2)]
    lastIndex = (leaf as? ItemStep)?.index
    self.keys = CodeList(keys.map(\.code))
    keyOffsets = keys.map(\.offset)
  }

  /// True if the path is the variable itself.
  var isSimple: Bool { stepKeys.isEmpty }

  @inline(__always) func root(_ f: Frame) -> UnsafeMutablePointer<Value> { f.value(rootOffset) }

  @inline(__always) func evaluateKeys(_ f: Frame, _ c: Context) throws {
    if keys.count > 0 { try evaluateAllKeys(f, c) }
  }

  private func evaluateAllKeys(_ f: Frame, _ c: Context) throws {
    for i in 0..<keys.count {
      let code = keys.codes[i]
      if code.representation == .int {
        f.set(keyOffsets[i], try code.int(f, c))
      } else {
        f.value(keyOffsets[i]).pointee = try code.value(f, c)
      }
    }
  }

  /// Returns the key of a step as a value.
  func key(_ i: Int, _ f: Frame, _ c: Context) throws -> Value {
    if case .member(let name) = place.steps[i].step { return .string(name) }
    return try stepKeys[i]!.value(f, c)
  }

  /// Calls `body` with the place that the path leads to, found in the simple or the general way. The
  /// keys are evaluated.
  func withLeaf<R>(
    _ f: Frame, _ c: Context, _ body: (UnsafeMutablePointer<Value>) throws -> R
  ) throws -> R {
    if let leaf = try leaf.find(f, c) { return try body(leaf) }
    return try place.withLeaf(try allKeys(f, c), f, c) { leaf in
      try withUnsafeMutablePointer(to: &leaf, body)
    }
  }

  func allKeys(_ f: Frame, _ c: Context) throws -> [Value] { try stepKeys.indices.map { try key($0, f, c) } }
}

/// A path up to some step: finds the place in the simple way, making all storage before it unique;
/// nil where a step is none of the simple ones, which then must be walked in general.
class PlaceStep {
  func find(_ f: Frame, _ c: Context) throws -> UnsafeMutablePointer<Value>? { unreachable() }
}

final class RootStep: PlaceStep {
  let offset: Int
  init(_ offset: Int) { self.offset = offset }
  override func find(_ f: Frame, _ c: Context) throws -> UnsafeMutablePointer<Value>? { f.value(offset) }
}

/// `.name`, which remembers the shape that it met and where in it the name stands.
final class MemberStep: PlaceStep {
  let base: PlaceStep
  let name: Text
  private var shape: KeyTable
  private var position = 0
  init(_ base: PlaceStep, _ name: Text) {
    self.base = base
    self.name = name
    // Nothing has this shape.
    shape = KeyTable(isShape: false, capacity: 0)
  }
  override func find(_ f: Frame, _ c: Context) throws -> UnsafeMutablePointer<Value>? {
    guard let place = try base.find(f, c), place.isRecord else { return nil }
    return place.withUniqueRecord { record in
      record.table === shape ? record.values + position : search(record)
    }
  }
  @inline(never) private func search(_ record: RecordStorage) -> UnsafeMutablePointer<Value>? {
    let found = record.table.find(name)
    if found < 0 { return nil }
    if record.table.isShape {
      position = found
      shape = record.table
    }
    return record.values + found
  }
}

/// `[index]` with an int: an item of a list or a key of a record.
final class ItemStep: PlaceStep {
  let base: PlaceStep
  let index: Code
  init(_ base: PlaceStep, _ index: Code) {
    self.base = base
    self.index = index
  }
  override func find(_ f: Frame, _ c: Context) throws -> UnsafeMutablePointer<Value>? {
    guard let place = try base.find(f, c) else { return nil }
    let index = try index.int(f, c)
    if place.isList {
      return place.withUniqueList { list in
        let position = index < 0 ? index &+ list.count : index
        return list.kind == .values && position >= 0 && position < list.count ? list.values + position : nil
      }
    }
    guard place.isRecord else { return nil }
    return place.withUniqueRecord { record in
      let found = record.table.find(index)
      return found < 0 ? nil : record.values + found
    }
  }
}

/// `[key]` with a string: a key of a record.
final class KeyStep: PlaceStep {
  let base: PlaceStep
  let key: Code
  init(_ base: PlaceStep, _ key: Code) {
    self.base = base
    self.key = key
  }
  override func find(_ f: Frame, _ c: Context) throws -> UnsafeMutablePointer<Value>? {
    guard let place = try base.find(f, c), place.isRecord, case .string(let name) = try key.value(f, c) else {
      return nil
    }
    return place.withUniqueRecord { record in
      let found = record.table.find(name)
      return found < 0 ? nil : record.values + found
    }
  }
}

extension Compiler {
  /// Compiles a path; nil where its root is not a boxed value of this frame.
  func compile(place: Place) -> PlaceCode? {
    guard isLocal(place.root) else { return nil }
    if widen(place.root.slot, .value) != .value { unreachable("a widened slot") }
    var stepKeys: [Code?] = []
    var keys: [(code: Code, offset: Int)] = []
    for (step, _) in place.steps {
      switch step {
      case .member: stepKeys.append(nil)
      case .index(let node):
        var code = compile(node)
        if !(code is IntLocal || code is IntConstant || code is ValueConstant) {
          // A variable could be changed by a later key, and anything else may fail.
          let representation: Representation = code.representation == .int ? .int : .value
          let slot = newTemporary(representation)
          keys.append((convert(code, to: representation), slot * Frame.slotSize))
          code = representation == .int ? IntLocal(slot) : ValueLocal(slot, node)
        }
        stepKeys.append(code.representation == .int || code.representation == .value ? code : Boxed(code))
      }
    }
    return PlaceCode(place, stepKeys, keys: keys)
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
    if let index = place.lastIndex {
      switch operand.representation {
      case .int:
        let new = try operand.int(f, c)
        try place.evaluateKeys(f, c)
        if try set(index, f, c, { $0.kind == .ints ? ($0.ints[$1] = new) : $0.set($1, .int(new)) }) { return }
        return try general(.int(new), f, c)
      case .float:
        let new = try operand.float(f, c)
        try place.evaluateKeys(f, c)
        if try set(index, f, c, { $0.kind == .floats ? ($0.floats[$1] = new) : $0.set($1, .float(new)) }) {
          return
        }
        return try general(.float(new), f, c)
      case .bool:
        let new = try operand.bool(f, c)
        try place.evaluateKeys(f, c)
        if try set(index, f, c, { $0.kind == .bools ? ($0.bools[$1] = new) : $0.set($1, .bool(new)) }) {
          return
        }
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
    if let leaf = try place.leaf.find(f, c) {
      leaf.pointee = new
    } else {
      try general(new, f, c)
    }
  }

  /// Sets an item of a list; false where the base is no list, or a key of a record that is new.
  @inline(__always)
  private func set(_ index: Code, _ f: Frame, _ c: Context, _ store: (ListStorage, Int) -> Void) throws
    -> Bool
  {
    guard let base = try place.parent.find(f, c) else { return false }
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
    if let base = try place.parent.find(f, c), base.isRecord {
      // A key of a record: new, or of a type that the simple way does not look up.
      let key = try place.key(place.stepKeys.count - 1, f, c)
      do { try base.withUniqueRecord { try $0.set(key, new) } } catch let error as SwaleError
        where error.location == nil
      {
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
    if let leaf = try place.leaf.find(f, c) {
      switch (leaf.pointee, new, operation) {
      case (.float(let x), .float(let y), .add): leaf.pointee = .float(x + y)
      case (.float(let x), .float(let y), .subtract): leaf.pointee = .float(x - y)
      case (.float(let x), .float(let y), .multiply): leaf.pointee = .float(x * y)
      default: try node.locating { try Operations.update(&leaf.pointee, operation, new, c) }
      }
      return
    }
    if let index = place.lastIndex, operation == .add || operation == .subtract, case .int(let step) = new,
      let base = try place.parent.find(f, c), base.isList
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
    try node.place.withLeaf(try place.allKeys(f, c), f, c) { leaf in
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
    if try node.place.isMissing(keys, f, c) { try node.place.assign(try operand.value(f, c), keys, f, c) }
  }
}
