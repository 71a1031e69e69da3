/// Neighbouring statements that compute floats of what boxed values hold: `let dx = a.x - b.x` and what
/// follows it.
///
/// They are compiled twice. Taken for granted that each such variable is a float, what is computed of it
/// needs no look at types, and a record that several statements change is looked up once. The first value
/// that is none ends this: floats found so far are boxed, and the general code goes on from that statement.
final class FloatRun: StatementCode {
  /// A variable taken for a float: where it is as one, where boxed, and the statement that makes it.
  struct FloatVariable {
    let float: Int
    let boxed: Int
    let statement: Int
  }

  private let steps: Children<FloatStep>
  private let general: CodeList
  private let variables: [FloatVariable]
  /// True where statements behind these may use the variables.
  private let isFollowed: Bool
  /// How often something was no float; after so many times the general code is faster.
  private var failures = 0
  private static let failureLimit = 16

  init(_ steps: [FloatStep], general: [Code], _ variables: [FloatVariable], isFollowed: Bool) {
    self.steps = Children(steps)
    self.general = CodeList(general)
    self.variables = variables
    self.isFollowed = isFollowed
  }

  override func run(_ f: Frame, _ c: Context) throws {
    if failures >= FloatRun.failureLimit { return try runGeneral(from: 0, f, c) }
    for i in 0..<steps.count {
      let failed = try steps.with(i) { step in
        try step.firstFailure(f, c).map { step.statement + $0 }
      }
      if let failed { return try fallBack(to: failed, f, c) }
    }
    if isFollowed { box(before: general.count, f) }
  }

  @inline(never) private func fallBack(to statement: Int, _ f: Frame, _ c: Context) throws {
    failures += 1
    box(before: statement, f)
    try runGeneral(from: statement, f, c)
  }

  private func runGeneral(from first: Int, _ f: Frame, _ c: Context) throws {
    for i in first..<general.count { try general.with(i) { try $0.run(f, c) } }
  }

  private func box(before statement: Int, _ f: Frame) {
    for variable in variables where variable.statement < statement {
      f.value(variable.boxed).setFloat(f.float(variable.float))
    }
  }
}

/// One or more statements of a run, beginning with one of a number.
class FloatStep {
  let statement: Int
  init(_ statement: Int) { self.statement = statement }

  /// Runs the statements; returns how many are done where the next one meets something that is no float.
  func firstFailure(_ f: Frame, _ c: Context) throws -> Int? { unreachable() }
}

/// `let x = e`, where `e` is a float mostly.
final class FloatLetStep: FloatStep {
  private let operand: FloatOperand
  private let offset: Int
  init(_ statement: Int, _ operand: Code, _ slot: Int) {
    self.operand = FloatOperand(operand)
    offset = slot * Frame.slotSize
    super.init(statement)
  }
  override func firstFailure(_ f: Frame, _ c: Context) throws -> Int? {
    guard let number = operand(f, c) else { return 0 }
    f.set(offset, number)
    return nil
  }
}

/// `r.x += e` and the like, one after the other on one record.
final class RecordUpdatesStep: FloatStep {
  /// One of them.
  final class Update {
    fileprivate let field: FieldCache
    fileprivate let operation: Operation
    fileprivate let operand: FloatOperand
    init(_ name: Text, _ operation: Operation, _ operand: Code) {
      field = FieldCache(name)
      self.operation = operation
      self.operand = FloatOperand(operand)
    }

    @inline(__always) fileprivate func apply(_ record: RecordStorage, _ f: Frame, _ c: Context) -> Bool {
      guard let new = operand(f, c), let place = field.find(record), let old = place.floatIfAny,
        let number = operation.ofFloats(old, new)
      else { return false }
      place.setFloat(number)
      return true
    }
  }

  private let path: LocalPath
  private let updates: Children<Update>
  init(_ statement: Int, _ path: LocalPath, _ updates: [Update]) {
    self.path = path
    self.updates = Children(updates)
    super.init(statement)
  }

  override func firstFailure(_ f: Frame, _ c: Context) throws -> Int? {
    // Made unique at once: operands run no code that could hold it meanwhile.
    guard let place = path.uniquePlace(f), place.isRecord else { return 0 }
    return place.withUniqueRecord { record in
      for i in 0..<updates.count {
        if !updates.with(i, { $0.apply(record, f, c) }) { return i }
      }
      return nil
    }
  }
}

/// Any statement that only has to read the variables as floats.
final class OtherStep: FloatStep {
  private let code: Code
  init(_ statement: Int, _ code: Code) {
    self.code = code
    super.init(statement)
  }
  override func firstFailure(_ f: Frame, _ c: Context) throws -> Int? {
    try code.run(f, c)
    return nil
  }
}
