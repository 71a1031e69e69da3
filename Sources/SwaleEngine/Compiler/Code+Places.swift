// Assignments to paths.

/// `path = e`
final class AssignPlaceCode: StatementCode {
  let node: AssignNode
  let place: PlaceCode
  let leaf: PlaceStep
  let operand: Code
  init(_ node: AssignNode, _ place: PlaceCode, _ operand: Code) {
    self.node = node
    self.place = place
    leaf = place.leaf
    self.operand = operand
  }

  override func run(_ f: Frame, _ c: Context) throws {
    let new = try operand.value(f, c)
    try place.evaluateKeys(f, c)
    try set(new, f, c)
  }

  /// Sets what the path leads to; its keys are evaluated.
  func set(_ new: Value, _ f: Frame, _ c: Context) throws {
    if let leaf = leaf.findOrAdd(f, c) {
      leaf.pointee = new
    } else if let base = place.parent.find(f, c), base.isRecord {
      // A key of a type that the simple way does not look up.
      let key = try place.lastKey(f, c)
      try node.place.locatingLast { try base.withUniqueRecord { try $0.set(key, new) } }
    } else {
      try place.withKeys(f, c) { try node.place.assign(new, $0, f, c) }
    }
  }
}

/// `path[index] = e` with an int: an item of a list mostly, which may be unboxed.
final class AssignItemCode: StatementCode {
  let general: AssignPlaceCode
  let place: PlaceCode
  let base: PlaceStep
  let index: IntOperand
  let operand: Code
  private let held: Representation
  init(_ node: AssignNode, _ place: PlaceCode, _ index: IntOperand, _ operand: Code) {
    general = AssignPlaceCode(node, place, operand)
    self.place = place
    base = place.parent
    self.index = index
    self.operand = operand
    held = operand.representation
  }

  override func run(_ f: Frame, _ c: Context) throws {
    switch held {
    case .int:
      let new = try operand.int(f, c)
      try set(f, c, { .int(new) }) { $0.kind == .ints ? ($0.ints[$1] = new) : $0.set($1, .int(new)) }
    case .float:
      let new = try operand.float(f, c)
      try set(f, c, { .float(new) }) { $0.kind == .floats ? ($0.floats[$1] = new) : $0.set($1, .float(new)) }
    case .bool:
      let new = try operand.bool(f, c)
      try set(f, c, { .bool(new) }) { $0.kind == .bools ? ($0.bools[$1] = new) : $0.set($1, .bool(new)) }
    case .value, .never:
      let new = try operand.value(f, c)
      try set(f, c, { new }) { $0.set($1, new) }
    }
  }

  /// Sets an item of a list by `store`; what is no list, or out of bounds, in the general way.
  @inline(__always) private func set(
    _ f: Frame, _ c: Context, _ new: () -> Value, _ store: (ListStorage, Int) -> Void
  ) throws {
    try place.evaluateKeys(f, c)
    if let base = base.find(f, c), base.isList {
      let isDone = base.withUniqueList { list in
        guard let position = list.position(index(f)) else { return false }
        store(list, position)
        return true
      }
      if isDone { return }
    }
    try general.set(new(), f, c)
  }
}

/// `path op= e`
final class UpdatePlaceCode: StatementCode {
  let node: AssignNode
  let operation: Operation
  let place: PlaceCode
  let leaf: PlaceStep
  let operand: Code
  private let triesFloat: Bool
  init(_ node: AssignNode, _ operation: Operation, _ place: PlaceCode, _ operand: Code) {
    triesFloat = operand.mayBeFloat && operand.representation != .int
    self.node = node
    self.operation = operation
    self.place = place
    leaf = place.leaf
    self.operand = operand
  }

  /// What it does, where that is to change a field of a record that is found without running code, by a
  /// float mostly.
  var recordUpdate: (path: LocalPath, name: Text, operation: Operation)? {
    guard triesFloat, place.isLocal, !place.hasKeysToEvaluate, let member = leaf as? MemberStep,
      let path = member.path
    else { return nil }
    return (path, member.field.name, operation)
  }

  override func run(_ f: Frame, _ c: Context) throws {
    if triesFloat, let new = operand.floatIfAny(f, c) {
      try place.evaluateKeys(f, c)
      if let leaf = leaf.find(f, c), let old = leaf.floatIfAny, let number = operation.ofFloats(old, new) {
        return leaf.setFloat(number)
      }
      return try update(.float(new), f, c)
    }
    let new = try operand.value(f, c)
    try place.evaluateKeys(f, c)
    try update(new, f, c)
  }

  private func update(_ new: Value, _ f: Frame, _ c: Context) throws {
    if let leaf = leaf.find(f, c) {
      return try node.locating { try Operations.update(&leaf.pointee, operation, new, c) }
    }
    if let index = place.lastIndex, operation == .add || operation == .subtract, case .int(let step) = new,
      let base = place.parent.find(f, c), base.isList
    {
      let isDone = base.withUniqueList { list in
        guard list.kind == .ints, let position = list.position(index(f)) else { return false }
        let old = list.ints[position]
        let (sum, overflow) =
          operation == .add ? old.addingReportingOverflow(step) : old.subtractingReportingOverflow(step)
        if overflow { return false }
        list.ints[position] = sum
        return true
      }
      if isDone { return }
    }
    try place.withLeaf(f, c) { leaf in
      try node.locating { try Operations.update(&leaf.pointee, operation, new, c) }
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
    try place.withKeys(f, c) { keys in
      if try node.place.isMissing(keys, f, c) { try node.place.assign(try operand.value(f, c), keys, f, c) }
    }
  }
}
