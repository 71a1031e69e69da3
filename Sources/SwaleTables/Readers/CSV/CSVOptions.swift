import SwaleEngine

/// What a person may say about a file instead of leaving it to be detected.
struct CSVOptions {
  enum Header {
    case detected, first, absent
    /// These names, and no line of the file is one.
    case names([String])
  }

  var delimiter: UInt8?
  var header = Header.detected
  /// The types of some columns; a row in which one does not fit is rejected.
  var types: [(name: String, type: ColumnType)] = []
  /// What stands for a missing value where it is not quoted. An empty field always does.
  var nullValues = NullValues.standard
  var isStrict = false
  /// How many bytes a thread reads at a time: what fits into its share of the cache.
  var pieceSize = 1 << 19

  init() {}

  /// Reads the options as they are given to `read`; null is an option that was not given.
  init(delimiter: Value, header: Value, types: Value, nullValues: Value, strict: Value) throws {
    if case .string(let text) = delimiter {
      guard text.byteCount == 1, let byte = text.bytes.first, byte != 0x0A, byte != 0x0D, byte != 0x22 else {
        throw SwaleError(
          .value,
          "delimiter: must be one character of ASCII that is no quote or newline, not \(delimiter.displayString)",
          hint: "such as \",\" or \";\" or \"\\t\"")
      }
      self.delimiter = byte
    }
    switch header {
    case .bool(let isThere): self.header = isThere ? .first : .absent
    case .list(let names):
      self.header = .names(
        try names.array.map { name in
          if case .string(let text) = name { return text.string }
          throw SwaleError(.type, "header: a column's name must be a string, not \(name.typeNameWithArticle)")
        })
    default: break
    }
    if case .record(let record) = types { self.types = try CSVOptions.types(record) }
    switch nullValues {
    case .string(let text): self.nullValues = NullValues([text.string])
    case .list(let list):
      self.nullValues = NullValues(
        try list.array.map { item in
          if case .string(let text) = item { return text.string }
          throw SwaleError(.type, "null_values: must be strings, not \(item.typeNameWithArticle)")
        })
    default: break
    }
    if case .bool(let isStrict) = strict { self.isStrict = isStrict }
  }

  private static func types(_ record: RecordStorage) throws -> [(name: String, type: ColumnType)] {
    var result: [(name: String, type: ColumnType)] = []
    try record.forEach { key, value in
      guard case .string(let text) = value, let type = ColumnType.named(text.string) else {
        let names = ColumnType.allCases.filter { $0 != .general }.map(\.name).joined(separator: ", ")
        throw SwaleError(
          .value, "types: \(value.displayString) is no type of a column", hint: "there are \(names)")
      }
      result.append((key.printString, type))
    }
    return result
  }
}

/// The texts that stand for missing values.
struct NullValues {
  private let texts: [[UInt8]]
  /// A bit for each length that one of the texts has, to tell most fields apart at once.
  private let lengths: UInt64

  static let standard = NullValues(["NA", "N/A", "n/a", "#N/A", "null", "NULL"])

  init(_ texts: [String]) {
    self.texts = texts.map { Array($0.utf8) }
    lengths = self.texts.reduce(1) { $0 | 1 << UInt64(min(63, $1.count)) }
  }

  /// True if an unquoted field of these bytes is a missing value.
  @inline(__always) func contains(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    count == 0 || lengths &>> UInt64(truncatingIfNeeded: min(63, count)) & 1 != 0 && isListed(p, count)
  }

  @inline(never) private func isListed(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    texts.contains { $0.elementsEqual(UnsafeBufferPointer(start: p, count: count)) }
  }
}
