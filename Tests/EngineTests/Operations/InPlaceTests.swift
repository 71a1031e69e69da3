import SwaleSyntax
import Testing

@testable import SwaleEngine

/// What the language calls changes in place changes storage where it is: a copy would be seen here as
/// storage of another identity, on either engine, wherever the variable lives.
@Suite struct InPlaceTests {
  struct Change: CustomTestStringConvertible {
    let start: String
    let statement: String
    /// What must keep its storage, besides the variable itself.
    var path = "v"
    var testDescription: String { "\(start); \(statement)" }
  }

  static let changes: [Change] = [
    Change(start: "[1, 2, 3]", statement: "v[0] = 9"),
    Change(start: "[1, 2, 3]", statement: "v[0] += 9"),
    Change(start: "[1.5, 2]", statement: "v[1] *= 2"),
    Change(start: "[true]", statement: "v[0] = false"),
    Change(start: "[\"a\", \"b\"]", statement: "v[1] = \"c\""),
    Change(start: "[\"a\", \"b\"]", statement: "v[-1] += \"c\""),
    Change(start: "[null, 1]", statement: "v[0] ??= 2"),
    Change(start: "[[1], [2]]", statement: "v[0][0] = 9", path: "v[0]"),
    Change(start: "[[1], [2]]", statement: "v[0] += [9]", path: "v[0]"),
    Change(start: "[1, 2]", statement: "v += [3]"),
    Change(start: "{a: 1}", statement: "v.a = 2"),
    Change(start: "{a: 1}", statement: "v.b = 2"),
    Change(start: "{a: 1}", statement: "v[\"b\"] = 2; v[3] = 4"),
    Change(start: "{a: 1}", statement: "v.a += 2; v.a *= 2.5"),
    Change(start: "{a: null}", statement: "v.a ??= 2; v.b ??= 2"),
    Change(start: "{a: {b: [{c: [1]}]}}", statement: "v.a.b[0].c[0] = 2", path: "v.a.b[0].c"),
    Change(start: "{a: {b: [{c: [1]}]}}", statement: "v.a.b[0].c.push(2)", path: "v.a.b[0].c"),
    Change(start: "{a: {b: [{c: [1]}]}}", statement: "v.a.b[0].d = 1", path: "v.a.b[0]"),
    Change(start: "[1, \"x\"]", statement: "v.push(2); v.pop(); v.pop()"),
    Change(start: "[1, 2]", statement: "v.insert(0, 3); v.remove(1); v.swap(0, 1)"),
    Change(start: "[1, 2]", statement: "v.extend([3, 4]); v.extend(5...6)"),
    Change(start: "{a: 1, b: 2}", statement: "v.remove(\"a\")"),
    Change(start: "{a: 1}", statement: "v.update(\"a\", 0, n => n + 1); v.update(\"b\", 0, n => n + 1)"),
    Change(start: "{a: {n: 1}}", statement: "v.a.update(\"n\", 0, n => n + 1)", path: "v.a"),
    Change(start: "set([1, 2])", statement: "v.add(3); v.add(1); v.remove(2)"),
    Change(start: "{s: set([1])}", statement: "v.s.add(3)", path: "v.s"),
    Change(start: "[1, 2]", statement: "for var x in v { x += 1 }"),
    Change(start: "[[1], [2]]", statement: "for var x in v { x.push(1) }"),
    Change(start: "[1, 2]", statement: "fn change(var xs) { xs[0] = 5; xs.push(6) }; change(&v)"),
    Change(start: "{a: [1]}", statement: "fn change(var xs) { xs.push(6) }; v.a.change()", path: "v.a"),
    Change(
      start: "[1]",
      statement: "fn change(var xs, var ys) { xs.push(6); ys[0] += 1 }; var w2 = [2]; change(&v, &w2)"),
    Change(
      start: "[1]",
      statement: "fn change(var xs, n) { xs.push(n); if n > 0 { change(&xs, n - 1) } }; change(&v, 3)"),
  ]

  /// Where the variable lives: `S` is its first value, `P` what is looked at, `C` the change.
  static let homes = [
    "var v = S; let before = storage(P); C; storage(P) == before",
    "fn run() { var v = S; let before = storage(P); C; storage(P) == before }; run()",
    "fn run() { var v = S; let look = () => storage(P); let before = look(); C; look() == before }; run()",
    "var v = S; fn look() { storage(P) }; let before = look(); C; look() == before",
    "fn run(var v) { let before = storage(P); C; storage(P) == before }; var w = S; run(&w)",
    "var r = {w: S}; fn run(var v) { let before = storage(P); C; storage(P) == before }; run(&r.w)",
  ]

  @Test(arguments: changes) func keepsItsStorage(change: Change) {
    for home in InPlaceTests.homes {
      for path in Set(["v", change.path]) {
        let code = home.replacing("S", with: change.start, maxReplacements: 1)
          .replacing("(P)", with: "(\(path))").replacing("C;", with: "\(change.statement);")
        for engine in EngineKind.allCases {
          let result = InPlaceTests.evaluate(code, engine)
          #expect(result == "true", "\(engine): \(code)")
        }
      }
    }
  }

  /// The same where somebody else holds the value: then it must be copied.
  @Test(arguments: changes) func whatIsHeldTwiceStays(change: Change) {
    for engine in EngineKind.allCases {
      let code =
        "var v = \(change.start); let held = v; let text = str(held); \(change.statement); str(held) == text"
      #expect(InPlaceTests.evaluate(code, engine) == "true", "\(engine): \(code)")
    }
  }

  @Test func itemsThatNobodySeesAreChangedWhereTheyAre() {
    let code = """
      fn run() {
        var v = [[1], [2]]
        let before = [storage(v[0]), storage(v[1])]
        for var x in v { x.push(1) }
        [storage(v[0]), storage(v[1])] == before
      }
      run()
      """
    for engine in EngineKind.allCases { #expect(InPlaceTests.evaluate(code, engine) == "true", "\(engine)") }
  }

  /// The last use of a variable moves its value, so that what is built from it is built in place.
  @Test(arguments: [
    "var v = [1]; let before = storage(v); v = v + [2]; storage(v) == before",
    "fn grow(xs) = xs + [1]; var v = [1]; let before = storage(v); v = grow(v); storage(v) == before",
  ])
  func lastUsesMove(code: String) {
    for engine in EngineKind.allCases {
      #expect(InPlaceTests.evaluate("fn run() { \(code) }; run()", engine) == "true", "\(engine): \(code)")
    }
  }

  /// A text that grows is moved to more room now and then, not at each step.
  @Test(arguments: ["s += \"x\"", "r.s += \"x\"", "xs[0] += \"x\"", "s = s + \"x\""])
  func textsGrowInPlace(statement: String) {
    let code = """
      fn run() {
        var s = ""; var r = {s: ""}; var xs = [""]
        var places = set([])
        for i in 0..<1000 {
          \(statement)
          places.add([storage(s), storage(r.s), storage(xs[0])])
        }
        [len(s) + len(r.s) + len(xs[0]), len(places) < 20]
      }
      run()
      """
    for engine in EngineKind.allCases {
      #expect(InPlaceTests.evaluate(code, engine) == "[1000, true]", "\(engine): \(statement)")
    }
  }

  /// Runs code that may ask for the identity of a value's storage.
  private static func evaluate(_ code: String, _ engine: EngineKind) -> String {
    let session = Session(engine: engine, arguments: [], output: Output(), errorOutput: Output())
    session.define("storage", .function(StorageIdentity()))
    do {
      return try session.evaluate(Source(name: "<test>", text: code), keepsNames: false).displayString
    } catch let error as SwaleError {
      return error.message
    } catch let failure as ProgramFailure {
      return failure.diagnostics[0].message
    } catch { return "\(error)" }
  }

  /// `storage(x)`: a number that is another one for each storage in use.
  private final class StorageIdentity: FunctionValue {
    init() { super.init(name: "storage") }
    override var arity: (least: Int, most: Int?) { (1, 1) }
    override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
      func number(_ object: AnyObject) -> Value { .int(Int(bitPattern: ObjectIdentifier(object))) }
      switch arguments[0] {
      case .string(let text): return number(text)
      case .list(let list): return number(list)
      case .record(let record): return number(record)
      case .object(let object): return number(object)
      default: throw SwaleError(.type, "storage of \(arguments[0].typeNameWithArticle)")
      }
    }
  }
}
