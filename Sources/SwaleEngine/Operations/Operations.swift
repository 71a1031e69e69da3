import SwaleSyntax

/// What the operators, indexes and members of the language do to values: one definition for both
/// engines, the builtins and the tables.
///
/// The compiler has forms of its own for common operand types; all else, and every error, comes
/// from here. Errors carry no place: the expression that asked adds where it stands.
public enum Operations {
  /// Returns `left op right` for each operation of two operands.
  public static func binary(_ operation: Operation, _ l: Value, _ r: Value, _ c: Context) throws -> Value {
    switch operation {
    case .add: try add(l, r, c)
    case .subtract: try subtract(l, r, c)
    case .multiply: try multiply(l, r, c)
    case .divide: try divide(l, r, c)
    case .floorDivide: try floorDivide(l, r, c)
    case .remainder: try remainder(l, r, c)
    case .power: try power(l, r, c)
    case .equal: try equal(l, r, c)
    case .notEqual: try notEqual(l, r, c)
    case .less, .lessEqual, .greater, .greaterEqual: try order(operation, l, r, c)
    case .and, .or: try logic(operation, l, r, c)
    case .coalesce: try coalesce(l, r, c)
    case .negate, .not: unreachable("\(operation) has one operand")
    }
  }

  /// Returns the result that an object, such as a column, defines for an operation; nil without one.
  @inline(never)
  static func operate(_ operation: Operation, _ l: Value, _ r: Value, _ c: Context) throws -> Value? {
    if case .object(let object) = l, let result = try object.operate(operation, l, r, c) { return result }
    if case .object(let object) = r, let result = try object.operate(operation, l, r, c) { return result }
    return nil
  }

  /// True where a condition holds: null counts as false; raises `type` for all but bools.
  @inlinable public static func isTrue(_ value: Value) throws -> Bool {
    switch value {
    case .bool(let truth): return truth
    case .null: return false
    default: throw notCondition(value)
    }
  }

  @usableFromInline @inline(never) static func notCondition(_ value: Value) -> SwaleError {
    let hint: String? =
      switch value.type {
      case .int, .float: "compare it, as in `x != 0`"
      case .string, .list, .record, .set, .bytes: "ask for its length, as in `len(x) > 0`, or `x != null`"
      case .column: "any(column) and all(column) make one bool of it"
      case .function: "call it: `f(...)`"
      default: "compare it, as in `x != null`"
      }
    return SwaleError(.type, "a condition must be a bool, not \(value.typeNameWithArticle)", hint: hint)
  }

  /// Returns the hint "did you mean ...?" where one of the candidates resembles a name.
  public static func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
    closestName(to: name, among: candidates).map { "did you mean \($0)?" }
  }

  // MARK: Errors of operators

  @inline(never) static func overflow(_ operation: Operation, _ l: Value, _ r: Value) -> SwaleError {
    let type = operation == .power ? "int" : l.type == .int && r.type != .int ? r.typeName : l.typeName
    let hint: String? =
      switch type {
      case "int": "an int has 64 bits; make one side a float for a larger, rounded result"
      case "duration": "durations count nanoseconds in 64 bits: up to about 292 years"
      case "datetime": "datetimes count nanoseconds in 64 bits: from 1677-09-21 to 2262-04-11"
      case "date": "dates go from 0000-01-01 to 9999-12-31"
      default: nil
      }
    return SwaleError(
      .overflow,
      "\(l.displayString) \(operation.rawValue) \(r.displayString) is too large for \(TypeSet.withArticle(type))",
      hint: hint)
  }

  @inline(never) static func zeroDivision(_ operation: Operation, _ l: Value) -> SwaleError {
    let what = l.type == .int || l.type == .duration ? " \(l.displayString)" : ""
    return SwaleError(
      .zeroDivision, "cannot divide\(what) by zero", hint: "test the divisor first, as in `if n == 0 { ... }`"
    )
  }

  /// Raised where an operation is not defined for the types of its operands.
  @inline(never) static func undefined(_ operation: Operation, _ l: Value, _ r: Value) -> SwaleError {
    SwaleError(
      .type,
      "`\(operation.rawValue)` is not defined for \(l.typeNameWithArticle) and \(r.typeNameWithArticle)",
      hint: undefinedHint(operation, l, r))
  }

  private static func undefinedHint(_ operation: Operation, _ l: Value, _ r: Value) -> String? {
    let types = l.type.union(r.type)
    if operation == .add {
      if types.contains(.string) {
        return types.isDisjoint(with: .number)
          ? "str(x) makes a string of any value; \"{x}\" puts it into a text"
          : "str(x) makes a string of a number, int(text) a number of a string; \"{x}\" puts it into a text"
      }
      if l.type == .list { return "[...xs, x] appends one item, xs.push(x) in place; list(x) makes a list" }
      if types.contains(.record) { return "{...a, ...b} joins records" }
      if types.contains(.set) { return "union(a, b) joins sets" }
      if types.contains(.date), types.contains(.int) || types.contains(.dateTime) {
        return "add a duration, such as 1d; add_months(date, n) counts months"
      }
    }
    if operation == .subtract {
      if types == .set { return "minus(a, b) takes the items of one set from another" }
      if types.contains(.list) { return "xs | where not (. in ys) leaves items out" }
      if types.contains(.record) { return "without(record, key) leaves a key out" }
      if types.contains(.date), types.contains(.int) { return "subtract a duration, such as 1d" }
    }
    if types.contains(.string), !types.isDisjoint(with: .number) {
      return "int(text) and float(text) read a number"
    }
    if types == .string, operation == .remainder { return "format with \"{x:.2f}\"" }
    if types.contains(.list), !types.isDisjoint(with: .number) {
      return
        "xs | map . \(operation.rawValue) 2 works on each item; column(xs) makes a column, which works elementwise"
    }
    if types.contains(.bool) { return "int(b) makes 1 of true and 0 of false" }
    return nil
  }
}
