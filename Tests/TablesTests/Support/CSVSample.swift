import SwaleEngine

@testable import SwaleTables

/// Reads a text as CSV, in pieces of so many bytes.
func readCSV(
  _ text: String, pieceSize: Int = 1 << 19, options: CSVOptions = CSVOptions(), _ context: Context
) throws -> (batch: Batch, rejects: Batch) {
  try readCSV(Array(text.utf8), pieceSize: pieceSize, options: options, context)
}

func readCSV(
  _ bytes: [UInt8], pieceSize: Int = 1 << 19, options: CSVOptions = CSVOptions(), _ context: Context
) throws -> (batch: Batch, rejects: Batch) {
  var options = options
  options.pieceSize = pieceSize
  let file = try CSVFile(ByteSource(name: "test.csv", Buffer(bytes)), options)
  let table = try TableValue(.scan(file), file.columnNames, context)
  let batch = try table.batch(context)
  return (batch, try table.rejects(context))
}

/// A file made of known fields, with quoting that varies.
struct CSVSample {
  var text = ""
  var rows: [[String?]] = []

  /// Writes random fields in one of the ways in which they may stand in a file.
  init(columns: Int, rows rowCount: Int, hasQuotes: Bool, _ random: inout some RandomNumberGenerator) {
    let newline = Bool.random(using: &random) ? "\n" : "\r\n"
    let delimiter = [",", ";", "\t", "|"].randomElement(using: &random)!
    if Int.random(in: 0..<4, using: &random) == 0 { text += "\u{FEFF}" }
    text += (0..<columns).map { "name\($0)" }.joined(separator: delimiter) + newline
    let plain = ["a", "b c", "ä", "日本語", "x'y", "12", "1.5", "NaN", "true", " padded ", "2026-01-01", "-"]
    let odd = [
      "a,b", "a;b", "t\tb", "p|q", "say \"hi\"", "two\nlines", "two\r\nlines", "\"", "\"\"", ",", "", "NA",
    ]
    for row in 0..<rowCount {
      var fields: [String?] = []
      var texts: [String] = []
      for _ in 0..<columns {
        let kind = Int.random(in: 0..<10, using: &random)
        if kind == 0 {
          fields.append(nil)
          texts.append(["", "NA", "null"].randomElement(using: &random)!)
        } else if hasQuotes, kind < 4 {
          let field = odd.randomElement(using: &random)!
          fields.append(field)
          texts.append(CSVSample.quoted(field))
        } else {
          let field = plain.randomElement(using: &random)!
          fields.append(field)
          texts.append(hasQuotes && Bool.random(using: &random) ? CSVSample.quoted(field) : field)
        }
      }
      // A line of nothing is no row.
      if columns == 1, texts[0].isEmpty { texts[0] = "NA" }
      rows.append(fields)
      let isLast = row == rowCount - 1
      text += texts.joined(separator: delimiter) + (isLast && Bool.random(using: &random) ? "" : newline)
      if Int.random(in: 0..<20, using: &random) == 0, !isLast { text += newline }
    }
  }

  static func quoted(_ field: String) -> String {
    "\"" + field.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }

  /// Options under which all columns are strings.
  func asStrings(columns: Int) -> CSVOptions {
    var options = CSVOptions()
    options.types = (0..<columns).map { ("name\($0)", .string) }
    options.header = .first
    return options
  }
}
