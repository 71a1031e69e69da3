/// How far a program may nest, so that nothing that walks its tree runs out of stack.
public enum Limits {
  /// The most brackets, blocks, lambdas and patterns inside one another; a level takes up to 10 KB of stack in a debug build.
  public static let nesting = 500
  /// The height of the highest tree: bounds chains such as `1 + 1 + 1` and `x | f | f` as well.
  public static let height = 2_000
}
