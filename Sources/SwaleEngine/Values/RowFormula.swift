import SwaleSyntax

/// A row expression as a formula, which may be computed for whole columns as well as row by row.
///
/// Its parts have no effect but their values, and all of them may be computed for every row, also those that
/// `and`, `or`, `??` and `if` would leave out for some. Where that raises an error, the function itself, called
/// for each row, says whether there is one and where.
public indirect enum RowFormula {
  case field(String)
  /// A scalar: written in the expression, or a variable from outside of it.
  case constant(Value)
  case unary(Operation, RowFormula)
  /// Arithmetic, a comparison, `and`, `or` or `??`.
  case binary(Operation, RowFormula, RowFormula)
  case conditional(RowFormula, then: RowFormula, otherwise: RowFormula)
  /// A string with values in it, some of them formatted.
  case text([TextPart])
  /// An aggregate of expressions over all rows, or, without any, of the rows themselves: `sum(.x)`,
  /// `corr(.x, .y)`, `count()`. For a group it is one value, for a single row it has no meaning.
  case aggregate(String, [RowFormula])
  /// A function that looks at each row among those of its group, `lag(.x)`; without arguments of the rows
  /// themselves, `row_number()`.
  case window(String, [(label: String?, argument: RowFormula)], isDescending: Bool)
  /// A function of single values that works elementwise on columns.
  case call(Builtin, [(label: String?, argument: RowFormula)])

  /// A function that means something else for a column than for its items, such as `len`, of the items.
  case itemCall(BuiltinFunction, [(label: String?, argument: RowFormula)])
  /// A member of a record in a column; with `?.` null where it is not there.
  case member(RowFormula, Text, isOptional: Bool)

  public enum TextPart {
    case text(Text)
    case value(RowFormula, FormatSpecification?)
  }

  /// The fields that it reads, each once.
  public var fields: [String] {
    var names: [String] = []
    collectFields(&names)
    return names
  }

  /// True if it means for columns what it means for each of their items: `if` and strings look at a column as one
  /// value.
  public var isElementwise: Bool {
    switch self {
    case .field, .constant: true
    case .unary(_, let operand): operand.isElementwise
    case .binary(_, let left, let right): left.isElementwise && right.isElementwise
    case .conditional, .text, .aggregate, .window, .itemCall: false
    case .member(let base, _, _): base.isElementwise
    case .call(_, let arguments): arguments.allSatisfy(\.argument.isElementwise)
    }
  }

  /// True if it speaks of the rows in aggregates only, so that it gives one value for a group.
  public var isOfGroup: Bool {
    switch self {
    case .field, .window: false
    case .constant, .aggregate: true
    case .unary(_, let operand): operand.isOfGroup
    case .binary(_, let left, let right): left.isOfGroup && right.isOfGroup
    case .conditional(let condition, let then, let otherwise):
      condition.isOfGroup && then.isOfGroup && otherwise.isOfGroup
    case .text(let parts):
      parts.allSatisfy { if case .value(let formula, _) = $0 { formula.isOfGroup } else { true } }
    case .call(_, let arguments), .itemCall(_, let arguments): arguments.allSatisfy(\.argument.isOfGroup)
    case .member(let base, _, _): base.isOfGroup
    }
  }

  /// True if it means for the columns of many groups, one behind the other, what it means for those of each:
  /// `if` and strings look at a column as one value.
  public var isOfRowsInGroups: Bool {
    switch self {
    case .field, .constant: true
    case .unary(_, let operand): operand.isOfRowsInGroups
    case .binary(_, let left, let right): left.isOfRowsInGroups && right.isOfRowsInGroups
    case .conditional(let condition, let then, let otherwise):
      condition.isOfGroup && condition.isOfRowsInGroups && then.isOfRowsInGroups
        && otherwise.isOfRowsInGroups
    case .text, .itemCall: isOfGroup
    case .member(let base, _, _): base.isOfRowsInGroups
    case .aggregate(_, let arguments): arguments.allSatisfy(\.isOfRowsInGroups)
    case .window(_, let arguments, _), .call(_, let arguments):
      arguments.allSatisfy(\.argument.isOfRowsInGroups)
    }
  }

  /// True if it looks at the places of rows in their group, and not only at figures of all of them.
  public var hasWindow: Bool {
    switch self {
    case .window: true
    case .field, .constant: false
    case .unary(_, let operand), .member(let operand, _, _): operand.hasWindow
    case .binary(_, let left, let right): left.hasWindow || right.hasWindow
    case .conditional(let condition, let then, let otherwise):
      condition.hasWindow || then.hasWindow || otherwise.hasWindow
    case .text(let parts):
      parts.contains { if case .value(let formula, _) = $0 { formula.hasWindow } else { false } }
    case .aggregate(_, let arguments): arguments.contains(where: \.hasWindow)
    case .call(_, let arguments), .itemCall(_, let arguments): arguments.contains(where: \.argument.hasWindow)
    }
  }

  private func collectFields(_ names: inout [String]) {
    switch self {
    case .field(let name): if !names.contains(name) { names.append(name) }
    case .constant: return
    case .unary(_, let operand), .member(let operand, _, _): operand.collectFields(&names)
    case .aggregate(_, let arguments):
      for part in arguments { part.collectFields(&names) }
    case .binary(_, let left, let right):
      left.collectFields(&names)
      right.collectFields(&names)
    case .conditional(let condition, let then, let otherwise):
      for part in [condition, then, otherwise] { part.collectFields(&names) }
    case .text(let parts):
      for case .value(let formula, _) in parts { formula.collectFields(&names) }
    case .call(_, let arguments), .itemCall(_, let arguments), .window(_, let arguments, _):
      for part in arguments { part.argument.collectFields(&names) }
    }
  }
}
