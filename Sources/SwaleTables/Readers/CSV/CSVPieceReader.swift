import Glibc
import SwaleEngine

/// Reads pieces of a file into columns; each thread has one.
final class CSVPieceReader {
  let index = CSVIndex()
  let scratch = ByteSource.Scratch()
  /// The strings of each target that has a dictionary.
  var tables: [StringTableBox]
  private var rowsSeen = 0
  private let nulls: NullValues

  final class StringTableBox {
    var table = StringTable()
  }

  /// A row with an item that is not of the type which was asked for.
  struct UnfitRow {
    let row: Int
    let reason: String
  }

  init(targetCount: Int, _ nulls: NullValues) {
    tables = (0..<targetCount).map { _ in StringTableBox() }
    self.nulls = nulls
  }

  /// Reads the items of one column of the piece that was indexed; `first` is the number of its first row.
  func read(
    _ target: CSVColumnTarget, _ number: Int, piece: Int, first: Int, _ p: UnsafePointer<UInt8>, columns: Int,
    unfit: inout [UnfitRow]
  ) {
    let isFixed = target.column.isFixed
    switch target.storage {
    case .ints(let items):
      let type = target.column.type
      if type == .int {
        fixed(target, piece, items.base + first, 0, p, columns, &unfit) {
          FieldParser.int($0, $1, before: $2)
        } again: {
          FieldParser.int($0, $1, before: 0, allowsLeadingZeros: isFixed)
        }
      } else {
        fixed(target, piece, items.base + first, 0, p, columns, &unfit) { p, count, _ in
          CSVPieceReader.time(p, count, type)
        } again: { p, count in
          CSVPieceReader.time(p, count, type)
        }
      }
    case .floats(let items):
      fixed(target, piece, items.base + first, 0, p, columns, &unfit) { p, count, _ in
        FieldParser.float(p, count)
      } again: {
        FieldParser.float($0, $1)
      }
    case .bools(let items):
      fixed(target, piece, items.base + first, false, p, columns, &unfit) { p, count, _ in
        FieldParser.bool(p, count)
      } again: {
        FieldParser.bool($0, $1) ?? (isFixed ? CSVPieceReader.digit($0, $1) : nil)
      }
    case .codes(let codes): read(target, tables[number], piece, codes.base + first, p, columns)
    case .lengths(let lengths): read(target, piece, lengths.base + first + 1, p, columns)
    }
  }

  private static func time(_ p: UnsafePointer<UInt8>, _ count: Int, _ type: ColumnType) -> Int? {
    switch type {
    case .date: FieldParser.date(p, count)
    case .duration: FieldParser.duration(p, count)
    default: FieldParser.dateTime(p, count) ?? FieldParser.date(p, count).map { $0 * 86_400_000_000_000 }
    }
  }

  /// 0 and 1 where bools were asked for.
  private static func digit(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool? {
    count == 1 && (p[0] == 0x30 || p[0] == 0x31) ? p[0] == 0x31 : nil
  }

  /// Calls `body` with the place of each row's field, until it returns false.
  @inline(__always)
  private func forEachField(
    _ column: Int, _ columns: Int, _ body: (_ row: Int, _ start: Int, _ count: Int) -> Bool
  ) {
    let ends = index.ends + column
    if column == 0 {
      for row in 0..<index.rowCount {
        let start = Int(index.starts[row])
        if !body(row, start, Int(ends[row &* columns]) &- start) { return }
      }
    } else {
      for row in 0..<index.rowCount {
        let end = row &* columns
        let start = Int(ends[end &- 1]) &+ 1
        if !body(row, start, Int(ends[end]) &- start) { return }
      }
    }
  }

  // MARK: Items of one size

  @inline(__always)
  private func fixed<T: BitwiseCopyable>(
    _ target: CSVColumnTarget, _ piece: Int, _ items: UnsafeMutablePointer<T>, _ missing: T,
    _ p: UnsafePointer<UInt8>, _ columns: Int, _ unfit: inout [UnfitRow],
    _ parse: (_ p: UnsafePointer<UInt8>, _ count: Int, _ before: Int) -> T?,
    again: (_ p: UnsafePointer<UInt8>, _ count: Int) -> T?
  ) {
    var validity: Bitmap?
    forEachField(target.index, columns) { row, start, count in
      if let item = parse(p + start, count, start) {
        items[row] = item
        return true
      }
      // A missing item, one in quotes or with blanks around it, or one of another type.
      let field = p + start
      items[row] = missing
      if let text = significant(field, count) {
        if let item = again(text.baseAddress!, text.count) {
          items[row] = item
          return true
        }
        if !target.column.isFixed {
          target.misfit(FieldText.type(field, count, nulls) ?? .string)
          return false
        }
        unfit.append(UnfitRow(row: row, reason: CSVPieceReader.reason(target.column, text)))
      }
      if validity == nil { validity = Bitmap(repeating: true, count: index.rowCount) }
      validity!.clear(row)
      return true
    }
    target.validity[piece] = validity
  }

  /// Returns what is in a field, without quotes and blanks; nil where it stands for a missing item.
  @inline(never)
  private func significant(_ field: UnsafePointer<UInt8>, _ count: Int) -> UnsafeBufferPointer<UInt8>? {
    let isQuoted = FieldText.isQuoted(field, count)
    if !isQuoted, nulls.contains(field, count) { return nil }
    let text = FieldText.trimmed(field, count)
    if text.count == 0 || !isQuoted && nulls.contains(text.baseAddress!, text.count) { return nil }
    return text
  }

  private static func reason(_ column: CSVLayout.Column, _ text: UnsafeBufferPointer<UInt8>) -> String {
    let shown = String(decoding: text.prefix(40), as: UTF8.self) + (text.count > 40 ? "..." : "")
    return "\(column.name): \(Value.text(shown).displayString) is no \(column.type.name)"
  }

  // MARK: Strings

  private func read(
    _ target: CSVColumnTarget, _ box: StringTableBox, _ piece: Int, _ codes: UnsafeMutablePointer<Int32>,
    _ p: UnsafePointer<UInt8>, _ columns: Int
  ) {
    var validity: Bitmap?
    var unquoted = GrowingBuffer<UInt8>()
    forEachField(target.index, columns) { row, start, count in
      let field = p + start
      if count > 0, field[0] == 0x22 {
        if let inner = FieldText.plainInner(field, count) {
          codes[row] = box.table.number(of: inner)
        } else {
          let bytes = GrowingBuffer<UInt8>.of { FieldText.append(field, count, to: &$0) }
          unquoted = bytes
          codes[row] = box.table.number(of: UnsafeBufferPointer(start: unquoted.base, count: unquoted.count))
        }
      } else if nulls.contains(field, count) {
        codes[row] = 0
        if validity == nil { validity = Bitmap(repeating: true, count: index.rowCount) }
        validity!.clear(row)
      } else {
        codes[row] = box.table.number(of: UnsafeBufferPointer(start: field, count: count))
      }
      return true
    }
    target.validity[piece] = validity
    rowsSeen += index.rowCount
    let distinct = box.table.count
    if distinct > 1 << 20 || distinct > 1 << 14 && distinct * 4 > rowsSeen { target.giveUpDictionary() }
  }

  private func read(
    _ target: CSVColumnTarget, _ piece: Int, _ lengths: UnsafeMutablePointer<Int>, _ p: UnsafePointer<UInt8>,
    _ columns: Int
  ) {
    var validity: Bitmap?
    var bytes = GrowingBuffer<UInt8>(capacity: 1 << 14)
    forEachField(target.index, columns) { row, start, count in
      let field = p + start
      let before = bytes.count
      if count > 0, field[0] == 0x22 {
        FieldText.append(field, count, to: &bytes)
      } else if nulls.contains(field, count) {
        if validity == nil { validity = Bitmap(repeating: true, count: index.rowCount) }
        validity!.clear(row)
      } else {
        bytes.append(contentsOf: field, count: count)
      }
      lengths[row] = bytes.count &- before
      return true
    }
    target.validity[piece] = validity
    target.bytes[piece] = bytes.finish()
  }
}

extension GrowingBuffer {
  /// Makes a buffer that `fill` fills.
  static func of(_ fill: (inout GrowingBuffer) -> Void) -> GrowingBuffer {
    var buffer = GrowingBuffer()
    fill(&buffer)
    return buffer
  }
}
