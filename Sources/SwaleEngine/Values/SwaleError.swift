import SwaleSyntax

/// An error raised while a program runs.
///
/// Operations raise it without a place; the expression that called them adds where it stands.
///
/// One task raises and handles an error; what it adds on the way is not shared.
public final class SwaleError: Error, @unchecked Sendable {
  public let kind: ErrorKind
  public let message: String
  public var hint: String?
  /// What `fail {..}` was given beside kind and message; null otherwise.
  public let data: Value
  public internal(set) var location: Location?
  /// The calls that were running, innermost first: the function's name and where it was called.
  public internal(set) var trace: [(function: String, location: Location)] = []
  /// Further places that explain it.
  public internal(set) var notes: [Diagnostic.Note] = []

  public init(
    _ kind: ErrorKind, _ message: String, hint: String? = nil, data: Value = .null,
    at location: Location? = nil
  ) {
    self.kind = kind
    self.message = message
    self.hint = hint
    self.data = data
    self.location = location
  }

  public var diagnostic: Diagnostic {
    Diagnostic(kind, message, at: location, hint: hint, notes: notes)
  }

  /// Returns an error that says the same, for another task to raise.
  func copy() -> SwaleError {
    let copy = SwaleError(kind, message, hint: hint, data: data, at: location)
    copy.trace = trace
    copy.notes = notes
    return copy
  }
}

/// What ends a program from inside, past any `catch`: `exit(n)` and an interrupt.
public enum ProgramExit: Error {
  case exit(Int32)
  case interrupted
}
