import SwaleEngine

/// Writes tables as separated values, so that reading them gives the same table: strings that would be
/// taken for something else stand in quotes.
struct CSVWriter {
  let delimiter: UInt8

  func write(_ batch: Batch, to output: ByteOutput, _ context: Context) throws {
    if batch.columns.isEmpty { return }
    try output.write { writer in
      for (i, name) in batch.names.enumerated() {
        if i > 0 { writer.write(byte: delimiter) }
        let text = Text.of(name)
        append(text.bytes, to: &writer)
      }
      writer.write(byte: 0x0A)
    }
    for row in 0..<batch.count {
      try context.tick()
      try output.write { writer in
        for (i, column) in batch.columns.enumerated() {
          if i > 0 { writer.write(byte: delimiter) }
          append(column, row, isAlone: batch.columns.count == 1, to: &writer)
        }
        writer.write(byte: 0x0A)
      }
    }
  }

  private func append(_ column: Column, _ row: Int, isAlone: Bool, to writer: inout ValueWriter) {
    if column.isNull(row) {
      // An empty line would be no row.
      if isAlone { writer.write("NA") }
      return
    }
    switch column.data {
    case .bools(let items): writer.write(items[row] ? "true" : "false")
    case .ints(let items):
      if column.type == .int {
        writer.writeInt(items[row])
      } else {
        appendPlain(column.value(row), to: &writer)
      }
    case .floats(let items): writer.writeDouble(items[row])
    case .strings(let items): append(items[row], to: &writer)
    case .codes(let codes, let dictionary): append(dictionary.strings[Int(codes[row])], to: &writer)
    case .values(let items): append(general: items.values[row], to: &writer)
    }
  }

  private func append(general value: Value, to writer: inout ValueWriter) {
    switch value {
    case .string(let text): append(text.bytes, to: &writer)
    case .bool, .int, .float, .date, .dateTime, .duration: appendPlain(value, to: &writer)
    default: append(Text.of(value.printString).bytes, to: &writer)
    }
  }

  private func appendPlain(_ value: Value, to writer: inout ValueWriter) {
    writer.write(value, isDisplay: false)
  }

  /// Appends a string, in quotes where it needs them.
  private func append(_ string: UnsafeBufferPointer<UInt8>, to writer: inout ValueWriter) {
    guard needsQuotes(string) else { return writer.bytes.append(contentsOf: string) }
    writer.write(byte: 0x22)
    for byte in string {
      if byte == 0x22 { writer.write(byte: 0x22) }
      writer.write(byte: byte)
    }
    writer.write(byte: 0x22)
  }

  private func needsQuotes(_ string: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = string.baseAddress, string.count > 0 else { return true }
    for byte in string {
      // Any delimiter there is, since the reader finds out which one it is.
      if byte == 0x22 || byte == 0x0A || byte == 0x0D || byte == delimiter
        || CSVDialect.candidates.contains(byte)
      {
        return true
      }
    }
    // A number, a date, a missing value, blanks only, or the mark of an encoding.
    return FieldText.type(base, string.count, .standard) != .string || base[0] == 0xEF
  }
}
