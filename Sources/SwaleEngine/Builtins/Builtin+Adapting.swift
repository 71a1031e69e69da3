extension Builtin {
  /// Returns the same function for other types of the first argument.
  public func accepting(_ types: TypeSet) -> Builtin {
    var parameters = parameters
    if let first = parameters.first {
      parameters[0] = Parameter(first.name, types, default: first.defaultValue, kind: first.kind)
    }
    return Builtin(
      name, module: module, parameters, summary, example: example, isElementwise: isElementwise, body: body)
  }

  /// Calls with one value for each parameter; the types are checked.
  public func apply(to slots: UnsafeMutablePointer<Value>, _ context: Context) throws -> Value {
    try invoke(slots, context)
  }
}
