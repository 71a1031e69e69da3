import SwaleSyntax

/// A path to something that can be changed, with its keys compiled.
///
/// Keys are evaluated into temporaries before the path is walked, so that nothing runs between
/// finding a place and using it; the place found is a plain pointer. Constants and variables are
/// safe to read on the way.
final class PlaceCode {
  let place: Place
  /// Where the path leads to.
  let leaf: PlaceStep
  /// Where all of it but its last step leads to.
  let parent: PlaceStep
  /// The key of the last step, where it is an int in a slot or a constant.
  let lastIndex: IntOperand?
  /// True where the root is a variable in this frame.
  let isLocal: Bool
  /// Keys as they are on the way, one for each step: nil for a member.
  private let stepKeys: [Code?]
  /// Keys to be evaluated first, each with its temporary.
  private let keys: CodeList
  private let keyOffsets: [Int]

  init(_ place: Place, isLocal: Bool, _ stepKeys: [Code?], keys: [(code: Code, offset: Int)]) {
    self.place = place
    self.isLocal = isLocal
    self.stepKeys = stepKeys
    var steps: [PlaceStep] = [
      isLocal ? RootStep(place.root.slot * Frame.slotSize) : BoxedRootStep(place.root)
    ]
    for (i, (step, _)) in place.steps.enumerated() {
      let base = steps[i]
      if case .member(let name) = step {
        steps.append(MemberStep(base, name))
      } else if let index = IntOperand(stepKeys[i]!) {
        steps.append(ItemStep(base, index))
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

  var hasKeysToEvaluate: Bool { keys.count > 0 }

  /// True if the path is the variable itself.
  var isSimple: Bool { stepKeys.isEmpty }

  @inline(__always) func evaluateKeys(_ f: Frame, _ c: Context) throws {
    if keys.count > 0 { try evaluateAllKeys(f, c) }
  }

  private func evaluateAllKeys(_ f: Frame, _ c: Context) throws {
    for i in 0..<keys.count {
      try keys.with(i) { code in
        if code.representation == .int {
          f.set(keyOffsets[i], try code.int(f, c))
        } else {
          f.value(keyOffsets[i]).pointee = try code.value(f, c)
        }
      }
    }
  }

  /// Returns the key of the last step as a value.
  func lastKey(_ f: Frame, _ c: Context) throws -> Value { try key(stepKeys.count - 1, f, c) }

  private func key(_ i: Int, _ f: Frame, _ c: Context) throws -> Value {
    if case .member(let name) = place.steps[i].step { return .string(name) }
    return try stepKeys[i]!.value(f, c)
  }

  /// Calls `body` with the place that the path leads to, found in the simple or the general way. The
  /// keys are evaluated. Where `lends` is true, `body` runs other code, from which a variable in a box
  /// must be kept away meanwhile.
  @inline(__always) func withLeaf<R>(
    _ f: Frame, _ c: Context, lends: Bool = false, _ body: (UnsafeMutablePointer<Value>) throws -> R
  ) throws -> R {
    if isLocal || !lends, let leaf = leaf.find(f, c) { return try body(leaf) }
    return try withKeys(f, c) { keys in
      try place.withLeaf(keys, f, c, lends: lends) { leaf in try withUnsafeMutablePointer(to: &leaf, body) }
    }
  }

  /// Calls `body` with the keys, which are evaluated.
  func withKeys<R>(_ f: Frame, _ c: Context, _ body: (Place.Keys) throws -> R) throws -> R {
    var keys = try stepKeys.indices.map { try key($0, f, c) }
    return try keys.withUnsafeMutableBufferPointer { try body($0) }
  }
}

/// A path up to some step: finds the place in the simple way, making all storage before it unique;
/// nil where a step is none of the simple ones, which then must be walked in general.
class PlaceStep {
  func find(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? { unreachable() }

  /// Finds the place, and adds it where it is a key that a record does not have: with null, for the caller
  /// to set at once.
  func findOrAdd(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? { find(f, c) }
}

/// A variable of this frame.
final class RootStep: PlaceStep {
  let offset: Int
  init(_ offset: Int) { self.offset = offset }
  override func find(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? { f.value(offset) }
}

/// A variable in a box.
final class BoxedRootStep: PlaceStep {
  let variable: Variable
  init(_ variable: Variable) { self.variable = variable }
  override func find(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? { variable.boxedPlace(f) }
}

/// `.name`, which remembers the shape that it met and where in it the name stands.
final class MemberStep: PlaceStep {
  let base: PlaceStep
  let field: FieldCache
  /// Where the base is, if that takes no code to find.
  let path: LocalPath?
  init(_ base: PlaceStep, _ name: Text) {
    self.base = base
    path = LocalPath(base)
    field = FieldCache(name)
  }
  override func find(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    guard let place = path?.uniquePlace(f) ?? base.find(f, c), place.isRecord else { return nil }
    return place.withUniqueRecord { field.find($0) }
  }
  override func findOrAdd(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    guard let place = base.find(f, c), place.isRecord else { return nil }
    return place.withUniqueRecord { field.find($0) ?? $0.place(adding: field.name) }
  }
}

/// `[index]` with an int: an item of a list or a key of a record.
final class ItemStep: PlaceStep {
  let base: PlaceStep
  let index: IntOperand
  /// Where the item is, if the base is a variable of this frame.
  let local: LocalItem?
  init(_ base: PlaceStep, _ index: IntOperand) {
    self.base = base
    self.index = index
    local = (base as? RootStep).map { LocalItem($0.offset, index) }
  }
  override func find(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    guard let place = local?.list(f) ?? base.find(f, c) else { return nil }
    if place.isList { return place.withUniqueList { $0.place(index(f)) } }
    guard place.isRecord else { return nil }
    return place.withUniqueRecord { record in
      let found = record.table.find(index(f))
      return found < 0 ? nil : record.values + found
    }
  }
  override func findOrAdd(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    guard let place = local?.list(f) ?? base.find(f, c), place.isRecord else { return find(f, c) }
    return place.withUniqueRecord { $0.place(adding: index(f)) }
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
  override func find(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    guard let place = base.find(f, c), place.isRecord, let key = key.peek(f, c), key.isString else {
      return nil
    }
    return place.withUniqueRecord { record in
      let found = key.withText { record.table.find($0) }
      return found < 0 ? nil : record.values + found
    }
  }
  override func findOrAdd(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    guard let place = base.find(f, c), place.isRecord, let key = key.peek(f, c), key.isString else {
      return nil
    }
    return place.withUniqueRecord { record in key.withText { record.place(adding: $0) } }
  }
}

extension Compiler {
  func compile(place: Place) -> PlaceCode {
    let isLocal = isLocal(place.root)
    if isLocal { widen(place.root.slot, .value) }
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
        stepKeys.append(code)
      }
    }
    return PlaceCode(place, isLocal: isLocal, stepKeys, keys: keys)
  }
}
