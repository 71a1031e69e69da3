import SwaleEngine

/// Makes random programs that end: mostly well typed, with loops and recursion that are bounded.
///
/// It keeps track of the names that can be seen and of what they probably hold, and writes source text
/// directly. The same seed gives the same program. What it knows of types is a guess: variables that
/// change their type and arguments of a wrong one are wanted, now and then.
final class ProgramGenerator {
  var random: RandomGenerator
  var scopes = [Scope()]
  /// What `.` is in the innermost stage argument, outermost stage first.
  var items: [Kind] = []
  var loopDepth = 0
  var functionDepth = 0
  /// True inside `defer`, which nothing may leave.
  var isInDefer = false
  /// True inside an expression, where blocks are written on one line.
  var isInline = false
  /// How deep the present expression is nested.
  var depth = 0
  /// Statements that may still be made.
  var fuel = 0
  var nameCount = 0
  /// True where a new name may hide one that was used earlier in the block.
  var mayHide = true
  var functionCount = 0
  /// True where the program starts tasks.
  var usesTasks = false
  /// One in so many expressions is of a kind that does not fit.
  var mistakes = 0

  init(seed: Int) { random = RandomGenerator(seed: seed) }

  static func program(seed: Int) -> FuzzProgram { ProgramGenerator(seed: seed).program() }

  func program() -> FuzzProgram {
    let isPrompt = chance(1, 4)
    mistakes = [30, 100, 100, 400][below(4)]
    fuel = 6 + below(40)
    usesTasks = chance(1, 3)
    var entries: [String] = []
    while fuel > 0 {
      entries += statements(min(fuel, 1 + below(6)))
      // Names are declared again by another part, so that older code meets newer functions.
      if isPrompt, chance(1, 12) {
        nameCount = 0
        functionCount = 0
        scopes = [Scope()]
      }
    }
    let names = visible { _ in true }.map(\.name)
    if !names.isEmpty { entries.append("print(\(names.prefix(20).joined(separator: ", ")))") }
    return FuzzProgram(entries: entries, isPrompt: isPrompt)
  }

  // MARK: Chance

  func below(_ count: Int) -> Int { Int(random.below(UInt64(count))) }

  func chance(_ part: Int, _ whole: Int) -> Bool { below(whole) < part }

  func oneOf<T>(_ items: [T]) -> T { items[below(items.count)] }

  func oneOf<T>(_ items: T...) -> T { items[below(items.count)] }

  /// Calls `make` a few times.
  func several(_ range: ClosedRange<Int>, _ make: () -> String) -> [String] {
    (0..<(range.lowerBound + below(range.count))).map { _ in make() }
  }

  func list(_ range: ClosedRange<Int>, _ make: () -> String) -> String {
    several(range, make).joined(separator: ", ")
  }

  // MARK: Layout

  /// Writes statements between braces, on lines of their own where that is possible.
  func block(_ statements: [String]) -> String {
    let statements = statements.isEmpty ? ["null"] : statements
    if isInline { return "{ " + statements.joined(separator: "; ") + " }" }
    let lines = statements.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    return "{\n" + lines.map { "  " + $0 }.joined(separator: "\n") + "\n}"
  }

  /// Makes something in a scope of its own.
  func scoped<R>(_ make: () -> R) -> R {
    scopes.append(Scope())
    defer { scopes.removeLast() }
    return make()
  }

  /// Makes part of an expression, which stays on one line.
  func inline<R>(_ make: () -> R) -> R {
    let before = isInline
    isInline = true
    defer { isInline = before }
    return make()
  }

  /// Makes the inside of a function, which loops and items around it do not reach.
  func inFunction<R>(_ make: () -> R) -> R {
    let before = (loopDepth, isInDefer, depth)
    loopDepth = 0
    isInDefer = false
    functionDepth += 1
    defer {
      (loopDepth, isInDefer, depth) = before
      functionDepth -= 1
    }
    return scoped(make)
  }
}
