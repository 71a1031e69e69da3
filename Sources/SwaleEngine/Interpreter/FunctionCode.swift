import SwaleSyntax

/// A resolved function: what all closures made from one place in the source share.
final class FunctionCode {
  struct Parameter {
    let variable: Variable
    let passing: SwaleSyntax.Parameter.Passing
    let check: TypeCheck?
    /// Evaluated in the frame of the call.
    var defaultValue: Node?
    var isRequired: Bool { defaultValue == nil && passing != .rest }
  }

  /// A variable of an outer function that this one uses, and the variable of its own that stands
  /// for it.
  struct Capture {
    let outer: Variable
    let inner: Variable
  }

  let name: String
  let location: Location
  /// The function around this one; nil for top-level code.
  unowned let parent: FunctionCode?
  /// They have the first slots, in order.
  var parameters: [Parameter] = [] {
    didSet {
      parameterCount = parameters.count
      arity = (
        parameters.filter(\.isRequired).count,
        parameters.contains { $0.passing == .rest } ? nil : parameters.count
      )
      leastPositional = (parameters.lastIndex(where: \.isRequired) ?? -1) + 1
      inPlaceParameters = 0
      for (i, parameter) in parameters.enumerated() where parameter.passing == .inPlace {
        inPlaceParameters |= 1 << UInt64(i)
      }
    }
  }
  // What follows from them, looked up at each call.
  private(set) var parameterCount = 0
  /// How many arguments it takes; nil for `most` where a parameter collects a rest.
  private(set) var arity: (least: Int, most: Int?) = (0, 0)
  /// How many arguments without names give each parameter a value that needs one: more than `least` where
  /// one follows an optional one.
  private(set) var leastPositional = 0
  /// A bit for each `var` parameter.
  private(set) var inPlaceParameters = 0 as UInt64
  var hasInPlaceParameters: Bool { inPlaceParameters != 0 }
  /// Leaves by `return` everywhere; falling off its end gives null.
  var body: Node! {
    didSet { bodyReference = Unmanaged.passUnretained(body) }
  }
  /// The same, reached without counting references.
  private var bodyReference: Unmanaged<Node>!
  var result: TypeCheck? {
    didSet { hasResult = result != nil }
  }
  private var hasResult = false
  var slotCount = 0
  var captures: [Capture] = []
  /// Stands for the function itself inside it, where a nested function calls itself.
  var selfVariable: Variable?
  // What follows from the above; set by `settle` when all of it is known.
  /// Parameters that are captured where they may change.
  private(set) var boxedParameters: [Parameter] = []
  private(set) var hasChecks = false
  /// True if entering or leaving takes more than setting the parameters.
  private(set) var hasEntry = false
  /// Each `var` from outside that it uses, directly or through what it names. Where there is none,
  /// any task may run it.
  var sharedUses: [SharedUse] = []
  var sharedUse: SharedUse? { sharedUses.first }
  /// Constants of the top level that it uses, which may hold functions.
  var usedGlobals: [Variable] = []
  /// Functions that it names, directly or in functions inside.
  var callees: [(code: FunctionCode, at: Location)] = []
  var documentation: String?
  /// What builtins may know about the row expression that this function is.
  var shape = RowTemplate.general
  var itemFields: [String]?
  /// True for a stage's argument that speaks of the current item.
  var isItemFunction = false
  /// What the compiler made of it, by the types of the arguments.
  let compiled = Specializations()

  init(_ name: String, at location: Location, parent: FunctionCode?) {
    self.name = name
    self.location = location
    self.parent = parent
  }

  /// Computes what is looked up at each call. Called once, when the whole text is resolved.
  func settle() {
    boxedParameters = parameters.filter { $0.variable.isBoxed }
    hasChecks = parameters.contains { $0.check != nil }
    hasEntry = !captures.isEmpty || selfVariable != nil || !boxedParameters.isEmpty
  }

  func newSlot() -> Int {
    slotCount += 1
    return slotCount - 1
  }

  /// Returns a closure over what the function captures from the frame of the one around it.
  func makeFunction(_ f: Frame) -> UserFunction {
    if sharedUse != nil { Sendability.noteSharing() }
    return UserFunction(self, captures: captures.map { f.slot($0.outer.slot).pointee })
  }

  var signature: String {
    // What a transform is given by the pipe has no name that one could write.
    let list = parameters.filter { !$0.variable.name.hasPrefix(" ") }.map { parameter -> String in
      let name =
        switch parameter.passing {
        case .plain: parameter.variable.name
        case .inPlace: "var " + parameter.variable.name
        case .rest: "..." + parameter.variable.name
        }
      let type = parameter.check.map { ": " + $0.name } ?? ""
      let value = parameter.defaultValue.map { " = " + $0.at.source.text($0.at.span) } ?? ""
      return name + type + value
    }
    return "\(name)(\(list.joined(separator: ", ")))" + (result.map { " -> " + $0.name } ?? "")
  }

  // MARK: Running

  /// Runs in a frame of values whose parameters are set, on the engine in use.
  func run(_ function: UserFunction?, _ f: Frame, _ c: Context) throws -> Value {
    c.runtime.engine == .compile ? try runCompiled(function, f, c) : try interpret(function, f, c)
  }

  /// Runs the body in a frame whose parameters are set, and returns the result.
  func interpret(_ function: UserFunction?, _ f: Frame, _ c: Context) throws -> Value {
    if hasEntry { enter(function, f) }
    let value: Value
    do {
      value = try bodyReference._withUnsafeGuaranteedRef { try $0.result(f, c) }
    } catch ControlSignal.returning {
      value = c.takeResult()
    } catch {
      if hasEntry { leave(f) }
      throw error
    }
    if hasEntry { leave(f) }
    return hasResult ? try result!.checked(value) { self.resultFailure(value) } : value
  }

  /// Sets the slots of captured variables and makes the boxes of captured parameters.
  func enter(_ function: UserFunction?, _ f: Frame) {
    setCaptures(function, f)
    for parameter in boxedParameters { box(parameter, f) }
  }

  private func setCaptures(_ function: UserFunction?, _ f: Frame) {
    guard let function else { return }
    for (i, capture) in captures.enumerated() { f.slot(capture.inner.slot).pointee = function.captures[i] }
    if let selfVariable { f.slot(selfVariable.slot).pointee = .function(function) }
  }

  /// Puts a parameter into a box, unless defaults have seen it there already.
  private func box(_ parameter: Parameter, _ f: Frame) {
    let slot = f.slot(parameter.variable.slot)
    if case .object(let object) = slot.pointee, object is Box { return }
    slot.pointee = .object(Box(slot.pointee))
  }

  /// Takes captured `var` parameters out of their boxes again, for the caller.
  func leave(_ f: Frame) {
    for parameter in boxedParameters where parameter.passing == .inPlace {
      let slot = f.slot(parameter.variable.slot)
      if case .object(let object) = slot.pointee, let box = object as? Box { slot.pointee = box.value }
    }
  }

  func resultFailure(_ value: Value) -> SwaleError {
    SwaleError(
      .type, "\(name) must return \(result!.name), not \(value.typeNameWithArticle)", at: location)
  }

  // MARK: Binding arguments

  /// Sets parameters that were not given: defaults and the rest list. `given` has a bit for each
  /// parameter that has its value. Defaults see what the function has captured and the parameters before
  /// them, as the body does.
  func fillMissing(_ given: UInt64, _ function: UserFunction?, _ f: Frame, _ c: Context) throws {
    setCaptures(function, f)
    do {
      for (i, parameter) in parameters.enumerated() {
        if given & (1 << UInt64(i)) == 0 {
          if parameter.passing == .rest {
            f.slot(parameter.variable.slot).pointee = .list(ListStorage())
          } else if let value = parameter.defaultValue {
            let value = try value.evaluate(f, c)
            f.slot(parameter.variable.slot).pointee = try checked(value, parameter)
          }
        }
        if parameter.variable.isBoxed { box(parameter, f) }
      }
    } catch {
      leave(f)
      throw error
    }
  }

  /// Checks the declared types of the parameters that were given; an int becomes a float where one
  /// is wanted.
  func checkTypes(_ given: UInt64, _ f: Frame) throws {
    for (i, parameter) in parameters.enumerated()
    where parameter.check != nil && given & (1 << UInt64(i)) != 0 {
      let slot = f.slot(parameter.variable.slot)
      if parameter.passing == .rest, case .list(let list) = slot.pointee {
        let items = ListStorage()
        for i in 0..<list.count { items.append(try checked(list[i], parameter)) }
        slot.pointee = .list(items)
      } else {
        slot.pointee = try checked(slot.pointee, parameter)
      }
    }
  }

  func checked(_ value: Value, _ parameter: Parameter) throws -> Value {
    guard let check = parameter.check else { return value }
    return try check.checked(value) { self.argumentFailure(parameter, value) }
  }

  func argumentFailure(_ parameter: Parameter, _ value: Value) -> SwaleError {
    SwaleError(
      .type,
      "\(name): \(parameter.variable.name) must be \(TypeSet.withArticle(parameter.check!.name)), "
        + "not \(value.typeNameWithArticle)"
    )
  }

  /// Distributes arguments as written to the parameters' slots and returns which have a value;
  /// raises `type` where they do not fit. The arguments are moved.
  func bind(_ arguments: UnsafeMutableBufferPointer<Value>, labels: [String?], _ f: Frame) throws -> UInt64 {
    func take(_ i: Int) -> Value {
      let value = arguments[i]
      arguments[i] = .null
      return value
    }
    var given = 0 as UInt64
    var position = 0
    var rest: ListStorage?
    for i in arguments.indices {
      if i < labels.count, let label = labels[i] {
        guard let k = parameters.firstIndex(where: { $0.variable.name == label && $0.passing != .rest })
        else {
          throw unknownLabel(label)
        }
        if given & (1 << UInt64(k)) != 0 { throw SwaleError(.type, "\(name): \(label) is given twice") }
        f.slot(parameters[k].variable.slot).pointee = take(i)
        given |= 1 << UInt64(k)
        continue
      }
      while position < parameters.count, parameters[position].passing != .rest,
        given & (1 << UInt64(position)) != 0
      {
        position += 1
      }
      guard position < parameters.count else { throw wrongCount(arguments.count) }
      if parameters[position].passing == .rest {
        if rest == nil { rest = ListStorage() }
        rest!.append(take(i))
      } else {
        f.slot(parameters[position].variable.slot).pointee = take(i)
        given |= 1 << UInt64(position)
        position += 1
      }
    }
    if let rest, let k = parameters.firstIndex(where: { $0.passing == .rest }) {
      f.slot(parameters[k].variable.slot).pointee = .list(rest)
      given |= 1 << UInt64(k)
    }
    for (i, parameter) in parameters.enumerated() where parameter.isRequired && given & (1 << UInt64(i)) == 0
    {
      throw wrongCount(arguments.count)
    }
    return given
  }

  func unknownLabel(_ label: String) -> SwaleError {
    SwaleError(.type, "\(name) has no parameter \(label)", hint: "it is called \(signature)")
  }

  func wrongCount(_ count: Int) -> SwaleError {
    SwaleError(
      .type, "\(name) takes \(FunctionCode.describe(arity)), not \(count)", hint: "it is called \(signature)")
  }

  /// Returns "2 arguments", "1 to 3 arguments", "at least 1 argument".
  static func describe(_ arity: (least: Int, most: Int?)) -> String {
    guard let most = arity.most else {
      return "at least \(arity.least) \(arity.least == 1 ? "argument" : "arguments")"
    }
    if arity.least == most { return "\(most) \(most == 1 ? "argument" : "arguments")" }
    return "\(arity.least) to \(most) arguments"
  }
}

/// A declared type, checked where a value enters.
struct TypeCheck {
  let types: TypeSet
  let name: String
  /// True where an int is accepted and becomes a float.
  var convertsInt: Bool { types.contains(.float) && !types.contains(.int) }

  /// Returns the value, converted if need be; raises what `failure` returns where it does not fit.
  @inline(__always) func checked(_ value: Value, _ failure: () -> SwaleError) throws -> Value {
    if types.contains(value.type) { return value }
    if convertsInt, case .int(let number) = value { return .float(Double(number)) }
    throw failure()
  }
}

/// A closure: a function's code with what it captured.
final class UserFunction: FunctionValue {
  let code: FunctionCode
  /// Values of captured constants, boxes of captured variables.
  let captures: [Value]

  init(_ code: FunctionCode, captures: [Value]) {
    self.code = code
    self.captures = captures
    super.init(name: code.name)
  }

  override var signature: String { code.signature }
  override var arity: (least: Int, most: Int?) { code.arity }
  override var lastStepDepth: Int { 1 }
  override var rowShape: RowShape { code.shape.shape(captures) }
  override var formula: RowFormula? { RowFormula(code, captures: captures) }
  override var itemFields: [String]? { code.itemFields }
  override var sourceText: String? { code.body.at.source.text(code.body.at.span) }
  override var formulaObstacle: String {
    if let callee = code.callees.first { return "it calls \(callee.code.name)" }
    return "it has statements, or calls what has no form for columns"
  }
  override var itemField: String? {
    if case .field(let name) = code.shape { return name }
    return nil
  }

  override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    try call(arguments, labels: [], context)
  }

  /// Calls with arguments as written. The final values of `var` parameters are left in the buffer.
  func call(_ arguments: UnsafeMutableBufferPointer<Value>, labels: [String?], _ c: Context) throws -> Value {
    if c.isStackLow(code.slotCount) {
      return try c.onDeepStack { _ in try call(arguments, labels: labels, c) }
    }
    if c.runtime.engine == .compile, labels.isEmpty, let result = try callCompiled(arguments, c) {
      return result
    }
    let f = try c.push(code.slotCount)
    defer { c.pop(f, code.slotCount) }
    defer {
      if code.hasInPlaceParameters {
        // An argument that is still there was not moved into the frame.
        for (i, parameter) in code.parameters.enumerated()
        where parameter.passing == .inPlace && i < arguments.count && arguments[i].isNull {
          arguments[i] = f.slot(parameter.variable.slot).pointee
        }
      }
    }
    let given = try code.bind(arguments, labels: labels, f)
    try code.checkTypes(given, f)
    try code.fillMissing(given, self, f, c)
    return try code.run(self, f, c)
  }
}
