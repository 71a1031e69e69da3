import SwaleSyntax

final class TryCatchNode: Node {
  let body: BlockNode
  let variable: Variable
  let handler: BlockNode
  init(_ at: Location, _ body: BlockNode, _ variable: Variable, _ handler: BlockNode) {
    self.body = body
    self.variable = variable
    self.handler = handler
    super.init(at)
  }
  override var kind: NodeKind { .tryCatch }

  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let state = c.callState
    do { return try body.evaluate(f, c) } catch let error as SwaleError {
      c.restore(state)
      bind(error, f)
      return try handler.evaluate(f, c)
    }
  }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    let state = c.callState
    do { return try body.execute(f, c) } catch let error as SwaleError {
      c.restore(state)
      bind(error, f)
      return try handler.execute(f, c)
    }
  }

  func bind(_ error: SwaleError, _ f: Frame) {
    if variable.isBoxed { f.slot(variable.slot).pointee = .object(Box()) }
    variable.initialize(.object(ErrorValue(error)), f)
  }
}

extension Context {
  /// What a caught error must find again: frames below have been given back on the way out, this
  /// makes sure of it.
  @inline(__always) var callState: (top: Frame, depth: Int) { (top, depth) }
  @inline(__always) func restore(_ state: (top: Frame, depth: Int)) {
    top = state.top
    depth = state.depth
  }
}

/// `try e else f`
final class TryElseNode: Node {
  let body: Node
  let fallback: Node
  init(_ at: Location, _ body: Node, _ fallback: Node) {
    self.body = body
    self.fallback = fallback
    super.init(at)
  }
  override var kind: NodeKind { .tryElse }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    let state = c.callState
    do { return try body.evaluate(f, c) } catch is SwaleError {
      c.restore(state)
      return try fallback.evaluate(f, c)
    }
  }
}

final class FailNode: Node {
  let value: Node
  init(_ at: Location, _ value: Node) {
    self.value = value
    super.init(at)
  }
  override var kind: NodeKind { .fail }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value { throw error(try value.evaluate(f, c)) }

  /// Returns the error that failing with a value raises: a message, a record, or an error again.
  func error(_ value: Value) -> SwaleError {
    switch value {
    case .string(let message): return SwaleError(.user, message.string, at: at)
    case .object(let object) where object is ErrorValue: return (object as! ErrorValue).error
    case .record(let record):
      var kind = ErrorKind.user
      if let given = record["kind"] {
        guard case .string(let name) = given, name.byteCount > 0 else {
          return failure(.type, "an error's kind must be a string, not \(given.typeNameWithArticle)")
        }
        kind = ErrorKind(name.string)
      }
      let message =
        switch record["message"] {
        case .string(let text): text.string
        case .some(let other): other.printString
        case nil: kind.name
        }
      let data = RecordStorage()
      record.forEach { key, value in
        if case .string(let name) = key, ["kind", "message"].contains(name.string) { return }
        try? data.set(key, value)
      }
      return SwaleError(kind, message, data: data.count == 0 ? .null : .record(data), at: at)
    default:
      return failure(
        .type, "fail takes a message, a record or an error, not \(value.typeNameWithArticle)",
        hint: "fail \"what went wrong\" or fail {kind: \"not_found\", message: \"...\"}")
    }
  }
}

final class AssertNode: Node {
  let condition: Node
  let message: Node?
  init(_ at: Location, _ condition: Node, _ message: Node?) {
    self.condition = condition
    self.message = message
    super.init(at)
  }
  override var kind: NodeKind { .assertion }
  override func evaluate(_ f: Frame, _ c: Context) throws -> Value {
    if try condition.isTrue(f, c) { return .null }
    throw error(try message?.evaluate(f, c))
  }

  func error(_ message: Value?) -> SwaleError {
    failure(.assertion, message?.printString ?? "assertion failed: \(at.source.text(condition.at.span))")
  }
}
