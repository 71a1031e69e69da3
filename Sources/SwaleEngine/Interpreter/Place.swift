import SwaleSyntax

/// A path to something that can be changed: a variable, then members and indexes.
///
/// The keys of a path are evaluated before anything is touched, left to right and after the
/// assigned value; then the path is walked without running other code.
final class Place {
  enum Step {
    case member(Text)
    case index(Node)
  }
  let root: Variable
  let rootAt: Location
  /// Each step with the part of the source that ends with it.
  let steps: [(step: Step, at: Location)]

  /// The keys of a path, one for each step.
  typealias Keys = UnsafeMutableBufferPointer<Value>
  /// What they are the values of.
  private let keys: Children<Node>
  private let endsInMember: Bool

  init(_ root: Variable, at rootAt: Location, _ steps: [(step: Step, at: Location)]) {
    self.root = root
    self.rootAt = rootAt
    self.steps = steps
    keys = Children(
      steps.map { step in
        switch step.step {
        case .member(let name): ConstantNode(step.at, .string(name))
        case .index(let node): node
        }
      })
    endsInMember = if case .member? = steps.last?.step { true } else { false }
  }

  /// Evaluates the keys of all steps and calls `body` with them.
  func withKeys<R>(_ f: Frame, _ c: Context, _ body: (Keys) throws -> R) throws -> R {
    if keys.count == 0 { return try body(Keys(start: nil, count: 0)) }
    return try keys.withValues({ try $0.evaluate(f, c) }, body)
  }

  /// Calls `body` with the place that the path leads to. Where `lends` is true, `body` runs other
  /// code.
  func withLeaf<R>(
    _ keys: Keys, _ f: Frame, _ c: Context, lends: Bool = false, _ body: (inout Value) throws -> R
  ) throws -> R {
    try withRoot(f, lends: lends) { pointer in
      try descend(&pointer.pointee, 0, steps.count, keys, c, body)
    }
  }

  func withRoot<R>(_ f: Frame, lends: Bool, _ body: (UnsafeMutablePointer<Value>) throws -> R) throws -> R {
    do {
      return try lends ? root.withLentPlace(f, body) : root.withPlace(f, body)
    } catch let error as SwaleError where error.location == nil {
      error.location = rootAt
      throw error
    }
  }

  private func descend<R>(
    _ base: inout Value, _ depth: Int, _ end: Int, _ keys: Keys, _ c: Context,
    _ body: (inout Value) throws -> R
  ) throws -> R {
    if depth == end { return try body(&base) }
    return try locating(depth) {
      try Operations.withItem(&base, keys[depth], c) { item in
        try descend(&item, depth + 1, end, keys, c, body)
      }
    }
  }

  /// Calls `body`; an error without a place gets that of the last step.
  func locatingLast<R>(_ body: () throws -> R) throws -> R { try locating(steps.count - 1, body) }

  private func locating<R>(_ step: Int, _ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as SwaleError where error.location == nil {
      error.location = steps[step].at
      throw error
    }
  }

  /// Sets what the path leads to; adds a missing key at its end.
  func assign(_ value: Value, _ keys: Keys, _ f: Frame, _ c: Context) throws {
    if steps.isEmpty { return try withRoot(f, lends: false) { $0.pointee = value } }
    let last = steps.count - 1
    try withRoot(f, lends: false) { pointer in
      try descend(&pointer.pointee, 0, last, keys, c) { base in
        try locating(last) {
          if endsInMember, case .string(let name) = keys[last] {
            try Operations.setMember(&base, name, value, c)
          } else {
            try Operations.setIndex(&base, keys[last], value, c)
          }
        }
      }
    }
  }

  /// True where `??=` sets what the path leads to: a missing key at its end, or null.
  func isMissing(_ keys: Keys, _ f: Frame, _ c: Context) throws -> Bool {
    if steps.isEmpty { return try withRoot(f, lends: false) { $0.pointee.isNull } }
    let last = steps.count - 1
    return try withRoot(f, lends: false) { pointer in
      try descend(&pointer.pointee, 0, last, keys, c) { base in
        try locating(last) { try Operations.isMissing(base, keys[last], c) }
      }
    }
  }
}

/// `place = e`, `place += e`.
final class AssignNode: Node {
  enum Operator {
    case set
    case operation(Operation)
    case coalesce
  }
  let place: Place
  let operation: Operator
  let value: Node
  init(_ at: Location, _ place: Place, _ operation: Operator, _ value: Node) {
    self.place = place
    self.operation = operation
    self.value = value
    super.init(at)
  }
  override var kind: NodeKind { .assign }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    _ = try execute(f, c)
    return .null
  }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    switch operation {
    case .set:
      let new = try value.evaluate(f, c)
      try place.withKeys(f, c) { try place.assign(new, $0, f, c) }
    case .operation(let operation):
      let operand = try value.evaluate(f, c)
      try place.withKeys(f, c) { keys in
        try place.withLeaf(keys, f, c) { leaf in
          try locating { try Operations.update(&leaf, operation, operand, c) }
        }
      }
    case .coalesce:
      try place.withKeys(f, c) { keys in
        if try place.isMissing(keys, f, c) { try place.assign(try value.evaluate(f, c), keys, f, c) }
      }
    }
    return .next
  }
}

extension Operations {
  /// `target = target op operand`, in place where that is possible.
  static func update(_ target: inout Value, _ operation: Operation, _ operand: Value, _ c: Context) throws {
    if let result = operation.ofNumbers(target, operand) {
      target = result
      return
    }
    if operation == .add {
      // Many large additions, of which none looks for interrupts, take as long as many small steps.
      if target.isString, case .string(let addition) = operand {
        try c.tick(addition.byteCount / 64 + 1)
        try target.withText { text in
          try checkSize(text.byteCount &+ addition.byteCount, 1)
          Text.append(addition, to: &text)
        }
        return
      }
      if target.isList, case .list(let addition) = operand {
        try c.tick(addition.count + 1)
        try target.withUniqueList { list in
          try checkSize(list.count &+ addition.count, list.kind.stride)
          list.append(contentsOf: addition)
        }
        return
      }
    }
    target = try binary(operation, target, operand, c)
  }
}

/// `path.push(x)`, `f(&path, x)`: a call that changes variable paths.
final class InPlaceCallNode: Node {
  let name: String
  private let key: Text
  /// What the name means as a function, tried in order.
  let callees: [Node]
  /// The first arguments, which the call may change.
  let places: [Place]
  /// True for a method call: a record's own function of the name then comes first.
  let receiverIsFirst: Bool
  /// The arguments behind the places.
  let arguments: [ArgumentNode]
  private let argumentList: Arguments
  init(
    _ at: Location, _ name: String, _ callees: [Node], _ places: [Place], receiverIsFirst: Bool,
    _ arguments: [ArgumentNode]
  ) {
    self.name = name
    key = Text.of(name)
    self.callees = callees
    self.places = places
    self.receiverIsFirst = receiverIsFirst
    self.arguments = arguments
    argumentList = Arguments(arguments)
    super.init(at)
  }
  override var kind: NodeKind { .inPlaceCall }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let function = try function(callees.count) { try callees[$0].evaluate(f, c) }
    return try argumentList.withValues(f, c) { values, labels in
      try withKeys(0, [], f, c) { keys in
        if receiverIsFirst, let own = try places[0].withLeaf(keys[0], f, c, { ownFunction(of: &$0) }) {
          return try call(own, values, labels, c)
        }
        return try withUnsafeTemporaryAllocation(of: Value.self, capacity: places.count) { lent in
          try lend(0, keys, lent, f, c) { try call(function, lent, values, labels, c) }
        }
      }
    }
  }

  /// Evaluates the keys of the places from `k` on, behind those before, and calls `body` with all.
  private func withKeys(
    _ k: Int, _ before: [Place.Keys], _ f: Frame, _ c: Context, _ body: ([Place.Keys]) throws -> Value
  ) throws -> Value {
    if k == places.count { return try body(before) }
    return try places[k].withKeys(f, c) { try withKeys(k + 1, before + [$0], f, c, body) }
  }

  /// Returns the first of the callees' values that is a function.
  func function(_ count: Int, _ value: (Int) throws -> Value) throws -> FunctionValue {
    for i in 0..<count { if case .function(let found) = try value(i) { return found } }
    throw failure(.type, "\(name) is not a function")
  }

  /// Returns the function that a receiver, if it is a record, has under the name.
  func ownFunction(of leaf: inout Value) -> FunctionValue? {
    guard leaf.isRecord, case .function(let own)? = leaf.withRecord({ $0[key] }) else { return nil }
    return own
  }

  /// Takes the values out of the places from `k` on, makes the call, and puts the new values back,
  /// after an error too.
  private func lend(
    _ k: Int, _ keys: [Place.Keys], _ lent: UnsafeMutableBufferPointer<Value>, _ f: Frame, _ c: Context,
    _ call: () throws -> Value
  ) throws -> Value {
    if k == places.count { return try call() }
    return try places[k].withLeaf(keys[k], f, c, lends: true) { leaf in
      (lent.baseAddress! + k).initialize(to: leaf)
      leaf = .null
      defer { leaf = (lent.baseAddress! + k).move() }
      return try lend(k + 1, keys, lent, f, c, call)
    }
  }

  /// Calls a function with all its arguments; what it leaves of them is for the caller to take back.
  func call(
    _ own: FunctionValue, _ values: UnsafeMutableBufferPointer<Value>, _ labels: [String?], _ c: Context
  ) throws -> Value {
    c.site = Unmanaged.passUnretained(self)
    do { return try own.call(values, labels: labels, general: c) } catch { throw traced(error, own) }
  }

  /// Calls with values that were taken out of their places, whose new values are left.
  func call(
    _ function: FunctionValue, _ lent: UnsafeMutableBufferPointer<Value>,
    _ values: UnsafeMutableBufferPointer<Value>, _ labels: [String?], _ c: Context
  ) throws -> Value {
    c.site = Unmanaged.passUnretained(self)
    do {
      if let function = function as? BuiltinFunction, lent.count == 1 {
        return try function.callInPlace(&lent[0], values, labels, c)
      }
      let given = lent.count
      return try withUnsafeTemporaryAllocation(of: Value.self, capacity: given + values.count) { all in
        let base = all.baseAddress!
        base.moveInitialize(from: lent.baseAddress!, count: given)
        lent.baseAddress!.initialize(repeating: .null, count: given)
        for i in values.indices { (base + given + i).initialize(to: values[i]) }
        defer {
          lent.baseAddress!.moveUpdate(from: base, count: given)
          (base + given).deinitialize(count: values.count)
        }
        let labels = labels.isEmpty ? [] : [String?](repeating: nil, count: given) + labels
        return try function.call(all, labels: labels, general: c)
      }
    } catch { throw traced(error, function) }
  }
}

extension BuiltinFunction {
  /// Calls a method that changes its first argument in place.
  func callInPlace(
    _ leaf: inout Value, _ values: UnsafeMutableBufferPointer<Value>, _ labels: [String?], _ c: Context
  ) throws -> Value {
    let type = leaf.type
    guard
      let builtin = overloads.first(where: { $0.inPlaceBody != nil && $0.parameters[0].types.contains(type) })
    else {
      if overloads.contains(where: { $0.inPlaceBody == nil }) {
        // The name has other meanings, for values that are not changed in place.
        return try withUnsafeTemporaryAllocation(of: Value.self, capacity: values.count + 1) { all in
          all.initializeElement(at: 0, to: leaf)
          for i in values.indices { all.initializeElement(at: i + 1, to: values[i]) }
          defer { all.deinitialize() }
          return try call(all, labels: labels.isEmpty ? [] : [nil] + labels, general: c)
        }
      }
      let accepted = overloads.reduce(into: TypeSet()) {
        if $1.inPlaceBody != nil { $0.formUnion($1.parameters[0].types) }
      }
      throw SwaleError(.type, "\(name) works on a \(accepted.name), not \(leaf.typeNameWithArticle)")
    }
    return try builtin.callInPlace(&leaf, values, labels: labels, c)
  }
}

/// `for var x in path`: changes the elements of a list, or the values of a record, in place.
final class ForInPlaceNode: Node {
  let variable: Variable
  let place: Place
  let body: BlockNode
  /// True where nothing in the body can see the list: then an item is taken out of it meanwhile, to be
  /// changed in place. Else the body gets a copy, and may use the list as it likes.
  private(set) lazy var takesItems: Bool = {
    if place.root.global != nil || place.root.isBoxed { return false }
    var isSeen = false
    NodeChildren.forEachVariable(in: body) { if $0 === place.root { isSeen = true } }
    return !isSeen
  }()
  init(_ at: Location, _ variable: Variable, _ place: Place, _ body: BlockNode) {
    self.variable = variable
    self.place = place
    self.body = body
    super.init(at)
  }
  override var kind: NodeKind { .forInPlace }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    _ = try execute(f, c)
    return .null
  }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try place.withKeys(f, c) { keys in try loop(keys, f, c) { try body.executeLoopBody(f, c) } }
  }

  /// Runs `body` for each element of the place that the keys lead to.
  func loop(_ keys: Place.Keys, _ f: Frame, _ c: Context, _ body: () throws -> Flow) throws -> Flow {
    var i = 0
    while true {
      try c.tick()
      if try !load(i, keys, f, c) { return .next }
      let flow: Flow
      do { flow = try body() } catch {
        try putBack(i, keys, f, c)
        throw error
      }
      try putBack(i, keys, f, c)
      switch flow {
      case .next, .continuing: break
      case .breaking: return .next
      case .returning: return .returning
      }
      i += 1
    }
  }

  /// Gives the variable an item; false behind the last.
  private func load(_ i: Int, _ keys: Place.Keys, _ f: Frame, _ c: Context) throws -> Bool {
    try place.withLeaf(keys, f, c) { leaf in
      guard leaf.isList else {
        throw failure(.type, "`for var` changes the items of a list, not of \(leaf.typeNameWithArticle)")
      }
      return leaf.withUniqueList { list in
        if i >= list.count { return false }
        if variable.isBoxed { f.slot(variable.slot).pointee = .object(Box()) }
        variable.initialize(takesItems && list.kind == .values ? list.exchange(i, .null) : list[i], f)
        return true
      }
    }
  }

  /// Puts the changed element back; one that the body removed from the list stays away.
  private func putBack(_ i: Int, _ keys: Place.Keys, _ f: Frame, _ c: Context) throws {
    let value = try variable.read(f)
    if !variable.isBoxed { f.slot(variable.slot).pointee = .null }
    try place.withLeaf(keys, f, c) { leaf in
      guard leaf.isList else { return }
      leaf.withUniqueList { if i < $0.count { $0.set(i, value) } }
    }
  }
}
