import SwaleEngine
import SwaleSyntax

/// Makes strings of the items of columns, one for each row.
enum ColumnText {
  enum Part {
    case text(Text)
    case item(Operand, FormatSpecification?)
  }

  /// Returns the parts of each row one behind the other.
  static func column(_ parts: [Part], _ count: Int, _ context: Context) throws -> Column {
    var writer = ValueWriter()
    let offsets = Buffer<Int>(uninitialized: count + 1)
    offsets.base[0] = 0
    try context.forEachRow(count) { row in
      for part in parts {
        switch part {
        case .text(let text): writer.write(text)
        case .item(.column(let column), nil): writer.write(column, row)
        case .item(let operand, nil): writer.write(operand.value(row), isDisplay: false)
        case .item(let operand, .some(let format)):
          writer.write(try Operations.format(operand.value(row), format, context))
        }
      }
      offsets.base[row + 1] = writer.bytes.count
    }
    if let failure = writer.failure { throw failure }
    return Column(strings: StringBuffer(offsets: offsets, bytes: Buffer(writer.bytes)))
  }
}

extension ValueWriter {
  /// Writes an item as `print` shows it.
  mutating func write(_ column: Column, _ row: Int) {
    if column.isNull(row) { return write("null") }
    switch column.data {
    case .ints(let items) where column.type == .int: writeInt(items.base[row])
    case .floats(let items): writeDouble(items.base[row])
    case .strings, .codes: bytes.append(contentsOf: column.stringBytes(row))
    default: write(column.value(row), isDisplay: false)
    }
  }
}
