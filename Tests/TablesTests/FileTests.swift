import Glibc
import SwaleEngine
import Testing

@testable import SwaleTables

/// Reading and writing files as programs do.
@Suite struct FileTests {
  /// A folder of its own for each test, removed with it.
  private final class Folder {
    let path: String

    init() {
      var template = Array("/tmp/swale-tables-XXXXXX".utf8CString)
      path = String(cString: mkdtemp(&template))
    }

    deinit {
      for name in names { unlink("\(path)/\(name)") }
      rmdir(path)
    }

    var names: [String] {
      guard let folder = opendir(path) else { return [] }
      defer { closedir(folder) }
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
      }
      return names
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
      try bytes.withUnsafeBytes { try Files.write("\(path)/\(name)", $0) }
    }
    func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }
    func text(_ name: String) throws -> String {
      String(decoding: try Files.read("\(path)/\(name)"), as: UTF8.self)
    }
  }

  /// Random rows that a format can hold, written and read again.
  @Test(arguments: ["csv", "tsv", "csv.gz", "ndjson", "json", "jsonl.gz"]) func roundTrip(_ format: String)
    throws
  {
    let folder = Folder()
    try withContext { context in
      var random = SeededGenerator(31)
      let isJSON = format.contains("json")
      for size in [0, 1, 2, 30, 700] {
        for hasDictionary in [false, true] {
          let table = try self.table(size, isJSON: isJSON, hasDictionary: hasDictionary, &random, context)
          if isJSON && size == 0 { continue }
          try FileWrite.write(
            .object(table), "\(folder.path)/t.\(format)", format: .null, delimiter: nil, context)
          let read = FileRead(
            chosenFormat: .null, options: CSVOptions(), separatedOption: nil, context: context)
          guard case .object(let object) = try read.read("\(folder.path)/t.\(format)"),
            let back = object as? TableValue
          else {
            Issue.record("no table")
            return
          }
          let (found, expected) = (try back.batch(context), try table.batch(context))
          #expect(found.names == expected.names)
          if let difference = difference(found.rows, expected.rows) {
            Issue.record("\(format): \(difference)")
          }
        }
      }
    }
    #expect(folder.names == ["t.\(format)"])
  }

  private func table(
    _ size: Int, isJSON: Bool, hasDictionary: Bool, _ random: inout SeededGenerator, _ context: Context
  ) throws -> TableValue {
    let words = [
      "", "a", "NA", "null", "12", "1.5", "true", "2026-01-01", "a,b", "x;y", "q\"q", "l1\nl2", "\r", "日本",
      " ", "nan",
    ]
    let rows = (0..<size).map { _ -> Value in
      func maybe(_ value: Value) -> Value { Int.random(in: 0..<5, using: &random) == 0 ? .null : value }
      let record = RecordStorage([
        "int": maybe(.int(Int.random(in: -9_999_999...9_999_999_999, using: &random))),
        "float": maybe(.float(Double.random(in: -1e3...1e3, using: &random))),
        "text": maybe(.text(words.randomElement(using: &random)!)),
        "flag": maybe(.bool(Bool.random(using: &random))), "12": .text("column, with a number as its name"),
      ])
      if !isJSON {
        record["date"] = maybe(.date(Int.random(in: -9000...30_000, using: &random)))
        record["time"] = maybe(
          .dateTime(Int.random(in: -900_000_000_000_000_000...2_000_000_000_000_000_000, using: &random)))
        record["odd"] = maybe(
          .float([.nan, .infinity, -.infinity, 1e300, -0.0].randomElement(using: &random)!))
      }
      return .record(record)
    }
    let batch = try TableMaking.rows(.list(ListStorage(rows)), "table", context)
    let columns = batch.columns.map { hasDictionary && $0.type == .string ? $0.encoded() : $0 }
    return TableValue(Batch(batch.names, columns, count: batch.count))
  }

  @Test func oneColumn() {
    #expect(evaluate(#"csv.parse(csv.text(table({a: [1, null, 3]})))"#) == "table({a: [1, null, 3]})")
    #expect(
      evaluate(#"csv.parse(csv.text(table({a: ["x;y", "", null, "z"]})))"#)
        == #"table({a: ["x;y", "", null, "z"]})"#)
    #expect(evaluate(#"csv.text(table({a: [1, null]}))"#) == #""a\n1\nNA\n""#)
  }

  @Test func textAndOtherValues() throws {
    let folder = Folder()
    try folder.write("a.txt", "one\r\ntwo\n\nfour")
    #expect(evaluate("read('\(folder.path)/a.txt')") == #"["one", "two", "", "four"]"#)
    #expect(evaluate("write('as it is', '\(folder.path)/b.txt')") == "null")
    #expect(try folder.text("b.txt") == "as it is")
    try folder.write("c.json", #"{"a": [1, 2]}"#)
    #expect(evaluate("read('\(folder.path)/c.json')") == "{a: [1, 2]}")
    try folder.write("d.json", #"[{"a": 1}, {"a": null, "b": [1]}]"#)
    #expect(evaluate("read('\(folder.path)/d.json')") == "table({a: [1, null], b: [null, [1]]})")
    try folder.write("e.ndjson", "1\n[2]\n")
    #expect(evaluate("read('\(folder.path)/e.ndjson')") == "[1, [2]]")
    #expect(evaluate("read('\(folder.path)/c.json', format: 'txt')") == "[\"\\{\\\"a\\\": [1, 2]}\"]")
  }

  @Test func linesThatAreNoJSON() throws {
    let folder = Folder()
    try folder.write("a.ndjson", "{\"a\": 1}\n{\"a\": \n\n7\n{\"a\": 2}\n")
    let path = "\(folder.path)/a.ndjson"
    #expect(evaluate("read('\(path)')") == "table({a: [1, 2]})")
    #expect(evaluate("read('\(path)').rejects.line") == "column([2, 4])")
    #expect(evaluate("read('\(path)', strict: true)").hasPrefix("parse: \(path), line 2: "))
    try folder.write("b.json", "[1, 2")
    #expect(evaluate("read('\(folder.path)/b.json')").hasPrefix("parse: "))
  }

  @Test func patterns() throws {
    let folder = Folder()
    try folder.write("p1.csv", "a,b\n1,x\n")
    try folder.write("p2.csv", "a,c\n2.5,y\n")
    #expect(
      evaluate("read('\(folder.path)/p*.csv')") == #"table({a: [1.0, 2.5], b: ["x", null], c: [null, "y"]})"#)
    #expect(evaluate("read('\(folder.path)/q*.csv')") == "io: no file matches \(folder.path)/q*.csv")
  }

  @Test func mistakes() throws {
    let folder = Folder()
    #expect(
      evaluate("read('\(folder.path)/no.csv')").hasPrefix(
        "io: cannot read \(folder.path)/no.csv: No such file"))
    #expect(
      evaluate("read('\(folder.path)', format: 'csv')").hasPrefix(
        "io: cannot read \(folder.path): Is a directory"))
    #expect(evaluate("read('\(folder.path)/a.xlsx')").hasPrefix("value: the extension of"))
    #expect(evaluate("read('-')").hasPrefix("value: standard input"))
    #expect(evaluate("read('x.csv', format: 'parquet')").hasPrefix("value: there is no format"))
    #expect(evaluate("read('x.json', delimiter: ';')").hasPrefix("value: delimiter: is for csv"))
    #expect(evaluate("read('x.csv', delimiter: 'ab')").hasPrefix("value: delimiter: must be one character"))
    #expect(evaluate("read('x.csv', types: {a: 'number'})").hasPrefix("value: types:"))
    #expect(
      evaluate("write([1], '/no/such/folder/x.txt')").hasPrefix("io: cannot write /no/such/folder/x.txt"))
    #expect(
      evaluate("write([1, 2], '\(folder.path)/x.csv')").hasPrefix("type: write makes a table of records"))
    #expect(
      evaluate("write([{a: 1}], '/dev/full', format: 'csv')").hasPrefix(
        "io: cannot write /dev/full: No space left"))
    try folder.write("cut.csv", "a\n1\n")
    let packed = "\(folder.path)/cut.csv.gz"
    #expect(evaluate("write([{a: 1}, {a: 2}], '\(packed)'); len(read('\(packed)'))") == "2")
    let bytes = try Files.read(packed)
    try folder.write("cut.csv.gz", Array(bytes.dropLast(9)))
    #expect(evaluate("read('\(packed)')").hasPrefix("io: cannot decompress \(packed): it ends in the middle"))
    try folder.write("latin.txt", [0x61, 0x0A, 0xE9, 0x0A])
    #expect(
      evaluate("read('\(folder.path)/latin.txt')").hasPrefix(
        "parse: \(folder.path)/latin.txt, line 2: byte 2 (0xE9)"))
    #expect(!folder.names.contains { $0.contains("part") })
  }

  /// A table can be written over the file that it comes from.
  @Test func writesOverItsOwnFile() throws {
    let folder = Folder()
    let text = "a,b\n" + (0..<2000).map { "\($0),x\n" }.joined()
    try folder.write("t.csv", text)
    let path = "\(folder.path)/t.csv"
    #expect(
      evaluate("let t = read('\(path)'); t | where .a < 2 | write '\(path)'; [len(read('\(path)')), len(t)]")
        == "[2, 2000]")
    #expect(try folder.text("t.csv") == "a,b\n0,x\n1,x\n")
    chmod(path, 0o640)
    #expect(evaluate("write([{a: 1}], '\(path)')") == "null")
    var information = stat()
    stat(path, &information)
    #expect(information.st_mode & 0o777 == 0o640)
  }

  /// Large files stay on disk until their columns are needed.
  @Test func largeFiles() throws {
    let folder = Folder()
    let rows = 900_000
    var text = "id,value,other\n"
    text.reserveCapacity(rows * 24)
    for i in 0..<rows { text += "id\(i % 100),\(i),some text \(i % 7)\n" }
    try folder.write("big.csv", text)
    #expect(text.utf8.count > 1 << 24)
    let path = "\(folder.path)/big.csv"
    #expect(
      evaluate("read('\(path)') | summarize n: count(), s: sum(.value), by: .id | take 1")
        == "table({id: [\"id0\"], n: [9000], s: [\((0..<9000).reduce(0) { $0 + $1 * 100 })]})")
    #expect(evaluate("len(read('\(path)'))") == "\(rows)")
    try withContext { context in
      let file = try CSVFile(ByteSource(path, isCompressed: false), CSVOptions())
      #expect(try file.column("value", context).count == rows)
      truncate(path, 1000)
      #expect(throws: SwaleError.self) { try file.column("other", context) }
    }
  }

  /// A pattern reads what lies in folders below as well.
  @Test func patternsAsOfGlob() throws {
    let folder = Folder()
    try folder.write("a.csv", "x\n1\n")
    try folder.write("b.csv", "x\n2\n")
    #expect(evaluate("read(\"\(folder.path)/*.csv\")") == "table({x: [1, 2]})")
    #expect(evaluate("read(\"\(folder.path)/**/b.csv\")") == "table({x: [2]})")
    #expect(evaluate("read(\"\(folder.path)/*.tsv\")").hasPrefix("io: no file matches"))
    try folder.write("[c].csv", "x\n3\n")
    #expect(evaluate("read(\"\(folder.path)/[c].csv\")") == "table({x: [3]})")
  }

  /// A large file is read when its columns are asked for, and by then must still be the same.
  @Test func changedFiles() throws {
    let folder = Folder()
    let row = String(repeating: "x", count: 98) + ",1\n"
    try folder.write("t.csv", "a,b\n" + String(repeating: row, count: 200_000))
    let path = "\(folder.path)/t.csv"
    try withContext { context in
      let file = try CSVFile(ByteSource(path, isCompressed: false), CSVOptions())
      let table = try TableValue(.scan(file), file.columnNames, context)
      let sum = try Aggregate.sum.apply(table.column("b", context), context)
      #expect(sum.displayString == "200000")
      // One that takes its place does not matter.
      rename(path, path + ".old")
      try folder.write("t.csv", "nothing\n")
      #expect(try table.rowCount(context) == 200_000)
      truncate(path + ".old", 1 << 24)
      let error = #expect(throws: SwaleError.self) { _ = try table.column("a", context) }
      #expect(error?.kind == .io && error!.message.contains("was changed while it was read"))
    }
  }

  @Test func whatIsNoTable() {
    #expect(
      evaluate("write(5, \"/tmp/never.csv\")")
        == "type: write makes a table of records or of columns, not of an int")
    #expect(evaluate("table([1])").hasPrefix("type: table makes a table of records, and item 0 is an int"))
  }
}
