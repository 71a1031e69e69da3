import SwaleEngine

/// The verbs, as functions that put one upon the plan of a table.
///
/// What can be said without reading a row is checked here: that columns exist and names are distinct.
struct TableVerbs {
  let table: TableValue
  let context: Context

  init(_ table: TableValue, _ context: Context) {
    self.table = table
    self.context = context
  }

  private var names: [String] { table.columnNames }

  private func make(_ plan: Plan, _ names: [String]) throws -> TableValue {
    try TableValue(plan, names, context)
  }

  func check(_ functions: some Sequence<FunctionValue>) throws {
    for function in functions { try RowExpression.check(function, in: names) }
  }

  func checkNames(_ wanted: [String]) throws {
    for name in wanted where !names.contains(name) { throw RowExpression.missingColumn(name, in: names) }
  }

  // MARK: Columns

  func select(_ values: [Value], _ named: RecordStorage) throws -> TableValue {
    var columns: [Plan.NamedColumn] = []
    for value in values {
      if case .function(let function) = value, case .record(let parts) = function.rowShape {
        columns += parts.map { column(NamedExpression($0.0, $0.1)) }
      } else {
        let hint = "a column that is computed needs a name: select total: .price * .qty"
        columns += try VerbArguments.fields(value, of: "select", hint: hint).map { .column($0, as: $0) }
      }
    }
    columns += VerbArguments.named(named).map(column)
    if columns.isEmpty {
      throw SwaleError(.value, "select needs at least one column", hint: "select .a, total: .b * 2")
    }
    for column in columns {
      switch column {
      case .column(let name, _): try checkNames([name])
      case .computed(let expression): try check([expression.function])
      }
    }
    try VerbArguments.checkDistinct(columns.map(\.name), of: "select")
    return try make(.project(table, columns), columns.map(\.name))
  }

  private func column(_ expression: NamedExpression) -> Plan.NamedColumn {
    if case .field(let name) = expression.function.rowShape { return .column(name, as: expression.name) }
    return .computed(expression)
  }

  func drop(_ values: [Value]) throws -> TableValue {
    let dropped = try VerbArguments.fields(values, of: "drop", hint: "drop .a, .b")
    try checkNames(dropped)
    let kept = names.filter { !dropped.contains($0) }
    return try make(.project(table, kept.map { .column($0, as: $0) }), kept)
  }

  func rename(_ record: RecordStorage) throws -> TableValue {
    var changes: [(old: String, new: String)] = []
    try record.forEach { key, value in
      let old = try VerbArguments.fields(value, of: "rename", hint: "rename new_name: .old_name")
      guard old.count == 1 else {
        throw SwaleError(
          .type, "rename takes one column for each new name", hint: "rename new_name: .old_name")
      }
      changes.append((old[0], key.printString))
    }
    if changes.isEmpty {
      throw SwaleError(.value, "rename needs at least one new name", hint: "rename new_name: .old_name")
    }
    try checkNames(changes.map(\.old))
    let renamed = names.map { name in changes.first { $0.old == name }?.new ?? name }
    try VerbArguments.checkDistinct(renamed, of: "rename")
    return try make(.project(table, zip(names, renamed).map { .column($0, as: $1) }), renamed)
  }

  func derive(_ record: RecordStorage) throws -> TableValue {
    let (columns, workers) = try Workers.count(in: record)
    let expressions = try VerbArguments.named(columns).map {
      NamedExpression($0.name, try SharedFunction.of($0.function, "derive", workers: workers, context))
    }
    var visible = names
    for expression in expressions {
      try RowExpression.check(expression.function, in: visible)
      if !visible.contains(expression.name) { visible.append(expression.name) }
    }
    if expressions.isEmpty { return table }
    return try make(.derive(table, expressions), visible)
  }

  // MARK: Rows

  func filter(_ condition: Value, workers: Int? = nil) throws -> TableValue {
    let function = try SharedFunction.of(
      VerbArguments.function(condition), "where", workers: workers, context)
    try check([function])
    return try make(.filter(table, function), names)
  }

  func sort(_ values: [Value], by groups: Value) throws -> TableValue {
    var keys: [Plan.SortKey] = []
    var isDescending = false
    for value in values {
      if case .function(let function) = value, (function as? BuiltinFunction)?.name == "desc" {
        isDescending = true
      } else {
        keys += try VerbArguments.functions([value], of: "sort").map { Plan.SortKey($0) }
      }
    }
    if isDescending { keys += names.map { Plan.SortKey(FieldFunction($0), isDescending: true) } }
    try check(keys.map(\.function))
    let groupKeys = try VerbArguments.keys(groups, of: "sort")
    try check(groupKeys.map(\.function))
    return try make(.sort(table, keys, by: groupKeys), names)
  }

  func slice(skip: Int, take: Int?, by groups: Value, of verb: String) throws -> TableValue {
    let keys = try VerbArguments.keys(groups, of: verb)
    try check(keys.map(\.function))
    let input = keys.isEmpty ? try take.flatMap { try table.limited(to: skip, $0, context) } : nil
    return try make(.slice(input ?? table, skip: skip, take: take, by: keys), names)
  }

  func distinct(_ values: [Value]) throws -> TableValue {
    let keys = try VerbArguments.functions(values, of: "distinct")
    try check(keys)
    return try make(.distinct(table, keys), names)
  }

  // MARK: Groups

  func summarize(_ record: RecordStorage, by: Value) throws -> TableValue {
    let aggregates = VerbArguments.named(record)
    let keys = try VerbArguments.keys(by, of: "summarize")
    if aggregates.isEmpty && keys.isEmpty {
      throw SwaleError(
        .value, "summarize needs an aggregate or a key", hint: "summarize total: sum(.price), by: .region")
    }
    let all = keys.map(\.name) + aggregates.map(\.name)
    try check((keys + aggregates).map(\.function))
    try VerbArguments.checkDistinct(all, of: "summarize")
    return try make(.aggregate(table, by: keys, aggregates), all)
  }

  func tally(_ values: [Value]) throws -> TableValue {
    if values.isEmpty {
      throw SwaleError(.value, "tally of a table needs a column", hint: "tally .region")
    }
    var keys = try values.flatMap { value -> [NamedExpression] in
      if case .function(let function) = value, case .general = function.rowShape {
        return [NamedExpression("value", function)]
      }
      return try VerbArguments.keys(value, of: "tally")
    }
    if keys.count > 1 {
      // Several computed keys get numbers.
      let distinct = CSVSniffer.distinct(keys.map(\.name))
      keys = zip(distinct, keys).map { NamedExpression($0, $1.function) }
    }
    try check(keys.map(\.function))
    let count = VerbArguments.free("count", among: keys.map(\.name))
    let groups = try make(
      .aggregate(table, by: keys, [NamedExpression(count, CountFunction())]), keys.map(\.name) + [count])
    return try TableVerbs(groups, context).make(
      .sort(groups, [Plan.SortKey(FieldFunction(count), isDescending: true)], by: []), groups.columnNames)
  }

  // MARK: Two tables

  func join(_ other: TableValue, on: Value, kind name: String) throws -> TableValue {
    guard let kind = Plan.JoinCondition.Kind(rawValue: name) else {
      let kinds = Plan.JoinCondition.Kind.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw SwaleError(.value, "join: there is no kind \"\(name)\"", hint: "there are \(kinds)")
    }
    let keys = try joinKeys(on)
    try checkNames(keys.map(\.left))
    for key in keys where !other.columnNames.contains(key.right) {
      throw RowExpression.missingColumn(key.right, in: other.columnNames, of: "the right table")
    }
    var result = names
    var rightColumns: [(name: String, as: String)] = []
    if kind != .semi && kind != .anti {
      let rightKeys = keys.map(\.right)
      for column in other.columnNames where !rightKeys.contains(column) {
        var unique = column
        while result.contains(unique) { unique += "_right" }
        rightColumns.append((column, unique))
        result.append(unique)
      }
    }
    return try make(
      .join(table, other, Plan.JoinCondition(kind: kind, keys: keys, rightColumns: rightColumns)), result)
  }

  private func joinKeys(_ on: Value) throws -> [(left: String, right: String)] {
    let hint = "join other, on: .id, or on: [.a, .b], or on: {left_name: \"right_name\"}"
    var keys: [(left: String, right: String)] = []
    if case .record(let record) = on {
      try record.forEach { left, right in
        let names = try VerbArguments.fields(right, of: "join", hint: hint)
        guard names.count == 1 else {
          throw SwaleError(.type, "join: \(left.printString) needs one column", hint: hint)
        }
        keys.append((left.printString, names[0]))
      }
    } else if case .function(let function) = on, case .record(let parts) = function.rowShape {
      for (left, right) in parts {
        switch (right.rowShape, right.formula) {
        case (.field(let name), _): keys.append((left, name))
        case (_, .constant(.string(let name))): keys.append((left, name.string))
        default: throw SwaleError(.type, "join needs columns as keys", hint: hint)
        }
      }
    } else {
      keys = try VerbArguments.fields(on, of: "join", hint: hint).map { ($0, $0) }
    }
    if keys.isEmpty { throw SwaleError(.value, "join needs a key", hint: hint) }
    return keys
  }

  func append(_ others: [TableValue]) throws -> TableValue {
    try others.reduce(table) { top, bottom in
      let more = bottom.columnNames.filter { !top.columnNames.contains($0) }
      return try TableValue(.append(top, bottom), top.columnNames + more, context)
    }
  }
}

/// Counts the rows of a group.
final class CountFunction: FunctionValue {
  init() { super.init(name: "count") }

  override var formula: RowFormula? { .aggregate("count", []) }
  override var arity: (least: Int, most: Int?) { (1, 1) }
  override var itemFields: [String]? { [] }

  override func call(_ arguments: UnsafeMutableBufferPointer<Value>, _ context: Context) throws -> Value {
    .int(try Operations.length(arguments[0], context))
  }
}
