import SwaleEngine

/// A table that numbers keys of rows in order of first appearance.
protocol PieceTable: AnyObject {
  var count: Int { get }
  func number(of row: Int) -> Int32
  /// Returns the number of the key that has a number in another table.
  func number(of key: Int, in other: Self) -> Int32
}

/// Numbers keys piece by piece on several threads: each piece has a table of its own, and its numbers are
/// replaced by those that the keys have among all.
enum PieceNumbering {
  static func numbers<Table: PieceTable>(
    _ count: Int, _ context: Context, _ makeTable: () -> Table
  ) throws -> Grouping.Numbers {
    let ids = Buffer<Int32>(uninitialized: count)
    let pieces = count < Parallel.leastRows ? 1 : Parallel.coreCount
    let tables = (0..<pieces).map { _ in makeTable() }
    func bounds(_ piece: Int) -> Range<Int> { count * piece / pieces..<count * (piece + 1) / pieces }
    if pieces == 1 {
      try context.inParts(count) { for row in $0 { ids.base[row] = tables[0].number(of: row) } }
      return Grouping.Numbers(ids: ids, count: tables[0].count)
    }
    try Parallel.forEach(pieces, context, worker: {}) { _, piece in
      let table = tables[piece]
      var rows = bounds(piece)
      while !rows.isEmpty, !Interrupt.isRequested {
        let part = rows.prefix(1 << 16)
        for row in part { ids.base[row] = table.number(of: row) }
        rows = part.upperBound..<rows.upperBound
      }
    }
    for piece in 1..<pieces {
      let table = tables[piece]
      let numbers = Buffer<Int32>(uninitialized: table.count)
      try context.forEachRow(table.count) { numbers.base[$0] = tables[0].number(of: $0, in: table) }
      let rows = bounds(piece)
      try Parallel.forEachPart(rows.count, context) { part in
        for row in part {
          let place = ids.base + rows.lowerBound + row
          place.pointee = numbers.base[Int(place.pointee)]
        }
      }
    }
    return Grouping.Numbers(ids: ids, count: tables[0].count)
  }
}

/// Keys that are words.
final class WordPieceTable: PieceTable {
  private let words: Buffer<UInt64>
  private let validity: Bitmap?
  private var table = WordTable()
  init(_ words: Buffer<UInt64>, _ validity: Bitmap?) {
    self.words = words
    self.validity = validity
  }
  var count: Int { table.count }
  func number(of row: Int) -> Int32 {
    if let validity, !validity[row] { return table.numberOfMissing() }
    return table.number(of: words.base[row])
  }
  func number(of key: Int, in other: WordPieceTable) -> Int32 {
    other.table.word(of: key).map { table.number(of: $0) } ?? table.numberOfMissing()
  }
}

/// Keys that are strings.
final class StringPieceTable: PieceTable {
  private let strings: StringBuffer
  private let validity: Bitmap?
  private var table = StringTable()
  private var missing: Int32 = -1
  init(_ strings: StringBuffer, _ validity: Bitmap?) {
    self.strings = strings
    self.validity = validity
  }
  var count: Int { table.count }
  private func numberOfMissing() -> Int32 {
    if missing < 0 { missing = table.reserveNumber() }
    return missing
  }
  func number(of row: Int) -> Int32 {
    if let validity, !validity[row] { return numberOfMissing() }
    return table.number(of: strings[row])
  }
  func number(of key: Int, in other: StringPieceTable) -> Int32 {
    key == other.missing ? numberOfMissing() : table.number(of: other.table[key])
  }
}
