/// A message about a program, for a person: what is wrong, where, why and what to do.
public struct Diagnostic: Error, Sendable {
  public enum Severity: String, Sendable { case error, warning }

  /// A further place that explains the first, such as an earlier declaration.
  public struct Note: Sendable {
    public let message: String
    public let location: Location?
    public init(_ message: String, _ location: Location? = nil) {
      self.message = message
      self.location = location
    }
  }

  public var severity: Severity
  public var kind: ErrorKind
  public var message: String
  public var location: Location?
  /// What to do about it, such as "did you mean `count`?"; nil where nothing helpful is known.
  public var hint: String?
  public var notes: [Note]
  /// True where more text could make the program valid: the prompt then asks for another line.
  public var isIncomplete: Bool

  public init(
    _ kind: ErrorKind, _ message: String, at location: Location?, hint: String? = nil,
    notes: [Note] = [], severity: Severity = .error, isIncomplete: Bool = false
  ) {
    self.kind = kind
    self.message = message
    self.location = location
    self.hint = hint
    self.notes = notes
    self.severity = severity
    self.isIncomplete = isIncomplete
  }
}
