import SwaleSyntax

/// A running Swale: the names declared so far, the engine in use and the stack that code runs on.
///
/// The prompt gives it one entry after the other; a script is one entry.
public final class Session {
  public let runtime: Runtime
  let topLevel = TopLevel()
  let modules: ModuleLoader
  private let stack: DeepStack
  public let context: Context

  /// Which engine runs what is evaluated next.
  public var engine: EngineKind {
    get { runtime.engine }
    set { runtime.engine = newValue }
  }

  public init(
    engine: EngineKind, arguments: [String], output: Output, errorOutput: Output,
    tasks: TaskOptions = TaskOptions()
  ) {
    Builtins.installAll()
    runtime = Runtime(
      output: output, errorOutput: errorOutput, arguments: arguments, engine: engine, tasks: tasks)
    guard let stack = DeepStack() else { fatalError("swale: not enough memory for a stack") }
    self.stack = stack
    context = Context(
      runtime: runtime, slots: stack.slots, slotLimit: stack.slotLimit, stackLimit: stack.nativeLimit,
      isOnDeepStack: true)
    if let lottery = runtime.scheduler.lottery { context.random = lottery.splitGenerator() }
    runtime.mainContext = context
    modules = ModuleLoader(topLevel: topLevel)
    define("args", .list(ListStorage(arguments.map { Value.text($0) })))
  }

  /// Parses, resolves and runs a source and returns the value of its last expression statement.
  ///
  /// `keepsNames` makes its top-level names visible to later sources, as at the prompt. Throws
  /// `ProgramFailure` for what is found before running, after which the session is as it was;
  /// `SwaleError` for an uncaught error, and `ProgramExit`.
  public func evaluate(_ source: Source, keepsNames: Bool) throws -> Value {
    try prepare(source, keepsNames: keepsNames).run()
  }

  /// Parses and resolves a source; what it declares is visible to later sources at once.
  public func prepare(_ source: Source, keepsNames: Bool) throws(ProgramFailure) -> Prepared {
    try onOwnStack { () throws(ProgramFailure) -> Prepared in
      let program: Program
      do throws(Diagnostic) {
        program = try Parser.parse(source, transforms: topLevel.transforms)
      } catch {
        throw ProgramFailure(Parser.problems(in: source, transforms: topLevel.transforms))
      }
      modules.enter(source)
      let resolver = Resolver(source: source, topLevel: topLevel, isPrompt: keepsNames, modules: modules)
      let code = try resolver.resolve(program)
      var declared: [String] = []
      if keepsNames {
        for (name, binding) in resolver.scope.bindings {
          if topLevel.bindings[name] != nil {
            Compiler.forgetEverything()
          }
          topLevel.bindings[name] = binding
          declared.append(name)
        }
        topLevel.transforms.formUnion(resolver.newTransforms)
      }
      return Prepared(session: self, code: code, declared: declared, kind: keepsNames ? .entry : .script)
    }
  }

  /// Returns the problems that can be found without running, up to `Limits.problems`.
  public func check(_ source: Source) -> [Diagnostic] {
    do {
      _ = try prepare(source, keepsNames: false)
      return []
    } catch { return error.diagnostics }
  }

  /// A resolved source, which can be run more than once.
  public struct Prepared {
    let session: Session
    let code: FunctionCode
    let declared: [String]
    let kind: TaskScope.Kind

    /// Runs on the engine in use.
    public func run() throws -> Value {
      do { return try session.onStack(kind) { try UserFunction(code, captures: []).call0($0) } } catch {
        // A name whose first value was never computed is not kept.
        for name in declared {
          if case .variable(let variable)? = session.topLevel.bindings[name], variable.global?.state == .unset
          {
            session.topLevel.bindings[name] = nil
          }
        }
        throw error
      }
    }
  }

  deinit { runtime.scheduler.stop() }

  /// Calls `body` as the main task, from outside of running code; tasks that it spawns go on afterwards.
  public func onStack<R>(_ body: (Context) throws -> R) throws -> R { try onStack(.entry, body) }

  private func onStack<R>(_ kind: TaskScope.Kind, _ body: (Context) throws -> R) throws -> R {
    if runtime.scheduler.mainTask != nil { return try body(context) }
    let state = context.callState
    defer { context.restore(state) }
    var result: R?
    try withoutActuallyEscaping(body) { body in
      try runtime.scheduler.runMain(stack, context, kind) { [context] in result = try body(context) }
    }
    return result!
  }

  /// Calls `body`, which runs no program, on the session's stack.
  public func onOwnStack<R, Failure: Error>(_ body: () throws(Failure) -> R) throws(Failure) -> R {
    if runtime.scheduler.mainTask != nil { return try body() }
    return try stack.call(body)
  }

  // MARK: Names

  /// Declares a constant that all sources see, such as `args` and the last result `_`.
  public func define(_ name: String, _ value: Value) {
    let box = topLevel.box(of: name) ?? Box()
    box.declare(value, runtime.scheduler)
    let variable = Variable(
      name, isMutable: false, at: Location(Source(name: "<session>", text: ""), Span(0, 0)), function: nil,
      slot: 0,
      global: box.current)
    topLevel.bindings[name] = .variable(variable)
  }

  /// A name of the session, for completion, `:vars` and `:help`.
  public struct NameInfo {
    public let name: String
    public let isMutable: Bool
    /// nil where it has none, as a module.
    public let value: Value?
    /// How a function is called.
    public let signature: String?
    public let documentation: String?
    public let location: Location?
  }

  public var names: [NameInfo] {
    topLevel.bindings.compactMap { name, binding -> NameInfo? in
      switch binding {
      case .missing: nil
      case .variable(let variable):
        NameInfo(
          name: name, isMutable: variable.isMutable, value: variable.global?.value,
          signature: variable.code?.signature, documentation: variable.documentation,
          location: variable.declaredAt)
      case .module(let module):
        NameInfo(
          name: name, isMutable: false, value: nil,
          signature: "module with " + module.exports.keys.sorted().joined(separator: ", "),
          documentation: nil,
          location: nil)
      }
    }.sorted { $0.name < $1.name }
  }

  /// Names of transforms, which the parser must know.
  public var transforms: Set<String> { topLevel.transforms }

  /// What a module that was brought in shows.
  public func names(ofModule name: String) -> [String] {
    if case .module(let module)? = topLevel.bindings[name] { return module.exports.keys.sorted() }
    return Array((Builtins.modules[name] ?? [:]).keys) + Array((Builtins.constants[name] ?? [:]).keys)
  }
}

extension UserFunction {
  /// Calls without arguments.
  func call0(_ c: Context) throws -> Value { try call(UnsafeMutableBufferPointer(start: nil, count: 0), c) }
}
