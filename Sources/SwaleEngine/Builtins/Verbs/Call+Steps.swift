/// What a verb makes of one item, whose number comes with it; nil where the item is left out.
typealias VerbStep = (_ item: Value, _ index: Int, Context) throws -> Value?

extension Builtin.Parameter {
  /// How many tasks share the work.
  public static var workers: Self { optional("workers", .int) }
}

extension Workers {
  /// Takes `workers: n` out of arguments of any names; a function under that name makes a field.
  public static func count(in fields: RecordStorage) throws -> (fields: RecordStorage, workers: Int?) {
    let name = Text.of("workers")
    guard case .int(let count)? = fields[name] else { return (fields, nil) }
    if fields.count == 1 {
      throw SwaleError(
        .value,
        "derive: `workers: \(count)` is how many tasks share the work, and there is no field to derive",
        hint: "a field of that name is a function: derive(workers: _ => \(count))")
    }
    var rest = fields.copy()
    RecordStorage.makeUnique(&rest)
    _ = try rest.remove(at: rest.find(.string(name)))
    return (rest, count)
  }
}

extension Call {
  /// The argument where it is a channel.
  func channel(_ index: Int) -> ChannelValue? {
    if case .object(let object) = self[index] { return object as? ChannelValue }
    return nil
  }

  /// Returns what a verb makes of the records of a list, each among those of its group.
  func grouped(_ verb: String, _ argument: Value, by groups: Value) throws -> Value {
    if channel(0) != nil { throw ChannelVerbs.noGroups(verb) }
    guard let grouped = Builtins.grouped else { unreachable("groups without a table module") }
    return try grouped(verb, self[0], argument, groups, context)
  }

  /// Returns what a step makes of the items of the first argument: a list, of a channel a channel. `workers` is
  /// the place of that argument; `functions` are those that the step calls.
  func transformed(
    _ verb: String, workers: Int, calling functions: [FunctionValue], _ step: @escaping VerbStep
  ) throws -> Value {
    try transformed(verb, by: isNull(workers) ? nil : int(workers), calling: functions, step)
  }

  /// The same with a number of workers, nil where nobody shares the work.
  func transformed(
    _ verb: String, by count: Int? = nil, calling functions: [FunctionValue], _ step: @escaping VerbStep
  ) throws -> Value {
    if let source = channel(0) {
      for function in functions { try Sendability.check(.function(function), .spawned, at: nil) }
      guard let count else { return ChannelVerbs.stage(verb, source, step, context) }
      _ = try Workers(verb, count, calling: [], context)
      return ChannelVerbs.stage(verb, source, workers: count, step, context)
    }
    if let count { return .list(try shared(Workers(verb, count, calling: functions, context), step)) }
    let result = ListStorage()
    var index = 0
    try forEach(0) { item in
      if let item = try step(item, index, context) { result.append(item) }
      index += 1
    }
    return .list(result)
  }

  /// Lets tasks share the work.
  private func shared(_ workers: Workers, _ step: @escaping VerbStep) throws -> ListStorage {
    let (count, item) = try indexed()
    let total = Workers.Counter()
    let parts = try workers.pieces(count) { range, c in
      let part = ListStorage()
      for index in range {
        try c.tick()
        if let value = try step(item(index), index, c) { part.append(value) }
      }
      try Operations.checkSize(total.add(part.count) + part.count, MemoryLayout<Value>.stride)
      return part
    }
    let result = ListStorage()
    result.reserve(parts.reduce(0) { $0 + $1.count })
    for part in parts { try Operations.append(part, to: result, context) }
    return result
  }

  /// The items of the first argument by number, to be looked at by several tasks.
  private func indexed() throws -> (count: Int, item: (Int) -> Value) {
    if let ints = Operations.intRange(self[0]) { return (ints.count, { .int(ints.first &+ $0) }) }
    try Sendability.check(self[0], .sent, at: nil)
    let items = try items(0)
    return (items.count, { items[$0] })
  }

  /// Calls a function with all items of the first argument, which workers share where there are some.
  func consumed(_ verb: String, workers: Int, calling function: FunctionValue) throws -> Value {
    if isNull(workers) {
      try forEach(0) { item in _ = try function(item, context) }
      return .null
    }
    let workers = try Workers(verb, int(workers), calling: [function], context)
    if let source = channel(0) {
      try workers.run(workers.count) { _, c in
        while let item = try source.receive(nil, c) { _ = try function(item, c) }
      }
    } else {
      let (count, item) = try indexed()
      try workers.forEachPiece(count) { _, range, c in
        for index in range {
          try c.tick()
          _ = try function(item(index), c)
        }
      }
    }
    return .null
  }
}
