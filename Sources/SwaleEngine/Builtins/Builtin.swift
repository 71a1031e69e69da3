/// A builtin function: one declaration from which calls, arity errors, help, completion and the
/// language reference come, and whose example runs as a test.
public final class Builtin {
  /// nil for the prelude, else the module's name, such as `math`.
  public let module: String?
  public let name: String
  public let parameters: [Parameter]
  /// What it does, in one sentence; more lines may follow with details.
  public let summary: String
  /// Source text and the display form of its value.
  public let example: (code: String, result: String)
  /// True for a function of one scalar (the first parameter) that works elementwise on a column.
  public let isElementwise: Bool
  /// The types that each parameter takes, reached without counting references; all for a rest.
  let accepted: UnsafePointer<TypeSet>
  /// True if each argument is a parameter's, in order.
  let isPositional: Bool
  let body: (Call) throws -> Value
  /// For methods that change their first argument in place; `body` is then not used.
  let inPlaceBody: ((inout Value, Call) throws -> Value)?

  public struct Parameter {
    public enum Kind: Sendable {
      case plain
      /// Takes all further positional arguments, as a list.
      case rest
      /// Takes all arguments by other names, in order, as a record.
      case namedRest
      /// The variable that the method changes.
      case inPlace
    }
    public let name: String
    public let types: TypeSet
    /// What a missing argument stands for; nil where one must be given.
    public let defaultValue: Value?
    public let kind: Kind

    public init(
      _ name: String, _ types: TypeSet = .any, default defaultValue: Value? = nil, kind: Kind = .plain
    ) {
      self.name = name
      self.types = types
      self.defaultValue = defaultValue
      self.kind = kind
    }

    /// A parameter that may be left out and is then null.
    public static func optional(_ name: String, _ types: TypeSet = .any) -> Parameter {
      Parameter(name, types.union(.null), default: .null)
    }
    public static func rest(_ name: String, _ types: TypeSet = .any) -> Parameter {
      Parameter(name, types, kind: .rest)
    }
    public static func named(_ name: String, _ types: TypeSet = .any) -> Parameter {
      Parameter(name, types, kind: .namedRest)
    }
  }

  /// Declares a function.
  public init(
    _ name: String, module: String? = nil, _ parameters: [Parameter], _ summary: String,
    example: (code: String, result: String), isElementwise: Bool = false,
    body: @escaping (Call) throws -> Value
  ) {
    self.module = module
    self.name = name
    self.parameters = parameters
    self.summary = summary
    self.example = example
    self.isElementwise = isElementwise
    accepted = Builtin.accepted(parameters)
    isPositional = parameters.allSatisfy { $0.kind == .plain }
    self.body = body
    inPlaceBody = nil
  }

  /// Declares a method that changes the variable path it is called on. `types` is what that may hold.
  public init(
    inPlace name: String, on types: TypeSet, _ parameters: [Parameter], _ summary: String,
    example: (code: String, result: String), body: @escaping (inout Value, Call) throws -> Value
  ) {
    module = nil
    self.name = name
    self.parameters = [Parameter("self", types, kind: .inPlace)] + parameters
    self.summary = summary
    self.example = example
    isElementwise = false
    accepted = Builtin.accepted(self.parameters)
    isPositional = parameters.allSatisfy { $0.kind == .plain }
    self.body = { _ in unreachable("an in-place method without a place") }
    inPlaceBody = body
  }

  /// Builtins live as long as the program, and so does what this returns.
  private static func accepted(_ parameters: [Parameter]) -> UnsafePointer<TypeSet> {
    let base = UnsafeMutablePointer<TypeSet>.allocate(capacity: max(1, parameters.count))
    for (i, parameter) in parameters.enumerated() {
      (base + i).initialize(to: parameter.kind == .plain ? parameter.types : .any)
    }
    return UnsafePointer(base)
  }

  /// True if it lets tasks call its functions where `workers: n` is given.
  var takesWorkers: Bool { parameters.contains { $0.name == "workers" } || name == "derive" }

  /// True if a wait is the last thing that it does, and it calls no function.
  var endsWithWait: Bool { name == "sleep" }

  /// True if a first argument of the type has a parameter that takes it.
  @inline(__always) func takesFirst(_ type: TypeSet) -> Bool {
    !parameters.isEmpty && parameters[0].types.contains(type)
  }

  /// What help shows: `split(text, separator = null)`.
  public var signature: String {
    let list = parameters.map { parameter in
      switch parameter.kind {
      case .inPlace: "var \(parameter.name)"
      case .rest: "...\(parameter.name)"
      case .namedRest: "name: \(parameter.name), ..."
      case .plain:
        if let value = parameter.defaultValue {
          "\(parameter.name) = \(value.displayString)"
        } else {
          parameter.name
        }
      }
    }
    return (module.map { $0 + "." } ?? "") + name + "(" + list.joined(separator: ", ") + ")"
  }
}

/// The arguments of one call of a builtin: one for each parameter, types checked, defaults filled in.
public struct Call {
  public let context: Context
  let arguments: UnsafeMutablePointer<Value>

  public init(context: Context, arguments: UnsafeMutablePointer<Value>) {
    self.context = context
    self.arguments = arguments
  }

  public subscript(index: Int) -> Value { arguments[index] }

  /// Moves an argument out, so that storage held nowhere else may be changed in place.
  public func take(_ index: Int) -> Value {
    let value = (arguments + index).move()
    (arguments + index).initialize(to: .null)
    return value
  }

  public func isNull(_ index: Int) -> Bool { arguments[index].isNull }

  // What the parameter's declared types guarantee.

  public func bool(_ index: Int) -> Bool {
    if case .bool(let value) = arguments[index] { return value }
    unreachable("argument \(index) is no bool")
  }

  public func int(_ index: Int) -> Int {
    if case .int(let value) = arguments[index] { return value }
    unreachable("argument \(index) is no int")
  }

  /// A float, or an int made one.
  public func double(_ index: Int) -> Double {
    switch arguments[index] {
    case .float(let value): return value
    case .int(let value): return Double(value)
    default: unreachable("argument \(index) is no number")
    }
  }

  public func text(_ index: Int) -> Text {
    if case .string(let value) = arguments[index] { return value }
    unreachable("argument \(index) is no string")
  }

  public func string(_ index: Int) -> String { text(index).string }

  public func list(_ index: Int) -> ListStorage {
    if case .list(let value) = arguments[index] { return value }
    unreachable("argument \(index) is no list")
  }

  public func record(_ index: Int) -> RecordStorage {
    if case .record(let value) = arguments[index] { return value }
    unreachable("argument \(index) is no record")
  }

  public func function(_ index: Int) -> FunctionValue {
    if case .function(let value) = arguments[index] { return value }
    unreachable("argument \(index) is no function")
  }

  public func object<T: ObjectValue>(_ index: Int, as type: T.Type) -> T {
    if case .object(let value) = arguments[index] { return unsafeDowncast(value, to: T.self) }
    unreachable("argument \(index) is no object")
  }

  /// Calls `body` with every item of an iterable argument, polling for interrupts.
  public func forEach(_ index: Int, _ body: (Value) throws -> Void) throws {
    try Operations.forEach(arguments[index], context, body)
  }
}
