import Glibc
import SwaleEngine

/// A file of separated values as the source of a table.
final class CSVFile: TableSource {
  private let source: ByteSource
  private let options: CSVOptions
  private let lock = Lock()
  // What follows is read and written inside the lock.
  private var layout: CSVLayout
  /// The columns' numbers.
  private let places: [String: Int]
  private var columns: [String: Column] = [:]
  private var count: Int?
  private var isRegular = true
  private var rejects = Rejects()
  /// Rows that were read and then rejected, numbers among those read.
  private var unfitRows: Set<Int> = []

  /// Finds out what the file looks like; `defaultDelimiter` is what its kind has.
  init(_ source: ByteSource, _ options: CSVOptions, defaultDelimiter: UInt8? = nil) throws {
    self.source = source
    self.options = options
    var sniffer = CSVSniffer(source, options, defaultDelimiter: defaultDelimiter)
    layout = try sniffer.layout()
    places = Dictionary(uniqueKeysWithValues: layout.columns.enumerated().map { ($1.name, $0) })
  }

  /// Makes the beginning of a file whose layout is known.
  private init(_ source: ByteSource, _ options: CSVOptions, _ layout: CSVLayout, _ places: [String: Int]) {
    self.source = source
    self.options = options
    self.layout = layout
    self.places = places
  }

  /// Returns the rows within the first `size` bytes as a file of their own; nil where there are none.
  func head(_ size: Int) throws -> CSVFile? {
    let layout = lock.withLock { self.layout }
    if size <= layout.dataStart || size > source.count { return nil }
    let bytes = try source.head(size)
    // Up to the last end of a line that is in no quotes.
    var (end, isInside) = (layout.dataStart, false)
    for i in layout.dataStart..<size {
      if bytes.base[i] == layout.dialect.quote { isInside.toggle() }
      if bytes.base[i] == layout.dialect.newline, !isInside { end = i + 1 }
    }
    if end == layout.dataStart { return nil }
    return CSVFile(ByteSource(name: name, bytes.slice(0, end)), options, layout, places)
  }

  /// Returns the number of rows, nil where some could not be read.
  func rowCountIfClean(_ context: Context) throws -> Int? {
    try lock.withLock {
      _ = try readMissing([], context)
      return rejects.rows.isEmpty ? count : nil
    }
  }

  /// True once rows were read.
  var isRead: Bool { lock.withLock { count != nil } }
  var isInMemory: Bool { source.isInMemory }
  var byteCount: Int { source.count }

  var name: String { source.name }
  var columnNames: [String] { layout.columns.map(\.name) }

  func load(_ names: Set<String>, _ context: Context) throws {
    try lock.withLock {
      if try readMissing(names, context) { try report(context) }
    }
  }

  /// Reads what is not there already; true where rows were read for the first time.
  private func readMissing(_ names: Set<String>, _ context: Context) throws -> Bool {
    let isFirst = count == nil
    var wanted = names.filter { columns[$0] == nil }.map { places[$0]! }
    if isFirst {
      // Columns whose types were chosen decide which rows are rejected.
      wanted += layout.columns.indices.filter {
        layout.columns[$0].isFixed && !names.contains(layout.columns[$0].name)
      }
    }
    if !wanted.isEmpty || isFirst { try read(wanted.sorted(), isFirst: isFirst, context) }
    return isFirst
  }

  func column(_ name: String, _ context: Context) throws -> Column {
    try load([name], context)
    return lock.withLock { columns[name]! }
  }

  func rowCount(_ context: Context) throws -> Int {
    try load([], context)
    return lock.withLock { count! }
  }

  func rejects(_ context: Context) throws -> Batch {
    try load([], context)
    return lock.withLock { rejects.batch(of: name) }
  }

  // MARK: Reading

  private func read(_ wanted: [Int], isFirst: Bool, _ context: Context) throws {
    if layout.columns.isEmpty {
      count = 0
      return
    }
    var open = wanted
    var isFirst = isFirst
    var pieces = try divide(context)
    repeat {
      let run = CSVRun(source: pieces.source, pieces, layout, open, options, context)
      guard try run.read() else {
        isRegular = false
        pieces = try divide(context)
        continue
      }
      let assembly = run.assembly
      if isFirst {
        isFirst = false
        rejects = Rejects(rows: layout.rowsAbove + run.rejects.rows)
        unfitRows = Set(run.unfit.map(\.row))
        count = assembly.rowCount - unfitRows.count
        if unfitRows.count > 0 { rejects.sortByLine() }
      }
      open = []
      for (number, target) in run.targets.enumerated() {
        if let retry = target.retry {
          layout.columns[target.index] = retry
          open.append(target.index)
        } else {
          columns[target.column.name] = try withoutUnfit(
            assembly.column(target, number, run.workers), context)
        }
      }
    } while !open.isEmpty || isFirst
    do { try pieces.source.checkUnchanged() } catch {
      for column in wanted { columns[layout.columns[column].name] = nil }
      if columns.isEmpty { count = nil }
      throw error
    }
  }

  private func divide(_ context: Context) throws -> CSVPieces {
    let pieces = try CSVPieces(
      source, from: layout.dataStart, layout.dialect, columns: layout.columns.count, size: options.pieceSize,
      isRegular: isRegular, context)
    isRegular = pieces.isRegular
    return pieces
  }

  private func withoutUnfit(_ column: Column, _ context: Context) throws -> Column {
    if unfitRows.isEmpty { return column }
    return try column.gather(Buffer((0..<column.count).filter { !unfitRows.contains($0) }), context)
  }

  /// Warns of rejected rows, or raises `parse` where none is allowed.
  private func report(_ context: Context) throws {
    guard let first = rejects.rows.first else { return }
    if options.isStrict {
      count = nil
      columns = [:]
      throw SwaleError(
        .parse, "\(name), line \(first.line): \(first.reason)", hint: "strict: false leaves such rows out")
    }
    context.runtime.warn(rejects.warning(for: name))
  }
}
