extension Builtins {
  /// Stands for an argument that was not given, where null is one.
  nonisolated(unsafe) static let missing = Value.object(MissingArgument())

  static func isMissing(_ value: Value) -> Bool {
    if case .object(let object) = value { return object is MissingArgument }
    return false
  }

  /// The body of `reduce`.
  static func reduce(_ call: Call) throws -> Value {
    let function = call.function(1)
    let (least, most) = function.arity
    if least > 2 || most.map({ $0 < 2 }) ?? false {
      throw SwaleError(
        .type, "reduce needs a function of two arguments: the value so far and an item",
        hint: "reduce(xs, (sum, x) => sum + x, 0)")
    }
    // The value so far is moved into each call, so that a list that grows is not copied.
    return try withUnsafeTemporaryAllocation(of: Value.self, capacity: 2) { buffer in
      buffer.initializeElement(at: 0, to: call.take(2))
      buffer.initializeElement(at: 1, to: .null)
      defer { buffer.deinitialize() }
      var isStarted = !isMissing(buffer[0])
      try call.forEach(0) { item in
        if isStarted {
          buffer[1] = item
          call.context.site = nil
          buffer[0] = try function.call(buffer, call.context)
        } else {
          buffer[0] = item
          isStarted = true
        }
      }
      if !isStarted {
        throw SwaleError(
          .value, "there is nothing to reduce, and no start value", hint: "reduce(xs, f, start)")
      }
      return buffer[0]
    }
  }
}

/// The default of parameters for which null is a value like any other.
private final class MissingArgument: ObjectValue {
  override var type: TypeSet { .key }
  override func write(to writer: inout ValueWriter, isDisplay: Bool) { writer.write("none") }
}
