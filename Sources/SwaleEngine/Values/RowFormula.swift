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
  /// An aggregate of an expression over all rows, or of the rows themselves: `sum(.x)`, `count()`. For a group
  /// it is one value, for a single row it has no meaning.
  case aggregate(String, RowFormula?)
  /// A function of single values that works elementwise on columns.
  case call(Builtin, [(label: String?, argument: RowFormula)])

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
    case .conditional, .text, .aggregate: false
    case .call(_, let arguments): arguments.allSatisfy(\.argument.isElementwise)
    }
  }

  /// True if it speaks of the rows in aggregates only, so that it gives one value for a group.
  public var isOfGroup: Bool {
    switch self {
    case .field: false
    case .constant, .aggregate: true
    case .unary(_, let operand): operand.isOfGroup
    case .binary(_, let left, let right): left.isOfGroup && right.isOfGroup
    case .conditional(let condition, let then, let otherwise):
      condition.isOfGroup && then.isOfGroup && otherwise.isOfGroup
    case .text(let parts):
      parts.allSatisfy { if case .value(let formula, _) = $0 { formula.isOfGroup } else { true } }
    case .call(_, let arguments): arguments.allSatisfy(\.argument.isOfGroup)
    }
  }

  private func collectFields(_ names: inout [String]) {
    switch self {
    case .field(let name): if !names.contains(name) { names.append(name) }
    case .constant, .aggregate(_, nil): return
    case .unary(_, let operand), .aggregate(_, .some(let operand)): operand.collectFields(&names)
    case .binary(_, let left, let right):
      left.collectFields(&names)
      right.collectFields(&names)
    case .conditional(let condition, let then, let otherwise):
      for part in [condition, then, otherwise] { part.collectFields(&names) }
    case .text(let parts):
      for case .value(let formula, _) in parts { formula.collectFields(&names) }
    case .call(_, let arguments):
      for part in arguments { part.argument.collectFields(&names) }
    }
  }
}
