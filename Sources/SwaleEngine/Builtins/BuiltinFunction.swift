/// A builtin as a value: all declarations of one name, told apart by the first argument.
public final class BuiltinFunction: FunctionValue {
  public internal(set) var overloads: [Builtin]
  public let module: String?

  init(_ first: Builtin) {
    overloads = [first]
    module = first.module
    super.init(name: first.module.map { $0 + "." + first.name } ?? first.name)
  }

  /// True if the name changes the variable it is called on.
  public var isInPlace: Bool { overloads.contains { $0.inPlaceBody != nil } }

  public override var signature: String { overloads[0].signature }

  override var lastStepDepth: Int { overloads[0].endsWithWait ? 0 : -1 }

  /// The signatures of all declarations, each once.
  public var signatures: [String] {
    var result: [String] = []
    for overload in overloads where !result.contains(overload.signature) { result.append(overload.signature) }
    return result
  }

  /// The error of a call of an in-place method on something else than a variable.
  func notInPlace() -> SwaleError {
    SwaleError(
      .type, "\(name) changes a variable in place, and this is not one",
      hint: "call it as a method of a variable declared with var: xs.\(name)(...)")
  }

  public override var arity: (least: Int, most: Int?) {
    var least = Int.max
    var most: Int? = 0
    for overload in overloads {
      let (low, high) = overload.arity
      least = min(least, low)
      if let m = most, let high { most = max(m, high) } else { most = nil }
    }
    return (least, most)
  }

  public override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws
    -> Value
  {
    let builtin = try overload(for: arguments, labels: [], context)
    return try builtin.call(arguments, labels: [], context)
  }

  /// Calls with arguments of which `labels[i]` names argument i, nil where it is positional.
  public func call(_ arguments: [Value], labels: [String?], _ context: Context) throws -> Value {
    var arguments = arguments
    return try arguments.withUnsafeMutableBufferPointer { buffer in
      try overload(for: buffer, labels: labels, context).call(buffer, labels: labels, context)
    }
  }

  /// Returns the declaration that takes such a first argument, of several the one that all arguments
  /// fit; raises `type` where there is none.
  func overload(
    for arguments: UnsafeMutableBufferPointer<Value>, labels: [String?], _ context: Context
  ) throws -> Builtin {
    if overloads.count == 1 { return overloads[0] }
    guard let first = arguments.first else {
      return overloads.first { $0.parameters.isEmpty || $0.parameters[0].defaultValue != nil } ?? overloads[0]
    }
    let type = first.type
    var found: Builtin?
    for overload in overloads {
      guard overload.takesFirst(type) else { continue }
      guard let earlier = found else {
        found = overload
        continue
      }
      // A name such as `join` means several things for a list.
      if !earlier.fits(arguments, labels), overload.fits(arguments, labels) { found = overload }
    }
    if let found { return found }
    if type == .column || type == .null, let elementwise = overloads.first(where: \.isElementwise) {
      return elementwise
    }
    let accepted = overloads.reduce(into: TypeSet()) { $0.formUnion($1.parameters.first?.types ?? []) }
    throw SwaleError(
      .type, "\(name) takes \(accepted.name) first, not \(first.typeNameWithArticle)",
      hint: Builtin.hint(for: type, instead: accepted))
  }
}

extension Builtin {
  /// True if each argument has a parameter that takes its type, and none is missing.
  fileprivate func fits(_ arguments: UnsafeMutableBufferPointer<Value>, _ labels: [String?]) -> Bool {
    var given: Set<String> = []
    var position = 0
    for (i, value) in arguments.enumerated() {
      if i < labels.count, let label = labels[i] {
        guard accepts(label: label) else { return false }
        if let place = place(labelled: label) {
          guard parameters[place].types.contains(value.type) else { return false }
          given.insert(label)
        }
        continue
      }
      while position < parameters.count, parameters[position].kind == .plain,
        given.contains(parameters[position].name)
      {
        position += 1
      }
      guard position < parameters.count else { return false }
      let parameter = parameters[position]
      if parameter.kind == .namedRest || !parameter.types.contains(value.type) { return false }
      if parameter.kind == .rest { continue }
      given.insert(parameter.name)
      position += 1
    }
    return !parameters.contains { $0.kind == .plain && $0.defaultValue == nil && !given.contains($0.name) }
  }
}

extension Builtin {
  /// The least and the greatest number of positional arguments.
  var arity: (least: Int, most: Int?) {
    let positional = parameters.filter { $0.kind == .plain || $0.kind == .inPlace }
    let least = positional.filter { $0.defaultValue == nil }.count
    return (least, parameters.contains { $0.kind == .rest } ? nil : positional.count)
  }

  /// Calls with arguments as written: `labels[i]` names argument i, nil or missing is positional.
  /// The arguments are moved out of the buffer.
  func call(_ arguments: UnsafeMutableBufferPointer<Value>, labels: [String?], _ context: Context) throws
    -> Value
  {
    if isPositional, labels.isEmpty, arguments.count == parameters.count, let slots = arguments.baseAddress {
      return try invoke(slots, context)
    }
    if inPlaceBody != nil { throw needsVariable }
    return try withUnsafeTemporaryAllocation(of: Value.self, capacity: max(1, parameters.count)) { buffer in
      let slots = buffer.baseAddress!
      slots.initialize(repeating: .null, count: parameters.count)
      defer { slots.deinitialize(count: parameters.count) }
      try bind(arguments, labels: labels, to: slots)
      return try invoke(slots, context)
    }
  }

  /// Calls with arguments of which `labels[i]` names argument i, nil where it is positional.
  public func call(_ arguments: [Value], labels: [String?], _ context: Context) throws -> Value {
    var arguments = arguments
    return try arguments.withUnsafeMutableBufferPointer { try call($0, labels: labels, context) }
  }

  /// Checks types and runs the body; `slots` holds one value for each parameter.
  func invoke(_ slots: UnsafeMutablePointer<Value>, _ context: Context) throws -> Value {
    if inPlaceBody != nil { throw needsVariable }
    if isElementwise {
      // A missing value stays missing, in a column and alone.
      if slots[0].isNull, !parameters[0].types.contains(.null) { return .null }
      if case .object(let object) = slots[0], object.type == .column, !parameters[0].types.contains(.column) {
        guard let elementwise = Builtins.elementwise else { unreachable("columns without a table module") }
        return try elementwise(self, object, slots, context)
      }
    }
    for i in 0..<parameters.count where !accepted[i].contains(slots[i].type) {
      try check(slots[i], parameters[i])
    }
    return try context.lookingForStop { try body(Call(context: context, arguments: slots)) }
  }

  private var needsVariable: SwaleError {
    SwaleError(
      .type, "\(name) changes a variable in place, and this is none that can change",
      hint: "declare the variable with var, a parameter as well: fn f(var xs) { xs.\(name)(...) }")
  }

  /// Raises `type` where a value does not fit its parameter.
  func check(_ value: Value, _ parameter: Parameter) throws {
    if parameter.types == .any || parameter.kind == .rest || parameter.kind == .namedRest { return }
    if parameter.types.contains(value.type) { return }
    var hint: String?
    if parameter.types == .int, case .float = value {
      hint = "int(x) rounds towards zero, round(x) to the nearest"
    }
    if parameter.types == .duration, TypeSet.number.contains(value.type) {
      hint = "write a duration, such as 2s or 500ms, or multiply with one: n * 1s"
    }
    if parameter.types == .string { hint = "str(x) makes a string of any value" }
    hint = hint ?? Builtin.hint(for: value.type, instead: parameter.types)
    // Null stands for an argument that was left out.
    let wanted =
      parameter.defaultValue?.isNull ?? false ? parameter.types.subtracting(.null) : parameter.types
    throw SwaleError(
      .type,
      "\(qualifiedName): \(parameter.name) must be \(wanted.nameWithArticle), "
        + "not \(value.typeNameWithArticle)",
      hint: hint)
  }

  /// Returns what to do with a channel where a list is wanted, and the other way round.
  fileprivate static func hint(for type: TypeSet, instead wanted: TypeSet) -> String? {
    if type == .channel, wanted.contains(.list) {
      return "`ch | list` collects what comes until it is closed"
    }
    return nil
  }

  public var qualifiedName: String { (module.map { $0 + "." } ?? "") + name }

  /// Distributes arguments to parameters from `first` on, each of which starts as null.
  private func bind(
    _ arguments: UnsafeMutableBufferPointer<Value>, labels: [String?], to slots: UnsafeMutablePointer<Value>,
    from first: Int = 0
  ) throws {
    if isPositional, labels.isEmpty, first == 0, arguments.count <= parameters.count {
      for i in arguments.indices { swap(&slots[i], &arguments[i]) }
      for k in arguments.count..<parameters.count {
        guard let value = parameters[k].defaultValue else { throw wrongCount(arguments.count) }
        slots[k] = value
      }
      return
    }
    // In-place methods have their first parameter bound already.
    var filled = first == 0 ? 0 as UInt64 : 1
    var position = first
    var rest: ListStorage?
    var named: RecordStorage?
    for i in arguments.indices {
      let value = arguments.moveElement(from: i)
      arguments.initializeElement(at: i, to: .null)
      if i < labels.count, let label = labels[i] {
        if let k = place(labelled: label) {
          if filled & (1 << k) != 0 { throw SwaleError(.type, "\(qualifiedName): \(label) is given twice") }
          slots[k] = value
          filled |= 1 << k
        } else if takesAnyName {
          if named == nil { named = RecordStorage() }
          if named![label] != nil { throw SwaleError(.type, "\(qualifiedName): \(label) is given twice") }
          named![label] = value
        } else {
          throw unknownLabel(label)
        }
        continue
      }
      while position < parameters.count, parameters[position].kind == .plain, filled & (1 << position) != 0 {
        position += 1
      }
      if position < parameters.count, parameters[position].kind == .plain {
        slots[position] = value
        filled |= 1 << position
        position += 1
      } else if parameters.contains(where: { $0.kind == .rest }) {
        if rest == nil { rest = ListStorage() }
        rest!.append(value)
      } else {
        throw wrongCount(arguments.count)
      }
    }
    for (k, parameter) in parameters.enumerated() {
      switch parameter.kind {
      case .plain, .inPlace:
        if filled & (1 << k) != 0 { continue }
        guard let value = parameter.defaultValue else { throw wrongCount(arguments.count) }
        slots[k] = value
      case .rest: slots[k] = .list(rest ?? ListStorage())
      case .namedRest: slots[k] = .record(named ?? RecordStorage())
      }
    }
  }

  /// True if arguments may have any name, which tells what they are for.
  var takesAnyName: Bool { parameters.contains { $0.kind == .namedRest } }

  /// Returns the place of the parameter that a label names. Where arguments may have any name, those
  /// parameters that must be given have none, so that theirs are free: `derive table: 1` makes a column.
  func place(labelled label: String) -> Int? {
    parameters.firstIndex {
      $0.name == label && $0.kind == .plain && ($0.defaultValue != nil || !takesAnyName)
    }
  }

  func unknownLabel(_ label: String) -> SwaleError {
    let names = parameters.filter { $0.kind == .plain }.map(\.name)
    return SwaleError(
      .type, "\(qualifiedName) has no parameter \(label)",
      hint: names.isEmpty ? nil : "it is called \(signature)")
  }

  func wrongCount(_ given: Int) -> SwaleError {
    if takesAnyName, given > arity.least {
      return SwaleError(
        .type, "\(qualifiedName): an argument has no name", hint: "write \(qualifiedName) name: expression")
    }
    let (least, most) = arity
    let wanted =
      if let most {
        least == most ? "\(least)" : "\(least) to \(most)"
      } else {
        "at least \(least)"
      }
    return SwaleError(
      .type,
      "\(qualifiedName) takes \(wanted) \(wanted == "1" || wanted == "at least 1" ? "argument" : "arguments"), not \(given)",
      hint: "it is called \(signature)")
  }
}

extension Builtin {
  /// Calls a method on the value that it changes; the arguments are those behind it.
  func callInPlace(
    _ leaf: inout Value, _ values: UnsafeMutableBufferPointer<Value>, labels: [String?], _ context: Context
  ) throws -> Value {
    try withUnsafeTemporaryAllocation(of: Value.self, capacity: parameters.count) { buffer in
      let slots = buffer.baseAddress!
      for i in 0..<parameters.count { (slots + i).initialize(to: .null) }
      defer { for i in 0..<parameters.count { (slots + i).deinitialize(count: 1) } }
      if isPositional, labels.isEmpty, values.count == parameters.count - 1 {
        for i in values.indices { swap(&slots[i + 1], &values[i]) }
      } else {
        try bind(values, labels: labels, to: slots, from: 1)
      }
      for i in 1..<parameters.count where !accepted[i].contains(slots[i].type) {
        try check(slots[i], parameters[i])
      }
      return try context.lookingForStop { try inPlaceBody!(&leaf, Call(context: context, arguments: slots)) }
    }
  }
}
