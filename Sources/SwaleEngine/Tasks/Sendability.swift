import SwaleSyntax
import Synchronization

/// A variable that a function changes or reads although it is declared, with `var`, outside of it, and
/// where it does.
struct SharedUse {
  let variable: Variable
  let at: Location

  /// The places to show with an error.
  var notes: [Diagnostic.Note] {
    [.init("\(variable.name) is a var, declared here", variable.declaredAt), .init("it is used here", at)]
  }

  /// How to write it instead.
  var hint: String {
    let name = variable.name
    return "share it as `let \(name) = cell(...)` with \(name).value and \(name).update(x => ...), "
      + "or send what the task finds over a channel"
  }
}

/// What may go from one task to another: everything but functions that use a `var` from outside of
/// themselves, since two tasks could then use it at the same time.
enum Sendability {
  enum Way: String {
    case spawned = "run by a task"
    case sent = "sent to another task"
    case shared = "put into a cell"
  }

  /// True once a function was made that must not be sent: until then nothing needs to be looked at.
  private static let isNeeded = Atomic<Bool>(false)

  /// Called when a function is made that uses a `var` from outside.
  static func noteSharing() {
    if !isNeeded.load(ordering: .relaxed) { isNeeded.store(true, ordering: .releasing) }
  }

  /// Raises `not_sendable` where a value is, or holds, a function that uses a `var` from outside.
  @inline(__always) static func check(_ value: Value, _ way: Way, at location: @autoclosure () -> Location?)
    throws
  {
    if isNeeded.load(ordering: .relaxed) { try checkDeeply(value, way, location()) }
  }

  @inline(never) private static func checkDeeply(_ value: Value, _ way: Way, _ location: Location?) throws {
    var search = SharedUseSearch()
    if let (use, function) = search.find(in: value) {
      let error = SwaleError(
        .notSendable,
        "\(function) uses the variable \(use.variable.name) and cannot be \(way.rawValue)",
        hint: use.hint, at: location)
      error.notes = use.notes
      throw error
    }
  }
}

/// A walk through a value for functions that use a `var` from outside.
///
/// Values that are nested deeply are put on a list of their own, so that no recursion gets deep; what
/// was seen is not visited again.
struct SharedUseSearch {
  private var pending: [Value] = []
  private var seen: Set<ObjectIdentifier> = []

  mutating func find(in value: Value) -> (use: SharedUse, function: String)? {
    pending = [value]
    while let value = pending.popLast() {
      switch value {
      case .list(let list):
        if list.kind == .values, seen.insert(ObjectIdentifier(list)).inserted { pending += list.array }
      case .record(let record):
        if seen.insert(ObjectIdentifier(record)).inserted { record.forEach { pending.append($1) } }
      case .function(let function):
        guard let function = function as? UserFunction, seen.insert(ObjectIdentifier(function)).inserted
        else {
          continue
        }
        if let use = function.code.sharedUse { return (use, function.name) }
        pending += function.captures
        for global in function.code.usedGlobals {
          if let box = global.global, box.state == .set { pending.append(box.value) }
        }
      case .object(let object):
        if seen.insert(ObjectIdentifier(object)).inserted { pending += object.heldValues }
      default: continue
      }
    }
    return nil
  }
}
