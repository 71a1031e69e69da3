import SwaleSyntax

// Choices, loops and errors.

final class IfStatement: StatementCode {
  let condition: Code
  let then: Code
  let otherwise: Code?
  private let leaves: Bool
  init(_ condition: Code, _ then: Code, _ otherwise: Code?) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    leaves = then.mayLeave || otherwise?.mayLeave ?? false
  }
  override var mayLeave: Bool { leaves }
  /// True for `if condition { break }`.
  var isExit: Bool { otherwise == nil && (then as? LeaveCode)?.flow == .breaking }
  override func run(_ f: Frame, _ c: Context) throws {
    if try condition.bool(f, c) { try then.run(f, c) } else if let otherwise { try otherwise.run(f, c) }
  }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    if try condition.bool(f, c) { return try then.execute(f, c) }
    if let otherwise { return try otherwise.execute(f, c) }
    return .next
  }
}

/// A choice between two expressions.
enum Choice {
  static func make(_ condition: Code, _ then: Code, _ otherwise: Code) -> Code {
    switch then.representation.joined(otherwise.representation) {
    case .int: IntChoice(condition, then, otherwise)
    case .float: FloatChoice(condition, then, otherwise)
    case .bool: BoolChoice(condition, then, otherwise)
    case .value: ValueChoice(condition, then, otherwise)
    case .never: NeverChoice(condition, then, otherwise)
    }
  }
}

final class IntChoice: IntCode {
  let condition: Code
  let then: Code
  let otherwise: Code
  init(_ condition: Code, _ then: Code, _ otherwise: Code) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int {
    try condition.bool(f, c) ? try then.int(f, c) : try otherwise.int(f, c)
  }
}

final class FloatChoice: FloatCode {
  let condition: Code
  let then: Code
  let otherwise: Code
  init(_ condition: Code, _ then: Code, _ otherwise: Code) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
  }
  override func float(_ f: Frame, _ c: Context) throws -> Double {
    try condition.bool(f, c) ? try then.float(f, c) : try otherwise.float(f, c)
  }
}

final class BoolChoice: BoolCode {
  let condition: Code
  let then: Code
  let otherwise: Code
  init(_ condition: Code, _ then: Code, _ otherwise: Code) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
  }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool {
    try condition.bool(f, c) ? try then.bool(f, c) : try otherwise.bool(f, c)
  }
}

final class ValueChoice: Code {
  let condition: Code
  let then: Code
  let otherwise: Code
  init(_ condition: Code, _ then: Code, _ otherwise: Code) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    try condition.bool(f, c) ? try then.value(f, c) : try otherwise.value(f, c)
  }
}

final class NeverChoice: NeverCode {
  let condition: Code
  let then: Code
  let otherwise: Code
  init(_ condition: Code, _ then: Code, _ otherwise: Code) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
  }
  override func leave(_ f: Frame, _ c: Context) throws -> Never {
    _ = try condition.bool(f, c) ? try then.value(f, c) : try otherwise.value(f, c)
    unreachable("a choice between two that never come")
  }
}

final class MatchCode: Code {
  struct Arm {
    let pattern: PatternNode
    let condition: Code?
    let body: Code
  }
  let node: MatchNode
  let subject: Code
  let arms: [Arm]
  private let result: Representation
  private let leaves: Bool
  init(_ node: MatchNode, _ subject: Code, _ arms: [Arm]) {
    self.node = node
    self.subject = subject
    self.arms = arms
    result = arms.reduce(.never) { $0.joined($1.body.representation) }
    leaves = arms.contains { $0.body.mayLeave }
  }
  override var representation: Representation { result == .never ? .value : result }
  override var mayLeave: Bool { leaves }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let body = try select(f, c)
    if body.mayLeave {
      try BlockNode.signal(try body.execute(f, c))
      return .null
    }
    return try body.value(f, c)
  }
  override func int(_ f: Frame, _ c: Context) throws -> Int { try select(f, c).int(f, c) }
  override func float(_ f: Frame, _ c: Context) throws -> Double { try select(f, c).float(f, c) }
  override func bool(_ f: Frame, _ c: Context) throws -> Bool { try select(f, c).bool(f, c) }
  override func test(_ f: Frame, _ c: Context) throws -> Bool {
    if result == .bool { return try bool(f, c) }
    let value = try value(f, c)
    return try node.locating { try Operations.isTrue(value) }
  }
  override func run(_ f: Frame, _ c: Context) throws { try select(f, c).run(f, c) }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow { try select(f, c).execute(f, c) }

  private func select(_ f: Frame, _ c: Context) throws -> Code {
    let value = try subject.value(f, c)
    for (i, arm) in arms.enumerated() where try arm.pattern.matches(value, f, c) {
      if let condition = arm.condition, try !condition.bool(f, c) { continue }
      return arms[i].body
    }
    throw node.mismatch(value)
  }
}

final class PatternBindCode: StatementCode {
  let node: PatternBindNode
  let operand: Code
  let otherwise: Code?
  init(_ node: PatternBindNode, _ operand: Code, _ otherwise: Code?) {
    self.node = node
    self.operand = operand
    self.otherwise = otherwise
  }
  override var mayLeave: Bool { otherwise?.mayLeave ?? false }
  override func run(_ f: Frame, _ c: Context) throws { _ = try execute(f, c) }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    let value = try operand.value(f, c)
    guard let otherwise else {
      try node.pattern.bind(value, f, c)
      return .next
    }
    if !value.isNull, try node.pattern.matches(value, f, c) { return .next }
    return try otherwise.execute(f, c)
  }
}

// MARK: Errors

final class TryCatchCode: Code {
  let node: TryCatchNode
  let body: Code
  let handler: Code
  private let leaves: Bool
  init(_ node: TryCatchNode, _ body: Code, _ handler: Code) {
    self.node = node
    self.body = body
    self.handler = handler
    leaves = body.mayLeave || handler.mayLeave
  }
  override var mayLeave: Bool { leaves }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    if leaves {
      try BlockNode.signal(try execute(f, c))
      return .null
    }
    return try guarded(f, c) { try $0.value(f, c) }
  }
  override func run(_ f: Frame, _ c: Context) throws { try guarded(f, c) { try $0.run(f, c) } }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try guarded(f, c) { try $0.execute(f, c) }
  }

  @inline(__always) private func guarded<R>(_ f: Frame, _ c: Context, _ run: (Code) throws -> R) throws -> R {
    let state = c.callState
    do { return try run(body) } catch let error as SwaleError {
      c.restore(state)
      node.bind(error, f)
      return try run(handler)
    }
  }
}

final class TryElseCode: Code {
  let body: Code
  let fallback: Code
  init(_ body: Code, _ fallback: Code) {
    self.body = body
    self.fallback = fallback
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let state = c.callState
    do { return try body.value(f, c) } catch is SwaleError {
      c.restore(state)
      return try fallback.value(f, c)
    }
  }
}

// MARK: Loops

final class WhileCode: StatementCode {
  let condition: Code
  let body: Code
  init(_ condition: Code, _ body: Code) {
    self.condition = condition
    self.body = body
  }
  override var mayLeave: Bool { body.mayLeave }

  override func run(_ f: Frame, _ c: Context) throws {
    while try condition.bool(f, c) {
      try c.tick()
      try body.run(f, c)
    }
  }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    if !body.mayLeave {
      try run(f, c)
      return .next
    }
    while try condition.bool(f, c) {
      try c.tick()
      switch try body.execute(f, c) {
      case .next, .continuing: break
      case .breaking: return .next
      case .returning: return .returning
      }
    }
    return .next
  }
}

/// A body of the form `before; if exit { break }; after`, which loops run without passing flows on.
final class ExitingBody: StatementCode {
  let before: Code
  let exit: Code
  let after: Code
  init(_ before: Code, _ exit: Code, _ after: Code) {
    self.before = before
    self.exit = exit
    self.after = after
  }
  override var mayLeave: Bool { true }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try before.run(f, c)
    if try exit.bool(f, c) { return .breaking }
    try after.run(f, c)
    return .next
  }
}

/// `while` with an exit in its body.
final class ExitingWhile: StatementCode {
  let condition: Code
  let before: Code
  let exit: Code
  let after: Code
  init(_ condition: Code, _ body: ExitingBody) {
    self.condition = condition
    before = body.before
    exit = body.exit
    after = body.after
  }
  override func run(_ f: Frame, _ c: Context) throws {
    while try condition.bool(f, c) {
      try c.tick()
      try before.run(f, c)
      if try exit.bool(f, c) { return }
      try after.run(f, c)
    }
  }
}

/// `while i < n` with an exit in its body: the counting loop that has another end.
final class ExitingCount: StatementCode {
  let offset: Int
  let other: Int
  let before: Code
  let exit: Code
  let after: Code
  init(_ condition: LessIntLocals, _ body: ExitingBody) {
    offset = condition.offset
    other = condition.other
    before = body.before
    exit = body.exit
    after = body.after
  }
  override func run(_ f: Frame, _ c: Context) throws {
    while f.int(offset) < f.int(other) {
      try c.tick()
      try before.run(f, c)
      if try exit.bool(f, c) { return }
      try after.run(f, c)
    }
  }
}

/// `for i in a...b` with ints.
final class RangeLoop: StatementCode {
  let offset: Int
  let lower: Code
  let upper: Code
  let isClosed: Bool
  let body: Code
  private let node: RangeNode
  init(_ node: RangeNode, _ slot: Int, _ lower: Code, _ upper: Code, _ body: Code) {
    self.node = node
    offset = slot * Frame.slotSize
    self.lower = lower
    self.upper = upper
    isClosed = node.isClosed
    self.body = body
  }
  override var mayLeave: Bool { body.mayLeave }

  /// Raises an error for a range that is too long for one, as making it would.
  @inline(__always) private func check(_ first: Int, _ last: Int) throws {
    if RangeValue.count(first, last, isClosed: isClosed) == nil {
      try node.locating { _ = try Operations.range(.int(first), .int(last), isClosed: isClosed) }
    }
  }

  override func run(_ f: Frame, _ c: Context) throws {
    var i = try lower.int(f, c)
    let last = try upper.int(f, c)
    try check(i, last)
    if !isClosed {
      while i < last {
        try c.tick()
        f.set(offset, i)
        try body.run(f, c)
        i &+= 1
      }
      try c.tick()
      return
    }
    while i <= last {
      try c.tick()
      f.set(offset, i)
      try body.run(f, c)
      if i == last { break }
      i &+= 1
    }
    try c.tick()
  }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    if !body.mayLeave {
      try run(f, c)
      return .next
    }
    var i = try lower.int(f, c)
    let last = try upper.int(f, c)
    try check(i, last)
    while isClosed ? i <= last : i < last {
      try c.tick()
      f.set(offset, i)
      switch try body.execute(f, c) {
      case .next, .continuing: break
      case .breaking: return .next
      case .returning: return .returning
      }
      if i == last { break }
      i &+= 1
    }
    return .next
  }
}

/// `for` over anything.
final class ForCode: StatementCode {
  let node: ForNode
  let sequence: Code
  let body: Code
  unowned(unsafe) let specialization: Specialization
  init(_ node: ForNode, _ sequence: Code, _ body: Code, _ specialization: Specialization) {
    self.node = node
    self.sequence = sequence
    self.body = body
    self.specialization = specialization
  }
  override var mayLeave: Bool { body.mayLeave }
  override func run(_ f: Frame, _ c: Context) throws { _ = try execute(f, c) }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    let value = try sequence.value(f, c)
    c.top = f + specialization.frameSize
    return try node.loop(value, f, c) { try body.execute(f, c) }
  }
}

/// `for var x in path`
class ForInPlaceCode: StatementCode {
  let node: ForInPlaceNode
  let place: PlaceCode
  let body: Code
  private let leaves: Bool
  init(_ node: ForInPlaceNode, _ place: PlaceCode, _ body: Code) {
    self.node = node
    self.place = place
    self.body = body
    leaves = body.mayLeave
  }
  override final var mayLeave: Bool { leaves }
  override final func run(_ f: Frame, _ c: Context) throws { _ = try execute(f, c) }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try place.evaluateKeys(f, c)
    return try place.withKeys(f, c) { keys in try node.loop(keys, f, c) { try body.execute(f, c) } }
  }
}

/// `for var x in xs` over a variable of this frame that the body does not see: items move to the
/// loop's variable and back.
final class ForItemsInPlaceCode: ForInPlaceCode {
  private let list: Int
  private let item: Int
  override init(_ node: ForInPlaceNode, _ place: PlaceCode, _ body: Code) {
    list = node.place.root.slot * Frame.slotSize
    item = node.variable.slot * Frame.slotSize
    super.init(node, place, body)
  }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    let list = f.value(list)
    guard list.isList else { return try super.execute(f, c) }
    var i = 0
    while true {
      try c.tick()
      let isThere = list.withUniqueList { list in
        if i >= list.count { return false }
        f.value(item).pointee = list.kind == .values ? list.exchange(i, .null) : list[i]
        return true
      }
      if !isThere { return .next }
      let flow: Flow
      do { flow = try body.execute(f, c) } catch {
        putBack(i, list, f)
        throw error
      }
      putBack(i, list, f)
      switch flow {
      case .next, .continuing: break
      case .breaking: return .next
      case .returning: return .returning
      }
      i &+= 1
    }
  }

  @inline(__always) private func putBack(_ i: Int, _ list: UnsafeMutablePointer<Value>, _ f: Frame) {
    let value = f.value(item).move()
    f.value(item).initialize(to: .null)
    list.withUniqueList { $0.set(i, value) }
  }
}
