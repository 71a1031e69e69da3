/// All builtins by name.
///
/// Filled once at start, before anything runs; other modules add theirs with `install`.
public enum Builtins {
  // Written during start-up only, on one thread; read-only afterwards.
  nonisolated(unsafe) public private(set) static var prelude: [String: BuiltinFunction] = [:]
  nonisolated(unsafe) public private(set) static var modules: [String: [String: BuiltinFunction]] = [:]
  /// Constants of modules, such as `math.pi`.
  nonisolated(unsafe) public private(set) static var constants: [String: [String: Value]] = [:]
  /// How a scalar builtin is applied to a column; set by the table module. The column is the first
  /// slot; the slots hold all arguments.
  nonisolated(unsafe) public static var elementwise:
    ((Builtin, ObjectValue, UnsafeMutablePointer<Value>, Context) throws -> Value)?
  /// How `where` and `derive` look at the records of a list among those of their group, `by:`; set by the table
  /// module. The argument is the condition, or a record of the fields to make.
  nonisolated(unsafe) public static var grouped:
    ((_ verb: String, _ rows: Value, _ argument: Value, _ by: Value, Context) throws -> Value)?
  nonisolated(unsafe) private static var isInstalled = false

  /// Installs the engine's own builtins; later calls do nothing.
  public static func installAll() {
    if isInstalled { return }
    isInstalled = true
    ValueLayout.verify()
    for family in families { install(family) }
    installMathConstants()
  }

  /// Adds builtins; a name that exists gains an overload.
  public static func install(_ builtins: [Builtin]) {
    for builtin in builtins {
      if let module = builtin.module {
        if let function = modules[module]?[builtin.name] {
          function.overloads.append(builtin)
        } else {
          modules[module, default: [:]][builtin.name] = BuiltinFunction(builtin)
        }
      } else if let function = prelude[builtin.name] {
        function.overloads.append(builtin)
      } else {
        prelude[builtin.name] = BuiltinFunction(builtin)
      }
    }
  }

  /// Adds a constant to a module.
  public static func install(constant name: String, of module: String, _ value: Value) {
    constants[module, default: [:]][name] = value
  }

  /// Every declaration, sorted by qualified name, for help and the tests of the examples.
  public static var all: [Builtin] {
    let functions = Array(prelude.values) + modules.values.flatMap { Array($0.values) }
    return functions.flatMap(\.overloads).sorted { $0.qualifiedName < $1.qualifiedName }
  }
}
