import SwaleEngine

/// A column that is being read: room for the items of all pieces, and what is found on the way.
final class CSVColumnTarget {
  let column: CSVLayout.Column
  /// The column's number in the file.
  let index: Int
  let storage: Storage
  /// For each piece which items are there, nil where all are.
  let validity: UnsafeMutablePointer<Bitmap?>
  /// For each piece of strings their bytes.
  let bytes: UnsafeMutablePointer<Buffer<UInt8>?>
  private let pieceCount: Int
  private let lock = Lock()
  private var wider: ColumnType?
  private var hasManyStrings = false

  enum Storage {
    case bools(Buffer<Bool>)
    case ints(Buffer<Int>)
    case floats(Buffer<Double>)
    case codes(Buffer<Int32>)
    /// The length of each string, one place on: they become offsets when all are known.
    case lengths(Buffer<Int>)
  }

  init(_ column: CSVLayout.Column, index: Int, rowBound: Int, pieceCount: Int) {
    self.column = column
    self.index = index
    self.pieceCount = pieceCount
    storage =
      switch column.type {
      case .bool: .bools(Buffer(uninitialized: rowBound))
      case .int, .date, .dateTime, .duration: .ints(Buffer(uninitialized: rowBound))
      case .float: .floats(Buffer(uninitialized: rowBound))
      case .string, .general:
        column.repeats
          ? .codes(Buffer(uninitialized: rowBound)) : .lengths(Buffer(uninitialized: rowBound + 1))
      }
    validity = .allocate(capacity: pieceCount)
    validity.initialize(repeating: nil, count: pieceCount)
    bytes = .allocate(capacity: pieceCount)
    bytes.initialize(repeating: nil, count: pieceCount)
  }

  deinit {
    validity.deinitialize(count: pieceCount)
    validity.deallocate()
    bytes.deinitialize(count: pieceCount)
    bytes.deallocate()
  }

  /// Remembers that an item of this type does not fit.
  func misfit(_ type: ColumnType) {
    lock.withLock { wider = CSVSniffer.wider(wider ?? column.type, type) }
  }

  /// Remembers that a dictionary does not pay.
  func giveUpDictionary() { lock.withLock { hasManyStrings = true } }

  /// True if what was read so far is of no use.
  var isAbandoned: Bool { lock.withLock { wider != nil || hasManyStrings } }

  /// How the column must be read instead; nil where all went well.
  var retry: CSVLayout.Column? {
    lock.withLock {
      guard wider != nil || hasManyStrings else { return nil }
      var column = column
      if let wider { column.type = wider }
      if hasManyStrings { column.repeats = false }
      return column
    }
  }
}
