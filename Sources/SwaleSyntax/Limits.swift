/// How far a program may nest, so that nothing that walks its tree runs out of stack.
public enum Limits {
  /// The most brackets, blocks, lambdas and patterns inside one another.
  public static let nesting = 1_000
  /// The height of the highest tree: bounds chains such as `1 + 1 + 1` and `x | f | f` as well.
  public static let height = 10_000
}
