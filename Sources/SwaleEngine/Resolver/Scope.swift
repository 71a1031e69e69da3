import SwaleSyntax

/// What a name stands for.
enum Binding {
  case variable(Variable)
  /// A file brought in by `use`.
  case module(Module)
  /// What `use` could not bring in, which was reported: whatever uses it is not.
  case missing
}

/// The names of one block, function or file.
final class Scope {
  let parent: Scope?
  let function: FunctionCode
  /// The block whose start makes the scope's functions and boxes; nil for parameters and patterns.
  let block: BlockNode?
  var bindings: [String: Binding] = [:]
  /// Bodies of declared functions, resolved when all names of the block are known.
  var deferred: [() -> Void] = []
  /// Names that statements further down declare, for better messages.
  var declaredLater: [String: Span] = [:]

  init(parent: Scope?, function: FunctionCode, block: BlockNode?) {
    self.parent = parent
    self.function = function
    self.block = block
  }
}

/// The names at the top level of a session or file, which outlive the code that declared them.
public final class TopLevel {
  var bindings: [String: Binding] = [:]
  var transforms: Set<String> = []

  init() {}

  /// The box of a name, so that declaring it again at the prompt changes what older code sees.
  func box(of name: String) -> Box? {
    if case .variable(let variable) = bindings[name] { return variable.global }
    return nil
  }
}

/// A file that was brought in by `use`; it runs once.
final class Module {
  let name: String
  let path: String
  var code: FunctionCode!
  /// What it shows to others.
  var exports: [String: Variable] = [:]
  var transforms: Set<String> = []
  private var state = State.fresh

  enum State { case fresh, running, done }

  init(name: String, path: String) {
    self.name = name
    self.path = path
  }

  /// Runs the file's statements, the first time only.
  func run(_ c: Context) throws {
    if state != .fresh { return }
    state = .running
    do {
      _ = try UserFunction(code, captures: []).call0(c)
      state = .done
    } catch {
      state = .fresh
      throw error
    }
  }
}
