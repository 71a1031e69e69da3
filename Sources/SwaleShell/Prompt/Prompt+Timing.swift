import SwaleEngine
import SwaleSyntax

extension Prompt {
  /// `:time`
  func time(_ code: String) {
    guarded {
      let prepared = try session.prepare(Source(name: "<prompt>", text: code), keepsNames: true)
      let (result, measurement) = Stopwatch.measure { () throws -> Value in
        let value = try prepared.run()
        try session.onStack { try EngineComparison.finish(value, $0) }
        return value
      }
      // The figures of a run that failed are of no use.
      try show(result.get())
      console.writeLine(console.styled(measurement.line(engine: session.engine), .dim))
    }
  }

  /// `:bench`
  func bench(_ code: String) {
    guarded {
      let prepared = try session.prepare(Source(name: "<prompt>", text: code), keepsNames: false)
      let report = try EngineComparison(session, prepared).report()
      report.lines(isColored: console.isColored).forEach(console.writeLine)
    }
  }
}

extension Measurement {
  func line(engine: EngineKind) -> String {
    var parts = [
      "wall " + Quantity.duration(nanoseconds: Double(wall)),
      "cpu " + Quantity.duration(nanoseconds: Double(cpu)),
    ]
    if let memory { parts.append("memory +" + Quantity.bytes(memory)) }
    return (parts + [engine.rawValue]).joined(separator: " · ")
  }
}
