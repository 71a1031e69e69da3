import SwaleSyntax

/// A pattern, whose names have become variables.
final class PatternNode {
  indirect enum Kind {
    case ignored
    case binding(Variable)
    case literal(Value)
    case range(RangeValue)
    case either(PatternNode, PatternNode)
    case list([PatternNode], hasRest: Bool, rest: Variable?)
    case record([(key: Text, pattern: PatternNode)])
    case typed(TypeSet, PatternNode)
  }
  let at: Location
  let kind: Kind

  init(_ at: Location, _ kind: Kind) {
    self.at = at
    self.kind = kind
    variable = if case .binding(let variable) = kind { variable } else { nil }
  }

  /// The variable, for a pattern that is a name only.
  let variable: Variable?

  /// True for `_`.
  var isIgnored: Bool { if case .ignored = kind { true } else { false } }

  /// Binds the pattern's names where the value fits it; false where it does not.
  func matches(_ value: Value, _ f: Frame, _ c: Context) throws -> Bool {
    switch kind {
    case .ignored: return true
    case .binding(let variable):
      // Each binding is a new variable to the closures that capture it.
      if variable.isBoxed, !variable.isSetLater { f.slot(variable.slot).pointee = .object(Box()) }
      variable.initialize(value, f)
      return true
    case .literal(let literal): return Value.isEqual(value, literal)
    case .range(let range):
      // As `value in range`, but that what cannot be compared with the ends does not fit.
      guard let lower = range.lower, PatternNode.sameOrder(value, lower) else { return false }
      return try range.contains(value, c) ?? false
    case .either(let first, let second): return try first.matches(value, f, c) || second.matches(value, f, c)
    case .list(let patterns, let hasRest, let rest):
      guard case .list(let list) = value,
        hasRest ? list.count >= patterns.count : list.count == patterns.count
      else { return false }
      for (i, pattern) in patterns.enumerated() {
        if try !pattern.matches(list[i], f, c) { return false }
      }
      if let rest {
        if rest.isBoxed, !rest.isSetLater { f.slot(rest.slot).pointee = .object(Box()) }
        rest.initialize(.list(list.slice(patterns.count, list.count)), f)
      }
      return true
    case .record(let fields):
      for (key, pattern) in fields {
        let item: Value
        switch value {
        case .record(let record):
          guard let found = record[key] else { return false }
          item = found
        case .object(let object) where object is ErrorValue:
          guard let found = try object.member(key, c) else { return false }
          item = found
        default: return false
        }
        if try !pattern.matches(item, f, c) { return false }
      }
      if case .record = value { return true }
      if case .object(let object) = value, object is ErrorValue { return true }
      return false
    case .typed(let types, let pattern):
      return types.contains(value.type) ? try pattern.matches(value, f, c) : false
    }
  }

  /// True where a value can be compared with a range's end: no error then arises.
  private static func sameOrder(_ value: Value, _ end: Value) -> Bool {
    if TypeSet.number.contains(value.type) { return TypeSet.number.contains(end.type) }
    return value.type == end.type
  }

  /// Binds the pattern; raises `value` where the value does not fit.
  func bind(_ value: Value, _ f: Frame, _ c: Context) throws {
    if let variable, !variable.isBoxed { return variable.initialize(value, f) }
    if try matches(value, f, c) { return }
    throw mismatch(value)
  }

  @inline(never) func mismatch(_ value: Value) -> SwaleError {
    var why = "the value does not fit the pattern \(at.source.text(at.span))"
    if case .list(let patterns, let hasRest, _) = kind {
      if case .list(let list) = value {
        why =
          "the pattern wants \(hasRest ? "at least " : "")\(patterns.count) items, the list has \(list.count)"
      } else {
        why = "the pattern takes apart a list, not \(value.typeNameWithArticle)"
      }
    } else if case .record(let fields) = kind {
      if case .record(let record) = value {
        let missing = fields.filter { record[$0.key] == nil }.map(\.key.string)
        if !missing.isEmpty { why = "the record has no \(missing.joined(separator: ", "))" }
      } else {
        why = "the pattern takes apart a record, not \(value.typeNameWithArticle)"
      }
    }
    return SwaleError(.value, why, at: at)
  }
}

final class MatchNode: Node {
  struct Arm {
    let pattern: PatternNode
    let guardCondition: Node?
    let body: Node
  }
  let subject: Node
  let arms: [Arm]
  init(_ at: Location, _ subject: Node, _ arms: [Arm]) {
    self.subject = subject
    self.arms = arms
    super.init(at)
  }
  override var kind: NodeKind { .match }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    try select(try subject.evaluate(f, c), f, c).body.evaluate(f, c)
  }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try select(try subject.evaluate(f, c), f, c).body.execute(f, c)
  }

  override func result(_ f: Frame, _ c: Context) throws -> Value {
    try select(try subject.evaluate(f, c), f, c).body.result(f, c)
  }

  func select(_ value: Value, _ f: Frame, _ c: Context) throws -> Arm {
    for arm in arms where try arm.pattern.matches(value, f, c) {
      if try arm.guardCondition?.isTrue(f, c) ?? true { return arm }
    }
    throw mismatch(value)
  }

  func mismatch(_ value: Value) -> SwaleError {
    failure(
      .value, "no arm of the match fits \(value.briefDisplay)",
      hint: "add an arm `_ => ...` for everything else")
  }
}

extension Value {
  /// The display form cut to a length that fits a message.
  var briefDisplay: String {
    let text = displayString
    return text.count <= 60 ? text : text.prefix(57) + "..."
  }
}

/// `let x = e`, `var x = e`
final class BindNode: Node {
  let variable: Variable
  let value: Node
  init(_ at: Location, _ variable: Variable, _ value: Node) {
    self.variable = variable
    self.value = value
    super.init(at)
  }
  override var kind: NodeKind { .bind }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    variable.initialize(try value.evaluate(f, c), f)
    return .null
  }
}

/// `let [a, b] = e`, and any `let ... else { leave }`
final class PatternBindNode: Node {
  let pattern: PatternNode
  let value: Node
  /// Leaves the block around it.
  let otherwise: BlockNode?
  init(_ at: Location, _ pattern: PatternNode, _ value: Node, otherwise: BlockNode?) {
    self.pattern = pattern
    self.value = value
    self.otherwise = otherwise
    super.init(at)
  }
  override var kind: NodeKind { .patternBind }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    try BlockNode.signal(try execute(f, c))
    return .null
  }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    let value = try value.evaluate(f, c)
    guard let otherwise else {
      try pattern.bind(value, f, c)
      return .next
    }
    if !value.isNull, try pattern.matches(value, f, c) { return .next }
    return try otherwise.execute(f, c)
  }
}

/// Runs a module the first time it is used.
final class UseNode: Node {
  let module: Module
  init(_ at: Location, _ module: Module) {
    self.module = module
    super.init(at)
  }
  override var kind: NodeKind { .use }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    do { try module.run(c) } catch { throw traced(error, "use") }
    return .null
  }
}
