import SwaleEngine
import SwaleSyntax
import SwaleTables

/// Touched before anything is evaluated; tests run on several threads, and this happens once.
let builtinsAreInstalled: Void = Tables.install()

/// Runs source text and tells what came of it.
struct Evaluation {
  /// The display form of the value; nil after an error.
  let value: String?
  /// The error's kind; nil without one.
  let kind: String?
  let message: String?
  let output: String

  init(_ code: String, engine: EngineKind = .interpret) {
    _ = builtinsAreInstalled
    let output = Output()
    let session = Session(engine: engine, arguments: [], output: output, errorOutput: Output())
    var result: (value: String?, kind: String?, message: String?)
    do {
      let value = try session.evaluate(Source(name: "<test>", text: code), keepsNames: false)
      result = (value.displayString, nil, nil)
    } catch let error as SwaleError {
      result = (nil, error.kind.name, error.message)
    } catch let failure as ProgramFailure {
      result = (nil, failure.diagnostics[0].kind.name, failure.diagnostics[0].message)
    } catch {
      result = (nil, "exit", "\(error)")
    }
    (value, kind, message) = result
    self.output = String(decoding: output.takeBytes(), as: UTF8.self)
  }
}
