import SwaleEngine

/// A table as a value of the language: a plan, and what was found of its rows by running it.
///
/// Columns are computed one by one when something looks at them, and remembered; each row expression
/// runs at most once for each row. Where a verb picks rows, which ones is remembered too.
public final class TableValue: ObjectValue {
  public let columnNames: [String]
  /// How many plans lie one upon the other.
  let depth: Int
  /// Where the plan is run by code that belongs to no task, such as what shows a result.
  private let home: Context?
  private let lock = Lock()
  private var state: State
  /// Set while `profile` runs the plan.
  private var meter: TableMeter?

  struct State {
    var plan: Plan
    var columns: [String: Column] = [:]
    /// The columns' numbers.
    var places: [String: Int]?
    var rowCount: Int?
    /// The rows of the input that a plan of the picking kind leaves, in their order.
    var picked: Buffer<Int>?
    /// What a `take` of a sorted table leaves, nil inside where that has to be sorted in full.
    var top: TopRowsOfTable??
    var matches: JoinMatches?
    var groups: Groups?
    var partition: Partition?
    var rejects: Batch?
    /// Set when all columns are there; the plan then has nothing left but them.
    var batch: Batch?
  }

  /// Plans higher than this are run as they grow, so that no recursion over them gets deep.
  private static let depthLimit = 100

  /// Makes a table of a plan that gives columns of these names.
  init(_ plan: Plan, _ columnNames: [String], _ context: Context) throws {
    for input in plan.inputs where input.depth >= TableValue.depthLimit { _ = try input.batch(context) }
    depth = (plan.inputs.map(\.effectiveDepth).max() ?? 0) + 1
    self.columnNames = columnNames
    home = context.runtime.mainContext
    state = State(plan: plan)
  }

  /// Makes a table of rows; `rejects` are those that could not be read where they come from.
  public init(_ batch: Batch, rejects: Batch? = nil) {
    depth = 1
    columnNames = batch.names
    home = nil
    state = State(plan: .rows(batch), rowCount: batch.count, rejects: rejects, batch: batch)
  }

  private var effectiveDepth: Int { lock.withLock { state.batch != nil } ? 1 : depth }

  public var plan: Plan { lock.withLock { state.plan } }

  /// Returns something remembered, or computes it with `body`, which runs outside the lock since it
  /// may call functions of the program, and remembers it.
  func remembered<T>(_ path: WritableKeyPath<State, T?>, _ body: () throws -> T) rethrows -> T {
    if let known = lock.withLock({ state[keyPath: path] }) { return known }
    let new = try measured(body)
    return lock.withLock {
      if let known = state[keyPath: path] { return known }
      state[keyPath: path] = new
      return new
    }
  }

  /// Calls `body`, whose time is this table's where it is measured.
  func measured<T>(_ body: () throws -> T) rethrows -> T {
    guard let meter = lock.withLock({ meter }) else { return try body() }
    meter.begin(self)
    defer { meter.end() }
    return try body()
  }

  /// Measures what is computed from now on; nil ends that.
  func measure(by meter: TableMeter?) { lock.withLock { self.meter = meter } }

  /// The number of rows, where it has been found.
  var knownRowCount: Int? {
    lock.withLock {
      state.batch?.count ?? state.rowCount ?? state.picked?.count ?? state.columns.values.first?.count
    }
  }

  func rememberedColumn(_ name: String, _ body: () throws -> Column) rethrows -> Column {
    try remembered(\.columns[name], body)
  }

  /// Returns the number of a column, which must exist.
  func place(of name: String) -> Int {
    let places = remembered(\.places) {
      Dictionary(columnNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
    guard let place = places[name] else { unreachable("no column \(name)") }
    return place
  }

  /// Runs the plan as far as it has not been, and returns all rows.
  public func batch(_ context: Context) throws -> Batch {
    if let batch = lock.withLock({ state.batch }) { return batch }
    try prefetch(Set(columnNames), context)
    let columns = try columnNames.map { try computedColumn($0, context) }
    let batch = Batch(columnNames, columns, count: try computedRowCount(context))
    let rejects = try rejects(context)
    lock.withLock {
      // Lets go of the inputs and all that was remembered on the way.
      state = State(plan: .rows(batch), rowCount: batch.count, rejects: rejects, batch: batch)
    }
    return batch
  }

  /// Returns one column of those that the table has, without computing others that it does not need.
  public func column(_ name: String, _ context: Context) throws -> Column {
    if let batch = lock.withLock({ state.batch }) { return batch.column(name) }
    try prefetch([name], context)
    return try computedColumn(name, context)
  }

  public func rowCount(_ context: Context) throws -> Int {
    if let count = lock.withLock({ state.rowCount }) { return count }
    try prefetch([], context)
    return try computedRowCount(context)
  }

  /// The rows that the files behind the table had and that could not be read.
  public func rejects(_ context: Context) throws -> Batch {
    try remembered(\.rejects) {
      if case .scan(let source) = plan { return try source.rejects(context) }
      let parts = try plan.inputs.map { try $0.rejects(context) }.filter { $0.count > 0 }
      return Batch.concatenated(parts) ?? Rejects.none
    }
  }

  // MARK: As a value

  public override var type: TypeSet { .table }

  /// Runs the plan, so that what has no context to run it finds the rows.
  public func force(_ context: Context) throws { _ = try batch(context) }

  /// The rows, or why the plan cannot give them, for code that was given no context, such as what
  /// writes a value: the plan is run by whoever looks.
  private func shownBatch() -> Result<Batch, any Error> {
    Result {
      if let batch = lock.withLock({ state.batch }) { return batch }
      return try batch(Context.current ?? home!)
    }
  }

  public override func isEqual(to other: ObjectValue) -> Bool {
    guard let other = other as? TableValue, columnNames == other.columnNames else { return false }
    guard case .success(let a) = shownBatch(), case .success(let b) = other.shownBatch() else { return false }
    return TableValue.areEqual(a, b)
  }

  private static func areEqual(_ a: Batch, _ b: Batch) -> Bool {
    a.names == b.names && a.count == b.count
      && zip(a.columns, b.columns).allSatisfy { Column.areEqual($0, $1) }
  }

  public override func operate(_ operation: Operation, _ left: Value, _ right: Value, _ context: Context)
    throws -> Value?
  {
    guard operation == .equal || operation == .notEqual, case .object(let a) = left,
      case .object(let b) = right,
      let a = a as? TableValue, let b = b as? TableValue
    else { return nil }
    let areEqual =
      a.columnNames == b.columnNames ? TableValue.areEqual(try a.batch(context), try b.batch(context)) : false
    return .bool(areEqual == (operation == .equal))
  }

  public override func count(_ context: Context) throws -> Int? { try rowCount(context) }

  public override func makeIterator(_ context: Context) throws -> ValueIterator? {
    RowIterator(try batch(context))
  }

  public override func item(_ index: Value, _ context: Context) throws -> Value? {
    if case .string(let name) = index {
      guard columnNames.contains(name.string) else {
        throw RowExpression.missingColumn(name.string, in: columnNames)
      }
      return .object(ColumnValue(try column(name.string, context)))
    }
    let batch = try batch(context)
    if let places = try Column.places(index, count: batch.count, of: "table", context) {
      return .object(TableValue(try batch.gather(places, context)))
    }
    switch try Operations.position(index, count: batch.count, of: "table") {
    case .item(let row): return .record(RowReader(batch.slice(row, row + 1)).row(0))
    case .slice(let rows): return .object(TableValue(batch.slice(rows.lowerBound, rows.upperBound)))
    }
  }

  public override func contains(_ item: Value, _ context: Context) throws -> Bool? {
    let reader = RowReader(try batch(context))
    for row in 0..<(try rowCount(context)) {
      try context.tick()
      if Value.isEqual(.record(reader.row(row)), item) { return true }
    }
    return false
  }

  /// A column; without one of that name `rejects`, the rows that could not be read.
  public override func member(_ name: Text, _ context: Context) throws -> Value? {
    let name = name.string
    if columnNames.contains(name) { return .object(ColumnValue(try column(name, context))) }
    if name == "rejects" { return .object(TableValue(try rejects(context))) }
    return nil
  }

  public override var memberNames: [String] {
    columnNames.contains("rejects") ? columnNames : columnNames + ["rejects"]
  }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    switch shownBatch() {
    case .success(let batch): TableText.write(batch, to: &writer, isDisplay: isDisplay)
    case .failure(let error):
      writer.failure = error
      writer.write("<table that cannot be computed: \((error as? SwaleError)?.message ?? "interrupted")>")
    }
  }
}
