extension Builtins {
  /// One list of declarations for each file of builtins.
  static var families: [[Builtin]] {
    []
  }
}
