/// The base of everything that can be called: builtins, functions, lambdas and transforms.
open class FunctionValue {
  public let name: String
  public init(name: String) { self.name = name }

  /// Calls the function with positional arguments, which it moves out of the buffer (each slot is
  /// left holding null); raises `type` where their number does not fit.
  open func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    unreachable("a function without a body")
  }

  /// The parameters as a person writes them, such as `(text, separator = " ")`.
  open var signature: String { "()" }

  /// The least and the greatest number of positional arguments; nil is any number.
  open var arity: (least: Int, most: Int?) { (0, nil) }

  /// How many calls are counted inside it, where it is the one that a task runs and may end with a wait; else -1.
  var lastStepDepth: Int { -1 }

  /// What the function is as a row expression.
  open var rowShape: RowShape { .general }

  /// What the function computes of its one argument, where that is no more than a formula.
  open var formula: RowFormula? { nil }

  /// The text of what the function computes, where it was written in a program.
  open var sourceText: String? { nil }

  /// Why the function is no formula, for one that is none.
  open var formulaObstacle: String { "\(name) is no expression of columns" }

  /// The name of the field, for a function that is exactly `.name`.
  open var itemField: String? { nil }

  /// The fields of the item that it reads, where it uses the item only as `.name`; nil where it
  /// uses the item in other ways.
  open var itemFields: [String]? { nil }
}

extension FunctionValue {
  public func callAsFunction(_ context: Context) throws -> Value {
    context.site = nil
    return try call(UnsafeMutableBufferPointer(start: nil, count: 0), context)
  }

  public func callAsFunction(_ a: Value, _ context: Context) throws -> Value {
    context.site = nil
    return try withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { buffer in
      buffer.initializeElement(at: 0, to: a)
      defer { buffer.deinitialize() }
      return try call(buffer, context)
    }
  }

  public func callAsFunction(_ a: Value, _ b: Value, _ context: Context) throws -> Value {
    context.site = nil
    return try withUnsafeTemporaryAllocation(of: Value.self, capacity: 2) { buffer in
      buffer.initializeElement(at: 0, to: a)
      buffer.initializeElement(at: 1, to: b)
      defer { buffer.deinitialize() }
      return try call(buffer, context)
    }
  }

  public func callAsFunction(_ arguments: [Value], _ context: Context) throws -> Value {
    context.site = nil
    var arguments = arguments
    return try arguments.withUnsafeMutableBufferPointer { try call($0, context) }
  }
}

/// Marks a place that cannot be reached unless Swale itself is wrong.
@inline(never) public func unreachable(_ why: String = "", file: StaticString = #fileID, line: UInt = #line)
  -> Never
{
  fatalError("unreachable: \(why)", file: file, line: line)
}
