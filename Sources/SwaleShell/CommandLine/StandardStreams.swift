import Glibc

/// The descriptors and the environment that a run of the shell works with.
public struct StandardStreams: Sendable {
  public var input: Int32
  public var output: Int32
  public var error: Int32
  /// Looks up a variable of the environment.
  public var environment: @Sendable (String) -> String?

  public init(
    input: Int32, output: Int32, error: Int32, environment: @escaping @Sendable (String) -> String?
  ) {
    self.input = input
    self.output = output
    self.error = error
    self.environment = environment
  }

  /// Those of the process.
  public static let process = StandardStreams(input: 0, output: 1, error: 2) { name in
    getenv(name).map { String(cString: $0) }
  }

  /// True if colours are wanted on a descriptor.
  func isColored(_ descriptor: Int32, _ choice: ColorChoice) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      if let value = environment("NO_COLOR"), !value.isEmpty { return false }
      return Descriptor.isTerminal(descriptor) && environment("TERM") != "dumb"
    }
  }

  /// True if a person types and sees: both ends are a terminal that can be drawn on.
  var isInteractive: Bool {
    guard Descriptor.isTerminal(input), Descriptor.isTerminal(output) else { return false }
    guard let terminal = environment("TERM") else { return false }
    return !["", "dumb", "unknown", "emacs"].contains(terminal)
  }
}
