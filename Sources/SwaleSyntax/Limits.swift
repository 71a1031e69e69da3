/// How far a program may nest, so that nothing that walks its tree runs out of stack.
public enum Limits {
  /// The most brackets, blocks, lambdas and patterns inside one another.
  ///
  /// The parser takes up to 10 KB of stack a level in a debug build, 4 KB in a release build.
  public static let nesting = 500
  /// The height of the highest tree: bounds chains such as `1 + 1 + 1` and `x | f | f` as well.
  public static let height = 2_000
  /// The most problems of one text that are reported.
  public static let problems = 20
}
