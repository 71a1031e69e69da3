/// What a piece of a program is for the eye.
public enum TokenClass: String, Sendable, CaseIterable {
  case keyword, number, string, comment, name, `operator`
  /// `.name` or a bare `.` where it speaks of the current item.
  case itemDot
  /// The braces and the format of an interpolation.
  case interpolation
  /// What is no part of the language.
  case invalid
}
