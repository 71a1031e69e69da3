// Statements one after the other.

/// Makes one code of several statements.
enum Statements {
  static func make(_ statements: [Code]) -> Code {
    guard let first = statements.first else { return NoStatement() }
    if statements.count == 1 { return first }
    guard let leaving = statements.firstIndex(where: { $0.mayLeave }) else { return run(statements[...]) }
    let rest = Array(statements[(leaving + 1)...])
    if let exit = statements[leaving] as? IfStatement, exit.isExit, !rest.contains(where: { $0.mayLeave }) {
      return ExitingBody(make(Array(statements[..<leaving])), exit.condition, make(rest))
    }
    let tail: Code =
      if rest.isEmpty {
        statements[leaving]
      } else if rest.contains(where: { $0.mayLeave }) {
        LeaveThenLeave(statements[leaving], make(rest))
      } else {
        LeaveThenRun(statements[leaving], make(rest))
      }
    return leaving == 0 ? tail : RunThenLeave(make(Array(statements[..<leaving])), tail)
  }

  /// Statements that never leave, as a shallow tree: children that are stored properties are reached
  /// without counting references, items of an array are not.
  private static func run(_ all: ArraySlice<Code>) -> Code {
    let first = all.startIndex
    switch all.count {
    case 1: return all[first]
    case 2: return RunTwo(all[first], all[first + 1])
    case 3: return RunThree(all[first], all[first + 1], all[first + 2])
    case 4...8: return RunFour(all[first], all[first + 1], all[first + 2], run(all.dropFirst(3)))
    default:
      // As deep as the logarithm of their number: a generated script may have a million.
      let quarter = all.count / 4
      return RunFour(
        run(all.prefix(quarter)), run(all.dropFirst(quarter).prefix(quarter)),
        run(all.dropFirst(2 * quarter).prefix(quarter)), run(all.dropFirst(3 * quarter)))
    }
  }
}

final class NoStatement: StatementCode {
  override func run(_ f: Frame, _ c: Context) throws {}
}

final class RunTwo: StatementCode {
  let a: Code
  let b: Code
  init(_ a: Code, _ b: Code) {
    self.a = a
    self.b = b
  }
  override func run(_ f: Frame, _ c: Context) throws {
    try a.run(f, c)
    try b.run(f, c)
  }
}

final class RunThree: StatementCode {
  let a: Code
  let b: Code
  let third: Code
  init(_ a: Code, _ b: Code, _ third: Code) {
    self.a = a
    self.b = b
    self.third = third
  }
  override func run(_ f: Frame, _ c: Context) throws {
    try a.run(f, c)
    try b.run(f, c)
    try third.run(f, c)
  }
}

final class RunFour: StatementCode {
  let a: Code
  let b: Code
  let third: Code
  let fourth: Code
  init(_ a: Code, _ b: Code, _ third: Code, _ fourth: Code) {
    self.a = a
    self.b = b
    self.third = third
    self.fourth = fourth
  }
  override func run(_ f: Frame, _ c: Context) throws {
    try a.run(f, c)
    try b.run(f, c)
    try third.run(f, c)
    try fourth.run(f, c)
  }
}

final class RunThenLeave: StatementCode {
  let first: Code
  let second: Code
  init(_ first: Code, _ second: Code) {
    self.first = first
    self.second = second
  }
  override var mayLeave: Bool { true }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    try first.run(f, c)
    return try second.execute(f, c)
  }
}

final class LeaveThenRun: StatementCode {
  let first: Code
  let second: Code
  init(_ first: Code, _ second: Code) {
    self.first = first
    self.second = second
  }
  override var mayLeave: Bool { true }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    let flow = try first.execute(f, c)
    if flow != .next { return flow }
    try second.run(f, c)
    return .next
  }
}

final class LeaveThenLeave: StatementCode {
  let first: Code
  let second: Code
  init(_ first: Code, _ second: Code) {
    self.first = first
    self.second = second
  }
  override var mayLeave: Bool { true }
  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    let flow = try first.execute(f, c)
    return flow != .next ? flow : try second.execute(f, c)
  }
}
