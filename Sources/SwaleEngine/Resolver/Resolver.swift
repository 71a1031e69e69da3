import SwaleSyntax

/// Turns a syntax tree into a resolved tree: names become variables with places, pipes and methods
/// become calls, captures are found, and whatever can be known before running is reported.
final class Resolver {
  let source: Source
  let modules: ModuleLoader
  var diagnostics: [Diagnostic] = []
  var scope: Scope
  /// The functions around the present place, outermost first; the first is the top-level code.
  var functions: [FunctionCode]
  /// All functions of this text in the order in which they were met: outer before inner.
  var codes: [FunctionCode]
  var loopDepth = 0
  /// True inside `defer`, which cannot be left by return, break or continue.
  var isInDefer = false
  let topLevel: TopLevel
  /// True for prompt entries: names stay for later entries and may be declared again.
  let isPrompt: Bool
  /// What item functions do with their item.
  var itemUses: [ObjectIdentifier: ItemUse] = [:]
  /// True in the arguments of a stage, where a field of the item may have been meant.
  var inStageArguments = false
  /// Innermost last: the variables that `.` stands for.
  var items: [Variable] = []
  /// The stand-in for each captured variable, for each function.
  var captureMaps: [ObjectIdentifier: [ObjectIdentifier: Variable]] = [:]
  /// Names of the top level that functions use, which must outlive the code's frame.
  var usedByFunctions: Set<ObjectIdentifier> = []
  /// Functions that are made at the start of their block.
  var hoisted: Set<ObjectIdentifier> = []
  /// Transforms that this text declares or brings in at its top level.
  var newTransforms: Set<String> = []
  /// Captured variables that need a box.
  var boxed: [Variable] = []
  var blocks: [BlockNode] = []
  /// What tasks run, where it is known.
  var spawned: [(code: FunctionCode, at: Location)] = []

  final class ItemUse {
    var fields: [String] = []
    var isGeneral = false
  }

  init(source: Source, topLevel: TopLevel, isPrompt: Bool, modules: ModuleLoader) {
    self.source = source
    self.topLevel = topLevel
    self.isPrompt = isPrompt
    self.modules = modules
    let main = FunctionCode("main", at: Location(source, Span(0, 0)), parent: nil)
    functions = [main]
    codes = [main]
    let block = BlockNode(Location(source, Span(0, source.bytes.count)))
    blocks = [block]
    main.body = block
    scope = Scope(parent: nil, function: main, block: block)
  }

  var function: FunctionCode { functions[functions.count - 1] }
  var isTopLevelScope: Bool { scope.parent == nil }

  /// Resolves a program to the code of its top level; throws all problems found.
  func resolve(_ program: Program) throws(ProgramFailure) -> FunctionCode {
    let main = functions[0]
    let block = main.body as! BlockNode
    declareFunctions(program.statements, in: block)
    block.statements = program.statements.compactMap { resolve($0) }
    block.hasDefers = block.statements.contains { $0.kind == .deferred }
    finishScope()
    main.body = tail(block)
    findSharedUses()
    checkSpawns()
    if !diagnostics.isEmpty { throw ProgramFailure(inOrder(diagnostics)) }
    finish()
    return main
  }

  /// Settles, when everything is known, where variables live.
  private func finish() {
    let main = functions[0]
    for variable in boxed where variable.global == nil { variable.isBoxed = true }
    for code in codes {
      for capture in code.captures { capture.inner.isBoxed = capture.outer.isBoxed }
    }
    for code in codes { code.settle() }
    for block in blocks { block.boxes = block.declared.filter(\.isBoxed) }
    defer { for code in codes { LastUses.mark(code) } }
    if isPrompt { return }
    let exported = Set(exports.values.map { ObjectIdentifier($0) })
    for variable in (main.body as! BlockNode).declared
    where !usedByFunctions.contains(ObjectIdentifier(variable))
      && !exported.contains(ObjectIdentifier(variable))
    {
      variable.becomeLocal()
    }
  }

  /// What a module shows to others.
  var exports: [String: Variable] {
    var result: [String: Variable] = [:]
    if !isModule { return result }
    for (name, binding) in scope.bindings {
      if case .variable(let variable) = binding, !name.hasPrefix("_"), !variable.isMutable {
        result[name] = variable
      }
    }
    return result
  }
  var isModule = false

  // MARK: Problems

  func at(_ span: Span) -> Location { Location(source, span) }

  func report(
    _ kind: ErrorKind, _ message: String, _ span: Span, hint: String? = nil, notes: [Diagnostic.Note] = []
  ) {
    if diagnostics.count >= Limits.problems { return }
    diagnostics.append(Diagnostic(kind, message, at: at(span), hint: hint, notes: notes))
  }

  /// Returns problems by their place in the text; those of other files, which it uses, come first.
  private func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let own = diagnostics.enumerated().filter { $0.element.location?.source === source }
    let others = diagnostics.filter { $0.location?.source !== source }
    func start(_ diagnostic: Diagnostic) -> Int32 { diagnostic.location?.span.lower ?? 0 }
    return others
      + own.sorted { (start($0.element), $0.offset) < (start($1.element), $1.offset) }.map(\.element)
  }

  /// A node for a place that a problem was reported for; never run.
  func placeholder(_ span: Span) -> Node { UnresolvedNode(at(span)) }

  // MARK: Scopes

  func withScope<R>(block: BlockNode?, _ body: () -> R) -> R {
    let outer = scope
    scope = Scope(parent: outer, function: function, block: block)
    defer { scope = outer }
    let result = body()
    finishScope()
    return result
  }

  /// Resolves the bodies of the scope's functions.
  func finishScope() {
    while !scope.deferred.isEmpty {
      let pending = scope.deferred
      scope.deferred = []
      for resolveBody in pending { resolveBody() }
    }
  }

  /// Declares a name in the present scope.
  func declare(_ name: String, isMutable: Bool, _ span: Span, isStatement: Bool = true) -> Variable {
    if let earlier = scope.bindings[name] { reportDeclaredTwice(name, span, earlier) }
    let isGlobal = isTopLevelScope && isStatement
    let box = isGlobal ? (isPrompt ? topLevel.box(of: name) : nil) ?? Box() : nil
    let variable = Variable(
      name, isMutable: isMutable, at: at(span), function: function, slot: function.newSlot(), global: box)
    variable.isStatement = isStatement
    variable.isSetLater = isStatement && !isGlobal
    scope.bindings[name] = .variable(variable)
    if isStatement { scope.block?.declared.append(variable) }
    return variable
  }

  func reportDeclaredTwice(_ name: String, _ span: Span, _ earlier: Binding) {
    var notes: [Diagnostic.Note] = []
    var hint = "give it another name, or assign to it"
    switch earlier {
    case .variable(let variable): notes = [.init("first declared here", variable.declaredAt)]
    case .module(let module):
      hint = "give one of them another name, as in use \"\(module.name).swale\" as other"
    case .missing: return
    }
    report(.name, "\(name) is declared twice in one scope", span, hint: hint, notes: notes)
  }

  // MARK: Looking names up

  /// Everything that a name may stand for, innermost first; builtins are not among them.
  func bindings(of name: String) -> [Binding] {
    var result: [Binding] = []
    var current: Scope? = scope
    while let here = current {
      if let binding = here.bindings[name] { result.append(binding) }
      current = here.parent
    }
    if let binding = topLevel.bindings[name] { result.append(binding) }
    return result
  }

  /// Returns the variable as the present function sees it: itself, or what stands for it where it
  /// belongs to a function further out.
  func localized(_ variable: Variable, _ span: Span) -> Variable {
    noteUse(of: variable, span)
    if variable.global != nil {
      if functions.count > 1 { usedByFunctions.insert(ObjectIdentifier(variable)) }
      return variable
    }
    guard let owner = variable.function, let depth = functions.firstIndex(where: { $0 === owner }) else {
      return variable
    }
    var current = variable
    for i in (depth + 1)..<max(depth + 1, functions.count) {
      let code = functions[i]
      if variable.code === code, let own = code.selfVariable {
        current = own
        continue
      }
      let map = captureMaps[ObjectIdentifier(code), default: [:]]
      if let known = map[ObjectIdentifier(current)] {
        current = known
        continue
      }
      // A constant is captured by value, unless the function is made before the constant is set.
      if variable.isMutable || variable.isSetLater && hoisted.contains(ObjectIdentifier(code)) {
        boxed.append(variable)
      }
      let inner: Variable
      if variable.code === code {
        // A function that uses its own name sees itself, which makes no cycle of references.
        inner = Variable(
          variable.name, isMutable: false, at: variable.declaredAt, function: code, slot: code.newSlot())
        inner.code = variable.code
        code.selfVariable = inner
        current = inner
        continue
      }
      inner = Variable(
        variable.name, isMutable: variable.isMutable, at: variable.declaredAt, function: code,
        slot: code.newSlot())
      inner.code = variable.code
      code.captures.append(.init(outer: current, inner: inner))
      captureMaps[ObjectIdentifier(code), default: [:]][ObjectIdentifier(current)] = inner
      current = inner
    }
    return current
  }

  /// All names that can be seen, for suggestions.
  var visibleNames: [String] {
    var result: [String] = []
    var current: Scope? = scope
    while let here = current {
      result += here.bindings.keys
      current = here.parent
    }
    return result + topLevel.bindings.keys + Builtins.prelude.keys + Builtins.modules.keys
  }

  func reportUnknown(_ name: String, _ span: Span, isCall: Bool = false) {
    if name == "_" {
      report(
        .name, "_ stands for a value that is not used", span, hint: "give the parameter or variable a name")
      return
    }
    var current: Scope? = scope
    while let here = current {
      if let later = here.declaredLater[name] {
        report(
          .name, "\(name) is used before it is declared", span, notes: [.init("declared here", at(later))])
        return
      }
      current = here.parent
    }
    let foreign = ForeignWords.hint(for: name) ?? (isCall ? ForeignWords.functionHint(for: name) : nil)
    let field = inStageArguments && !isCall ? "the current item's field is .\(name)" : nil
    report(
      .name, "unknown \(isCall ? "function" : "name") \(shortened(name))", span,
      hint: foreign ?? suggestion(for: name) ?? field)
  }

  /// Returns a question for the name that was probably meant.
  func suggestion(for name: String) -> String? {
    // Comparing with every name takes time, in vain once no more problems are reported.
    diagnostics.count < Limits.problems ? Operations.suggestion(for: name, among: visibleNames) : nil
  }

  /// Returns a name as a message shows it.
  private func shortened(_ name: String) -> String { name.count <= 60 ? name : name.prefix(59) + "…" }
}

/// Stands where a problem was reported.
final class UnresolvedNode: Node {
  override var kind: NodeKind { .constant }
}

/// All problems that were found before a program could run.
public struct ProgramFailure: Error {
  public let diagnostics: [Diagnostic]
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
