/// What all tasks of a program share: its output, arguments and engine.
public final class Runtime {
  public let output: Output
  public let errorOutput: Output
  public var arguments: [String]
  public var engine: EngineKind
  /// Warnings that are not errors, such as rejected rows; shown by whoever runs the program.
  public var warn: (String) -> Void = { _ in }

  public init(output: Output, errorOutput: Output, arguments: [String], engine: EngineKind) {
    self.output = output
    self.errorOutput = errorOutput
    self.arguments = arguments
    self.engine = engine
  }
}

/// Which of the two engines runs a program.
public enum EngineKind: String, Sendable, CaseIterable {
  case interpret, compile
}
