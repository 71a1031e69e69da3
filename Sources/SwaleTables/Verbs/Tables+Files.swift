import SwaleEngine

extension Tables {
  /// Reading and writing files.
  nonisolated(unsafe) static let files: [Builtin] = [
    Builtin(
      "read",
      [
        .init("path", .string), .optional("format", .string), .optional("delimiter", .string),
        .optional("header", [.bool, .list]), .optional("types", .record),
        .optional("null_values", [.string, .list]), .optional("strict", .bool),
      ],
      """
      Returns what a file holds, by its extension: a table for csv, tsv, json and ndjson, lines for txt, each also .gz.
      "-" is standard input, which needs a `format:`; a pattern such as "data/*.csv" reads all its files. Of csv files \
      delimiter, header and types are found out, unless `delimiter:`, `header:`, `types: {a: "int"}` say them; unquoted \
      `null_values:` are missing. Rows that do not fit are left out with a warning and kept in `.rejects`; `strict: true` \
      makes them an error.
      """,
      example: (
        "write([{a: 1}], \"/tmp/swale_example.csv\"); read(\"/tmp/swale_example.csv\")", "table({a: [1]})"
      )
    ) { call in
      let names = ["delimiter", "header", "types", "null_values"]
      let read = FileRead(
        chosenFormat: call[1],
        options: try CSVOptions(
          delimiter: call[2], header: call[3], types: call[4], nullValues: call[5], strict: call[6]),
        separatedOption: names.indices.first { !call.isNull($0 + 2) }.map { names[$0] }, context: call.context
      )
      return try read.read(call.string(0))
    },
    Builtin(
      "write",
      [
        .init("value"), .init("path", .string), .optional("format", .string), .optional("delimiter", .string),
      ],
      """
      Writes a value to a file, by its extension: tables and records as csv, tsv, json or ndjson, any value as json, \
      lines and text as txt, each also .gz. The file is replaced when all is written.
      """,
      example: (
        "write([\"one\", \"two\"], \"/tmp/swale_example.txt\"); read(\"/tmp/swale_example.txt\")",
        "[\"one\", \"two\"]"
      )
    ) { call in
      let options = try CSVOptions(
        delimiter: call[3], header: .null, types: .null, nullValues: .null, strict: .null)
      try FileWrite.write(
        call[0], call.string(1), format: call[2], delimiter: options.delimiter, call.context)
      return .null
    },
  ]

  /// The module `csv`.
  nonisolated(unsafe) static let csv: [Builtin] = [
    Builtin(
      "parse", module: "csv",
      [
        .init("text", .string), .optional("delimiter", .string), .optional("header", [.bool, .list]),
        .optional("types", .record), .optional("null_values", [.string, .list]), .optional("strict", .bool),
      ],
      "Returns the table that a text of comma-separated values holds, with the options of `read`.",
      example: ("csv.parse(\"a,b\\n1,x\\n2,\")", "table({a: [1, 2], b: [\"x\", null]})")
    ) { call in
      let options = try CSVOptions(
        delimiter: call[1], header: call[2], types: call[3], nullValues: call[4], strict: call[5])
      let file = try CSVFile(ByteSource(name: "the text", Buffer(call.text(0).bytes)), options)
      return .object(try TableValue(.scan(file), file.columnNames, call.context))
    },
    Builtin(
      "text", module: "csv",
      [.init("rows", [.table, .list, .set, .record]), .optional("delimiter", .string)],
      "Returns a table, or records, as comma-separated values.",
      example: ("csv.text([{a: 1, b: \"x, y\"}])", "\"a,b\\n1,\\\"x, y\\\"\\n\"")
    ) { call in
      let options = try CSVOptions(
        delimiter: call[1], header: .null, types: .null, nullValues: .null, strict: .null)
      let output = ByteOutput()
      try CSVWriter(delimiter: options.delimiter ?? 0x2C)
        .write(call.table(0, of: "csv.text").batch(call.context), to: output, call.context)
      return .string(output.text)
    },
  ]
}
