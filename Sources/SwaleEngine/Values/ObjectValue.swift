/// The base of the value types that are classes of their own: bytes, set, range, error, cell, and
/// column and table in the module above.
///
/// All but those with identity are immutable to whoever shares them.
open class ObjectValue {
  public init() {}

  open var type: TypeSet { .any }

  /// Deep equality; both are of the same type.
  open func isEqual(to other: ObjectValue) -> Bool { self === other }

  /// Returns a hash that agrees with `isEqual`; raises `type` where such a value cannot be a key.
  open func hash() throws -> Int {
    throw SwaleError(.type, "\(TypeSet.withArticle(type.name)) cannot be a key")
  }

  /// Returns a negative, zero or positive number as self stands before, at or behind the other,
  /// which is of the same type; nil where the type has no order.
  open func compare(to other: ObjectValue) -> Int? { nil }

  /// Writes the display form; `isDisplay` is false for what `print` and `str` give.
  open func write(to writer: inout ValueWriter, isDisplay: Bool) { writer.write("<\(type.name)>") }

  /// The number of items; nil where the type has none.
  open func count(_ context: Context) throws -> Int? { nil }

  /// Returns an iterator over the items, nil where the type cannot be iterated.
  open func makeIterator(_ context: Context) throws -> ValueIterator? { nil }

  /// Returns `self[index]`; nil where the type cannot be indexed.
  open func item(_ index: Value, _ context: Context) throws -> Value? { nil }

  /// Returns the member of a name; nil where there is none.
  open func member(_ name: Text, _ context: Context) throws -> Value? { nil }

  /// The names of the members, for completion and suggestions.
  open var memberNames: [String] { [] }

  /// The values inside that may hold functions.
  open var heldValues: [Value] { [] }

  /// True if `item in self`; nil where the type has no items.
  open func contains(_ item: Value, _ context: Context) throws -> Bool? { nil }

  /// Returns `left op right` where one of both is this object; nil where the type has no such
  /// operation. Columns work elementwise.
  open func operate(_ operation: Operation, _ left: Value, _ right: Value, _ context: Context) throws
    -> Value?
  { nil }
}

/// Binary and unary operations that values define.
public enum Operation: String, Sendable {
  case add = "+", subtract = "-", multiply = "*", divide = "/", floorDivide = "//"
  case remainder = "%", power = "**"
  case equal = "==", notEqual = "!=", less = "<", lessEqual = "<=", greater = ">"
  case greaterEqual = ">="
  /// `left ?? right`: elementwise where the left side is a column.
  case coalesce = "??"
  case negate = "-x", not = "not", and = "and", or = "or"
}

/// Steps over the items of a value; a `for` loop holds one.
open class ValueIterator {
  public init() {}
  /// Returns the next item, nil at the end.
  open func next(_ context: Context) throws -> Value? { nil }
}
