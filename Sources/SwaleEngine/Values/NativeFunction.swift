/// A function that a builtin makes, for a task of its own to run.
final class NativeFunction: FunctionValue {
  private let body: (Context) throws -> Void

  init(_ name: String, _ body: @escaping (Context) throws -> Void) {
    self.body = body
    super.init(name: name)
  }

  override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    try body(context)
    return .null
  }
}
