import Glibc
import SwaleEngine

/// One reading of some columns of a file, on several threads.
final class CSVRun {
  let targets: [CSVColumnTarget]
  private(set) var workers: [CSVPieceReader] = []
  private(set) var rejects = Rejects()
  /// Rows with items of the wrong type, by their number among all rows.
  private(set) var unfit: [(row: Int, reason: String)] = []
  private let source: ByteSource
  private let pieces: CSVPieces
  private let layout: CSVLayout
  private let options: CSVOptions
  private let context: Context
  private let results: UnsafeMutablePointer<PieceResult>

  private struct PieceResult {
    var rowCount = 0
    var reader = 0
    var isRegular = true
    var rejects: [Rejects.Row] = []
    var unfit: [(row: Int, reject: Rejects.Row)] = []
  }

  init(
    source: ByteSource, _ pieces: CSVPieces, _ layout: CSVLayout, _ columns: [Int], _ options: CSVOptions,
    _ context: Context
  ) {
    self.source = source
    self.pieces = pieces
    self.layout = layout
    self.options = options
    self.context = context
    targets = columns.map {
      CSVColumnTarget(layout.columns[$0], index: $0, rowBound: pieces.rowBound, pieceCount: pieces.count)
    }
    results = .allocate(capacity: pieces.count)
    results.initialize(repeating: PieceResult(), count: pieces.count)
  }

  deinit {
    results.deinitialize(count: pieces.count)
    results.deallocate()
  }

  /// Reads all pieces; false where the file must be divided anew, byte by byte.
  func read() throws -> Bool {
    var made = 0
    let readers = try Parallel.forEach(pieces.count, context) {
      made += 1
      return (number: made - 1, reader: CSVPieceReader(targetCount: targets.count, options.nullValues))
    } _: { worker, piece in
      results[piece].reader = worker.number
      try read(piece, worker.reader)
    }
    workers = readers.map(\.reader)
    for piece in 0..<pieces.count where !results[piece].isRegular { return false }
    var first = 0
    for piece in 0..<pieces.count {
      let result = results[piece]
      for row in result.rejects { rejects.add(row) }
      for (row, reject) in result.unfit {
        // A row may have several items that do not fit.
        if unfit.last?.row == first + row { continue }
        unfit.append((first + row, reject.reason))
        rejects.add(reject)
      }
      first += result.rowCount
    }
    return true
  }

  var assembly: CSVAssembly {
    CSVAssembly(
      pieces: (0..<pieces.count).map { (pieces.rowBounds[$0], results[$0].rowCount) },
      readers: (0..<pieces.count).map { results[$0].reader }, context: context)
  }

  private func read(_ piece: Int, _ reader: CSVPieceReader) throws {
    let (lower, upper) = (pieces.starts[piece], pieces.starts[piece + 1])
    if lower == upper { return }
    let columns = layout.columns.count
    let p = try source.bytes(lower, upper, reader.scratch)
    let index = reader.index
    if pieces.isRegular {
      guard index.scanBlocks(p, upper - lower, layout.dialect, columns: columns) else {
        results[piece].isRegular = false
        return
      }
    } else {
      // Such a source lies in memory as a whole.
      index.scanBytes(p, upper - lower, following: source.count - upper, layout.dialect, columns: columns)
    }
    if index.hasHighBytes, let invalid = UTF8Check.firstInvalid(p, upper - lower) {
      throw self.invalid(p, invalid, piece)
    }
    results[piece].rowCount = index.rowCount
    var unfit: [CSVPieceReader.UnfitRow] = []
    for (number, target) in targets.enumerated() where !target.isAbandoned {
      reader.read(
        target, number, piece: piece, first: pieces.rowBounds[piece], p, columns: columns, unfit: &unfit)
    }
    if !index.badRows.isEmpty || !unfit.isEmpty { collectRejects(p, piece, index, unfit) }
  }

  private func collectRejects(
    _ p: UnsafePointer<UInt8>, _ piece: Int, _ index: CSVIndex, _ unfit: [CSVPieceReader.UnfitRow]
  ) {
    var line = LineCounter(p, firstLine: firstLine(piece), layout.dialect.newline)
    for row in index.badRows {
      results[piece].rejects.append(
        Rejects.Row(
          line: line.number(at: row.start), reason: row.reason, text: CSVRun.text(p, row.start, row.end)))
    }
    line = LineCounter(p, firstLine: firstLine(piece), layout.dialect.newline)
    let columns = layout.columns.count
    for row in unfit.sorted(by: { $0.row < $1.row }) {
      let start = Int(index.starts[row.row])
      let end = Int(index.ends[row.row * columns + columns - 1])
      results[piece].unfit.append(
        (
          row.row,
          Rejects.Row(line: line.number(at: start), reason: row.reason, text: CSVRun.text(p, start, end))
        ))
    }
  }

  private func firstLine(_ piece: Int) -> Int { layout.linesBefore + pieces.lines[piece] + 1 }

  private static func text(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Text {
    Text.make(UnsafeBufferPointer(start: p + start, count: end - start))
  }

  private func invalid(_ p: UnsafePointer<UInt8>, _ offset: Int, _ piece: Int) -> SwaleError {
    var line = LineCounter(p, firstLine: firstLine(piece), layout.dialect.newline)
    return UTF8Check.error(
      source.name, line: line.number(at: offset), offset: pieces.starts[piece] + offset, byte: p[offset])
  }
}

/// Counts lines up to places that come in order.
private struct LineCounter {
  private let p: UnsafePointer<UInt8>
  private let newline: UInt8
  private var position = 0
  private var line: Int

  init(_ p: UnsafePointer<UInt8>, firstLine: Int, _ newline: UInt8) {
    self.p = p
    self.newline = newline
    line = firstLine
  }

  mutating func number(at offset: Int) -> Int {
    while position < offset {
      if p[position] == newline { line += 1 }
      position += 1
    }
    return line
  }
}
