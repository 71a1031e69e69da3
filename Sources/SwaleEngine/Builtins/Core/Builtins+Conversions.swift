extension Builtins {
  /// Functions named after the types that they make.
  nonisolated(unsafe) static let conversions: [Builtin] = [
    Builtin(
      "str", [.init("value", .any.subtracting(.column))], "Returns the value as `print` shows it.",
      example: ("str(1.5) + str(@2026-05-01)", "\"1.52026-05-01\""), isElementwise: true
    ) { call in
      if case .string = call[0] { return call[0] }
      return .string(try call[0].written(isDisplay: false, watching: call.context))
    },
    Builtin(
      "int", [.init("value", [.int, .float, .bool, .string]), .init("base", .int, default: .int(10))],
      """
      Returns the value as an int: a float is rounded towards zero, a bool is 0 or 1.
      A string must spell a whole number, in base 10 or the given one.
      """,
      example: ("[int(-3.7), int(\" 1_000\"), int(\"ff\", base: 16)]", "[-3, 1000, 255]"), isElementwise: true
    ) { call in
      let base = call.int(1)
      guard (2...36).contains(base) else {
        throw SwaleError(.value, "a base is between 2 and 36, not \(base)")
      }
      switch call[0] {
      case .bool(let value): return .int(value ? 1 : 0)
      case .float(let value): return .int(try Rounding.int(value, .towardZero))
      case .string(let text): return .int(try NumberParser.int(text, base: base))
      default: return call[0]
      }
    },
    Builtin(
      "float", [.init("value", [.int, .float, .bool, .string])],
      "Returns the value as a float; a string by the number that it spells.",
      example: ("[float(3), float(\"1e3\")]", "[3.0, 1000.0]"), isElementwise: true
    ) { call in
      switch call[0] {
      case .bool(let value): .float(value ? 1 : 0)
      case .int(let value): .float(Double(value))
      case .string(let text): .float(try NumberParser.double(text))
      default: call[0]
      }
    },
    Builtin(
      "bool", [.init("value", [.bool, .int, .string])],
      "Returns the value as a bool: \"true\" and 1 are true, \"false\" and 0 are false.",
      example: ("[bool(\"true\"), bool(0)]", "[true, false]"), isElementwise: true
    ) { call in
      switch call[0] {
      case .int(let number):
        guard number == 0 || number == 1 else {
          throw SwaleError(.value, "\(number) is neither 0 nor 1", hint: "compare instead: x != 0")
        }
        return .bool(number == 1)
      case .string(let text):
        switch text.string {
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
          throw SwaleError(.parse, "\(text.excerpt) is neither \"true\" nor \"false\"")
        }
      default: return call[0]
      }
    },
    Builtin(
      "list", [.init("items", .iterable, default: .list(ListStorage()))],
      "Returns a list of the items: of a string its characters, of a record its keys, of a table its rows.",
      example: ("list(1...3)", "[1, 2, 3]")
    ) { call in .list(try call.items(0)) },
    Builtin(
      "set", [.init("items", .iterable, default: .list(ListStorage()))],
      "Returns a set of the items, each once, in order of first appearance.",
      example: ("len(set([1, 2, 1]))", "2")
    ) { call in
      if case .object(let object) = call[0], object.type == .set { return call[0] }
      var result = SetValue()
      try Operations.checkRange(call[0])
      try call.forEach(0) { try SetValue.insert($0, into: &result) }
      return .object(result)
    },
    Builtin(
      "record", [.init("pairs", [.list, .set, .record], default: .list(ListStorage()))],
      "Returns a record of [key, value] pairs; a later pair replaces an earlier one of the same key.",
      example: ("record([[\"a\", 1], [\"b\", 2]])", "{a: 1, b: 2}")
    ) { call in
      if case .record = call[0] { return call[0] }
      let result = RecordStorage()
      try call.forEach(0) { pair in
        guard case .list(let pair) = pair, pair.count == 2 else {
          throw SwaleError(
            .type, "record takes pairs of a key and a value, not \(pair.typeNameWithArticle)",
            hint: "record(zip(keys, values)) makes one of two lists")
        }
        try result.set(pair[0], pair[1])
      }
      return .record(result)
    },
    Builtin(
      "range",
      [
        .init("start", .number), .optional("end", .number), .init("step", .number, default: .int(1)),
      ],
      """
      Returns the numbers from start up to, but not including, end.
      `range(n)` starts at 0; the step may be negative.
      With a step of 1 this is the lazy range `start..<end`, otherwise a list.
      """,
      example: ("range(10, 0, -3)", "[10, 7, 4, 1]")
    ) { call in
      let (start, end) = call.isNull(1) ? (Value.int(0), call[0]) : (call[0], call[1])
      guard case .int(let first) = start, case .int(let limit) = end, case .int(let step) = call[2] else {
        return try floatRange(start, end, call[2], call.context)
      }
      if step == 1 { return try Operations.range(start, end, isClosed: false) }
      if step == 0 { throw SwaleError(.value, "the step of a range must not be 0") }
      if step > 0 ? first >= limit : first <= limit { return .list(ListStorage()) }
      // Distances of ints fit into UInt.
      let distance = step > 0 ? UInt(bitPattern: limit &- first) : UInt(bitPattern: first &- limit)
      let width = step.magnitude
      let steps = (distance - 1) / width + 1
      return .list(try Operations.listOfInts(Int(clamping: steps), from: first, by: step, call.context))
    },
    Builtin(
      "bytes", [.init("value", [.string, .bytes, .list])],
      "Returns the UTF-8 bytes of a string, or bytes of a list of ints from 0 to 255.",
      example: ("list(bytes(\"né\"))", "[110, 195, 169]")
    ) { call in
      switch call[0] {
      case .string(let text): return .object(BytesValue(Array(text.bytes)))
      case .list(let list):
        var bytes: [UInt8] = []
        bytes.reserveCapacity(list.count)
        try list.forEach { item in
          try call.context.tick()
          guard case .int(let number) = item, let byte = UInt8(exactly: number) else {
            throw SwaleError(.value, "a byte is an int from 0 to 255, not \(item.displayString)")
          }
          bytes.append(byte)
        }
        return .object(BytesValue(bytes))
      default: return call[0]
      }
    },
  ]

  private static func floatRange(_ start: Value, _ end: Value, _ step: Value, _ c: Context) throws -> Value {
    let (first, limit, width) = (start.number, end.number, step.number)
    guard first.isFinite, limit.isFinite, width.isFinite, width != 0 else {
      throw SwaleError(.value, "a range needs finite ends and a step that is not 0")
    }
    let steps = max(0, ((limit - first) / width).rounded(.up))
    guard let count = Int(exactly: steps) else { throw SwaleError(.value, "the range has too many numbers") }
    try Operations.checkSize(count, 8)
    let result = ListStorage(uninitialized: .floats, count: count)
    // Multiplied, not summed up: errors do not add.
    for i in 0..<count {
      try c.tick()
      result.floats[i] = first + Double(i) * width
    }
    return .list(result)
  }
}

extension Value {
  /// The value of an int or float as a float.
  fileprivate var number: Double {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    default: unreachable("no number")
    }
  }
}
