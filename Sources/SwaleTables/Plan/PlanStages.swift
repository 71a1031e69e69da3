import SwaleEngine

/// A plan as a person reads it: what `explain` and `profile` show.
struct PlanStages {
  /// One verb with what it works on.
  private struct Stage {
    let table: TableValue
    let depth: Int
    let text: String
    var notes: [String]
  }

  private var stages: [Stage] = []
  private let engine: EngineKind

  /// Takes down the plan of a table as it is now: running it replaces it by its rows.
  init(_ table: TableValue, _ context: Context) {
    engine = context.runtime.engine
    var needed: [ObjectIdentifier: Set<String>] = [:]
    table.forEachScan(needing: Set(table.columnNames)) { _, source, names in
      needed[ObjectIdentifier(source), default: []].formUnion(names)
    }
    add(table, above: nil, depth: 0, needed)
  }

  /// Each table of the plan, also those that several verbs work on.
  var tables: [TableValue] { stages.map(\.table) }

  private mutating func add(
    _ table: TableValue, above: Plan?, depth: Int, _ needed: [ObjectIdentifier: Set<String>]
  ) {
    let plan = table.plan
    let index = stages.count
    let isTaken = above.map { notes($0).contains(PlanStages.withoutSorting) } ?? false
    stages.append(
      Stage(table: table, depth: depth, text: text(plan), notes: isTaken ? [] : notes(plan)))
    if case .scan(let source) = plan {
      let names = source.columnNames.filter { needed[ObjectIdentifier(source)]?.contains($0) ?? false }
      stages[index].notes = [
        "reads \(names.count) of \(source.columnNames.count) columns"
          + (names.isEmpty || names.count == source.columnNames.count
            ? "" : ": \(names.joined(separator: ", "))")
      ]
      if source.readsBeginning { stages[index].notes.append("only as many rows as are needed") }
    }
    for input in plan.inputs { add(input, above: plan, depth: depth + 1, needed) }
  }

  // MARK: What a verb does

  private func text(_ plan: Plan) -> String {
    let arguments: [String]
    switch plan {
    case .rows(let batch): arguments = ["\(batch.count) in memory"]
    case .scan(let source): arguments = [source.name]
    case .filter(_, let condition): arguments = [source(condition)]
    case .derive(_, let expressions): arguments = expressions.map(named)
    case .project(_, let columns):
      arguments = columns.map { column in
        switch column {
        case .column(let name, let new): name == new ? ".\(name)" : "\(new): .\(name)"
        case .computed(let expression): named(expression)
        }
      }
    case .sort(_, let keys, let groups): arguments = keys.map(sortKey) + by(groups)
    case .slice(_, let skip, let take, let groups):
      arguments = (take.map { ["\($0)"] } ?? []) + (skip > 0 ? ["skip \(skip)"] : []) + by(groups)
    case .distinct(_, let keys): arguments = keys.map(source)
    case .aggregate(_, let keys, let aggregates): arguments = aggregates.map(named) + by(keys)
    case .window(_, let expressions, let keys, let order):
      arguments =
        expressions.map(named) + by(keys)
        + (order.isEmpty ? [] : ["order: \(list(order.map(sortKey)))"])
    case .explode(_, let fields): arguments = fields.map { ".\($0)" }
    case .unpivot(_, let fields, let name, let value):
      arguments = [list(fields.map { ".\($0)" }), "name: \"\(name)\"", "value: \"\(value)\""]
    case .pivot(_, let shape): arguments = by(shape.keys.map { ".\($0)" })
    case .sample(_, let count, let seed, let groups): arguments = ["\(count)", "seed: \(seed)"] + by(groups)
    case .join(_, _, let condition):
      arguments = [
        "on: "
          + list(condition.keys.map { $0.left == $0.right ? ".\($0.left)" : "\($0.left) = \($0.right)" }),
        "kind: \"\(condition.kind.rawValue)\"",
      ]
    case .append: arguments = []
    }
    return ([plan.name] + (arguments.isEmpty ? [] : [arguments.joined(separator: ", ")]))
      .joined(separator: " ")
  }

  private func named(_ expression: NamedExpression) -> String {
    "\(expression.name): \(source(expression.function))"
  }

  private func sortKey(_ key: Plan.SortKey) -> String {
    key.isDescending ? "desc(\(source(key.function)))" : source(key.function)
  }

  private func by(_ keys: [NamedExpression]) -> [String] {
    by(
      keys.map { key in
        if case .field(let name) = key.function.rowShape, name == key.name { return ".\(name)" }
        return named(key)
      })
  }

  private func by(_ keys: [String]) -> [String] { keys.isEmpty ? [] : ["by: \(list(keys))"] }

  private func list(_ items: [String]) -> String {
    items.count == 1 ? items[0] : "[\(items.joined(separator: ", "))]"
  }

  /// The text of a function as it was written, cut where it is long.
  private func source(_ function: FunctionValue) -> String {
    if case .field(let name) = function.rowShape { return ".\(name)" }
    if let constant = function as? ConstantFunction { return constant.value.displayString }
    let text = (function.sourceText ?? function.name).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    return text.count <= 60 ? text : text.prefix(59) + "…"
  }

  // MARK: How it does it

  private func notes(_ plan: Plan) -> [String] {
    switch plan {
    case .rows, .scan: []
    case .filter(_, let condition): [ofRows(condition, needsGroup: false)]
    case .derive(_, let expressions): ofRows(expressions.map(\.function))
    case .project(_, let columns):
      ofRows(columns.compactMap { if case .computed(let new) = $0 { new.function } else { nil } })
    case .sort(_, let keys, _): ofRows(keys.map(\.function)) + ["needs all rows"]
    case .slice(let input, let skip, let take, let groups):
      ofSlice(input, skip, take, isGrouped: !groups.isEmpty)
    case .distinct(_, let keys): ofRows(keys) + ["needs all rows"]
    case .aggregate(_, let keys, let aggregates):
      ofRows(keys.map(\.function)) + aggregates.map { ofRows($0.function, needsGroup: true) }.unique
        + ["needs all rows"]
    case .window: ["needs all rows"]
    case .explode, .unpivot, .append: []
    case .pivot, .sample: ["needs all rows"]
    case .join(_, _, let condition):
      ["looks up the \(condition.kind == .right ? "right" : "left") rows in the other table"]
    }
  }

  private static let withoutSorting = "finds these without sorting all"

  private func ofSlice(_ input: TableValue, _ skip: Int, _ take: Int?, isGrouped: Bool) -> [String] {
    guard case .sort = input.plan, let take else { return isGrouped ? ["needs all rows"] : [] }
    if isGrouped, skip + take > TopRows.groupLimit { return ["needs all rows"] }
    return [PlanStages.withoutSorting]
  }

  private func ofRows(_ functions: [FunctionValue]) -> [String] {
    functions.map { ofRows($0, needsGroup: false) }.filter { !$0.isEmpty }.unique
  }

  private func ofRows(_ function: FunctionValue, needsGroup: Bool) -> String {
    if case .field = function.rowShape { return "" }
    if function is ConstantFunction { return "constant" }
    if let formula = function.formula, !needsGroup || formula.isOfGroup { return "vectorised" }
    let way = engine == .compile ? "compiled" : "interpreted"
    return "\(way), a call for each \(needsGroup ? "group" : "row"): \(function.formulaObstacle)"
  }

  // MARK: Layout

  /// Returns a line for each stage, what is done last on top; with a meter what it took as well.
  func text(_ meter: TableMeter? = nil) -> String {
    let lines = stages.map { stage in
      (stage.depth == 0 ? "" : String(repeating: "  ", count: stage.depth - 1) + "└ ") + stage.text
    }
    let width = min(70, lines.map(\.count).max() ?? 0)
    return zip(lines, stages).map { line, stage in
      var notes = stage.notes.filter { !$0.isEmpty }
      if let meter { notes.insert(meter.text(of: stage.table), at: 0) }
      if notes.isEmpty { return line }
      return line + String(repeating: " ", count: max(0, width - line.count)) + "  "
        + notes.joined(separator: "; ")
    }.joined(separator: "\n")
  }
}

extension [String] {
  /// The strings without those that were there before.
  fileprivate var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
