import SwaleEngine

/// Gives the rows of a batch as records that share one shape.
///
/// Items are unpacked column by column for some hundred rows at a time. The record of a row is used
/// for the next row as well where nobody has kept it.
final class RowReader {
  private let columns: [Column]
  private let rowCount: Int
  private let shape: KeyTable
  private let scratch: UnsafeMutablePointer<Value>
  private var record: RecordStorage
  /// The first row that is unpacked, and how many are.
  private var start = 0
  private var size = 0
  private static let batchSize = 256

  /// Makes a reader of all columns, or of those named only.
  init(_ batch: Batch, only names: [String]? = nil) {
    let shown = names.map { names in batch.names.indices.filter { names.contains(batch.names[$0]) } }
    columns = shown.map { $0.map { batch.columns[$0] } } ?? batch.columns
    rowCount = batch.count
    let model = RecordStorage(capacity: columns.count)
    for name in shown.map({ $0.map { batch.names[$0] } }) ?? batch.names {
      let key = Text.of(name)
      model.add(.string(key), hash: key.hash, .null)
    }
    shape = model.table
    record = model
    scratch = .allocate(capacity: max(1, columns.count * RowReader.batchSize))
  }

  deinit {
    release()
    scratch.deallocate()
  }

  private func release() {
    for c in columns.indices { (scratch + c &* RowReader.batchSize).deinitialize(count: size) }
    size = 0
  }

  /// Returns the record of a row; rows read in order are fast.
  @inline(__always) func row(_ row: Int) -> RecordStorage {
    if row < start || row >= start &+ size { unpack(row) }
    let k = row &- start
    if isKnownUniquelyReferenced(&record) {
      for c in columns.indices { record.values[c] = scratch[c &* RowReader.batchSize &+ k] }
    } else {
      record = RecordStorage(uninitialized: shape)
      for c in columns.indices { (record.values + c).initialize(to: scratch[c &* RowReader.batchSize &+ k]) }
    }
    return record
  }

  @inline(never) private func unpack(_ row: Int) {
    release()
    start = row
    size = min(RowReader.batchSize, rowCount - row)
    for (c, column) in columns.enumerated() {
      column.initialize(scratch + c &* RowReader.batchSize, from: row, count: size)
    }
  }

  /// Calls `body` with each row in order.
  func forEach(_ context: Context, _ body: (Value) throws -> Void) throws {
    for i in 0..<rowCount {
      try context.tick()
      try body(.record(row(i)))
    }
  }
}

/// Steps over the rows of a batch.
final class RowIterator: ValueIterator {
  private let reader: RowReader
  private let count: Int
  private var position = 0

  init(_ batch: Batch) {
    reader = RowReader(batch)
    count = batch.count
  }

  override func next(_ context: Context) throws -> Value? {
    if position == count { return nil }
    position += 1
    return .record(reader.row(position - 1))
  }
}
