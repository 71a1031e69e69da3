import SwaleEngine

/// Writes values to files: what `write` does.
enum FileWrite {
  static func write(
    _ value: Value, _ path: String, format chosen: Value, delimiter: UInt8?, _ context: Context
  ) throws {
    let (format, isCompressed) = try FileFormat.of(path, chosen: chosen)
    let name = path == "-" ? "/dev/stdout" : path
    if path == "-" { try context.output.flush() }
    // What can fail in computing the value must not leave half a file.
    let table = format.isSeparated ? try TableMaking.table(value, "write", context).batch(context) : nil
    if case .object(let object) = value, let table = object as? TableValue { try table.force(context) }
    try FileReplacement.write(name, isCompressed: isCompressed) { output in
      switch format {
      case .csv, .tsv:
        try CSVWriter(delimiter: delimiter ?? format.delimiter ?? 0x2C).write(table!, to: output, context)
      case .json: try writeJSON(value, to: output, context)
      case .ndjson: try writeLines(value, to: output, context)
      case .txt: try writeText(value, to: output, context)
      }
    }
  }

  /// Writes the rows of a table one a line, other values indented.
  private static func writeJSON(_ value: Value, to output: ByteOutput, _ context: Context) throws {
    guard value.type == .table else {
      var json = JSONWriter(context, indent: 2)
      try json.write(value)
      return try output.write { writer in
        writer.bytes += json.bytes
        writer.write("\n")
      }
    }
    var json = JSONWriter(context)
    var isFirst = true
    try output.write { $0.write("[") }
    try Operations.forEach(value, context) { row in
      json.bytes.removeAll(keepingCapacity: true)
      try json.write(row)
      try output.write { writer in
        writer.write(isFirst ? "\n" : ",\n")
        writer.bytes += json.bytes
      }
      isFirst = false
    }
    try output.write { $0.write("\n]\n") }
  }

  /// Writes one JSON value a line.
  private static func writeLines(_ value: Value, to output: ByteOutput, _ context: Context) throws {
    guard value.type.isSubset(of: [.table, .list, .set, .range, .column]) else {
      throw SwaleError(
        .type, "write: a file of one value a line needs a table or a list, not \(value.typeNameWithArticle)",
        hint: "the format json takes any value")
    }
    var json = JSONWriter(context)
    try Operations.forEach(value, context) { item in
      json.bytes.removeAll(keepingCapacity: true)
      try json.write(item)
      try output.write { writer in
        writer.bytes += json.bytes
        writer.write("\n")
      }
    }
  }

  /// Writes a string as it is, items of a list one a line, and other values as `print` shows them.
  private static func writeText(_ value: Value, to output: ByteOutput, _ context: Context) throws {
    if case .string(let text) = value { return try output.write { $0.write(text) } }
    func writeLine(_ value: Value) throws {
      try output.write { writer in
        writer.write(value, isDisplay: false)
        writer.write("\n")
      }
    }
    if value.type.isSubset(of: [.list, .set, .range, .column]) {
      try Operations.forEach(value, context, writeLine)
    } else {
      try writeLine(value)
    }
  }
}
