import SwaleEngine
import SwaleSyntax

@testable import SwaleTables

/// Runs `body` as running code does, with the warnings that were given on the way.
@discardableResult
func withContext<R>(_ body: (Context) throws -> R) throws -> R {
  Tables.install()
  let session = Session(engine: .interpret, arguments: [], output: Output(), errorOutput: Output())
  return try session.onStack(body)
}

/// Runs source text and returns the display form of its value, or the kind and message of its error.
func evaluate(_ code: String, engine: EngineKind = .interpret) -> String {
  Tables.install()
  let session = Session(engine: engine, arguments: [], output: Output(), errorOutput: Output())
  do {
    return try session.evaluate(Source(name: "<test>", text: code), keepsNames: false).displayString
  } catch let error as SwaleError {
    return "\(error.kind.name): \(error.message)"
  } catch let failure as ProgramFailure {
    return "\(failure.diagnostics[0].kind.name): \(failure.diagnostics[0].message)"
  } catch {
    return "\(error)"
  }
}

/// Returns the error that `body` raises.
func failure(_ body: (Context) throws -> Void) -> SwaleError? {
  do {
    try withContext(body)
    return nil
  } catch {
    return error as? SwaleError
  }
}

/// A function of one argument, written in Swift.
final class ClosureFunction: FunctionValue {
  private let shape: RowShape
  private let fields: [String]?
  private let ownFormula: RowFormula?
  private let body: (Value, Context) throws -> Value

  init(
    _ shape: RowShape = .general, formula: RowFormula? = nil, fields: [String]? = nil,
    _ body: @escaping (Value, Context) throws -> Value
  ) {
    self.shape = shape
    ownFormula = formula
    self.fields = fields
    self.body = body
    super.init(name: "closure")
  }

  override var rowShape: RowShape { shape }
  override var formula: RowFormula? { ownFormula }
  override var itemFields: [String]? { fields }
  override var arity: (least: Int, most: Int?) { (1, 1) }

  override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    let value = arguments[0]
    arguments[0] = .null
    return try body(value, context)
  }
}
