import SwaleEngine

/// How a table comes about: one verb and the tables it works on, which have plans of their own.
///
/// A plan says what is to be done and nothing of how, so that others than `TableValue` may run it.
/// Its row expressions are functions that say of themselves which columns they read (`RowShape`).
public indirect enum Plan {
  /// Rows that are there already.
  case rows(Batch)
  /// The rows of a file.
  case scan(any TableSource)
  /// The rows for which the condition holds.
  case filter(TableValue, FunctionValue)
  /// All columns and some more, computed in order; later ones see earlier ones.
  case derive(TableValue, [NamedExpression])
  /// Columns that are computed or taken over, each under its name.
  case project(TableValue, [NamedColumn])
  /// The rows in the order of the keys, the first key first; stable. Where there are groups each is sorted
  /// on its own, group after group.
  case sort(TableValue, [SortKey], by: [NamedExpression])
  /// The rows from `skip` on, `take` of them at most; of each group, group after group, where there
  /// are keys.
  case slice(TableValue, skip: Int, take: Int?, by: [NamedExpression])
  /// The first row of all that have equal keys; without keys all columns are.
  case distinct(TableValue, [FunctionValue])
  /// One row for each group of rows with equal keys: the keys and what the aggregates give for the group.
  case aggregate(TableValue, by: [NamedExpression], [NamedExpression])
  /// All columns and some more, each row's made of what it is among those of its group; later ones see earlier
  /// ones. The groups have their rows in the order of the keys, and the result has them in that of the input.
  case window(TableValue, [NamedExpression], by: [NamedExpression], order: [SortKey])
  /// A row for each item of the lists in the columns, one of each column.
  case explode(TableValue, [String])
  /// A row for each of the columns in each row: its name and its item.
  case unpivot(TableValue, [String], name: String, value: String)
  /// A column for each different name of cells, of which the table has one in each row.
  case pivot(TableValue, PivotShape)
  /// So many rows at random, of each group where there are keys.
  case sample(TableValue, Int, seed: Int, by: [NamedExpression])
  case join(TableValue, TableValue, JoinCondition)
  /// The rows of both, columns matched by name.
  case append(TableValue, TableValue)

  /// A column of a projection.
  public enum NamedColumn {
    /// A column as it is, under a name.
    case column(String, as: String)
    case computed(NamedExpression)

    public var name: String {
      switch self {
      case .column(_, let name): name
      case .computed(let expression): expression.name
      }
    }
  }

  public struct SortKey {
    public let function: FunctionValue
    public let isDescending: Bool

    init(_ function: FunctionValue, isDescending: Bool) {
      self.function = function
      self.isDescending = isDescending
    }

    /// Takes `desc(x)` apart.
    public init(_ function: FunctionValue) {
      if case .descending(let inner) = function.rowShape {
        self.function = inner
        isDescending = true
      } else {
        self.function = function
        isDescending = false
      }
    }
  }

  public struct JoinCondition {
    public enum Kind: String, CaseIterable, Sendable { case inner, left, right, full, semi, anti }
    public let kind: Kind
    /// The columns that must be equal, of the left and of the right table.
    public let keys: [(left: String, right: String)]
    /// The other columns of the right table that the result has, and their names in it.
    let rightColumns: [(name: String, as: String)]
  }

  /// The tables that the plan works on.
  public var inputs: [TableValue] {
    switch self {
    case .rows, .scan: []
    case .filter(let input, _), .derive(let input, _), .project(let input, _), .sort(let input, _, _),
      .slice(let input, _, _, _), .distinct(let input, _), .aggregate(let input, _, _),
      .window(let input, _, _, _), .explode(let input, _), .unpivot(let input, _, _, _),
      .pivot(let input, _), .sample(let input, _, _, _):
      [input]
    case .join(let left, let right, _), .append(let left, let right): [left, right]
    }
  }

  /// The verb's name.
  public var name: String {
    switch self {
    case .rows: "rows"
    case .scan: "scan"
    case .filter: "where"
    case .derive: "derive"
    case .project: "select"
    case .sort: "sort"
    case .slice: "take"
    case .distinct: "distinct"
    case .aggregate: "summarize"
    case .window: "window"
    case .explode: "explode"
    case .unpivot: "unpivot"
    case .pivot: "pivot"
    case .sample: "sample"
    case .join: "join"
    case .append: "append"
    }
  }
}
